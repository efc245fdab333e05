"""Where a customer is: whose clock and whose working days a reminder goes by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
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
        return local_day(now, ZoneInfo(self.zone))

    def instant(self, day: date, clock: time) -> datetime:
        """When it is that time on that day here."""
        return resolve(datetime.combine(day, clock), ZoneInfo(self.zone))

    def last_working(self, day: date) -> date:
        """That day, or the last working day before it: for what must not be told too late."""
        return day if self.workdays.is_working(day) else self.workdays.previous_working(day)

    def first_working(self, day: date) -> date:
        """That day, or the first working day after it: for what loses nothing by waiting."""
        return self.workdays.shift(day, 0)

    def next_morning(self, now: datetime, clock: time) -> datetime:
        """The first time after now that it is `clock` on a working day."""
        day = self.first_working(self.today(now))
        while (instant := self.instant(day, clock)) <= now:
            day = self.workdays.next_working(day)
        return instant

    def midnight_after(self, day: date) -> datetime:
        """When the next day begins here."""
        return self.instant(day + _DAY, time())
