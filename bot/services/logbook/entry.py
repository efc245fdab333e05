"""What somebody wants to log, and what is wrong with it: a sentence for each field, for a form to show there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final, Literal, TypeAlias, get_args

from bot.domain.words import shows
from bot.services.errors import BadFields

Visibility = Literal["internal", "client-safe"]
Origin = Literal["team", "customer", "external channel"]
By = Literal["us", "them"]
Field: TypeAlias = Literal[
    "kind", "at", "text", "people", "visibility", "next_step", "next_step_on", "promise", "promise_owner", "promise_due"
]
Problem: TypeAlias = tuple[Field, str]

KINDS: Final = ("call", "meeting", "email", "message", "note")
"""A note is our own; the others are touches."""
PHRASES: Final = {
    "call": "a call with",
    "meeting": "a meeting with",
    "email": "an email with",
    "message": "a message with",
    "note": "a note on",
}
LONGEST_TEXT: Final = 3000
LONGEST_LINE: Final = 300
LONGEST_LINK: Final = 3000

_OLDEST = timedelta(days=3653)
# Clocks differ and a form says "now" when it is opened: so far ahead still means now.
_NOW = timedelta(minutes=5)
# Neither can be stored: PostgreSQL has no NUL, UTF-8 has no halves of letters.
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class NewPromise:
    """What was promised, in the words it was made. `owner_id` is one of us; of ours without one, the author."""

    quote: str
    by: By = "us"
    owner_id: int | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """The message that an entry is about. `author_id` is the member who wrote it, None for a customer; `text` is only
    kept where the installation allows it, and not for long."""

    origin: Origin
    author_id: int | None = None
    permalink: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A touch or a note as somebody tells it. `key` names the submission: the same one again is not logged twice.

    `at` is an aware instant; `text` the person's own words.
    """

    key: str
    kind: str
    at: datetime
    text: str
    people: str | None = None
    visibility: Visibility = "internal"
    next_step: str | None = None
    next_step_on: date | None = None
    promise: NewPromise | None = None
    message: Message | None = None


def tidy(entry: LogEntry, now: datetime) -> LogEntry:
    """The entry without what cannot be stored, blank as None, and a hair's breadth of future as now."""
    promise, message = entry.promise, entry.message
    return replace(
        entry,
        text=_kept(entry.text) or "",
        people=_kept(entry.people),
        next_step=_kept(entry.next_step),
        at=now if now < entry.at <= now + _NOW else entry.at,
        promise=replace(promise, quote=_kept(promise.quote) or "") if promise is not None else None,
        message=replace(message, text=_kept(message.text)) if message is not None else None,
    )


def _kept(text: str | None) -> str | None:
    if text is None or not shows(text):
        return None
    return _UNKEEPABLE.sub("", text.replace("\r\n", "\n")).strip()


def checked(entry: LogEntry, now: datetime) -> LogEntry:
    """The entry as it can be kept. Raises BadFields."""
    entry = tidy(entry, now)
    if found := problems(entry, now):
        raise BadFields(found)
    return entry


def problems(entry: LogEntry, now: datetime) -> dict[str, str]:
    """What is wrong with a tidy entry, by field; empty when nothing is."""
    found: dict[str, str] = {}
    for field, sentence in (*_of_words(entry), *_of_times(entry, now), *_of_promise(entry)):
        found.setdefault(field, sentence)
    return found


def _of_words(entry: LogEntry) -> Iterator[Problem]:
    if entry.kind not in KINDS:
        yield "kind", f"The kind is one of {', '.join(KINDS)}."
    if entry.visibility not in get_args(Visibility):
        yield "visibility", "Choose who may see it: internal or client-safe."
    if not entry.text:
        yield "text", "Say in a sentence what happened."
    yield from _too_long("text", "A summary", entry.text, LONGEST_TEXT)
    yield from _too_long("people", "The list of people", entry.people, LONGEST_LINE)
    yield from _too_long("next_step", "A next step", entry.next_step, LONGEST_LINE)
    if entry.message is not None:
        yield from _too_long("text", "The link to the message", entry.message.permalink, LONGEST_LINK)
        yield from _too_long("text", "The text of the message", entry.message.text, LONGEST_TEXT)


def _too_long(field: Field, what: str, text: str | None, most: int) -> Iterator[Problem]:
    if text is not None and len(text) > most:
        yield field, f"{what} has at most {most:,} characters; this has {len(text):,}. Shorten it."


def _of_times(entry: LogEntry, now: datetime) -> Iterator[Problem]:
    if entry.at > now:
        yield "at", "That is in the future. Log it when it has happened; what is to come is the next step."
    elif entry.at < now - _OLDEST:
        yield "at", "That is more than ten years ago. Check the date."
    if entry.next_step_on is not None:
        if entry.next_step is None:
            yield "next_step", "Say what the next step is, or clear its date."
        # A day earlier may be the same day on somebody's clock.
        if entry.next_step_on < (entry.at - timedelta(days=1)).date():
            yield "next_step_on", "The next step lies before what you log. Check both dates."


def _of_promise(entry: LogEntry) -> Iterator[Problem]:
    promise = entry.promise
    if promise is None:
        return
    if not promise.quote:
        yield "promise", "Say what was promised, or clear who owes it and when."
    yield from _too_long("promise", "A promise", promise.quote, LONGEST_LINE)
    if promise.by not in get_args(By):
        yield "promise", "Say who promised it: us or them."
    if promise.due_on is not None and promise.due_on < (entry.at - timedelta(days=1)).date():
        yield "promise_due", "That is before it was promised. Check the date."
