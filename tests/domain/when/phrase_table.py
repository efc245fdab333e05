"""The tables of phrases, and how a reading is compared with what a table says."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.domain.when.calendars import Workdays
from bot.domain.when.phrases import read
from bot.domain.when.readings import Anchored, Ask, Once, Reading, Refused, Repeating
from bot.domain.when.recurrence import local_times

OWN = Path(__file__).with_name("phrases.csv")
SHARED = Path(__file__).parents[3].parent / "shared" / "data" / "when_phrases.csv"
NOW = datetime.fromisoformat("2026-03-04T10:15:00-05:00")
ZONE = ZoneInfo("America/New_York")
WORKDAYS = Workdays("US")


class Expected(NamedTuple):
    """A row of our own table."""

    phrase: str
    kind: str
    value: str


def own() -> list[Expected]:
    with OWN.open(encoding="utf-8", newline="") as file:
        lines = [line for line in file if not line.startswith("#")]
    return [Expected(row["phrase"], row["kind"], row["value"] or "") for row in csv.DictReader(lines)]


def reading_of(phrase: str) -> Reading:
    return read(phrase, NOW, ZONE, WORKDAYS)


def kind_of(reading: Reading) -> str:
    kinds = {Once: "once", Repeating: "repeat", Anchored: "anchor", Ask: "ask", Refused: "refuse"}
    return kinds[type(reading)]


def value_of(reading: Reading) -> str:
    """A reading written as the table writes it."""
    match reading:
        case Once():
            return f"{reading.local:%Y-%m-%dT%H:%M}{'' if reading.time_explicit else '?'}"
        case Repeating():
            first, *others = islice(local_times(reading.schedule, before(reading), WORKDAYS), 3)
            mark = "" if reading.time_explicit else "?"
            return " ".join([f"{first:%Y-%m-%dT%H:%M}{mark}", *(f"{each:%Y-%m-%d}" for each in others)])
        case Anchored():
            at = f"{reading.at:%H:%M}{'' if reading.time_explicit else '?'}"
            return f"{reading.anchor} {reading.count} {reading.unit} {reading.side} {at}"
        case Ask():
            return " ".join(sorted(filter(None, map(choice_day, reading.choices))))
        case Refused():
            return reading.sentence


def before(reading: Repeating) -> datetime:
    return reading.schedule.first.replace(hour=0, minute=0) - timedelta(seconds=1)


def choice_day(choice: object) -> str:
    reading = getattr(choice, "reading", None)
    if isinstance(reading, Once):
        return f"{reading.local:%Y-%m-%dT%H:%M}"
    return f"{reading.schedule.first:%Y-%m-%dT%H:%M}" if isinstance(reading, Repeating) else ""


def fits(expected: Expected, reading: Reading) -> bool:
    """Whether the reading is what the row says; of a question the choices count only when the row names them."""
    if kind_of(reading) != expected.kind:
        return False
    if expected.kind == "ask":
        return not expected.value or sorted(expected.value.split()) == value_of(reading).split()
    return expected.value in value_of(reading) if expected.kind == "refuse" else expected.value == value_of(reading)


def verdict(expected: Expected, reading: Reading) -> str:
    """right, asked (when a reading was expected), or wrong."""
    if fits(expected, reading):
        return "right"
    return "asked" if kind_of(reading) in {"ask", "refuse"} else "wrong"


class Shared(NamedTuple):
    """A row of the shared table."""

    phrase: str
    kind: str
    days: tuple[str, ...]
    time_explicit: bool
    rule: str
    now: datetime
    zone: ZoneInfo
    note: str


def shared() -> Iterator[Shared]:
    with SHARED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Shared(
                row["phrase"],
                row["kind"],
                tuple(row["expected_first_local"].split("|")),
                row["time_explicit"] == "1",
                row["expected_rrule"],
                datetime.fromisoformat(row["reference_now"]),
                ZoneInfo(row["timezone"]),
                row["note"],
            )


def shared_verdict(row: Shared, reading: Reading) -> str:
    """right, asked, or wrong. A row may name several days; its rule holds the time as hours and minutes."""
    if isinstance(reading, Ask | Refused):
        return "right" if row.kind in {"ask", "reject"} else "asked"
    match reading:
        case Once() if row.kind == "once":
            found, explicit = reading.local, reading.time_explicit
        case Repeating() if row.kind == "recur":
            found, explicit = reading.schedule.first, reading.time_explicit
            if not same_rule(row.rule, reading):
                return "wrong"
        case Anchored() if row.kind == "anchor":
            anchor = date.fromisoformat(row.note.removeprefix("renewal_date="))
            found, explicit = reading.local(anchor, Workdays()), reading.time_explicit
        case _:
            return "wrong"
    shown = f"{found:%Y-%m-%dT%H:%M}"
    is_right = any(shown == day if "T" in day else shown.startswith(day) for day in row.days)
    return "right" if is_right and explicit == row.time_explicit else "wrong"


def same_rule(rule: str, reading: Repeating) -> bool:
    """Whether a plain rule of the table gives the same dates over three years."""
    from dateutil.rrule import rrulestr

    first = reading.schedule.first
    theirs = list(islice(rrulestr(rule, dtstart=first), 30))
    ours = list(islice(local_times(reading.schedule, before(reading), Workdays()), 30))
    return theirs == ours
