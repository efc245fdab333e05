"""Dates by number and by month: which of them exist, and which are meant when the year or the order is not said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from bot.domain.when.readings import Refused

from .said import Day, Said
from .vocabulary import MONTHS

YEARS = range(2_000, 2_200)
# 9.30 is a time of day as well.
_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])\.[0-5]\d")
# A day without a year that was so recently is more likely a slip than meant for next year.
_JUST_PASSED = timedelta(days=31)


def calendar_day(year: int, month: int, day: int) -> date | None:
    """The day, None when the calendar has no such one."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def day_month(said: Said, day: str, month: str, year: str | None) -> Iterator[Day | Refused]:
    """A day of a named month: of the year, else the next one."""
    number, name = int(re.sub(r"\D", "", day)), MONTHS.index(month) + 1
    if year is not None:
        yield _exactly(int(year), name, number)
    else:
        yield from _without_year(said, name, number)


def numeric_days(said: Said, text: str) -> Iterator[Day | Refused]:
    """2026-03-15, 15.3.2026, 3/15 or 15/03: in every order in which the calendar has such a day."""
    if text == "24/7":  # more often a promise than a day in July
        return
    numbers = re.split(r"[-/.]", text)
    if len(numbers[0]) > 2:
        if len(numbers[0]) == 4 and len(numbers) == 3:
            year, month, day = (int(number) for number in numbers)
            yield _exactly(year, month, day)
        return
    if len(numbers) == 3 and len(numbers[2]) == 3:
        return
    first, second = int(numbers[0]), int(numbers[1])
    orders = {(month, day) for month, day in ((first, second), (second, first)) if calendar_day(2_000, month, day)}
    if not orders:
        yield Refused(f"There is no day {text}. Write it like 15 March or 2026-03-15.")
    doubt = "Is the day first, or the month?" if len(orders) > 1 else ""
    if _CLOCK.fullmatch(text):
        doubt = "A time or a day?"
    for month, day in sorted(orders):
        if len(numbers) == 3:
            found = [_exactly(int(numbers[2]) + (2_000 if len(numbers[2]) == 2 else 0), month, day)]
        else:
            found = list(_without_year(said, month, day))
        # An order that has passed is no sign that the other one is meant.
        yield from (replace(each, doubt=doubt or each.doubt) if isinstance(each, Day) else each for each in found)


def _exactly(year: int, month: int, day: int) -> Day | Refused:
    found = calendar_day(year, month, day)
    if found is None:
        return Refused(f"There is no day {year}-{month:02d}-{day:02d}. Look at the date again.")
    if year not in YEARS:
        return Refused(f"{year} is not a year for a reminder. Look at the date again.")
    return Day(found)


def _without_year(said: Said, month: int, day: int) -> Iterator[Day | Refused]:
    """The next such day; 29 February waits for its year. Today is one, if its time is still ahead."""
    years = range(said.today.year, said.today.year + 9)
    found = [each for year in years if (each := calendar_day(year, month, day))]
    if not found:
        yield Refused(f"There is no {day} {date(2_000, month, 1):%B}. Look at the date again.")
        return
    if said.today in found:
        yield Day(said.today)
    ahead = next(each for each in found if each > said.today)
    just_passed = said.today - found[0] if found[0] <= said.today else None
    slip = just_passed is not None and just_passed <= _JUST_PASSED
    doubt = f"That day has just passed. Is the one in {ahead.year} meant?" if slip else ""
    yield Day(ahead, doubt, otherwise=said.today in found)
