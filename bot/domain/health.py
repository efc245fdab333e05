"""Health of an account, 0-100, from up to five readings, or "unknown" when too little is known.

Structure and weights: `facts/domain.md` C.1 (stephenrogan/augmented-csm); missing and stale readings drop out and their
weight is spread over the rest. A reading is a figure with a sentence, an age and a source; how facts become
readings is written in `readings.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from .days import written
from .policy import COMPONENTS, Band, Component, HealthPolicy

UNKNOWN = "unknown"

_FILLS: dict[Component, str] = {
    "usage": "import usage for at least four months",
    "engagement": "log a touch",
    "support": "connect or import tickets",
    "sentiment": "ask for an NPS or CSAT answer",
    "commercial": "add the contract's start and end",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One component's value, 0 (worst) to 100; None when it cannot be read, and then the sentence says why.

    `age_days` is the time since its source last brought news (None = never), which is not the time since something last
    happened: no ticket for months is current news from a ticket desk that syncs.
    """

    value: float | None
    sentence: str
    age_days: int | None = None
    source: str | None = None
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a component adds: `points` = value x `weight`; the points of all sum to the score before rounding."""

    component: Component
    reading: Reading
    weight: float
    points: float


@dataclass(frozen=True, slots=True)
class Missing:
    """A component that does not count: the share of the weight it would have, and what would fill it."""

    component: Component
    share: float
    why: str
    fill: str


@dataclass(frozen=True, slots=True)
class Override:
    """A person's judgement instead of the computed score, until the end of `expires_on`."""

    score: int
    reason: str
    by: str
    expires_on: date
    change: str = ""  # which one, for taking it back

    def __post_init__(self) -> None:
        if not 0 <= self.score <= 100:
            raise ValueError("an override is a score from 0 to 100")
        if not self.reason.strip() or not self.by.strip():
            raise ValueError("an override needs a reason and a name")


@dataclass(frozen=True, slots=True)
class Health:
    """The score and where it comes from. `score` None goes with the band "unknown".

    `computed` is the score before an override. `coverage` is the known share of the weight (0..1); `used` of `possible`
    components counted. `version` is the policy's, `weights` the entry of it that was applied.
    """

    score: int | None
    band: str
    coverage: float
    used: int
    possible: int
    contributions: tuple[Contribution, ...]
    missing: tuple[Missing, ...]
    version: int
    weights: str
    computed: int | None
    override: Override | None = None

    @property
    def sentence(self) -> str:
        inputs = f"from {self.used} of {self.possible} inputs"
        if self.override:
            one = self.override
            computed = UNKNOWN if self.computed is None else str(self.computed)
            set_by = f"set by {one.by} until {written(one.expires_on)} ({one.reason})"
            return f"{self.score}, {self.band}: {set_by}; computed: {computed}"
        if self.score is None:
            return f"unknown: only {self.coverage:.0%} of the weight is known, {inputs}"
        return f"{self.score}, {self.band}, {inputs}"


@dataclass(frozen=True, slots=True)
class Move:
    """One way up a band: this component alone, from `now` to `needed`."""

    component: Component
    now: float
    needed: int
    band: str


def health(
    readings: Mapping[Component, Reading],
    policy: HealthPolicy,
    segment: str | None,
    today: date,
    override: Override | None = None,
) -> Health:
    """Health from the readings under the segment's weights; an expired override is ignored.

    A reading older than the policy's staleness, or of unknown age, drops out like one that is missing. Components of
    weight zero are never asked for.
    """
    chosen = policy.weights_for(segment)
    scored = [component for component in COMPONENTS if chosen.value.of(component) > 0]
    aged = {component: _aged(component, readings.get(component), policy) for component in scored}
    usable = {
        component: reading.value
        for component, reading in aged.items()
        if reading and reading.value is not None and not reading.stale
    }
    coverage = sum(chosen.value.of(component) for component in usable)
    contributions = tuple(
        Contribution(component, reading, weight, weight * value)
        for component, value in usable.items()
        if (reading := aged[component]) and (weight := chosen.value.of(component) / coverage)
    )
    missing = tuple(
        _missing(component, aged[component], chosen.value.of(component))
        for component in scored
        if component not in usable
    )
    enough = bool(usable) and coverage >= policy.least_coverage - 1e-9
    computed = rounded(sum(one.points for one in contributions)) if enough else None
    valid = override if override and override.expires_on >= today else None
    score = valid.score if valid else computed
    band = UNKNOWN if score is None else policy.band(score)
    return Health(
        score,
        band,
        coverage,
        len(usable),
        len(scored),
        contributions,
        missing,
        policy.version,
        chosen.entry,
        computed,
        valid,
    )


def rounded(points: float) -> int:
    """Half-up. The band follows the rounded score, so that what is shown and its band never disagree."""
    return int(Decimal(str(round(points, 6))).quantize(Decimal(1), ROUND_HALF_UP))


def _aged(component: Component, reading: Reading | None, policy: HealthPolicy) -> Reading | None:
    if reading is None:
        return None
    if reading.value is not None and not 0 <= reading.value <= 100:
        raise ValueError(f"the {component} reading is {reading.value}: it must be from 0 to 100")
    old = reading.age_days is None or reading.age_days > policy.staleness_days.of(component)
    return replace(reading, stale=True) if old and reading.value is not None else reading


def _missing(component: Component, reading: Reading | None, share: float) -> Missing:
    if reading is None:
        return Missing(component, share, "no source", _FILLS[component])
    if reading.value is None:
        return Missing(component, share, reading.sentence, _FILLS[component])
    age = "of unknown age" if reading.age_days is None else f"{reading.age_days} days old"
    return Missing(component, share, f"stale: {age}", f"bring in newer data from {reading.source or 'its source'}")


def band_above(current: Health, policy: HealthPolicy) -> Band | None:
    """The band that the computed score would reach next; None in the best one and when the score is unknown."""
    if current.computed is None:
        return None
    score = current.computed
    return next((band for band in policy.bands if band.starts > score), None)


def points_to(band: Band, current: Health) -> int:
    """How many points of the computed score are missing to a band above it."""
    return _ceiling(band.starts) - (current.computed or 0)


def moves(current: Health, policy: HealthPolicy) -> tuple[Move, ...]:
    """What would lift the computed score into the next band: per component alone, the least change first.

    Empty in the best band, when the score is unknown, and when no single component reaches far enough.
    """
    above = band_above(current, policy)
    if above is None:
        return ()
    # Scores round half-up, so half a point below the band is enough.
    gap = _ceiling(above.starts) - 0.5 - sum(one.points for one in current.contributions)
    found = []
    for one in current.contributions:
        now = one.reading.value or 0.0
        needed = _ceiling(now + gap / one.weight)
        if needed <= 100:
            found.append(Move(one.component, now, needed, above.name))
    return tuple(sorted(found, key=lambda move: (move.needed - move.now, move.component)))


def _ceiling(value: float) -> int:
    whole = int(value)
    return whole if value - whole < 1e-9 else whole + 1


def changes(before: Health, after: Health) -> tuple[tuple[Component, float], ...]:
    """By how many points each component moved the score, largest first; they sum to the change before rounding.

    A component that comes or goes shifts the weights of the others; each such shift is counted where it happens.
    """
    then = {one.component: one.points for one in before.contributions}
    now = {one.component: one.points for one in after.contributions}
    moved = [(component, now.get(component, 0.0) - then.get(component, 0.0)) for component in COMPONENTS]
    return tuple(sorted((row for row in moved if abs(row[1]) > 1e-9), key=lambda row: (-abs(row[1]), row[0])))
