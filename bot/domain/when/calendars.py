"""Working days: the week of a country or of a person, without the public holidays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays import HolidayBase

MONDAY_TO_FRIDAY = frozenset(range(5))

_ALL = frozenset(range(7))
_DAY = timedelta(days=1)
# What people and CRMs write beside the codes and the names that `holidays` lists.
_OTHER_NAMES = {"uk": "GB", "greatbritain": "GB", "korea": "KR", "holland": "NL", "uae": "AE", "czechrepublic": "CZ"}


@dataclass(frozen=True, slots=True)
class Workdays:
    """Which days are worked.

    `country` is an ISO 3166 code (alpha-2 or alpha-3) or an English name, `subdivision` a state or province as
    `holidays` spells it ("BY", "CA"). `weekdays` (0 = Monday) is a person's own week; None is the week of the country,
    Monday to Friday when that is not known. A country or subdivision without a holiday calendar is not an error: its
    days are counted without, and `caveat` says so.
    """

    country: str | None = None
    subdivision: str | None = None
    weekdays: frozenset[int] | None = None

    def __post_init__(self) -> None:
        if self.weekdays is not None and not (self.weekdays and self.weekdays <= _ALL):
            raise ValueError("a working week has one to seven weekdays, 0 (Monday) to 6 (Sunday)")

    def is_working(self, day: date) -> bool:
        """Whether `day` is worked."""
        return day in _worked(self, day.year)

    def next_working(self, day: date) -> date:
        """The first working day after `day`."""
        return next(self._from(day + _DAY, _DAY))

    def previous_working(self, day: date) -> date:
        """The last working day before `day`."""
        return next(self._from(day - _DAY, -_DAY))

    def shift(self, day: date, days: int) -> date:
        """The working day `days` working days after `day`, before it when negative.

        With 0 it is `day` itself, or the next working day when it is not worked. A free day counts as the moment
        before the next working day: one working day after a Saturday is Monday, one before it is Friday.
        """
        if days == 0:
            return next(self._from(day, _DAY))
        step = _DAY if days > 0 else -_DAY
        found = self._from(day + step, step)
        for _ in range(abs(days) - 1):
            next(found)
        return next(found)

    def between(self, start: date, end: date) -> int:
        """How many working days lie after `start` up to and including `end`; negative when `end` is earlier.

        For working days it undoes `shift`: `shift(start, between(start, end)) == end`.
        """
        if end < start:
            return -self.between(end - _DAY, start - _DAY)
        return sum(start < day <= end for year in range(start.year, end.year + 1) for day in _worked(self, year))

    @property
    def week(self) -> frozenset[int]:
        """The weekdays that are worked: the given ones, else those of the country."""
        if self.weekdays is not None:
            return self.weekdays
        code = _code(self.country)
        return _ALL - frozenset(_calendar(code).weekend) if code else MONDAY_TO_FRIDAY

    @property
    def caveat(self) -> str:
        """One sentence about holidays that are not left out; empty when all are known."""
        code, name = _code(self.country), (self.country or "").strip()
        if code is None:
            why = f"there is no calendar of {name}" if name else "no country is known"
            return f"Public holidays are not left out: {why}."
        if self.subdivision and _part(code, self.subdivision) is None:
            return f"Regional holidays are not left out: {self.subdivision.strip()} is no known part of {code}."
        return ""

    def _from(self, day: date, step: timedelta) -> Iterator[date]:
        """The working days from `day` on, itself included. `OverflowError` at the end of the calendar."""
        while True:
            if self.is_working(day):
                yield day
            day += step


@lru_cache(maxsize=4_096)
def _worked(workdays: Workdays, year: int) -> frozenset[date]:
    """The working days of one year."""
    first = date(year, 1, 1)
    days = (date.fromordinal(first.toordinal() + at) for at in range((date(year, 12, 31) - first).days + 1))
    code, week = _code(workdays.country), workdays.weekdays
    if code is None:
        week = MONDAY_TO_FRIDAY if week is None else week
        return frozenset(day for day in days if day.weekday() in week)
    calendar = _calendar(code, _part(code, workdays.subdivision), year)
    if week is None:  # the country's own rule knows the Saturdays that are worked instead of a bridge day
        return frozenset(day for day in days if calendar.is_working_day(day))
    return frozenset(day for day in days if day.weekday() in week and day not in calendar)


def _calendar(code: str, part: str | None = None, year: int | None = None) -> HolidayBase:
    """A fresh calendar: one that is shared would be read by one thread while another fills it."""
    from holidays import country_holidays

    return country_holidays(code, subdiv=part, years=year)


@lru_cache(maxsize=512)
def _part(code: str, subdivision: str | None) -> str | None:
    """The subdivision as `holidays` spells it, None when it has no such one."""
    wanted = _folded(subdivision or "")
    calendar = _calendar(code)
    return next((part for part in calendar.subdivisions if wanted == _folded(part)), None) or next(
        (part for name, part in calendar.subdivisions_aliases.items() if wanted == _folded(name)), None
    )


def _code(country: str | None) -> str | None:
    """The alpha-2 code of a country that has a calendar."""
    return _codes().get(_folded(country)) if country else None


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    """Codes by folded names and codes."""
    from holidays.registry import COUNTRIES

    known = {_folded(name): names[1] for key, names in COUNTRIES.items() for name in (key, *names[:3])}
    return known | _OTHER_NAMES


def _folded(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())
