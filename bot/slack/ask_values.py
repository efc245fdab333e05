"""What buttons under answers carry: the question as understood, and the account that was chosen for a name in it.

As with every button: checked on the way in, may be months old, and grants nothing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final, Literal

from pydantic import ValidationError

from bot.domain.asking.queries import QUESTION, Question
from bot.domain.ids import id_text, parse_id
from bot.domain.names import squash
from bot.services.errors import BadInput

ROWS: Final = "steward.ask.rows"
MEANT: Final = "steward.ask.meant"
VERDICT: Final = "steward.ask.verdict"
MISREAD: Final = "steward.ask.misread"
CONDENSE: Final = "steward.ask.condense"
CHARTED: Final = "steward.ask.chart"
_STALE = "This button is from an older message. Ask again in your own words."
_MAX = 2000


@dataclass(frozen=True, slots=True)
class Held:
    """A question, and which account a name in it stands for, where somebody chose."""

    question: Question
    name: str | None = None
    account_id: int | None = None

    @property
    def chosen(self) -> dict[str, int]:
        if self.name is None or self.account_id is None:
            return {}
        return {squash(self.name): self.account_id}


def encode(held: Held) -> str:
    """Short enough for a button for every question that can be read."""
    parts = [
        held.question.model_dump(mode="json", exclude_defaults=True) | {"query": held.question.query},
        held.name,
        id_text(held.account_id) if held.account_id is not None else None,
    ]
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def decode(value: object) -> Held:
    """Raises BadInput for what is none of ours."""
    if not isinstance(value, str) or len(value) > _MAX:
        raise BadInput(_STALE)
    try:
        question, name, one = json.loads(value)
        read = QUESTION.validate_python(question)
    except (ValueError, TypeError, RecursionError, ValidationError):
        raise BadInput(_STALE) from None
    if one is None:
        return Held(read)
    account_id = parse_id(one) if isinstance(one, str) else None
    if account_id is None or not isinstance(name, str):
        raise BadInput(_STALE)
    return Held(read, name, account_id)


def decode_verdict(value: object) -> tuple[Literal["good", "bad"], str]:
    """What was thought of the answer, and the turn it was."""
    verdict, _, turn = value.partition(" ") if isinstance(value, str) else ("", "", "")
    if verdict == "good":
        return "good", turn
    if verdict == "bad":
        return "bad", turn
    raise BadInput(_STALE)
