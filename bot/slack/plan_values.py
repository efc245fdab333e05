"""What buttons, menus and forms about account plans carry: opaque ids, checked on the way in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from bot.domain.ids import id_text, parse_id
from bot.services.errors import BadInput
from bot.services.plans.parts import PARTS
from bot.services.plans.pictures import DRAWINGS, Drawing
from bot.services.results.plans import Part

PLAN: Final = "steward.plan"
PLAN_DRAW: Final = "steward.plan.draw"
PLAN_FORM: Final = "steward.plan.form"
REMOVE: Final = "remove"
"""The box of a form that takes an entry out of the plan, and its value."""
_STALE = "This button is from an older message. See the plan with `/account plan`."


@dataclass(frozen=True, slots=True)
class OpenPart:
    """The form over an entry of a plan; without `row_id` an empty one."""

    part: Part
    account_id: int
    row_id: int | None = None


@dataclass(frozen=True, slots=True)
class Draw:
    """A picture of an account's plan, for who pressed."""

    shown: Drawing
    account_id: int


@dataclass(frozen=True, slots=True)
class PlanState:
    """What a form remembers: what it is over, which version of that it shows, its own name, and where it was opened."""

    what: OpenPart
    key: str
    version: str | None = None
    channel: str | None = None
    thread_ts: str | None = None


def encode(pressed: OpenPart) -> str:
    """Short enough for an option of a select."""
    return _json(_parts(pressed))


def decode(value: object) -> OpenPart:
    """Raises `BadInput` when it is not one of ours."""
    return _open_part(_read(value, 150), _STALE)


def encode_draw(pressed: Draw) -> str:
    return _json([pressed.shown, id_text(pressed.account_id)])


def decode_draw(value: object) -> Draw:
    """Raises `BadInput` when it is not one of ours."""
    match _read(value, 150):
        case [str(shown), str(account)] if shown in DRAWINGS and (account_id := parse_id(account)) is not None:
            return Draw(next(one for one in DRAWINGS if one == shown), account_id)
    raise BadInput(_STALE)


def encode_state(state: PlanState) -> str:
    return _json([*_parts(state.what), state.key, state.version, state.channel, state.thread_ts])


def decode_state(value: object) -> PlanState:
    match _read(value, 3000):
        case [part, account, row, str(key), version, channel, thread] if key and all(
            one is None or isinstance(one, str) for one in (version, channel, thread)
        ):
            return PlanState(_open_part([part, account, row], _STALE), key, version, channel, thread)
    raise BadInput("This form is from an earlier version of mine. Copy your text, close it, and open it anew.")


def _parts(what: OpenPart) -> list[Any]:
    return [what.part, id_text(what.account_id), id_text(what.row_id) if what.row_id is not None else None]


def _open_part(parts: object, sentence: str) -> OpenPart:
    match parts:
        case [str(part), str(account), row] if part in PARTS and (account_id := parse_id(account)) is not None:
            row_id = parse_id(row) if isinstance(row, str) else None
            if row is None or row_id is not None:
                return OpenPart(next(one for one in PARTS if one == part), account_id, row_id)
    raise BadInput(sentence)


def _read(value: object, longest: int) -> Any:
    if not isinstance(value, str) or len(value) > longest:
        return None
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return None


def _json(parts: list[Any]) -> str:
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
