"""Which span of days a figure is about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.days import MONTHS
from bot.domain.terms import add_months

_DAY = timedelta(days=1)
_RANGE = re.compile(r"(\S+?)\s*(?:\.\.|–|—|\bto\b)\s*(\S+)")
_QUARTER = re.compile(r"(?:(\d{4})[-/ ]?)?q([1-4])(?:[-/ ]?(\d{4}))?")
_BACK = re.compile(r"(?:last |past )?(\d{1,3}) ?(d|w|m|q|y|day|week|month|quarter|year)s?")
_LONGEST_DAYS = 3_700


class PeriodError(ValueError):
    """Words that name no span of days; the message says what to write."""


@dataclass(frozen=True, slots=True)
class Period:
    """From `first` to `last`, both included. A figure compares the close of `before` with the close of `last`.

    `until` is its end as named, which may lie ahead: for what is expected. Spans back from today look as far ahead.
    """

    first: date
    last: date
    until: date
    words: str

    @property
    def before(self) -> date:
        return self.first - _DAY

    @property
    def days(self) -> int:
        return (self.last - self.before).days


def parse_period(words: str | None, today: date) -> Period:
    """`None` is the twelve months to today. Else "2026", "2026-Q1", "q1", "2026-03", "2026-01..2026-06", "ytd",
    "this/last month/quarter/year", "6 months", "90d". What lies ahead of today is cut off; `PeriodError` for the rest.
    """
    text = " ".join((words or "").casefold().split())
    if text in ("", "12 months to date", "ttm"):
        return Period(add_months(today, -12) + _DAY, today, add_months(today, 12), "12 months to date")
    first, last = _span(text, today)
    if first > today:
        raise PeriodError(f"{text!r} has not begun yet; try {today.year - 1}, {today.year}-Q1 or 6 months.")
    if last < first or (last - first).days > _LONGEST_DAYS:
        raise PeriodError(f"{text!r} must run forward, for at most ten years.")
    shown = text.upper() if "q" in text and _QUARTER.fullmatch(text) else text
    until = today + (today - first) if last == today and first < today else last
    return Period(first, min(last, today), until, shown if last <= today else f"{shown} to date")


def _span(text: str, today: date) -> tuple[date, date]:
    if match := _RANGE.fullmatch(text):
        return _unit(match[1], today)[0], _unit(match[2], today)[1]
    if match := _BACK.fullmatch(text):
        return _back(int(match[1]), match[2][0], today) + _DAY, today
    if match := re.fullmatch(r"(this|last|previous) (month|quarter|year)", text):
        return _around(match[2], today, back=match[1] != "this")
    if text == "ytd":
        return date(today.year, 1, 1), today
    return _unit(text, today)


def _back(count: int, unit: str, today: date) -> date:
    if unit in "dw":
        return today - timedelta(days=count * (7 if unit == "w" else 1))
    months = count * {"m": 1, "q": 3, "y": 12}[unit]
    if months > 12 * 30:
        raise PeriodError("That is too long ago; ask for at most ten years.")
    return add_months(today, -months)


def _around(unit: str, today: date, *, back: bool) -> tuple[date, date]:
    length = {"month": 1, "quarter": 3, "year": 12}[unit]
    start = date(today.year, (today.month - 1) // length * length + 1, 1)
    first = add_months(start, -length) if back else start
    return first, add_months(first, length) - _DAY


def _unit(text: str, today: date) -> tuple[date, date]:
    """A year, quarter, month or day."""
    try:
        if match := _QUARTER.fullmatch(text):
            year = int(match[1] or match[3] or today.year)
            return _months(year, int(match[2]) * 3 - 2, 3)
        if re.fullmatch(r"\d{4}", text):
            return _months(int(text), 1, 12)
        if match := re.fullmatch(r"(\d{4})-(\d{1,2})", text):
            return _months(int(match[1]), int(match[2]), 1)
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text), date.fromisoformat(text)
        named = re.fullmatch(r"([a-z]{3})[a-z]* (\d{4})", text)
        if named and named[1].capitalize() in MONTHS:
            return _months(int(named[2]), MONTHS.index(named[1].capitalize()) + 1, 1)
    except ValueError as error:
        raise PeriodError(f"{text!r} is no day in the calendar ({error}).") from error
    raise PeriodError(f"{text!r} is no period; try 2026, 2026-Q1, 2026-01..2026-06, last quarter or 6 months.")


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    if not 1990 <= year <= 2200:
        raise ValueError("the year is out of reach")
    first = date(year, month, 1)
    return first, add_months(first, count) - _DAY
