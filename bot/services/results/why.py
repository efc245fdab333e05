"""Where an account's health comes from."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from bot.services.results.base import AccountId, Result


class HealthInput(Result):
    """An input that counts: `value` (0 to 100) x `weight_percent` is `points`; the points add up to the score.

    The weight is the input's own share, spread over what is known.
    """

    component: str
    value: Decimal
    weight_percent: Decimal
    points: Decimal
    sentence: str
    age_days: int | None
    source: str | None


class MissingInput(Result):
    """An input that does not count: its share of the whole weight, why, and what would fill it."""

    component: str
    share_percent: Decimal
    why: str
    fill: str


class WayUp(Result):
    """One way into the next band: this input alone, from `now` to `needed`."""

    component: str
    now: Decimal
    needed: int


class SetByHand(Result):
    """A person's score in place of the computed one: to the end of `until`; `change` names their decision."""

    score: int
    by: str
    reason: str
    until: date
    change: str


class Evidence(Result):
    """A row that a risk rests on: what it is, of which day, in its own words."""

    what: str
    on: date | None
    quote: str | None


class OpenRisk(Result):
    """A risk with the rows it rests on: the first few, of `evidence_total`."""

    kind: str
    severity: int
    sentence: str
    evidence: tuple[Evidence, ...]
    evidence_total: int


class DismissedRisk(Result):
    """A risk that somebody judged to be none; it counts again when there is something new."""

    kind: str
    sentence: str
    reason: str
    by: str
    on: date


class Moved(Result):
    """What an input did to the score: `points`, all of which add up to the difference; its value then and now, None
    where it did not count."""

    component: str
    points: int
    before: Decimal | None
    after: Decimal | None


class HealthSince(Result):
    """What became of the computed score since the day `asked`, of which the reading of `on` stood. `change` None: one
    of the two is unknown; `note` says what else is to be known."""

    asked: date
    on: date | None
    score: int | None
    band: str
    change: int | None
    moved: tuple[Moved, ...]
    note: str | None


class Decided(Result):
    """What somebody decided, as a sentence; `change` is what to take back."""

    account_id: AccountId
    account: str
    change: str
    sentence: str


class HealthWhy(Result):
    """A score taken apart: the points of `inputs` add up to `computed`, which is `score` unless a person set that.

    `to_next` points are missing to the band `next_band`; both None in the best band and when the score is unknown.
    `least_percent` of the weight must be known for a score.
    """

    account_id: AccountId
    account: str
    score: int | None
    band: str
    inputs: tuple[HealthInput, ...]
    missing: tuple[MissingInput, ...]
    coverage_percent: Decimal
    least_percent: Decimal
    next_band: str | None
    to_next: int | None
    ways_up: tuple[WayUp, ...]
    model: str
    weights: str
    as_of: datetime
    computed: int | None = None
    by_hand: SetByHand | None = None
    risks: tuple[OpenRisk, ...] = ()
    dismissed: tuple[DismissedRisk, ...] = ()
    since: HealthSince | None = None
