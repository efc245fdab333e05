"""Lengths of time: "2 hours and 15 minutes", "a year and a half", "3 business days"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from bot.domain.when.calendars import Workdays
from bot.domain.when.wall import local_time

_HALF = Decimal("0.5")
_SECONDS = {"sec": 1, "minute": 60, "hour": 3_600}
_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_NUMBER = r"\d{1,4}(?:\.\d{1,2})?|half a|a quarter of a|a"
_UNIT = f"business day|m|{'|'.join([*_SECONDS, *_DAYS, *_MONTHS])}"
_PART = re.compile(rf"({_NUMBER})( and a half)? ({_UNIT})( and a half)?(?: (?:and )?|$)")
# "5m" is five minutes or five months, "30m" and "1h 5m" are minutes.
_MONTHS_AT_MOST = 12


@dataclass(frozen=True, slots=True)
class Amount:
    """A length of time; with `seconds` it leads to a moment, without to a day."""

    months: int = 0
    days: int = 0
    business_days: int = 0
    seconds: int = 0

    def days_from(self, day: date, workdays: Workdays, sign: int = 1) -> date:
        """The day so long after `day`, before it with `sign` -1. Months end early where they are shorter."""
        if self.business_days:
            return workdays.shift(day, sign * self.business_days)
        return day + relativedelta(months=sign * self.months) + timedelta(days=sign * self.days)

    def moment_from(self, now: datetime, zone: ZoneInfo) -> datetime:
        """The wall time after the days on the calendar and then the seconds on the stopwatch."""
        days_later = local_time(now, zone) + relativedelta(months=self.months) + timedelta(days=self.days)
        start = days_later.replace(tzinfo=zone) if self.days or self.months else now
        return local_time(start.astimezone(ZoneInfo("UTC")) + timedelta(seconds=self.seconds), zone)


def amounts(phrase: str) -> list[Amount]:
    """The lengths that a phrase may stand for, none when it is no length: zero is none."""
    parts: list[tuple[Decimal, str]] = []
    at = 0
    while at < len(phrase):
        part = _PART.match(phrase, at)
        if part is None:
            return []
        parts.append((_number(part[1], bool(part[2] or part[4])), part[3]))
        at = part.end()
    units = [unit for _, unit in parts]
    if len(set(units)) < len(units):
        return []
    if units == ["m"] and parts[0][0] <= _MONTHS_AT_MOST:
        readings = [[(parts[0][0], "minute")], [(parts[0][0], "month")]]
    else:
        readings = [[(number, "minute" if unit == "m" else unit) for number, unit in parts]]
    return [amount for reading in readings if (amount := _sum(reading))]


def _number(words: str, half: bool) -> Decimal:
    named = {"a": Decimal(1), "half a": _HALF, "a quarter of a": Decimal("0.25")}
    return (named.get(words) or Decimal(words)) + (_HALF if half else 0)


def _sum(parts: list[tuple[Decimal, str]]) -> Amount | None:
    seconds = sum(number * _SECONDS[unit] for number, unit in parts if unit in _SECONDS)
    days = sum(number * _DAYS[unit] for number, unit in parts if unit in _DAYS)
    months = sum(number * _MONTHS[unit] for number, unit in parts if unit in _MONTHS)
    business = sum(number for number, unit in parts if unit == "business day")
    found = [seconds, days, months, business]
    if any(number % 1 for number in found) or not any(found):
        return None  # half a day is no day
    if (business and any(found[:3])) or (months and seconds):
        return None  # nobody counts business days and hours, or months and hours
    return Amount(int(months), int(days), int(business), int(seconds))
