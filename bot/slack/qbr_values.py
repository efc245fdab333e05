"""What buttons and forms about business reviews carry: opaque ids, checked on the way in; they grant nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias, get_args

from bot.domain.ids import id_text, parse_id
from bot.services.errors import BadInput
from bot.services.results.qbr import READERS, Reader

QBR: Final = "steward.qbr"
QBR_SECTION: Final = "steward.qbr.section"
"""The choice of a section in the editor."""
EDIT_FORM: Final = "steward.qbr.edit"
APPROVE_FORM: Final = "steward.qbr.approve"
SHARE_FORM: Final = "steward.qbr.share"
_STALE = "This button is from an older message. Start anew with `/qbr` and the account's name."
_LONGEST_PERIOD = 60

Deed = Literal["edit", "rewrite", "approve", "share", "undo", "source", "files", "canvas", "history", "opinion"]
DEEDS: tuple[Deed, ...] = get_args(Deed)


@dataclass(frozen=True, slots=True)
class Start:
    """Draft the review of a known account."""

    account_id: int
    period: str | None = None
    readers: Reader = "internal"


@dataclass(frozen=True, slots=True)
class OnReview:
    """Do this with a review. `seen` is the version that the button stood under; `about` a section, a sentence or a
    word of praise."""

    deed: Deed
    qbr_id: int
    seen: int
    about: str = ""


Pressed: TypeAlias = Start | OnReview


def encode(pressed: Pressed) -> str:
    match pressed:
        case Start(account_id, period, readers):
            parts: list[Any] = ["start", id_text(account_id), period, readers]
        case OnReview(deed, qbr_id, seen, about):
            parts = [deed, id_text(qbr_id), seen, about]
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def decode(value: object) -> Pressed:
    """What was pressed. Raises `BadInput` when it is not one of ours."""
    match _read(value):
        case ["start", str(account), period, readers] if _period(period) and readers in READERS:
            if (account_id := parse_id(account)) is not None:
                return Start(account_id, period, next(one for one in READERS if one == readers))
        case [str(deed), str(qbr), int(seen), str(about)] if deed in DEEDS and len(about) <= 40:
            if (qbr_id := parse_id(qbr)) is not None:
                return OnReview(next(one for one in DEEDS if one == deed), qbr_id, seen, about)
    raise BadInput(_STALE)


def decode_on_review(value: object) -> OnReview:
    """What a form is about."""
    pressed = decode(value)
    if isinstance(pressed, OnReview):
        return pressed
    raise BadInput(_STALE)


def _period(value: object) -> bool:
    return value is None or (isinstance(value, str) and len(value) <= _LONGEST_PERIOD)


def _read(value: object) -> Any:
    if not isinstance(value, str) or len(value) > 2000:
        return None
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return None
