"""What blocks need to know to become HTML: names, the viewer, current values. Nothing here reads the world."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import Literal

from bot.sandbox.choices import Choice
from bot.sandbox.errors import Json

Place = Literal["message", "modal", "home"]
HIDDEN_CHANNEL = "private channel"


@dataclass(frozen=True)
class Scene:
    """`names` maps ids of people, channels and user groups to what this viewer may see of them (without @ and #).

    `picks` are current values by block id and action id; `errors` are complaints by block id; `files` maps the ids
    and private addresses of uploaded images to addresses on this page's own host."""

    names: Mapping[str, str] = field(default_factory=dict)
    viewer: str = ""
    zone: tzinfo = UTC
    now: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    place: Place = "message"
    picks: Mapping[str, Json] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    people: Sequence[Choice] = ()
    conversations: Sequence[Choice] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    prefix: str = ""

    def name(self, key: str, fallback: str = "") -> str:
        return self.names.get(key) or fallback or key

    def entry(self, block_id: str, action_id: str) -> Json:
        """The current value of an element as `state.values` has it, {} when untouched."""
        found: Json = (self.picks.get(block_id) or {}).get(action_id) or {}
        return found
