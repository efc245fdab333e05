"""One account: its card, and the parts of it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from bot.services.results.base import AccountId, Result, Sum
from bot.services.results.why import DismissedRisk, SetByHand


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
    next_step: str | None = None
    next_step_on: date | None = None


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
    """`score` is None and `band` "unknown" when less than half of the weight has a fresh reading.

    With `by_hand` a person set the score, and `computed` is the one it stands in for.
    """

    score: int | None
    band: str
    used: int
    of: int
    coverage_percent: int
    reasons: tuple[str, ...]
    missing: tuple[str, ...]
    model: str
    computed: int | None = None
    by_hand: SetByHand | None = None


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
    """The state of one account, as of `as_of`; `channels` are the ids of the channels bound to it."""

    id: AccountId
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
    channels: tuple[str, ...] = ()
    dismissed: tuple[DismissedRisk, ...] = ()
    as_of: datetime
