"""The stored form of a schedule: lines of an iCalendar event."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from .recurrence import Schedule
from .wall import local_time, resolve

_KEPT = {"FREQ", "INTERVAL", "UNTIL", "WKST", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"}
_FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
_LONGEST = 500
_STAMP = "%Y%m%dT%H%M%S"
_START = re.compile(r"DTSTART;TZID=([^:;]+)(;X-FOLD=1)?:(\d{8}T\d{6})")
_UNTIL_WALL = re.compile(r"(?<=UNTIL=)\d{8}T\d{6}(?=;|$)")
_UNTIL_INSTANT = re.compile(r"(?<=UNTIL=)\d{8}T\d{6}Z(?=;|$)")
_WORKDAYS_ONLY = "X-WORKDAYS-ONLY:TRUE"


def to_text(schedule: Schedule) -> str:
    """The schedule as lines that `from_text` reads, and `dateutil.rrule.rrulestr` as far as the standard goes.

    Beyond it are working days and a single moment in the second pass of a repeated hour.
    """
    zone = ZoneInfo(schedule.zone)
    lines = [f"DTSTART;TZID={schedule.zone}{';X-FOLD=1' if schedule.first.fold else ''}:{schedule.first:{_STAMP}}"]
    if schedule.rule is not None:
        # The standard wants the end as an instant where the start has a zone.
        lines.append("RRULE:" + _UNTIL_WALL.sub(lambda end: f"{resolve(_wall(end[0]), zone):{_STAMP}}Z", schedule.rule))
    if schedule.workdays_only:
        lines.append(_WORKDAYS_ONLY)
    return "\n".join(lines)


def from_text(text: str) -> Schedule:
    """The schedule that `to_text` wrote. `ValueError` with a sentence for anything else."""
    head, *rest = [line.strip() for line in text.strip().split("\n")] if len(text) <= _LONGEST else [""]
    start = _START.fullmatch(head)
    rules = [line.removeprefix("RRULE:") for line in rest if line != _WORKDAYS_ONLY]
    if start is None or len(rules) > 1 or f"RRULE:{rules[0] if rules else ''}" not in [*rest, "RRULE:"]:
        raise ValueError("Not a schedule: a DTSTART line with its TZID comes first, then at most one RRULE line.")
    zone, fold, stamp = start.groups()
    try:
        first = _wall(stamp).replace(fold=1 if fold else 0)
        within = ZoneInfo(zone)
        rule = (
            _UNTIL_INSTANT.sub(
                lambda end: f"{local_time(_wall(end[0][:-1]).replace(tzinfo=UTC), within):{_STAMP}}", rules[0]
            )
            if rules
            else None
        )
    except (ValueError, OSError, KeyError, OverflowError):  # zoneinfo raises all of these for a bad name
        raise ValueError(f"Not a schedule: {zone} is no known zone, or a time in it does not exist.") from None
    if rule is not None:
        _check(rule, first, workdays_only=_WORKDAYS_ONLY in rest)
    return Schedule(rule, first, zone, _WORKDAYS_ONLY in rest)


def _wall(stamp: str) -> datetime:
    return datetime.strptime(stamp, _STAMP)  # noqa: DTZ007 - a wall time has no zone


def _check(rule: str, first: datetime, *, workdays_only: bool) -> None:
    """`ValueError` unless the rule is daily or rarer and `first` is an occurrence of it.

    On working days the choice among them needs a calendar, so `first` is then only one of the candidates.
    """
    parts = dict(part.partition("=")[::2] for part in rule.split(";"))
    interval = parts.get("INTERVAL", "1")
    if parts.keys() - _KEPT or parts.get("FREQ") not in _FREQUENCIES:
        raise ValueError(f"Not a rule that is kept: {rule}. It repeats by days, weeks, months or years, with no hours.")
    if not re.fullmatch(r"[1-9]\d{0,2}", interval):
        raise ValueError(f"Not an interval: {interval}. It is a number from 1 to 999.")
    left_out = {"UNTIL", "BYSETPOS"} if workdays_only else {"UNTIL"}
    bounded = ";".join(f"{name}={value}" for name, value in parts.items() if name not in left_out)
    try:
        found = next(iter(rrulestr(f"{bounded};UNTIL={first:{_STAMP}}", dtstart=first)), None)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        raise ValueError(f"Not a rule: {rule}.") from None
    if found != first:
        raise ValueError(f"{first:%Y-%m-%d} is no day of the rule {rule}.")
