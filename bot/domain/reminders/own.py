"""Reminders that people set for themselves or for a channel: in their words, at the time they named.

One occurrence is planned at a time, the next one after now: a machine that was off says the missed one late, once, and
goes on from there. One that counts from a date of the account is said once, and moves with that date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from bot.domain.reminders.wanted import Wanted
from bot.domain.terms import RenewalDates
from bot.domain.when.calendars import Workdays
from bot.domain.when.readings import Anchor, Anchored
from bot.domain.when.recurrence import Schedule, next_after
from bot.domain.when.wall import local_day, resolve

State = Literal["active", "paused", "deleted"]


@dataclass(frozen=True, slots=True)
class Own:
    """What somebody wants to be reminded of. `phrase` is how they said when; `created_by` a Slack user id, or a name
    where it was set elsewhere; `workdays` are theirs. `occurrence` counts what was planned so far."""

    id: int
    account_id: int | None
    text: str
    phrase: str
    when: Schedule | Anchored
    zone: str
    recipient: str
    created_by: str
    created_at: datetime
    state: State = "active"
    occurrence: int = 0


def next_due(own: Own, anchor_on: date | None, workdays: Workdays, after: datetime) -> datetime | None:
    """The first instant later than `after` at which it is due; `anchor_on` is the day it counts from, where it does."""
    if isinstance(own.when, Schedule):
        return next_after(own.when, after, workdays)
    if anchor_on is None:
        return None
    due_at = resolve(own.when.local(anchor_on, workdays), ZoneInfo(own.zone))
    return due_at if due_at > after else None


def wanted(own: Own, due_at: datetime) -> Wanted:
    return Wanted(
        rule="own",
        account_id=own.account_id,
        anchor_id=own.id,
        anchor_on=local_day(due_at, ZoneInfo(own.zone)),
        milestone=own.occurrence,
        recipient=own.recipient,
        due_at=due_at,
        zone=own.zone,
        carrier="own",
    )


def anchor_day(anchor: Anchor, dates: RenewalDates | None) -> date | None:
    """The day of a contract that a reminder counts from; None when it is not known."""
    if dates is None:
        return None
    match anchor:
        case "renewal":
            return dates.renews_on
        case "notice":
            return dates.notice_on
        case "contract end":
            return dates.ends_on
        case "qbr":
            return None
