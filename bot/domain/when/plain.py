"""Schedules and readings in plain words, so plain that they are read back to the same meaning."""

from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from .calendars import Workdays
from .readings import Anchored, Definite, Once
from .recurrence import Schedule, last_day_if_shorter, next_n
from .wall import local_time

_WEEKDAYS = dict(
    zip(
        ("MO", "TU", "WE", "TH", "FR", "SA", "SU"),
        ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        strict=True,
    )
)
_MONDAY_TO_FRIDAY = "MO,TU,WE,TH,FR"
_ORDINALS = {-1: "last", 1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth"}
_UNITS = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}
_ANCHORS = {"renewal": "renewal", "notice": "the notice deadline", "qbr": "the QBR", "contract end": "the contract end"}


def describe(schedule: Schedule) -> str:
    """The schedule in words: "every other Tuesday at 09:00 (Europe/Berlin)"."""
    return f"{rhythm(schedule)} ({schedule.zone})"


def rhythm(schedule: Schedule) -> str:
    """The same without the zone, as somebody in it would say it."""
    if schedule.rule is None:
        return moment(schedule.first)
    parts = dict(part.split("=", 1) for part in schedule.rule.split(";"))
    until = f" until {_day(datetime.strptime(parts['UNTIL'][:8], '%Y%m%d'))}" if "UNTIL" in parts else ""  # noqa: DTZ007
    return f"{_days(parts, schedule)} at {schedule.first:%H:%M}{until}"


def next_three(schedule: Schedule, now: datetime, workdays: Workdays | None = None) -> str:
    """The next three days: "Tue 10 Mar, Tue 24 Mar, Tue 7 Apr 2026"; empty when there are none."""
    zone = ZoneInfo(schedule.zone)
    days = [local_time(instant, zone) for instant in next_n(schedule, now, 3, workdays)]
    same_year = len({day.year for day in days}) == 1
    return ", ".join(_day(day, year=not same_year or day == days[-1]) for day in days)


def say(reading: Definite) -> str:
    """A reading in words, with the first day of what repeats."""
    if isinstance(reading, Once):
        return moment(reading.local)
    if isinstance(reading, Anchored):
        return _anchored(reading)
    return f"{rhythm(reading.schedule)}, first {_day(reading.schedule.first)}"


def moment(local: datetime) -> str:
    """One wall time: "Tue 10 Mar 2026 at 09:00"."""
    return f"{_day(local)} at {local:%H:%M}{', the second time that night' if local.fold else ''}"


def _day(day: date, *, year: bool = True) -> str:
    return f"{day:%a} {day.day} {day:%b}{f' {day.year}' if year else ''}"


def _anchored(reading: Anchored) -> str:
    anchor, at = _ANCHORS[reading.anchor], f"at {reading.at:%H:%M}"
    if reading.count == 0:
        return f"on the day of {anchor} {at}"
    unit = reading.unit if reading.count > 1 else reading.unit.removesuffix("s")
    return f"{reading.count} {unit} {reading.side} {anchor} {at}"


def _days(parts: dict[str, str], schedule: Schedule) -> str:
    interval, unit = int(parts.get("INTERVAL", "1")), _UNITS[parts["FREQ"]]
    every = {1: f"every {unit}", 2: f"every other {unit}"}.get(interval, f"every {interval} {unit}s")
    named = parts.keys() - {"FREQ", "INTERVAL", "UNTIL", "WKST"}
    business = schedule.workdays_only
    words = None
    match parts["FREQ"]:
        case "DAILY" if not named and not business:
            words = every
        case "WEEKLY" if named == {"BYDAY"}:
            words = _weekly(parts["BYDAY"], interval, business=business)
        case "MONTHLY" if "BYMONTH" in named and interval == 1:
            words = _quarterly(parts, business=business)
        case "MONTHLY" if "BYMONTH" not in named:
            words = _nth(parts, every, business=business)
        case "YEARLY" if named <= {"BYMONTH", "BYMONTHDAY", "BYSETPOS"} and not business:
            words = _yearly(parts, every)
    return words or f"by the rule {schedule.rule}"


def _weekly(codes: str, interval: int, *, business: bool) -> str | None:
    names = [_WEEKDAYS.get(code, code) for code in codes.split(",")]
    listed = " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
    if business:
        return "every business day" if interval == 1 and len(names) > 1 else None
    if interval == 1:
        return "every weekday" if codes == _MONDAY_TO_FRIDAY else f"every {listed}"
    return f"every other {listed}" if interval == 2 else f"every {interval} weeks on {listed}"


def _yearly(parts: dict[str, str], every: str) -> str | None:
    month, day = parts.get("BYMONTH", ""), _clipped_day(parts) or parts.get("BYMONTHDAY", "")
    if not (month.isdecimal() and day.isdecimal()) or ((month, day) == ("2", "29")) != ("BYSETPOS" in parts):
        return None
    return f"{every} on {day} {date(2000, int(month), 1):%B}{', or its last day' if 'BYSETPOS' in parts else ''}"


def _quarterly(parts: dict[str, str], *, business: bool) -> str | None:
    """In the first month of every quarter, or the last one in its last month: else the words would say too little."""
    words = _nth(parts, "every quarter", business=business)
    is_last = bool(words) and " last " in str(words).replace("or its last", "")
    if parts["BYMONTH"] != ("3,6,9,12" if is_last else "1,4,7,10"):
        return None
    if "BYMONTHDAY" in parts:
        return {"1": "on the first day of every quarter", "-1": words}.get(parts["BYMONTHDAY"])
    return words


def _nth(parts: dict[str, str], every: str, *, business: bool) -> str | None:
    """Rules of one day a month: "on the last Friday of every month"."""
    named, at = parts.keys() & {"BYDAY", "BYMONTHDAY", "BYSETPOS", "BYYEARDAY", "BYWEEKNO"}, parts.get("BYSETPOS", "")
    if business:
        is_nth = named == {"BYDAY", "BYSETPOS"} and re.fullmatch(r"-1|[1-9]|1\d", at)
        return f"on the {_ordinal(int(at))} business day of {every}" if is_nth else None
    if named == {"BYDAY"} and (nth := re.fullmatch(r"(-1|[1-5])([A-Z]{2})", parts["BYDAY"])):
        return f"on the {_ordinal(int(nth[1]))} {_WEEKDAYS[nth[2]]} of {every}"
    if named == {"BYMONTHDAY"} and re.fullmatch(r"-1|[1-9]|1\d|2[0-8]", parts["BYMONTHDAY"]):
        day = int(parts["BYMONTHDAY"])
        return f"on the {f'{day}{_suffix(day)}' if day > 0 else 'last day'} of {every}"
    if named == {"BYMONTHDAY", "BYSETPOS"} and (clipped := _clipped_day(parts)):
        return f"on the {clipped}th of {every}, or its last day"
    return None


def _clipped_day(parts: dict[str, str]) -> str:
    """The day of the month that is the last one where the month is shorter, "" when the rule names none."""
    named = f"BYMONTHDAY={parts.get('BYMONTHDAY')};BYSETPOS={parts.get('BYSETPOS')}"
    return next((str(day) for day in (29, 30) if named == last_day_if_shorter(day)), "")


def _ordinal(number: int) -> str:
    return _ORDINALS.get(number) or f"{number}{_suffix(number)}"


def _suffix(number: int) -> str:
    return "th" if 10 < number % 100 < 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
