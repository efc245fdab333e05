"""What happened with an account, page by page."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, get_args

from bot.services.results.base import AccountId, Result, Sum

Section = Literal["all", "conversations", "tickets", "promises", "surveys", "contracts"]
SECTIONS: tuple[Section, ...] = get_args(Section)


class Origin(Result):
    """Where a row came from: a line of a file that a source wrote, or a person who logged it here."""

    source: str | None
    file: str | None
    line: int | None
    logged_by: str | None


class Entry(Result):
    """One thing that happened, or still lies ahead. `at` is exact for what has a time of day (`timed`), else the
    beginning of its day; `text` is one line. `until` is when a promise is due, or a contract that starts ends."""

    on: date
    at: datetime
    timed: bool
    section: Section
    title: str
    who: str | None
    text: str | None
    until: date | None
    amount: Sum | None
    internal: bool
    link: str | None
    origin: Origin


class TimelinePage(Result):
    """A page of what happened, newest first: entries `first` to `last` of `total` (0 when there are none).

    `ahead` are the soonest of the `ahead_total` entries that still lie ahead; only the first page has them. `counts`
    says how many entries each section has.
    """

    account_id: AccountId
    account: str
    section: Section
    page: int
    pages: int
    first: int
    last: int
    total: int
    entries: tuple[Entry, ...]
    ahead: tuple[Entry, ...]
    ahead_total: int
    counts: dict[Section, int]
    as_of: datetime
