"""The days that a review is about, and the days before that it compares with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.kpi.period import Period, parse_period
from bot.domain.terms import add_months

_DAY = timedelta(days=1)
_QUARTER = 3


@dataclass(frozen=True, slots=True)
class ReviewPeriod:
    """`this` is reviewed, `before` has the same length and ends the day before; `words` as a title says it."""

    this: Period
    before: Period
    words: str

    @property
    def months(self) -> tuple[date, ...]:
        """The first day of every month that this and the period before touch, oldest first."""
        found, month = [], self.before.first.replace(day=1)
        while month <= self.this.last:
            found.append(month)
            month = add_months(month, 1)
        return tuple(found)


def review_period(words: str | None, today: date) -> ReviewPeriod:
    """None is the last complete quarter; else what `parse_period` reads ("Q3 2026", "2026-01..2026-06", "6 months").

    Raises PeriodError.
    """
    this = parse_period(words or "last quarter", today)
    return ReviewPeriod(this, before_of(this.first, this.last), title_of(this.first, this.last, this.words))


def title_of(first: date, last: date, words: str) -> str:
    """`Q3 2026` for a whole quarter, `Q4 2026 to date` for one under way, else the words it was asked for with."""
    if first.day != 1 or first.month % _QUARTER != 1:
        return words
    quarter, end = f"Q{first.month // _QUARTER + 1} {first.year}", add_months(first, _QUARTER) - _DAY
    return quarter if last == end else f"{quarter} to date" if last < end else words


def before_of(first: date, last: date) -> Period:
    """What comes before: as many whole months, where these days are made of those; else as many days."""
    until = first - _DAY
    if first.day == 1 and (last + _DAY).day == 1:
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        begins = add_months(first, -months)
    else:
        begins = first - (last - until)
    return Period(begins, until, until, title_of(begins, until, "the period before"))
