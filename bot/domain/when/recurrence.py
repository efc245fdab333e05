"""Recurrences: an RRULE, the wall time of its first occurrence, and an IANA zone.

The rule is expanded on wall times and only then turned into instants, so a reminder at 9:00 stays at 9:00 when the
clocks change, one in the hour that does not exist fires at the first moment after it, and one in the hour that exists
twice fires the first time. The time of day is the first occurrence's: rules carry no hours.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from dateutil.rrule import rrulestr

from .calendars import Workdays
from .wall import local_time, resolve

# How many periods a rule on working days is followed without meeting one: "every Sunday" never does.
_FUTILE = 100


@dataclass(frozen=True, slots=True)
class Schedule:
    """When something happens: once at `first`, or again and again by `rule`.

    `rule` is the value of an RRULE, daily or rarer; `first` its first occurrence as a naive wall time in the IANA
    `zone`. With `workdays_only` the days that are not worked are no candidates: the last business day of a month is
    then the last of Monday to Friday that is no holiday, and the third one counts past the holidays before it.
    """

    rule: str | None
    first: datetime
    zone: str
    workdays_only: bool = False

    def __post_init__(self) -> None:
        if self.first.tzinfo is not None:
            raise ValueError("the first occurrence is a wall time: it has no zone of its own")


def next_after(schedule: Schedule, after: datetime, workdays: Workdays | None = None) -> datetime | None:
    """The first instant (UTC) later than `after` at which the schedule fires; None when there is none.

    `workdays` matters for `workdays_only`; without it every Monday to Friday is worked. The cost does not grow with
    the years since the first occurrence.
    """
    zone = ZoneInfo(schedule.zone)
    try:
        for local in local_times(schedule, local_time(after, zone), workdays):
            if (instant := resolve(local, zone)) > after:  # not yet so in an hour that is lived a second time
                return instant
    except OverflowError:  # the end of the calendar
        pass
    return None


def next_n(schedule: Schedule, after: datetime, count: int, workdays: Workdays | None = None) -> list[datetime]:
    """The next `count` instants later than `after`; fewer when the schedule ends."""
    found: list[datetime] = []
    while len(found) < count and (instant := next_after(schedule, found[-1] if found else after, workdays)):
        found.append(instant)
    return found


def local_times(schedule: Schedule, after: datetime, workdays: Workdays | None = None) -> Iterator[datetime]:
    """The wall times of the schedule later than the wall time `after`, in order."""
    if schedule.rule is None:
        # The second pass through a repeated hour shows times again that `after` has shown before.
        if schedule.first > after or schedule.first.fold:
            yield schedule.first
        return
    rule = _read(schedule.rule, schedule.first.month, schedule.first.day)
    if schedule.workdays_only:
        found = _on_workdays(rule, schedule.first, after, workdays or Workdays())
    else:
        found = rule.expand(rule.near(schedule.first, after))
    for local in found:
        if local > after:
            yield local


def last_day_if_shorter(day: int) -> str:
    """The part of a monthly rule for a day of the month: in shorter months it is the last day."""
    if day <= 28 or day == 31:
        return f"BYMONTHDAY={day if day <= 28 else -1}"
    return f"BYMONTHDAY={','.join(str(each) for each in range(28, day + 1))};BYSETPOS=-1"


def yearly_on(month: int, day: int) -> str:
    """The rule for one day of the year. 29 February is 28 February in common years, as in contract terms."""
    return f"FREQ=YEARLY;BYMONTH={month};{last_day_if_shorter(day) if month == 2 else f'BYMONTHDAY={day}'}"


class _Rule(NamedTuple):
    """A rule that says everything itself, so that it may be expanded from a later start.

    `every` is the rule without its BYSETPOS (`choice`) and UNTIL (a wall time).
    """

    text: str
    every: str
    frequency: str
    interval: int
    choice: tuple[int, ...]
    until: datetime | None

    def expand(self, start: datetime) -> Iterator[datetime]:
        return iter(rrulestr(self.text, dtstart=start))

    def candidates(self, start: datetime) -> Iterator[datetime]:
        return iter(rrulestr(self.every, dtstart=start))

    def near(self, first: datetime, after: datetime) -> datetime:
        """A start from which the rule gives the same occurrences after `after` as from `first`.

        It lies a whole number of intervals after the first: dateutil walks from the start, eight milliseconds for ten
        years of days.
        """
        days = (after.date() - first.date()).days
        match self.frequency:
            case "DAILY":
                return first + timedelta(days=self._skipped(days))
            case "WEEKLY":
                return first + timedelta(weeks=self._skipped(days // 7))
            case "MONTHLY":
                months = self._skipped((after.year - first.year) * 12 + after.month - first.month)
                return first.replace(day=1) + relativedelta(months=months) if months else first
            case _:
                years = self._skipped(after.year - first.year)
                return first.replace(day=1, month=1) + relativedelta(years=years) if years else first

    def _skipped(self, periods: int) -> int:
        """How many of the elapsed periods may be skipped: whole intervals, and one less for the day of the start."""
        return max(0, periods // self.interval - 1) * self.interval

    def period(self, day: date) -> date:
        """The first day of the period among whose days BYSETPOS chooses."""
        match self.frequency:
            case "WEEKLY":
                return day - timedelta(days=day.weekday())
            case "MONTHLY":
                return day.replace(day=1)
            case "YEARLY":
                return day.replace(month=1, day=1)
            case _:
                return day


@lru_cache(maxsize=4_096)
def _read(text: str, month: int, day: int) -> _Rule:
    """The rule with what RFC 5545 takes from the first occurrence (its month, its day) written out."""
    parts = dict(part.split("=", 1) for part in text.split(";"))
    frequency = parts["FREQ"]
    if not parts.keys() & {"BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO"} and frequency in {"MONTHLY", "YEARLY"}:
        if frequency == "YEARLY":
            parts.setdefault("BYMONTH", str(month))
        parts["BYMONTHDAY"] = str(day)
    return _Rule(
        text=_joined(parts),
        every=_joined({name: value for name, value in parts.items() if name not in {"BYSETPOS", "UNTIL"}}),
        frequency=frequency,
        interval=int(parts.get("INTERVAL", "1")),
        choice=tuple(int(at) for at in parts.get("BYSETPOS", "").split(",") if at),
        until=datetime.strptime(parts["UNTIL"], "%Y%m%dT%H%M%S") if "UNTIL" in parts else None,  # noqa: DTZ007 - wall
    )


def _joined(parts: dict[str, str]) -> str:
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _on_workdays(rule: _Rule, first: datetime, after: datetime, workdays: Workdays) -> Iterator[datetime]:
    """The wall times of a rule whose candidates are working days only; BYSETPOS chooses among what is left."""
    start = rule.near(first, after)
    if rule.choice:  # the choice needs whole periods, so also the days of the first one before `first`
        start = datetime.combine(rule.period(start.date()), start.time())
    empty = 0
    for _, days in groupby(rule.candidates(start), key=lambda local: rule.period(local.date())):
        worked = [local for local in days if workdays.is_working(local.date())]
        if rule.choice:
            worked = sorted({worked[at - (at > 0)] for at in rule.choice if -len(worked) <= at <= len(worked)})
        empty = 0 if worked else empty + 1
        if empty > _FUTILE or (worked and rule.until and worked[0] > rule.until):
            return
        yield from (local for local in worked if local >= first and (rule.until is None or local <= rule.until))
