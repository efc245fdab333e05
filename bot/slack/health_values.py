"""What buttons and forms about health carry: opaque ids, checked on the way in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias, get_args

from bot.domain.ids import id_text, parse_id
from bot.services.errors import BadInput

JUDGE: Final = "steward.judge"
SCORE_FORM: Final = "steward.judge.score"
RISK_FORM: Final = "steward.judge.risk"
Deed: TypeAlias = Literal["score", "risk", "clear", "restore"]
_DEEDS: tuple[Deed, ...] = get_args(Deed)
_STALE = "This button is from an older message. Ask again with `/account why`."
_LONGEST_KIND = 40


@dataclass(frozen=True, slots=True)
class Judge:
    """A press: the form for a score or for a risk (`risk` is its kind), the computed score again, a risk again."""

    deed: Deed
    account_id: int
    risk: str | None = None


@dataclass(frozen=True, slots=True)
class JudgeState:
    """What a form remembers: what it is about, and where it was opened."""

    judge: Judge
    channel: str | None = None
    thread_ts: str | None = None


def encode(pressed: Judge) -> str:
    return _json(_parts(pressed))


def decode(value: object) -> Judge:
    """Raises `BadInput` when it is not one of ours."""
    return _judge(_read(value))


def encode_state(state: JudgeState) -> str:
    return _json([*_parts(state.judge), state.channel, state.thread_ts])


def decode_state(value: object) -> JudgeState:
    match _read(value):
        case [deed, account, risk, channel, thread] if all(
            one is None or isinstance(one, str) for one in (channel, thread)
        ):
            return JudgeState(_judge([deed, account, risk]), channel, thread)
    raise BadInput(_STALE)


def _parts(pressed: Judge) -> list[Any]:
    return [pressed.deed, id_text(pressed.account_id), pressed.risk]


def _judge(parts: object) -> Judge:
    match parts:
        case [deed, str(account), risk] if (
            deed in _DEEDS
            and (account_id := parse_id(account)) is not None
            and (risk is None or (isinstance(risk, str) and len(risk) <= _LONGEST_KIND))
        ):
            return Judge(next(one for one in _DEEDS if one == deed), account_id, risk)
    raise BadInput(_STALE)


def _read(value: object) -> Any:
    if not isinstance(value, str) or len(value) > 2000:
        return None
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return None


def _json(parts: list[Any]) -> str:
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
