"""Reminders that people set."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from bot.services.results.base import AccountId, Result


class OwnReminder(Result):
    """A reminder that somebody set, as it stands. `when` are plain words, `phrase` theirs; `next` has the next
    instants, three at most. `channel` is where it is said, None: to who set it. `note` is what was assumed."""

    id: str
    text: str
    when: str
    phrase: str
    zone: str
    repeats: bool
    anchored: bool
    next: tuple[datetime, ...]
    state: Literal["active", "paused", "deleted"]
    account_id: AccountId | None
    account: str | None
    channel: str | None
    set_by: str
    set_by_name: str | None
    note: str | None = None


class OwnList(Result):
    """What somebody set for themselves, and what is said in the channel they ask from; what still comes, soonest
    first."""

    mine: tuple[OwnReminder, ...]
    channel: tuple[OwnReminder, ...]
    as_of: datetime


class Question(Result):
    """A time that has several meanings, or none that is certain. `choices` are phrases with one meaning each."""

    question: str
    choices: tuple[str, ...]


class PromiseLine(Result):
    """A promise in a list. `days_left` to its day, negative when that has passed, None without a day."""

    id: str
    account_id: AccountId
    account: str
    quote: str
    by: Literal["us", "them"]
    owner: str | None
    due_on: date | None
    days_left: int | None
    status: Literal["open", "kept", "missed", "cancelled"]
    made_on: date | None
    permalink: str | None


class PromisePage(Result):
    """A page of open promises, longest overdue first: about an account, else the asker's own."""

    account_id: AccountId | None
    account: str | None
    total: int
    page: int
    pages: int
    promises: tuple[PromiseLine, ...]
    as_of: datetime


class Tracked(Result):
    """A promise after something was done with it. `change` takes that back; `repeated` when it had been done before."""

    change: str
    promise: PromiseLine
    repeated: bool
