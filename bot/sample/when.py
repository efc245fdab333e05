"""Days, terms and office hours."""

from __future__ import annotations

import random
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def dice(seed: int, *names: str) -> random.Random:
    """A generator of its own for every concern, so that a change to one table leaves the other files as they were."""
    return random.Random(":".join((str(seed), *names)))  # noqa: S311 - stories, not secrets


def days_before(today: date, days: int) -> date:
    return today - timedelta(days=days)


def workday(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def add_months(day: date, months: int) -> date:
    """The same day of another month, clamped to that month's length."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def office_hour(rng: random.Random) -> time:
    """Quarter hours between 8:45 and 17:15, few of them over lunch."""
    hour = rng.choice((9, 9, 10, 10, 10, 11, 11, 12, 13, 14, 14, 14, 15, 15, 16, 16))
    return time(hour, rng.choice((0, 5, 10, 15, 20, 30, 30, 40, 45, 50)))


def stamp(day: date, at: time, zone: str, today: date) -> datetime:
    """That moment in the account's own zone, moved back by whole days until it lies before `today` begins in UTC."""
    moment = datetime.combine(day, at, ZoneInfo(zone))
    midnight = datetime.combine(today, time(), UTC)
    while moment >= midnight:
        day = workday(day - timedelta(days=1))
        moment = datetime.combine(day, at, ZoneInfo(zone))
    return moment
