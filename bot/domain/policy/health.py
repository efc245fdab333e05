"""The schema of health.yml."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Literal, cast, get_args

from pydantic import AfterValidator, Field, model_validator

from .base import Chosen, Count, Curve, Days, File, Points, Section, Share, Word, choose, spelled_as_keys

Component = Literal["usage", "engagement", "support", "sentiment", "commercial"]
COMPONENTS: tuple[Component, ...] = get_args(Component)

_WEIGHT_TOLERANCE = 1e-6
_LEAST_WEIGHT = 0.05


class Weights(Section):
    """The share of each health component; they sum to 1, and none is a token share."""

    usage: Share
    engagement: Share
    support: Share
    sentiment: Share
    commercial: Share

    @model_validator(mode="after")
    def _whole(self) -> Weights:
        total = sum(self.of(component) for component in COMPONENTS)
        if abs(total - 1) > _WEIGHT_TOLERANCE:
            raise ValueError(f"the weights sum to {total:g}; make them sum to 1")
        if token := [component for component in COMPONENTS if 0 < self.of(component) < _LEAST_WEIGHT]:
            raise ValueError(f"the weight of {', '.join(token)} is below {_LEAST_WEIGHT}; make it 0 or at least that")
        return self

    def of(self, component: Component) -> float:
        return cast(float, getattr(self, component))


class Staleness(Section):
    """Days without news from its source after which a component no longer counts."""

    usage: Days
    engagement: Days
    support: Days
    sentiment: Days
    commercial: Days

    def of(self, component: Component) -> int:
        return cast(int, getattr(self, component))


class Band(Section):
    """A band begins at its `from` (inclusive) and ends where the next one begins."""

    name: Word
    starts: Annotated[float, Field(alias="from", strict=True, ge=0, lt=100, allow_inf_nan=False)]


class SupportReading(Section):
    """Points taken off 100 for each open ticket of a kind."""

    urgent: Points
    old: Points
    other: Points
    old_days: Days


class CommercialReading(Section):
    """The value by the state of the nearest renewal; `days_left` applies while it is ahead and nothing is passed."""

    days_left: Curve
    notice_passed: Points
    notice_passed_auto_renews: Points
    open_ended: Points
    lapsed: Points


class ReadingRules(Section):
    """How the measures become values from 0 to 100."""

    usage_change: Curve
    seats_used: Curve
    touch_over_cadence: Curve
    support: SupportReading
    nps: Curve
    csat: Curve
    commercial: CommercialReading


class AlertRules(Section):
    """When an owner hears of a fall without asking: into a worse band, or by `drop_points` within `drop_days`; again
    about the same account after `quiet_days`, unless it got into a worse band still. A pass that would speak of more
    than `most_share` of all accounts (and of more than `most_accounts`) says nothing: what moved then is the data."""

    enabled: Annotated[bool, Field(strict=True)] = True
    drop_points: Count = 10
    drop_days: Days = 7
    quiet_days: Days = 7
    most_share: Share = 0.2
    most_accounts: Count = 20


class HealthPolicy(File):
    version: Annotated[int, Field(strict=True, ge=1)]
    weights: Annotated[Mapping[str, Weights], AfterValidator(spelled_as_keys)]
    staleness_days: Staleness
    least_coverage: Share
    bands: tuple[Band, ...]
    readings: ReadingRules
    alerts: AlertRules = AlertRules()

    @model_validator(mode="after")
    def _covers_everything(self) -> HealthPolicy:
        if "default" not in self.weights:
            raise ValueError("weights has no `default`; add it for accounts without a known segment")
        starts = [band.starts for band in self.bands]
        if not starts or starts[0] != 0 or any(a >= b for a, b in pairwise(starts)):
            raise ValueError("the bands must begin at 0 and rise; otherwise a score falls into a gap")
        names = [band.name for band in self.bands]
        if len(set(names)) < len(names) or "unknown" in names:
            raise ValueError("every band needs its own name, and `unknown` is taken")
        return self

    @cached_property
    def scoring(self) -> str:
        """A fingerprint of what scores depend on: of everything but when alerts are sent."""
        return hashlib.sha256(self.model_dump_json(exclude={"alerts"}).encode()).hexdigest()[:8]

    def weights_for(self, segment: str | None) -> Chosen[Weights]:
        return choose(self.weights, segment, self.weights["default"])

    def rank(self, band: str) -> int:
        """The place of a band, worst first; -1 for one that this file does not have."""
        return next((at for at, one in enumerate(self.bands) if one.name == band), -1)

    def band(self, score: float) -> str:
        """The band of a score from 0 to 100; there is no score without a band."""
        if not 0 <= score <= 100:
            raise ValueError(f"{score} is no health score: it must be from 0 to 100")
        return [band.name for band in self.bands if band.starts <= score][-1]
