"""What buttons and forms about logging carry. As with every button: opaque ids and what the person typed, checked on
the way in; it may be months old, and it grants nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from bot.domain.ids import id_text, parse_id
from bot.services.errors import BadInput
from bot.services.logbook.entry import LONGEST_LINK, Message, Origin

# action_ids and callback_ids.
LOG: Final = "steward.log"
LOG_FORM: Final = "steward.log.form"
LOG_ACCOUNT: Final = "steward.log.account"
LOG_MESSAGE: Final = "steward.log.message"
LOG_NEW: Final = "steward.log.new"

MAX_VALUE: Final = 2000
_MAX_METADATA: Final = 3000
_STALE = "This button is from an older message. Log it anew with `/account log`."
_ORIGINS: tuple[Origin, ...] = ("team", "customer", "external channel")


@dataclass(frozen=True, slots=True)
class LogTo:
    """Log this text for this account. `key` is the same on all buttons of one choice: one of them logs, once."""

    account_id: int
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back a change."""

    change: str


@dataclass(frozen=True, slots=True)
class Blank:
    """The form, with what is known so far."""

    account_id: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Details:
    """The form over what was logged."""

    touch_id: int


@dataclass(frozen=True, slots=True)
class FormState:
    """What a form remembers beside its fields.

    `key` names the submission (over what was logged: the change that it shows), `channel` and `thread_ts` where it was
    opened, `message` what it is about, `touch_id` what it adds to, `owner_id` who owes a promise where Slack does not
    know them.
    """

    key: str
    channel: str | None = None
    thread_ts: str | None = None
    message: Message | None = None
    touch_id: int | None = None
    owner_id: int | None = None


Pressed: TypeAlias = LogTo | Undo | Blank | Details


def encode(pressed: Pressed) -> str | None:
    """A button's value; None when the text does not fit into one."""
    match pressed:
        case LogTo(account_id, key, text):
            parts: list[Any] = ["to", id_text(account_id), key, text]
        case Undo(change):
            parts = ["undo", change]
        case Blank(account_id, text):
            parts = ["form", _id(account_id), text]
        case Details(touch_id):
            parts = ["details", id_text(touch_id)]
    value = _json(parts)
    return value if len(value) <= MAX_VALUE else None


def decode(value: object) -> Pressed:
    """What was pressed. Raises BadInput when it is not one of ours."""
    match _parts(value, MAX_VALUE):
        case ["to", str(account), str(key), str(text)] if (account_id := parse_id(account)) is not None and key:
            return LogTo(account_id, key, text)
        case ["undo", str(change)] if parse_id(change) is not None:
            return Undo(change)
        case ["form", str(account), str(text)] if (account_id := parse_id(account)) is not None:
            return Blank(account_id, text)
        case ["form", None, str(text)]:
            return Blank(None, text)
        case ["details", str(touch)] if (touch_id := parse_id(touch)) is not None:
            return Details(touch_id)
    raise BadInput(_STALE)


def encode_state(state: FormState) -> str:
    """A form's private metadata."""
    message = state.message
    about = [message.origin, _id(message.author_id), message.permalink] if message is not None else None
    parts = [state.key, state.channel, state.thread_ts, about, _id(state.touch_id), _id(state.owner_id)]
    return _json(parts)


def decode_state(value: object) -> FormState:
    """Raises BadInput when it is not one of ours."""
    match _parts(value, _MAX_METADATA):
        case [str(key), channel, thread_ts, about, touch, owner] if key and _text(channel) and _text(thread_ts):
            return FormState(key, channel, thread_ts, _message(about), _parsed(touch), _parsed(owner))
    raise BadInput("This form is from an earlier version of mine. Copy your text, close it, and open it anew.")


def _message(about: Any) -> Message | None:
    match about:
        case [str(origin), author, permalink] if origin in _ORIGINS and _text(permalink, LONGEST_LINK):
            return Message(next(one for one in _ORIGINS if one == origin), _parsed(author), permalink)
    return None


def _parts(value: object, longest: int) -> Any:
    if not isinstance(value, str) or len(value) > longest:
        return None
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return None


def _json(parts: list[Any]) -> str:
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def _id(number: int | None) -> str | None:
    return id_text(number) if number is not None else None


def _parsed(text: object) -> int | None:
    return parse_id(text) if isinstance(text, str) else None


def _text(value: object, longest: int = 255) -> bool:
    return value is None or (isinstance(value, str) and len(value) <= longest)
