"""Messages that come round: everybody's morning message, and the weekly line to those who lead."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from bot.domain.policy import ReminderPolicy
from bot.domain.preferences import Preferences
from bot.domain.reminders.course import Course, Over
from bot.domain.reminders.wanted import OWNER, Rule, Wanted
from bot.domain.when.wall import local_day, resolve

_LOOKED_AHEAD = 366
_NEVER = Over("it is not wanted any more")
_DAY_IS_OVER = Over("its day is over")


@dataclass(frozen=True, slots=True)
class Member:
    """One of us: what they chose, whether there may be something for them to hear, and whether they lead others."""

    id: int
    preferences: Preferences
    hears: bool
    leads: bool


def rounds(member: Member, policy: ReminderPolicy, late: Collection[Rule], now: datetime) -> tuple[Course, Course]:
    """Their next morning message, on a day they work, and their next weekly line; of today's as long as today lasts.

    `late` are the rounds of which an earlier day's was never sent: then today's comes late rather than not at all. Who
    is new gets the first one tomorrow.
    """
    held, weekday = member.preferences, policy.weekly.weekday
    morning = held.works_on if member.hears and held.digest else None
    weekly = (lambda day: day.isoweekday() == weekday) if member.leads else None
    return (
        _course(member, "morning", held.digest_at, morning, late, now),
        _course(member, "weekly", policy.weekly.at, weekly, late, now),
    )


def _course(
    member: Member,
    rule: Rule,
    clock: time,
    comes_on: Callable[[date], bool] | None,
    late: Collection[Rule],
    now: datetime,
) -> Course:
    zone = member.preferences.zone
    today = local_day(now, zone)
    wishes = [_wanted(member, rule, day, clock) for day in _days(today, comes_on)] if comes_on is not None else []
    passed = wishes[0] if wishes and wishes[0].anchor_on == today and wishes[0].due_at <= now else None
    ahead = next((one for one in wishes if one.due_at > now), None)
    if ahead is None:
        return Course(rule, member.id, over=_NEVER)
    return Course(
        rule=rule,
        anchor_id=member.id,
        anchors=frozenset(one.anchor_on for one in (passed, ahead) if one is not None),
        ahead=(ahead,),
        passed=passed,
        catch_up=passed if rule in late else None,
        before=_DAY_IS_OVER,
        again_at=ahead.due_at,
    )


def _days(today: date, comes_on: Callable[[date], bool]) -> list[date]:
    """The first two days from today on: one of them lies ahead even when today's hour has passed."""
    days = (today + timedelta(days=ahead) for ahead in range(_LOOKED_AHEAD))
    return list(islice((day for day in days if comes_on(day)), 2))


def _wanted(member: Member, rule: Rule, day: date, clock: time) -> Wanted:
    zone = member.preferences.zone
    return Wanted(
        rule=rule,
        account_id=None,
        anchor_id=member.id,
        anchor_on=day,
        milestone=0,
        recipient=OWNER,
        due_at=resolve(datetime.combine(day, clock), zone),
        zone=zone.key,
        carrier="own",
    )
