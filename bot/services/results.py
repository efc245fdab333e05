"""What use cases answer with: frozen, complete, ready to render or to print as JSON.

The JSON of `--json` is exactly these models; names are stable. None means "not in the data", never zero. Days are
`YYYY-MM-DD`, instants ISO 8601 in UTC, money exact decimal text with its currency, ids opaque text.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict

from bot.domain.money import Money


class Result(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Sum(Result):
    """An amount in one currency."""

    amount: Decimal
    currency: str

    @classmethod
    def of(cls, money: Money) -> Sum:
        rounded = money.rounded()
        return cls(amount=rounded.amount, currency=rounded.currency)


class Arr(Result):
    """Annual recurring revenue, one sum per currency, derived from contract lines; `notes` say what was left out."""

    sums: tuple[Sum, ...]
    lines: int
    left_out: int
    notes: tuple[str, ...] = ()


class Owner(Result):
    name: str
    active: bool
    slack_user_id: str | None = None


class Term(Result):
    """The contract that matters next. `leads` says which of its two dates comes first and is still ahead."""

    contract: str | None
    starts_on: date | None
    ends_on: date | None
    notice_on: date | None
    auto_renew: bool | None
    leads: Literal["notice", "end"] | None
    lead_on: date | None
    days_left: int | None
    state: str
    sentence: str
    others: int = 0


class Touch(Result):
    at: datetime
    days_ago: int
    kind: str
    by: str | None
    subject: str | None


class Tickets(Result):
    """Open tickets. The whole object is None when no ticket source was ever imported."""

    open: int
    urgent: int
    oldest_on: date | None
    oldest_days: int | None
    oldest_subject: str | None


class Trend(Result):
    metric: str
    direction: Literal["up", "flat", "down", "unknown"]
    change_percent: Decimal | None
    sentence: str
    newest_on: date | None


class Score(Result):
    kind: Literal["nps", "csat"]
    value: Decimal | None
    answers: int
    newest_on: date | None
    sentence: str


class HealthReading(Result):
    """`score` is None and `band` "unknown" when less than half of the weight has a fresh reading."""

    score: int | None
    band: str
    used: int
    of: int
    coverage_percent: int
    reasons: tuple[str, ...]
    missing: tuple[str, ...]
    model: str


class Risk(Result):
    kind: str
    severity: int
    sentence: str


class Promise(Result):
    quote: str
    by: Literal["us", "them"]
    owner: str | None
    due_on: date | None
    days_overdue: int | None


class DataAge(Result):
    """How old what we know is: `newest_on` by the data itself, `imported_at` when we last received it."""

    data: str
    source: str | None
    imported_at: datetime | None
    newest_on: date | None
    age_days: int | None


class AccountCard(Result):
    """The state of one account, as of `as_of`."""

    id: str
    name: str
    also_known_as: tuple[str, ...]
    parent: str | None
    subsidiaries: int
    owner: Owner | None
    kind: str | None
    segment: str | None
    lifecycle: str | None
    industry: str | None
    arr: Arr | None
    term: Term | None
    last_touch: Touch | None
    tickets: Tickets | None
    usage: Trend | None
    nps: Score | None
    csat: Score | None
    health: HealthReading
    risks: tuple[Risk, ...]
    not_checked: tuple[str, ...]
    promises: tuple[Promise, ...]
    promises_open: int
    data: tuple[DataAge, ...]
    url: str | None
    as_of: datetime


class Candidate(Result):
    id: str
    name: str
    hint: str
    score: int


class Match(Result):
    """What a typed name leads to: one account, a choice, or nothing. Never a silent guess."""

    query: str
    outcome: Literal["one", "several", "none"]
    account_id: str | None = None
    candidates: tuple[Candidate, ...] = ()


class BookRow(Result):
    id: str
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


class BookPage(Result):
    """A page of a portfolio. `scope` says whose in words, `notes` what could not be shown or sorted and why."""

    scope: str
    search: str | None
    sort: Literal["renewal", "risk", "touch", "name"]
    page: int
    pages: int
    total: int
    rows: tuple[BookRow, ...]
    arr: tuple[Sum, ...]
    notes: tuple[str, ...]
    as_of: datetime


class RenewalRow(Result):
    account_id: str
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


class Check(Result):
    """One line of `steward doctor`: what was checked, how it stands, and what to do when it does not."""

    name: str
    state: Literal["ok", "warning", "error"]
    sentence: str
