"""Spans of days in a question: kept as a phrase, counted out on a given day. `said_spans` finds them in a text.

A phrase is kept rather than its dates, so that a question asked again next week means next week's days. A month or a
quarter without a year is the one that fits the question: the next to come for what lies ahead, the last for what lies
behind.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bot.domain.terms import add_months

Facing = Literal["ahead", "back"]

MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = timedelta(days=1)
_YEARS = range(1990, 2200)
_MONTHS_IN: dict[str, int] = {"month": 1, "quarter": 3, "year": 12}


class SpanError(ValueError):
    """A phrase that names no days; the message says so."""


@dataclass(frozen=True, slots=True)
class Span:
    """From `first` to `last`, both included; None is open on that side."""

    first: date | None
    last: date | None

    def holds(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


def span_of(phrase: str, today: date, facing: Facing) -> Span:
    """The days that a phrase means, said today. Raises SpanError."""
    try:
        for pattern, count in _COUNTING:
            if (match := pattern.fullmatch(phrase)) is not None:
                return count(match, today, facing)
    except (ValueError, OverflowError) as error:
        raise SpanError(f"“{phrase}” is no day in the calendar.") from error
    raise SpanError(f"“{phrase}” is no span of time; try next month, 2027-Q1 or until 2027-03-31.")


def _named(match: re.Match[str], today: date, _facing: Facing) -> Span:
    unit, back = match[2], {"this": 0, "last": -1, "next": 1}[match[1]]
    if unit == "week":
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=back)
        return Span(monday, monday + timedelta(days=6))
    length = _MONTHS_IN[unit]
    start = date(today.year, (today.month - 1) // length * length + 1, 1)
    first = add_months(start, back * length)
    return Span(first, add_months(first, length) - _DAY)


def _counted(match: re.Match[str], today: date, _facing: Facing) -> Span:
    number, unit = int(match[2]), match[3]
    forward = match[1] == "next"
    if unit in ("day", "week"):
        far = timedelta(days=number * (7 if unit == "week" else 1))
        return Span(today, today + far) if forward else Span(today - far + _DAY, today)
    months = number * _MONTHS_IN[unit]
    return Span(today, add_months(today, months)) if forward else Span(add_months(today, -months) + _DAY, today)


def _single(match: re.Match[str], today: date, _facing: Facing) -> Span:
    day = today + {"today": 0, "tomorrow": 1, "yesterday": -1}[match[1]] * _DAY
    return Span(day, day)


def _end_of(match: re.Match[str], today: date, _facing: Facing) -> Span:
    unit = match[1]
    if unit == "week":
        return Span(None, today + timedelta(days=6 - today.weekday()))
    length = _MONTHS_IN[unit]
    start = date(today.year, (today.month - 1) // length * length + 1, 1)
    return Span(None, add_months(start, length) - _DAY)


def _months(year: int, month: int, count: int) -> Span:
    if year not in _YEARS:
        raise ValueError(year)
    first = date(year, month, 1)
    return Span(first, add_months(first, count) - _DAY)


def _without_year(month: int, count: int, today: date, facing: Facing) -> Span:
    """Ahead: the first that is not over. Back: the last that has begun."""
    spans = [_months(today.year + more, month, count) for more in (-1, 0, 1)]
    if facing == "ahead":
        return next(one for one in spans if one.last is not None and one.last >= today)
    return next(one for one in reversed(spans) if one.first is not None and one.first <= today)


def _year(match: re.Match[str], _today: date, _facing: Facing) -> Span:
    return _months(int(match[1]), 1, 12)


def _year_month(match: re.Match[str], _today: date, _facing: Facing) -> Span:
    return _months(int(match[1]), int(match[2]), 1)


def _part(match: re.Match[str], today: date, facing: Facing) -> Span:
    """A quarter or a half, of a year or of the one that fits."""
    length = 3 if match[2].casefold() == "q" else 6
    month = (int(match[3]) - 1) * length + 1
    return _months(int(match[1]), month, length) if match[1] else _without_year(month, length, today, facing)


def _month(match: re.Match[str], today: date, facing: Facing) -> Span:
    return _without_year(MONTH_NAMES.index(match[1]) + 1, 1, today, facing)


def _ytd(_match: re.Match[str], today: date, _facing: Facing) -> Span:
    return Span(date(today.year, 1, 1), today)


def _day(match: re.Match[str], _today: date, _facing: Facing) -> Span:
    day = date.fromisoformat(match[0])
    return Span(day, day)


def _day_of_year(match: re.Match[str], today: date, facing: Facing) -> Span:
    month, day = int(match[1]), int(match[2])
    years = [year for year in range(today.year - 4, today.year + 5) if day <= monthrange(year, month)[1]]
    days = [date(year, month, day) for year in years]
    found = next(one for one in days if one >= today) if facing == "ahead" else max(d for d in days if d <= today)
    return Span(found, found)


def _weekday(match: re.Match[str], today: date, facing: Facing) -> Span:
    wanted = WEEKDAYS.index(match[1])
    far = (wanted - today.weekday()) % 7 if facing == "ahead" else -((today.weekday() - wanted) % 7)
    day = today + timedelta(days=far)
    return Span(day, day)


def _until(match: re.Match[str], today: date, _facing: Facing) -> Span:
    return Span(None, span_of(match[1], today, "ahead").last)


def _since(match: re.Match[str], today: date, _facing: Facing) -> Span:
    return Span(span_of(match[1], today, "back").first, None)


def _between(match: re.Match[str], today: date, facing: Facing) -> Span:
    found = Span(span_of(match[1], today, facing).first, span_of(match[2], today, facing).last)
    if found.first is not None and found.last is not None and found.last < found.first:
        raise SpanError(f"“{match[0]}” runs backwards.")
    return found


_COUNTING: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date, Facing], Span]], ...] = (
    (re.compile(r"(today|tomorrow|yesterday)"), _single),
    (re.compile(r"(this|last|next) (week|month|quarter|year)"), _named),
    (re.compile(r"(next|last) (\d{1,4}) (day|week|month|quarter|year)s?"), _counted),
    (re.compile(r"end of (week|month|quarter|year)"), _end_of),
    (re.compile(r"until (.+)"), _until),
    (re.compile(r"since (.+)"), _since),
    (re.compile(r"(.+)\.\.(.+)"), _between),
    (re.compile(r"(?:(\d{4})-)?([qh])([1-4])", re.I), _part),
    (re.compile(r"\d{4}-\d{2}-\d{2}"), _day),
    (re.compile(r"(\d{4})-(\d{2})"), _year_month),
    (re.compile(r"(\d{4})"), _year),
    (re.compile(r"(\d{2})-(\d{2})"), _day_of_year),
    (re.compile(rf"({'|'.join(MONTH_NAMES)})"), _month),
    (re.compile(rf"({'|'.join(WEEKDAYS)})"), _weekday),
    (re.compile(r"(ytd)"), _ytd),
)
