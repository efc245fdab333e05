"""What the button that erases somebody carries: opaque ids, checked on the way in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.domain.ids import id_text, parse_id
from bot.services.errors import BadInput

ERASE: Final = "steward.erase"


@dataclass(frozen=True, slots=True)
class Erase:
    """Erase this person of this account."""

    account_id: int
    person_id: int


def encode(pressed: Erase) -> str:
    return f"{id_text(pressed.account_id)}.{id_text(pressed.person_id)}"


def decode(value: object) -> Erase:
    """Raises `BadInput` when it is not one of ours."""
    parts = value.split(".") if isinstance(value, str) and len(value) < 40 else []
    match [parse_id(part) for part in parts]:
        case [int(account_id), int(person_id)]:
            return Erase(account_id, person_id)
    raise BadInput("This button is from an older message. Ask again with `/account erase-person`.")
