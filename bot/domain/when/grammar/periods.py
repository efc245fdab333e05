"""Weeks, months, quarters and years: their beginnings, their ends, and the nth day in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from .numeric import YEARS
from .patterns import Slots
from .said import Day, Days, Said, period_end, period_start
from .vocabulary import MONTHS, WEEKDAYS
from .weekdays import weeks_later

_DAY = timedelta(days=1)


def start(later: int) -> Callable[[Said, Slots], Days]:
    """The first working day of the period so many later: who names no day does not mean a free one."""

    def means(said: Said, slots: Slots) -> Days:
        for count in weeks_later(said, later) if slots["period"] == "week" else (later,):
            yield Day(said.workdays.shift(period_start(said.today, slots["period"], count), 0))

    return means


def end(later: int) -> Callable[[Said, Slots], Days]:
    """The last working day of a week; of longer periods the last day or the last working day."""

    def means(said: Said, slots: Slots) -> Days:
        if slots["period"] == "week":
            for count in weeks_later(said, later):
                yield Day(_last_working(said, period_end(said.today, "week", count)))
        else:
            yield from _ending(said, period_end(said.today, slots["period"], later))

    return means


def _ending(said: Said, last: date) -> Days:
    """The last day of a period, or the last working day of it: the same, or a question."""
    yield Day(_last_working(said, last))
    yield Day(last)


def _last_working(said: Said, day: date) -> date:
    return said.workdays.previous_working(day + _DAY)


def end_of_month(said: Said, slots: Slots) -> Days:
    for first in _named_month(said, slots):
        yield from _ending(said, period_end(first, "month"))


def start_of_quarter(said: Said, slots: Slots) -> Days:
    for first in _quarter(said, slots, lambda first: first > said.today):
        yield Day(said.workdays.shift(first, 0))


def end_of_quarter(said: Said, slots: Slots) -> Days:
    for first in _quarter(said, slots, lambda first: period_end(first, "quarter") >= said.today):
        yield from _ending(said, period_end(first, "quarter"))


def _quarter(said: Said, slots: Slots, ahead: Callable[[date], bool]) -> Iterator[date]:
    """The first day of a quarter by number: of its year, else of the first year in which it is `ahead`."""
    number, year = int(slots["n"]), int(slots.get("year", said.today.year))
    if 1 <= number <= 4 and year in YEARS:
        first = date(year, 3 * number - 2, 1)
        yield first if "year" in slots or ahead(first) else first.replace(year=year + 1)


def end_of_year(said: Said, slots: Slots) -> Days:
    if int(slots["year"]) in YEARS:
        yield from _ending(said, date(int(slots["year"]), 12, 31))


def _named_month(said: Said, slots: Slots) -> Iterator[date]:
    """The first day of a month by name: of its year, else of the next one that is not over."""
    month, year = MONTHS.index(slots["month"]) + 1, int(slots.get("year", said.today.year))
    if year in YEARS:
        first = date(year, month, 1)
        is_next = "year" not in slots and period_end(first, "month") < said.today
        yield first.replace(year=year + 1) if is_next else first


def _nth(first: date, last: date, ordinal: str, fits: Callable[[date], bool]) -> date | None:
    """The nth day from `first` to `last` that fits, None when there are fewer."""
    fitting = [day for at in range((last - first).days + 1) if fits(day := first + at * _DAY)]
    at = len(fitting) if ordinal == "last" else int(re.sub(r"\D", "", ordinal))
    return fitting[at - 1] if 0 < at <= len(fitting) else None


def _fits(said: Said, slots: Slots) -> Callable[[date], bool]:
    if "weekday" in slots:
        return lambda day: WEEKDAYS[day.weekday()] == slots["weekday"]
    return said.workdays.is_working if "business" in slots else lambda _: True


def nth_of_next(said: Said, slots: Slots) -> Days:
    first = period_start(said.today, slots["period"], 1)
    if day := _nth(first, period_end(first, slots["period"]), slots["ordinal"], _fits(said, slots)):
        yield Day(day)


def nth_of_month(said: Said, slots: Slots) -> Days:
    for first in _named_month(said, slots):
        if day := _nth(first, period_end(first, "month"), slots["ordinal"], _fits(said, slots)):
            yield Day(day)


def nth_of_this(said: Said, slots: Slots) -> Days:
    """The one of this period, or of the next one when it is past. It may mean every period as well."""
    for later in (0, 1):
        first = period_start(said.today, slots["period"], later)
        day = _nth(first, period_end(first, slots["period"]), slots["ordinal"], _fits(said, slots))
        if day and day > said.today:
            yield Day(day, "Once, or every time?")
            return
