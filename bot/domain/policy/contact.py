"""The schemas of cadence.yml, renewals.yml and reminders.yml: when to speak, how often, and how much of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from .base import Chosen, ClockTime, Count, Days, File, Ladder, Points, Section, Severity, Step, choose, spelled_as_keys


def _nearer_last(days: tuple[int, ...]) -> tuple[int, ...]:
    if any(later <= earlier for earlier, later in pairwise(days)):
        raise ValueError("the days must become larger; sort them from near to far, each once")
    return days


Rising = Annotated[tuple[Days, ...], AfterValidator(_nearer_last)]


class Closer(Section):
    """What brings the next check-in one tier closer."""

    renewal_within_days: Days = 90
    health_below: Points = 65
    severity_from: Severity = 4


class CadencePolicy(File):
    """Days between touches. `tiers` are the cadences there are, from near to far: one tier closer is the next in it."""

    default: Days
    days: Annotated[Mapping[str, Days], AfterValidator(spelled_as_keys)]
    tiers: Rising = (7, 14, 30, 90)
    closer: Closer = Closer()
    missed: Annotated[int, Field(strict=True, ge=1, le=10)] = 2
    at: ClockTime = time(9)

    def days_for(self, segment: str | None) -> Chosen[int]:
        return choose(self.days, segment, self.default)

    def one_closer(self, days: int) -> int:
        """The cadence one tier closer than this one; the closest stays."""
        return max((tier for tier in self.tiers if tier < days), default=days)


class RenewalPolicy(File):
    """Milestones in days before the last day to act. `receipt_days` is how long a notice is on its way before it counts
    as received; `rolling_days` the shortest term of a contract that renews by itself worth counting down."""

    default: Ladder
    ladders: Annotated[Mapping[str, Ladder], AfterValidator(spelled_as_keys)]
    after_notice: Ladder = (30, 14, 0)
    after_end: Rising = (7, 21)
    receipt_days: Annotated[int, Field(strict=True, ge=0, le=60)] = 0
    rolling_days: Step = 60
    at: ClockTime = time(9)

    def ladder_for(self, segment: str | None) -> Chosen[tuple[int, ...]]:
        return choose(self.ladders, segment, self.default)


Timed = Literal["renewal", "check-in", "promise"]
"""Rules whose reminders may travel either way."""


class OwnMessages(Section):
    """Which reminders are messages of their own: none, all, or those from so many days before their day on."""

    renewal: bool | Step = 30
    check_in: Annotated[bool | Step, Field(alias="check-in")] = False
    promise: bool | Step = False

    def holds(self, rule: Timed, days_before: int) -> bool:
        limit = {"renewal": self.renewal, "check-in": self.check_in, "promise": self.promise}[rule]
        return limit if isinstance(limit, bool) else days_before <= limit


class Weekly(Section):
    """When leads get their line: ISO's weekday (1 is Monday) and the time on their clock."""

    weekday: Annotated[int, Field(strict=True, ge=1, le=7)] = 1
    at: ClockTime = time(8)


def _distinct(days: tuple[int, ...]) -> tuple[int, ...]:
    if len(set(days)) < len(days):
        raise ValueError("a number stands twice; keep one of them")
    return tuple(sorted(days, reverse=True))


class ReminderPolicy(File):
    """How much is said unasked. `most_a_day` counts messages of their own to one person; `lines` those of a morning
    message; `wait_days` is how long somebody may be away for a reminder to wait for them; `promises` are business days
    before a promise is due, which leads every morning message for `overdue_days` after it and only Monday's later; a
    message that nobody acted on for `ignored_after_days` counts as ignored."""

    most_a_day: Count = 4
    lines: Annotated[int, Field(strict=True, ge=1, le=20)] = 10
    own_message: OwnMessages = OwnMessages()
    promises: Annotated[tuple[Step, ...], AfterValidator(_distinct)] = (3, 1)
    promises_at: ClockTime = time(9)
    overdue_days: Days = 7
    wait_days: Annotated[int, Field(strict=True, ge=0, le=30)] = 3
    ignored_after_days: Days = 5
    weekly: Weekly = Weekly()

    @model_validator(mode="after")
    def _promised(self) -> ReminderPolicy:
        if not self.promises:
            raise ValueError("promises: name at least one number of business days, for example [1]")
        return self
