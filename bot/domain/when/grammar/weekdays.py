"""Weekdays: which Friday is meant.

A week begins on Monday; on a Sunday that is not everybody's opinion, so weeks are asked about then.
"""

from __future__ import annotations

from datetime import date, timedelta

from .patterns import Slots
from .said import Day, Days, Said, period_start
from .vocabulary import WEEKDAYS

_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
_SUNDAY = 6


def weekday(said: Said, slots: Slots) -> Days:
    """Today's name may mean today; which of the two is ahead depends on the time."""
    coming = _coming(said, slots["weekday"])
    if coming == said.today + _WEEK:
        yield Day(said.today)
    yield Day(coming)


def coming_weekday(said: Said, slots: Slots) -> Days:
    yield Day(_coming(said, slots["weekday"]))


def this_weekday(said: Said, slots: Slots) -> Days:
    """The one of this week; when it is over, it may be a slip for the coming one."""
    day = _in_week(said, slots["weekday"], 0)
    yield Day(day) if day >= said.today else Day(day + _WEEK, "That day of this week is over. Is this one meant?")


def next_weekday(said: Said, slots: Slots) -> Days:
    """The coming one to some, the one of next week to others; on the eve of it a third opinion is a week later."""
    coming = _coming(said, slots["weekday"])
    yield Day(coming)
    yield from weekday_next_week(said, slots)
    if coming == said.today + _DAY:
        yield Day(coming + _WEEK)


def weekday_next_week(said: Said, slots: Slots) -> Days:
    for later in weeks_later(said, 1):
        yield Day(_in_week(said, slots["weekday"], later))


def weekday_in_weeks(said: Said, slots: Slots) -> Days:
    """The one of the week that is so far away, or so long after the coming one."""
    weeks = int(slots["n"])
    yield Day(_in_week(said, slots["weekday"], weeks))
    yield Day(_coming(said, slots["weekday"]) + timedelta(weeks=weeks))


def weeks_later(said: Said, later: int) -> tuple[int, ...]:
    """How many weeks after this one, which a Sunday ends or begins."""
    return (later, later + 1) if said.today.weekday() == _SUNDAY else (later,)


def _coming(said: Said, name: str) -> date:
    """The first such weekday after today."""
    return said.today + timedelta(days=(WEEKDAYS.index(name) - said.today.weekday() - 1) % 7 + 1)


def _in_week(said: Said, name: str, weeks: int) -> date:
    return period_start(said.today, "week", weeks) + timedelta(days=WEEKDAYS.index(name))
