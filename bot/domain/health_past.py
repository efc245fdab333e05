"""Health as it was kept, day by day: what changed since, in points that add up, and what deserves an alert."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from .health import UNKNOWN, Health, rounded
from .policy import COMPONENTS, Component, HealthPolicy, Policies


@dataclass(frozen=True, slots=True)
class Part:
    """A component that counted: `points` = `value` x `weight`. `fed_on` is the day of its source's news."""

    component: Component
    value: float
    weight: float
    points: float
    fed_on: date | None
    source: str | None


@dataclass(frozen=True, slots=True)
class Kept:
    """An account's health from `on` until the next one. `coverage` in percent; `model` names the rules."""

    on: date
    score: int | None
    computed: int | None
    band: str
    coverage: int
    overridden: bool
    model: str
    parts: tuple[Part, ...]


def model_of(policies: Policies, entry: str) -> str:
    """The rules behind a score: version and weights of the file, and a fingerprint of all that it depends on."""
    return f"v{policies.health.version}/{entry} {policies.health.scoring}{policies.cadence.fingerprint[:4]}"


def kept(found: Health, policies: Policies, on: date) -> Kept:
    """What is worth keeping of a health reading. Sentences are not: they are made of facts, which stay readable."""
    return Kept(
        on=on,
        score=found.score,
        computed=found.computed,
        band=found.band,
        coverage=round(found.coverage * 100),
        overridden=found.override is not None,
        model=model_of(policies, found.weights),
        parts=tuple(
            Part(
                one.component,
                round(one.reading.value or 0.0, 2),
                round(one.weight, 6),
                round(one.points, 4),
                None if one.reading.age_days is None else on - timedelta(days=one.reading.age_days),
                one.reading.source,
            )
            for one in found.contributions
        ),
    )


def is_same(one: Kept, other: Kept) -> bool:
    """Whether a reading says what an earlier one said, whose day then stands for both."""
    return replace(one, on=other.on) == other


def rescored(one: Kept, policy: HealthPolicy, segment: str | None) -> tuple[int | None, str]:
    """The score and band of a kept reading by other weights and bands, over the inputs as they were read then."""
    weights = policy.weights_for(segment).value
    counted = [(weights.of(part.component), part.value) for part in one.parts if weights.of(part.component) > 0]
    coverage = sum(weight for weight, _ in counted)
    if not counted or coverage < policy.least_coverage - 1e-9:
        return None, UNKNOWN
    score = rounded(sum(weight * value for weight, value in counted) / coverage)
    return score, policy.band(score)


def apportioned(values: Sequence[float], total: int) -> list[int]:
    """Whole numbers near the values that add up to `total` exactly (largest remainder).

    What separates the sum from the total is first spread in proportion, so a value of zero stays zero while others can
    take the difference.
    """
    size = sum(abs(value) for value in values)
    if size < 1e-9:
        return [total, *[0] * (len(values) - 1)] if values else []
    rest = total - sum(values)
    spread = [value + rest * abs(value) / size for value in values]
    whole = [int(value // 1) for value in spread]
    missing = total - sum(whole)
    order = sorted(range(len(values)), key=lambda at: (whole[at] - spread[at], -abs(spread[at])))
    for at in order[:missing]:
        whole[at] += 1
    return whole


def points(values: Mapping[Component, float], computed: int) -> dict[Component, float]:
    """Points to one decimal that add up to the computed score exactly."""
    tenths = apportioned([value * 10 for value in values.values()], computed * 10)
    return {component: tenth / 10 for component, tenth in zip(values, tenths, strict=True)}


@dataclass(frozen=True, slots=True)
class Shift:
    """What a component did to the score: `points`; its value before and after, None where it did not count."""

    component: Component
    points: int
    before: float | None
    after: float | None


def shifts(before: Kept, after: Kept) -> tuple[Shift, ...]:
    """What moved the computed score, largest first: whole points that add up to the difference exactly.

    Empty when either score is unknown. A component that comes or goes changes the weights of the others; each such
    change is counted where it happens.
    """
    if before.computed is None or after.computed is None:
        return ()
    then = {one.component: one for one in before.parts}
    now = {one.component: one for one in after.parts}
    raw = {
        one: (now[one].points if one in now else 0.0) - (then[one].points if one in then else 0.0)
        for one in COMPONENTS
        if one in now or one in then
    }
    whole = apportioned(list(raw.values()), after.computed - before.computed)
    found = [
        Shift(one, moved, then[one].value if one in then else None, now[one].value if one in now else None)
        for one, moved in zip(raw, whole, strict=True)
        if moved
    ]
    return tuple(sorted(found, key=lambda shift: (-abs(shift.points), shift.component)))


@dataclass(frozen=True, slots=True)
class Fall:
    """Why an owner should hear of an account now: what it was, since when, and what it is."""

    how: Literal["crossed", "dropped"]
    before: Kept
    after: Kept

    @property
    def points(self) -> int:
        return (self.after.score or 0) - (self.before.score or 0)


def fall(past: Iterable[Kept], today: Kept, policy: HealthPolicy) -> Fall | None:
    """Whether today's score is news: a worse band than that of the reading before, or so many points below the best of
    the last days.

    `past` are readings that rest on the same sources and rules, in any order. A score that a person set, or that has
    other inputs than before, is not compared.
    """
    rules = policy.alerts
    like = [one for one in past if one.on < today.on and _comparable(one, today)]
    if not like or today.score is None:
        return None
    last = max(like, key=lambda one: one.on)
    if policy.rank(today.band) < policy.rank(last.band):
        return Fall("crossed", last, today)
    first = today.on - timedelta(days=rules.drop_days)
    standing = max((one for one in like if one.on <= first), key=lambda one: one.on, default=None)
    window = [one for one in like if one.on > first] + ([standing] if standing is not None else [])
    best = max(window, key=lambda one: (one.score or 0, one.on))
    return Fall("dropped", best, today) if (best.score or 0) - today.score >= rules.drop_points else None


def _comparable(one: Kept, other: Kept) -> bool:
    inputs = [{part.component for part in kept.parts} for kept in (one, other)]
    known = one.score is not None and other.score is not None
    return known and inputs[0] == inputs[1] and one.model == other.model and not (one.overridden or other.overridden)
