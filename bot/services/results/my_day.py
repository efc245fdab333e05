"""What somebody's accounts ask of them today."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from bot.services.results.account import DataAge
from bot.services.results.base import AccountId, Result

NewsKind = Literal["ticket", "answer", "left", "contract", "new contract", "yours", "touch"]


class DuePromise(Result):
    account_id: AccountId
    account: str
    quote: str
    by: Literal["us", "them"]
    owner: str | None
    due_on: date
    days_overdue: int


class DueCheckIn(Result):
    """Nobody spoke with the customer for `days_silent`; `last_touch_on` None when nobody ever did by what is known."""

    account_id: AccountId
    account: str
    last_touch_on: date | None
    days_silent: int
    cadence_days: int


class DueRenewal(Result):
    account_id: AccountId
    account: str
    leads: Literal["notice", "end"]
    lead_on: date
    days_left: int
    auto_renew: bool | None


class NewsItem(Result):
    """`count` things of a kind, of which `subject`, `by` and `on` (a contract's last day) are of the newest; `urgent`
    when one of them is."""

    kind: NewsKind
    count: int
    subject: str | None = None
    by: str | None = None
    on: date | None = None
    urgent: bool = False


class News(Result):
    """What is new about one account, what matters most first."""

    account_id: AccountId
    account: str
    items: tuple[NewsItem, ...]


class Brought(Result):
    """An import that changed accounts of the asker; `new` of them were not there before."""

    note: str
    at: datetime
    accounts: int
    new: int


class MyDay(Result):
    """Each list shows the most pressing few, its `_total` how many there are.

    `scope` says in words whose accounts these are and `notes` what about that should be known; `accounts` is None when
    it is not known which are the asker's. `importing` names an import under way. `stale_days` is how old news may be.
    `faults` tell leads which policy files and manuals of skills cannot be used.
    """

    scope: str
    notes: tuple[str, ...]
    accounts: int | None
    any_accounts: bool
    promises: tuple[DuePromise, ...] = ()
    promises_total: int = 0
    renewals: tuple[DueRenewal, ...] = ()
    renewals_total: int = 0
    check_ins: tuple[DueCheckIn, ...] = ()
    check_ins_total: int = 0
    news: tuple[News, ...] = ()
    news_total: int = 0
    brought: tuple[Brought, ...] = ()
    since: datetime
    data: tuple[DataAge, ...]
    stale_days: int
    importing: str | None
    faults: tuple[str, ...] = ()
    as_of: datetime
