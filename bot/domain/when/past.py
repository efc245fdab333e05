"""A day that lies behind, as people name it when they ask what changed since."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.domain.days import MONTHS
from bot.domain.kpi.period import PeriodError, parse_period

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY_FIRST = re.compile(r"(\d{1,2})\.? ([a-z]{3})[a-z]*\.?(?: (\d{4}))?")
_MONTH_FIRST = re.compile(r"([a-z]{3})[a-z]*\.? (\d{1,2})(?:,? (\d{4}))?")
_SPAN = re.compile(r"(?:last |past )?\d{1,3} ?[a-z]+")

PLAN_REVIEWS = ("last review", "review", "last plan review")
BUSINESS_REVIEWS = ("last qbr", "qbr", "last business review")
"""What else a time of the past is called where there is an account to look at."""
_LATE = date(2199, 12, 31)


class PastError(ValueError):
    """Words that name no day behind us; the message says what to write."""


def past_day(words: str, today: date) -> date:
    """ "2026-10-01", "1 Oct", "yesterday", "Monday", "30 days ago", "last month" (its first day), "2026-Q1", "ytd".

    Without a year a day is the last one of that name. Raises PastError.
    """
    text = " ".join(words.casefold().split()).removesuffix(" ago")
    found = _named(text, today)
    if not text:
        raise PastError(_advice(words))
    if found is None:
        try:
            period = parse_period(text, today)
        except PeriodError as error:
            raise PastError(_advice(words)) from error
        found = period.before if _SPAN.fullmatch(text) else period.first
    if found >= today:
        raise PastError(f"“{words[:40]}” does not lie behind us. {_advice(words)}")
    return found


def is_past(words: str) -> bool:
    """Whether words can name a time of the past, whatever day it is today."""
    text = " ".join(words.casefold().replace("-", " ").split()).removeprefix("since ").removeprefix("the ")
    if text in (*PLAN_REVIEWS, *BUSINESS_REVIEWS, "today"):
        return True
    try:
        past_day(words.casefold().removeprefix("since "), _LATE)
    except PastError:
        return False
    return bool(text)


def _advice(words: str) -> str:
    return f"“{words[:40]}” is no day I know: try 2026-10-01, 1 Oct, Monday, 30 days or last month."


def _named(text: str, today: date) -> date | None:
    if text == "yesterday":
        return today - timedelta(days=1)
    if text[:3] in _WEEKDAYS and text.rstrip("s") in _spellings(text[:3]):
        back = (today.weekday() - _WEEKDAYS.index(text[:3])) % 7
        return today - timedelta(days=back or 7)
    for pattern, (day, month) in ((_DAY_FIRST, (1, 2)), (_MONTH_FIRST, (2, 1))):
        match = pattern.fullmatch(text)
        if match and match[month].capitalize() in MONTHS:
            return _in_year(int(match[day]), MONTHS.index(match[month].capitalize()) + 1, match[3], today)
    return None


def _spellings(short: str) -> set[str]:
    whole = {"mon": "monday", "tue": "tuesday", "wed": "wednesday", "thu": "thursday", "fri": "friday",
             "sat": "saturday", "sun": "sunday"}[short]  # fmt: skip
    return {short, whole, "tue", "thur"}


def _in_year(day: int, month: int, year: str | None, today: date) -> date | None:
    try:
        if year is not None:
            return date(int(year), month, day)
        this = date(today.year, month, day)
        return this if this < today else date(today.year - 1, month, day)
    except ValueError:
        return None
