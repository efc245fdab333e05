"""Usage month by month, beside what was bought. A month without a measurement is not known, never zero."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from bot.domain.usage import UsagePoint


@dataclass(frozen=True, slots=True)
class Month:
    """`value` is the mean of the month's measurements of a level, or the sum of what was counted in it; `entitlement`
    the last that was known. `ids` are the rows behind it."""

    first: date
    value: Decimal | None
    entitlement: Decimal | None
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Adoption:
    metric: str
    counts: bool
    months: tuple[Month, ...]

    @property
    def words(self) -> str:
        """The metric as a person says it: "Active users"."""
        plain = " ".join(self.metric.replace("_", " ").split())
        return plain[:1].upper() + plain[1:]

    def between(self, first: date, last: date) -> Decimal | None:
        """The mean of the months from `first` to `last` that are known; None when none is."""
        known = [one.value for one in self.months if first <= one.first <= last and one.value is not None]
        return sum(known, Decimal(0)) / len(known) if known else None

    @property
    def newest(self) -> Month | None:
        """The last month that knows both what was used and what was bought."""
        both = [one for one in self.months if one.value is not None and one.entitlement]
        return both[-1] if both else None


def adoption(
    metric: str, points: Iterable[UsagePoint], months: Sequence[date], last: date, *, counts: bool
) -> Adoption:
    """`points` of one metric, `months` by their first days, `last` the last day that counts. A period of several days
    belongs to the month of its middle; where two begin on one day the longer, then the newer stands."""
    latest: dict[date, UsagePoint] = {}
    for point in sorted(points, key=lambda one: (one.days, one.id)):
        if point.days > 0 and point.on + timedelta(days=point.days - 1) <= last:
            latest[point.on] = point
    by_month: dict[date, list[UsagePoint]] = {}
    for point in latest.values():
        middle = point.on + timedelta(days=(point.days - 1) // 2)
        by_month.setdefault(middle.replace(day=1), []).append(point)
    return Adoption(metric, counts, tuple(_month(first, by_month.get(first, ()), counts) for first in months))


def _month(first: date, points: Sequence[UsagePoint], counts: bool) -> Month:
    if not points:
        return Month(first, None, None, ())
    ordered = sorted(points, key=lambda one: one.on)
    total = sum((one.value for one in ordered), Decimal(0))
    bought = [one.entitlement for one in ordered if one.entitlement is not None]
    value = total if counts else total / len(ordered)
    return Month(first, value, bought[-1] if bought else None, tuple(one.id for one in ordered))
