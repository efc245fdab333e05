"""Where an account's health comes from."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from bot.services.results.base import Result


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


class HealthWhy(Result):
    """A score taken apart. `to_next` points are missing to the band `next_band`; both None in the best band and when
    the score is unknown. `least_percent` of the weight must be known for a score."""

    account_id: str
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
