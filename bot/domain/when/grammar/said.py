"""What the tables need to know about the moment at which a phrase is said, and what they give back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from bot.domain.when.calendars import Workdays
from bot.domain.when.plain import moment
from bot.domain.when.readings import Definite, Once, Refused
from bot.domain.when.wall import local_time, resolve

from .clocks import Clock

_YEARS_AHEAD = 20


@dataclass(frozen=True, slots=True)
class Said:
    """The moment and the place: an aware `now`, the speaker's zone and working days, the time for days without one."""

    now: datetime
    zone: ZoneInfo
    workdays: Workdays
    default: time

    @property
    def local(self) -> datetime:
        return local_time(self.now, self.zone)

    @property
    def today(self) -> date:
        return self.local.date()

    def is_ahead(self, local: datetime) -> bool:
        """Whether a wall time lies in the future."""
        return resolve(local, self.zone) > self.now


@dataclass(frozen=True, slots=True)
class Day:
    """A day that may be meant.

    `doubt` is the question to ask although it is the only one. `otherwise` days count when there is no other that is
    ahead: "the 4th at 15:00", said on the 4th at noon, is today.
    """

    day: date
    doubt: str = ""
    otherwise: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reading that may be meant; `doubt` and `otherwise` as in `Day`."""

    reading: Definite
    doubt: str = ""
    otherwise: bool = False


def ahead(candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """The candidates without those that count only when there is no other."""
    return [each for each in candidates if not each.otherwise] or candidates


Days = Iterator[Day | Refused]
Found = Candidate | Refused


def once(said: Said, local: datetime, *, explicit: bool, doubt: str = "", otherwise: bool = False) -> Found:
    """The wall time as a reading, or why it cannot be one."""
    if not said.is_ahead(local):
        return Refused(f"{moment(local)} has passed. Give a time in the future.")
    if local.year > said.today.year + _YEARS_AHEAD:
        return Refused(f"{local.year} is too far ahead. Give a time within the next {_YEARS_AHEAD} years.")
    return Candidate(Once(local, explicit), doubt, otherwise)


def on_days(said: Said, days: Days, clock: Clock) -> Iterator[Found]:
    """Every day with every time that the clock may mean on it."""
    for found in days:
        if isinstance(found, Refused):
            yield found
            continue
        locals_ = [datetime.combine(found.day, at) for at in clock.on_a_day]
        if clock.night:
            locals_.append(datetime.combine(found.day + timedelta(days=1), time()))
        for local in locals_:
            yield once(said, local, explicit=clock.explicit, doubt=found.doubt, otherwise=found.otherwise)


def period_start(day: date, period: str, later: int = 0) -> date:
    """The first day of the week, month, quarter or year of `day`, or of the one so many later."""
    match period:
        case "week":
            return day - timedelta(days=day.weekday()) + timedelta(weeks=later)
        case "month":
            return day.replace(day=1) + relativedelta(months=later)
        case "quarter":
            return day.replace(day=1, month=day.month - (day.month - 1) % 3) + relativedelta(months=3 * later)
        case _:
            return day.replace(day=1, month=1) + relativedelta(years=later)


def period_end(day: date, period: str, later: int = 0) -> date:
    """The last day of that period."""
    return period_start(day, period, later + 1) - timedelta(days=1)
