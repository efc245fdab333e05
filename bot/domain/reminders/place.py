"""Where a customer is: whose clock and whose working days a reminder goes by.

A book has many customers and few zones, countries and days, so the answers are remembered.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.domain.when.calendars import Workdays
from bot.domain.when.wall import local_day, resolve

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Place:
    """An IANA zone and a country's working days."""

    zone: str
    workdays: Workdays

    def today(self, now: datetime) -> date:
        return _today(self.zone, now)

    def instant(self, day: date, clock: time) -> datetime:
        """When it is that time on that day here."""
        return _instant(self.zone, day, clock)

    def last_working(self, day: date) -> date:
        """That day, or the last working day before it: for what must not be told too late."""
        return _last_working(self.workdays, day)

    def first_working(self, day: date) -> date:
        """That day, or the first working day after it: for what loses nothing by waiting."""
        return _first_working(self.workdays, day)

    def next_morning(self, now: datetime, clock: time) -> datetime:
        """The first time after now that it is `clock` on a working day."""
        return _next_morning(self.zone, self.workdays, now, clock)

    def midnight_after(self, day: date) -> datetime:
        """When the next day begins here."""
        return self.instant(day + _DAY, time())


@lru_cache(maxsize=1_024)
def _today(zone: str, now: datetime) -> date:
    return local_day(now, ZoneInfo(zone))


@lru_cache(maxsize=65_536)
def _instant(zone: str, day: date, clock: time) -> datetime:
    return resolve(datetime.combine(day, clock), ZoneInfo(zone))


@lru_cache(maxsize=16_384)
def _last_working(workdays: Workdays, day: date) -> date:
    return day if workdays.is_working(day) else workdays.previous_working(day)


@lru_cache(maxsize=16_384)
def _first_working(workdays: Workdays, day: date) -> date:
    return workdays.shift(day, 0)


@lru_cache(maxsize=1_024)
def _next_morning(zone: str, workdays: Workdays, now: datetime, clock: time) -> datetime:
    day = _first_working(workdays, _today(zone, now))
    while (instant := _instant(zone, day, clock)) <= now:
        day = workdays.next_working(day)
    return instant
