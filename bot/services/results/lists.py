"""Lists of many accounts: portfolios and renewals."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from bot.services.results.base import AccountId, Result, Sum


class BookRow(Result):
    """`why` says in words why it stands where it stands, when the book is sorted by rank."""

    id: AccountId
    name: str
    owner: str | None
    segment: str | None
    arr: tuple[Sum, ...]
    leads: Literal["notice", "end"] | None
    lead_on: date | None
    days_left: int | None
    term_state: str
    health: int | None
    band: str
    risks: int
    worst_risk: str | None
    last_touch_days: int | None
    why: tuple[str, ...] = ()


class BookPage(Result):
    """A page of a portfolio. `scope` says whose in words, `notes` what could not be shown or sorted and why; `segments`
    and `bands` are what it can be narrowed to."""

    scope: str
    search: str | None
    sort: Literal["rank", "renewal", "risk", "touch", "name"]
    page: int
    pages: int
    total: int
    rows: tuple[BookRow, ...]
    arr: tuple[Sum, ...]
    notes: tuple[str, ...]
    segments: tuple[str, ...] = ()
    bands: tuple[str, ...] = ()
    as_of: datetime


class RenewalRow(Result):
    account_id: AccountId
    account: str
    owner: str | None
    contract: str | None
    arr: tuple[Sum, ...]
    ends_on: date | None
    notice_on: date | None
    auto_renew: bool | None
    leads: Literal["notice", "end"] | None
    lead_on: date | None
    days_left: int | None
    state: str
    sentence: str


class RenewalsPage(Result):
    """Contracts whose leading date falls within the window, soonest first; `passed` lists missed notice deadlines."""

    scope: str
    within_days: int
    page: int
    pages: int
    total: int
    rows: tuple[RenewalRow, ...]
    passed: int
    arr: tuple[Sum, ...]
    as_of: datetime
