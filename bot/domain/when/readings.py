"""What a phrase about time can mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from dateutil.relativedelta import relativedelta

from .calendars import Workdays
from .recurrence import Schedule

Anchor = Literal["renewal", "notice", "qbr", "contract end"]
Unit = Literal["days", "business days", "weeks", "months"]
Side = Literal["before", "after"]


@dataclass(frozen=True, slots=True)
class Once:
    """One wall time. `fold=1` when only the second pass of a repeated hour can be meant.

    `time_explicit` is whether a time of day was said; else it is the default, or the hour that a word such as
    "tonight" stands for.
    """

    local: datetime
    time_explicit: bool


@dataclass(frozen=True, slots=True)
class Repeating:
    """Again and again; `time_explicit` as in `Once`."""

    schedule: Schedule
    time_explicit: bool


@dataclass(frozen=True, slots=True)
class Anchored:
    """So long before or after a day of the account, which may move: "2 business days before renewal".

    A `count` of 0 is the day itself. `time_explicit` as in `Once`.
    """

    anchor: Anchor
    count: int
    unit: Unit
    side: Side
    at: time
    time_explicit: bool

    def local(self, anchor_day: date, workdays: Workdays) -> datetime:
        """The wall time that is meant when the anchor falls on `anchor_day`."""
        return datetime.combine(self.day(anchor_day, workdays), self.at)

    def day(self, anchor_day: date, workdays: Workdays) -> date:
        """The day that is meant when the anchor falls on `anchor_day`; months end early where they are shorter."""
        count = -self.count if self.side == "before" else self.count
        match self.unit:
            case "business days":
                return workdays.shift(anchor_day, count) if count else anchor_day
            case "months":
                return anchor_day + relativedelta(months=count)
            case "weeks":
                return anchor_day + timedelta(weeks=count)
            case "days":
                return anchor_day + timedelta(days=count)


Definite = Once | Repeating | Anchored


@dataclass(frozen=True, slots=True)
class Choice:
    """A reading to choose, in plain words."""

    words: str
    reading: Definite


@dataclass(frozen=True, slots=True)
class Ask:
    """The phrase has several readings, or none that is certain: one question, and what may be meant."""

    question: str
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """Clear, but not possible; the sentence says why."""

    sentence: str


Reading = Definite | Ask | Refused
