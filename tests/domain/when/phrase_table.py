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
MUTANTS = Path(__file__).with_name("mutants.csv")
OTHER_MOMENTS = Path(__file__).with_name("moments.csv")
SHARED = Path(__file__).parents[3].parent / "shared" / "data" / "when_phrases.csv"
NOW = datetime.fromisoformat("2026-03-04T10:15:00-05:00")
ZONE = ZoneInfo("America/New_York")
WORKDAYS = Workdays("US")


class Expected(NamedTuple):
    """A row of our own tables, and where and when its phrase is said."""

    phrase: str
    kind: str
    value: str
    now: datetime = NOW
    zone: ZoneInfo = ZONE
    workdays: Workdays = WORKDAYS

    @property
    def reading(self) -> Reading:
        return read(self.phrase, self.now, self.zone, self.workdays)


def own() -> list[Expected]:
    return [Expected(row["phrase"], row["kind"], row["value"] or "") for row in _rows(OWN)]


def mutants_by_hand() -> dict[str, str]:
    """Phrases that lost, doubled or swapped a word and still say something: kind and value as one text."""
    return {row["phrase"]: f"{row['kind']} {row['value']}" for row in _rows(MUTANTS)}


def at_other_moments() -> list[Expected]:
    return [
        Expected(
            row["phrase"],
            row["kind"],
            row["value"],
            datetime.fromisoformat(row["said"]).replace(tzinfo=ZoneInfo(row["zone"])),
            ZoneInfo(row["zone"]),
            Workdays(row["country"]),
        )
        for row in _rows(OTHER_MOMENTS)
    ]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(line for line in file if not line.startswith("#"))


def reading_of(phrase: str) -> Reading:
    return read(phrase, NOW, ZONE, WORKDAYS)


def kind_of(reading: Reading) -> str:
    kinds = {Once: "once", Repeating: "repeat", Anchored: "anchor", Ask: "ask", Refused: "refuse"}
    return kinds[type(reading)]


def value_of(reading: Reading, workdays: Workdays = WORKDAYS) -> str:
    """A reading written as the table writes it."""
    match reading:
        case Once():
            return f"{reading.local:%Y-%m-%dT%H:%M}{'' if reading.time_explicit else '?'}"
        case Repeating():
            first, *others = islice(local_times(reading.schedule, before(reading), workdays), 3)
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


def fits(expected: Expected) -> bool:
    """Whether the reading is what the row says; of a question the choices count only when the row names them."""
    if kind_of(expected.reading) != expected.kind:
        return False
    value = value_of(expected.reading, expected.workdays)
    if expected.kind == "ask":
        return not expected.value or sorted(expected.value.split()) == value.split()
    return expected.value in value if expected.kind == "refuse" else expected.value == value


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
