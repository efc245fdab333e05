"""Snoozing to a working moment: what is put off comes back when somebody is there to do it.

A snooze moves one occurrence. What it may be is a short text, which a button or a menu can carry: `morning`, `3 days`
(working days), `monday` (or any weekday), or a date such as `2026-03-20`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .calendars import Workdays
from .plain import moment
from .wall import local_day, local_time, resolve

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAYS = re.compile(r"([1-9]\d{0,2}) days?")
_FARTHEST = timedelta(days=366)


class SnoozeError(ValueError):
    """A snooze that cannot be done; the message is a sentence for the person."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A snooze to choose: what is shown, and what `snooze` takes."""

    label: str
    value: str


def snooze(choice: str, now: datetime, zone: ZoneInfo, workdays: Workdays, morning: time) -> datetime:
    """The instant (UTC) to which `choice` moves a reminder at `now`: the morning of a working day in the future.

    A day that is not worked becomes the next one that is. Raises `SnoozeError` for a choice that is not known, a day
    that has passed, and one more than a year away.
    """
    day = _day(choice.strip().casefold(), now, zone, workdays, morning)
    instant = resolve(datetime.combine(workdays.shift(day, 0), morning), zone)
    if instant <= now:
        raise SnoozeError("That morning has passed. Choose a later day.")
    return instant


def offers(now: datetime, zone: ZoneInfo, workdays: Workdays, morning: time) -> list[Offer]:
    """The usual snoozes, each with the day it leads to; those that lead to the same moment are offered once."""
    found: dict[datetime, Offer] = {}
    for value, label in (
        ("morning", "Next business morning"),
        ("3 days", "In 3 business days"),
        ("monday", "Next Monday"),
    ):
        instant = snooze(value, now, zone, workdays, morning)
        found.setdefault(instant, Offer(f"{label} ({moment(local_time(instant, zone))})", value))
    return [found[instant] for instant in sorted(found)]


def _day(choice: str, now: datetime, zone: ZoneInfo, workdays: Workdays, morning: time) -> date:
    today = local_day(now, zone)
    if choice == "morning":
        is_ahead = workdays.is_working(today) and resolve(datetime.combine(today, morning), zone) > now
        return today if is_ahead else workdays.next_working(today)
    if days := _DAYS.fullmatch(choice):
        return _near(workdays.shift(today, int(days[1])), today)
    if choice in _WEEKDAYS:
        return today + timedelta(days=(_WEEKDAYS.index(choice) - today.weekday() - 1) % 7 + 1)
    try:
        day = date.fromisoformat(choice)
    except ValueError:
        what = "“morning”, a number of business days such as “3 days”, a weekday, or a date like 2026-03-20"
        raise SnoozeError(f"Choose {what}.") from None
    return _near(day, today)


def _near(day: date, today: date) -> date:
    if day < today:
        raise SnoozeError("That day has passed. Choose a later one.")
    if day - today > _FARTHEST:
        raise SnoozeError("That is more than a year away. Choose a nearer day.")
    return day
