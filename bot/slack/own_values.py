"""What buttons and forms about people's own reminders and promises carry: opaque ids and what the person typed.

As with every button: checked on the way in, may be months old, and grants nothing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias, get_args

from bot.domain.ids import id_text, parse_id
from bot.services.errors import BadInput
from bot.services.logbook.entry import Message, Origin
from bot.services.reminders.own import Wish
from bot.services.reminders.promises import Pledge

OWN: Final = "steward.own"
PROMISE: Final = "steward.promise"
REMIND_FORM: Final = "steward.own.form"
PROMISE_FORM: Final = "steward.promise.form"
TRACK_MESSAGE: Final = "steward.promise.message"
PROMISE_ACCOUNT: Final = "steward.promise.account"

MAX_VALUE: Final = 2000
MAX_PAGE: Final = 100
_MAX_METADATA: Final = 3000
_STALE = "This button is from an older message. See your reminders with `/account reminders`."

_ORIGINS: Final[tuple[Origin, ...]] = ("team", "customer", "external channel")
Change = Literal["delete", "restore", "pause", "resume", "edit"]
CHANGES: Final[tuple[Change, ...]] = get_args(Change)
Ending = Literal["kept", "missed", "cancelled"]
ENDINGS: Final[tuple[Ending, ...]] = get_args(Ending)


@dataclass(frozen=True, slots=True)
class SetWish:
    """Set this reminder: the answer to a question about its time."""

    wish: Wish


@dataclass(frozen=True, slots=True)
class ChangeOwn:
    """Do this with a reminder; `listed` when the button stands in a list, which is shown again then."""

    own_id: int
    change: Change
    listed: bool = False


@dataclass(frozen=True, slots=True)
class ListOwn:
    """A page of the asker's reminders."""

    page: int = 1


@dataclass(frozen=True, slots=True)
class NewOwn:
    """The form for a new reminder about an account, or about none; `text` is what it may say."""

    account_id: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class TrackPledge:
    """Track this promise: the answer to a question about its day."""

    pledge: Pledge


@dataclass(frozen=True, slots=True)
class EndPromise:
    promise_id: int
    status: Ending


@dataclass(frozen=True, slots=True)
class ListPromises:
    """A page of open promises about an account; without one the asker's own."""

    account_id: int | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class WishState:
    """What the form of a reminder remembers: which one it sets or `changes`, its account, and where it was opened."""

    own_id: int
    changes: bool = False
    account_id: int | None = None
    channel: str | None = None
    thread_ts: str | None = None


@dataclass(frozen=True, slots=True)
class PledgeState:
    """What the form of a promise remembers: its own name, and the message that it is about."""

    key: str
    message: Message | None = None


Pressed: TypeAlias = SetWish | ChangeOwn | ListOwn | NewOwn
PromisePressed: TypeAlias = TrackPledge | EndPromise | ListPromises


def encode(pressed: Pressed | PromisePressed) -> str:
    match pressed:
        case SetWish(Wish(text, phrase, account_id, channel, own_id)):
            parts: list[Any] = ["set", text, phrase, _id(account_id), channel, _id(own_id)]
        case ChangeOwn(own_id, change, listed):
            parts = ["own", id_text(own_id), change, int(listed)]
        case ListOwn(page):
            parts = ["list", page]
        case NewOwn(account_id, text):
            parts = ["new", _id(account_id), text] if text else ["new", _id(account_id)]
        case TrackPledge(Pledge(account_id, quote, due, by, owner_id)):
            parts = ["track", id_text(account_id), quote, due, by, _id(owner_id)]
        case EndPromise(promise_id, status):
            parts = ["end", id_text(promise_id), status]
        case ListPromises(account_id, page):
            parts = ["promises", _id(account_id), page]
    return _json(parts)


def decode(value: object) -> Pressed | PromisePressed:
    """What was pressed. Raises `BadInput` when it is not one of ours."""
    match _parts(value, MAX_VALUE):
        case ["set", str(text), str(phrase), account, channel, own] if (
            _maybe(account) and _place(channel) and _maybe(own)
        ):
            return SetWish(Wish(text, phrase, _parsed(account), channel, _parsed(own)))
        case ["own", str(own), str(change), int(listed)] if (own_id := parse_id(own)) is not None and change in CHANGES:
            return ChangeOwn(own_id, next(one for one in CHANGES if one == change), bool(listed))
        case ["list", int(page)] if 1 <= page <= MAX_PAGE:
            return ListOwn(page)
        case ["new", account] if _maybe(account):
            return NewOwn(_parsed(account))
        case ["new", account, str(text)] if _maybe(account):
            return NewOwn(_parsed(account), text)
        case ["track", str(account), str(quote), str(due), "us" | "them" as by, owner] if _maybe(owner):
            if (account_id := parse_id(account)) is not None:
                return TrackPledge(Pledge(account_id, quote, due, by, _parsed(owner)))
        case ["end", str(promise), str(status)] if (promise_id := parse_id(promise)) is not None and status in ENDINGS:
            return EndPromise(promise_id, next(one for one in ENDINGS if one == status))
        case ["promises", account, int(page)] if _maybe(account) and 1 <= page <= MAX_PAGE:
            return ListPromises(_parsed(account), page)
    raise BadInput(_STALE)


def encode_state(state: WishState) -> str:
    """A form's private metadata."""
    changes = int(state.changes)
    return _json([id_text(state.own_id), changes, _id(state.account_id), state.channel, state.thread_ts])


def decode_state(value: object) -> WishState:
    match _parts(value, _MAX_METADATA):
        case [str(own), int(changes), account, channel, thread] if (
            _maybe(account) and _place(channel) and _place(thread)
        ):
            if (own_id := parse_id(own)) is not None:
                return WishState(own_id, bool(changes), _parsed(account), channel, thread)
    raise BadInput("This form is from an earlier version of mine. Copy your text, close it, and open it anew.")


def encode_pledge_state(state: PledgeState) -> str:
    about = state.message
    said = [about.origin, _id(about.author_id), about.permalink] if about is not None else None
    return _json([state.key, said])


def decode_pledge_state(value: object) -> PledgeState:
    match _parts(value, _MAX_METADATA):
        case [str(key), None] if key:
            return PledgeState(key)
        case [str(key), [str(origin), author, str() | None as link]] if key and origin in _ORIGINS and _maybe(author):
            said = next(one for one in _ORIGINS if one == origin)
            return PledgeState(key, Message(said, _parsed(author), link))
    raise BadInput("This form is from an earlier version of mine. Copy your text, close it, and open it anew.")


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


def _maybe(text: object) -> bool:
    return text is None or _parsed(text) is not None


def _place(text: object) -> bool:
    return text is None or (isinstance(text, str) and 0 < len(text) <= 40)
