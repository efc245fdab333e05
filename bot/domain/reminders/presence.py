"""Who a message could go to, as things are when it is sent. `moment.py` decides; Slack and the settings tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.domain.preferences import Preferences

Part = Literal["owner", "backup", "lead", "named"]
"""Why them: they own the account, stand in for its owner, lead the owner's team, or were named themselves."""


@dataclass(frozen=True, slots=True)
class Presence:
    """What Slack says of a person right now. `reachable`: an active colleague, no guest and no outsider.

    `busy_until` is the end of a Do Not Disturb that is on; None when it is off, or cannot be asked about.
    """

    slack_user_id: str
    name: str
    reachable: bool
    tz: str | None
    busy_until: datetime | None


@dataclass(frozen=True, slots=True)
class Addressee:
    """One who may get it; a reminder has several of them, in the order in which they are tried."""

    part: Part
    presence: Presence
    preferences: Preferences
