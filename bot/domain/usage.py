"""The trend of one usage metric: the last complete 30 days against the 90 days before.

Missing periods are missing, never zero: a window that is covered by less than half says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from operator import attrgetter
from typing import Literal

from .days import written

Direction = Literal["up", "flat", "down", "unknown"]

WINDOW_DAYS = 30
BASELINE_WINDOWS = 3
FLAT_PERCENT = Decimal(5)
_KEPT_WINDOWS = 13
_LEAST_COVERED_DAYS = WINDOW_DAYS // 2


@dataclass(frozen=True, slots=True)
class UsagePoint:
    """`value` of a metric for the period that starts on `on` and lasts `days`; `entitlement` is what was bought."""

    id: int
    on: date
    days: int
    value: Decimal
    entitlement: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """30 days and the mean of the points in them; `mean` is None when less than half of the days is covered."""

    starts_on: date
    ends_on: date
    mean: Decimal | None
    covered_days: int
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Seats:
    """Used against bought, from the newest point that knows both; `share` in percent, None when nothing is bought."""

    used: Decimal
    entitled: Decimal
    share: Decimal | None
    on: date
    id: int


@dataclass(frozen=True, slots=True)
class Trend:
    """How a metric moves.

    `change` is in percent of the mean before, None when unknown or when that mean is zero. `falling` counts how many
    windows in a row fell, newest first; `last_fall` is the fall in percent from the window before, None without one.
    `as_of` is the last day covered, `missing` says what is needed when the direction is unknown.
    """

    metric: str
    direction: Direction
    change: Decimal | None
    recent: Decimal | None
    before: Decimal | None
    falling: int
    last_fall: Decimal | None
    seats: Seats | None
    as_of: date | None
    age_days: int | None
    missing: str | None
    windows: tuple[Window, ...]

    @property
    def words(self) -> str:
        """The metric as a person says it: "Active users"."""
        plain = " ".join(self.metric.replace("_", " ").split())
        return plain[:1].upper() + plain[1:]

    @property
    def sentence(self) -> str:
        if self.missing:
            return f"{self.words}: trend unknown, {self.missing}."
        percent = ""
        if self.change is not None and abs(self.change) >= Decimal("0.5"):  # "down 26 %": the word says which way
            percent = f" {self.change:+.0f} %" if self.direction == "flat" else f" {abs(self.change):.0f} %"
        moved = f"{self.words} {self.direction}{percent}"
        return f"{moved} against the 90 days before, as of {written(self.as_of)}."


def trend(metric: str, points: Iterable[UsagePoint], today: date, *, counts: bool = False) -> Trend:
    """The trend of one metric as of `today`.

    Only complete periods count; where two points start on one day the longer, then the newer (greater id) stands. A
    level (active users, seats) is compared as it is; with `counts` (logins, calls) values are taken per day, so that
    February is not a fall.
    """
    latest: dict[date, UsagePoint] = {}
    for point in sorted(points, key=attrgetter("days", "id")):
        if point.days > 0 and point.on.toordinal() + point.days <= today.toordinal():
            latest[point.on] = point
    whole = sorted(latest.values(), key=attrgetter("on"))
    if not whole:
        return _unknown(metric, None, today, None, "no complete period has been recorded", ())
    after = date.fromordinal(max(point.on.toordinal() + point.days for point in whole))
    windows = _windows(whole, after, counts)
    seats = _seats(whole)
    before = _mean_before(windows[1 : 1 + BASELINE_WINDOWS], whole, counts)
    if missing := _missing(whole, windows, before):
        return _unknown(metric, after - timedelta(days=1), today, seats, missing, windows)
    return _known(metric, windows, before, seats, today)


def _unknown(
    metric: str, as_of: date | None, today: date, seats: Seats | None, missing: str, windows: tuple[Window, ...]
) -> Trend:
    falling, last_fall = _falls(windows)
    age = (today - as_of).days if as_of else None
    recent = windows[0].mean if windows else None
    return Trend(metric, "unknown", None, recent, None, falling, last_fall, seats, as_of, age, missing, windows)


def _known(metric: str, windows: tuple[Window, ...], before: Decimal | None, seats: Seats | None, today: date) -> Trend:
    recent = windows[0].mean
    if recent is None or before is None:
        raise ValueError("a trend needs both means; see `_missing`")
    change = (recent - before) / before * 100 if before else None
    rising = change > FLAT_PERCENT if change is not None else recent > before
    sinking = change < -FLAT_PERCENT if change is not None else recent < before
    direction: Direction = "up" if rising else "down" if sinking else "flat"
    falling, last_fall = _falls(windows)
    as_of = windows[0].ends_on
    age = (today - as_of).days
    return Trend(metric, direction, change, recent, before, falling, last_fall, seats, as_of, age, None, windows)


def _windows(points: Sequence[UsagePoint], after: date, counts: bool) -> tuple[Window, ...]:
    """Windows of 30 days counted back from `after`, newest first; a point belongs where its middle lies."""
    buckets: dict[int, list[UsagePoint]] = {}
    last = after.toordinal() - 1
    for point in points:
        middle = point.on.toordinal() + point.days // 2
        buckets.setdefault((last - middle) // WINDOW_DAYS, []).append(point)
    made = []
    for at in range(min(_KEPT_WINDOWS, max(buckets) + 1)):
        end = after - timedelta(days=WINDOW_DAYS * at)
        inside = buckets.get(at, [])
        covered = min(sum(point.days for point in inside), WINDOW_DAYS)
        mean = _mean(inside, counts) if covered >= _LEAST_COVERED_DAYS else None
        ids = tuple(point.id for point in inside)
        made.append(Window(end - timedelta(days=WINDOW_DAYS), end - timedelta(days=1), mean, covered, ids))
    return tuple(made)


def _mean(points: Sequence[UsagePoint], counts: bool) -> Decimal:
    """Per covered day, so that a week weighs as much as seven days."""
    days = sum(point.days for point in points)
    if counts or days == len(points):  # daily values need no weights
        return sum((point.value for point in points), Decimal(0)) / days
    return sum((point.value * point.days for point in points), Decimal(0)) / days


def _mean_before(windows: Sequence[Window], points: Sequence[UsagePoint], counts: bool) -> Decimal | None:
    if sum(window.covered_days for window in windows) < BASELINE_WINDOWS * _LEAST_COVERED_DAYS:
        return None
    ids = {key for window in windows for key in window.ids}
    return _mean([point for point in points if point.id in ids], counts)


def _missing(points: Sequence[UsagePoint], windows: Sequence[Window], before: Decimal | None) -> str | None:
    newest = points[-1]
    if newest.days > 2 * WINDOW_DAYS:
        return f"its periods of {newest.days} days are too long for a 30-day trend"
    if windows[0].mean is None:
        return f"only {windows[0].covered_days} of the last {WINDOW_DAYS} days are covered (half are needed)"
    if before is None:
        covered = sum(window.covered_days for window in windows[1 : 1 + BASELINE_WINDOWS])
        return f"only {covered} of the {BASELINE_WINDOWS * WINDOW_DAYS} days before are covered (half are needed)"
    return None


def _falls(windows: Sequence[Window]) -> tuple[int, Decimal | None]:
    """How many windows in a row fell, and by how much the newest did. A window without data ends the row."""
    means = [window.mean for window in windows]
    falling = 0
    for newer, older in pairwise(means):
        if newer is None or older is None or newer >= older:
            break
        falling += 1
    newer, older = (means[0], means[1]) if len(means) > 1 else (None, None)
    if not falling or newer is None or not older:
        return falling, None
    return falling, (older - newer) / older * 100


def _seats(points: Sequence[UsagePoint]) -> Seats | None:
    for point in reversed(points):
        if point.entitlement is not None:
            share = point.value / point.entitlement * 100 if point.entitlement > 0 else None
            return Seats(point.value, point.entitlement, share, point.on, point.id)
    return None
