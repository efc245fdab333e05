"""The right person at the right moment, decided when a reminder is about to be sent.

- Who was reminded by their own wish is reminded at that time: also at night, on a Sunday, on holiday. While they do not
  want to be disturbed Slack itself makes no sound; the message is there when they look.
- Everybody else is written to on their working days outside their quiet hours, and not while Do Not Disturb is on.
- Somebody away is stood in for by their backup; without one a short absence is waited for, a long one is the lead's.
- Somebody who left is followed by the next who may know: a backup, then the lead. Nobody left is an orphan, and listed.
- Where waiting would be too late, whoever can be reached now hears it, and without such a one the first is disturbed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from bot.domain.audience import Sharing
from bot.domain.days import written
from bot.domain.preferences import Preferences
from bot.domain.reminders.presence import Addressee
from bot.domain.reminders.reminder import Reminder
from bot.domain.when.wall import local_day, local_time, resolve

_DAY = timedelta(days=1)
_FARTHEST = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Send:
    """Now, to the one it was meant for. `why` explains what is unusual about that, None mostly."""

    to: Addressee
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Instead:
    """Now, to another than the one it was meant for; `why` is for them to read."""

    to: Addressee
    why: str


@dataclass(frozen=True, slots=True)
class Wait:
    until: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Hold:
    """Not there. Somebody is told, and decides."""

    why: str


@dataclass(frozen=True, slots=True)
class Nobody:
    """There is nobody to say it to: an orphan."""

    why: str


Verdict: TypeAlias = Send | Instead | Wait | Hold | Nobody


@dataclass(frozen=True, slots=True)
class Matter:
    """What the decision needs to know of the reminder. `wished`: they asked for this very time themselves. `by` is the
    instant after which it helps nobody; None when it loses nothing by waiting."""

    wished: bool = False
    by: datetime | None = None


def matter_of(reminder: Reminder) -> Matter:
    """What counts for a reminder: its own day is the last on which a renewal or a promise can still be acted on."""
    if reminder.rule == "own":
        return Matter(wished=True)
    if reminder.rule not in {"renewal", "promise"} or reminder.milestone < 0:
        return Matter()
    day_after = datetime.combine(reminder.anchor_on + _DAY, time())
    return Matter(by=resolve(day_after, ZoneInfo(reminder.zone)))


def moment(addressees: Sequence[Addressee], matter: Matter, wait_days: int, now: datetime) -> Verdict:
    """Who hears it and when; `addressees` in the order in which they are tried: the owner, a backup, the lead."""
    there = [one for one in addressees if one.presence.reachable]
    if not there:
        names = ", ".join(one.presence.name for one in addressees)
        return Nobody(f"{names} cannot be reached any more" if names else "nobody is responsible for it")
    first, others = there[0], there[1:]
    left = addressees[0] if addressees[0] is not first else None
    verdict = _decide(first, others, matter, wait_days, now)
    if left is not None and isinstance(verdict, Send):
        return Instead(first, f"{left.presence.name} cannot be reached any more")
    return verdict


def _decide(
    first: Addressee, others: Sequence[Addressee], matter: Matter, wait_days: int, now: datetime
) -> Send | Instead | Wait | Nobody:
    opens = free_from(first, now)
    if matter.wished or opens == now:
        return Send(first)
    name, late = first.presence.name, _too_late(opens, matter, now)
    if _is_away(first, now):
        why = f"{name} is away{_until(first.preferences)}"
        backup = next((one for one in others if one.part == "backup" and not _is_away(one, now)), None)
        if backup is None and opens is not None and not late and opens - now <= timedelta(days=wait_days):
            return Wait(opens, why)
        stand_ins = [backup] if backup is not None else [one for one in others if not _is_away(one, now)]
        return _instead(stand_ins, matter, why, now) or _at_last(first, opens, matter, why, now)
    why = _why_not_now(first, now)
    if opens is not None and not late:
        return Wait(opens, why)
    reached = next((one for one in others if free_from(one, now) == now), None)
    return Instead(reached, f"{why}, and it cannot wait") if reached else Send(first, f"{why}, but it cannot wait")


def _instead(stand_ins: Sequence[Addressee], matter: Matter, why: str, now: datetime) -> Instead | Wait | None:
    """The first of them who is free now, else whoever is free first; None when that is too late or never."""
    free = [(free_from(one, now), one) for one in stand_ins]
    ready = next((one for opens, one in free if opens == now), None)
    if ready is not None:
        return Instead(ready, why)
    later = [(opens, one.presence.name) for opens, one in free if opens is not None]
    if not later:
        return None
    opens, name = min(later)
    if not _too_late(opens, matter, now):
        return Wait(opens, f"{why}, and it is not {name}'s working time")
    return Instead(stand_ins[0], f"{why}, and it cannot wait")


def _at_last(first: Addressee, opens: datetime | None, matter: Matter, why: str, now: datetime) -> Send | Wait | Nobody:
    """Nobody stands in: it waits for them, if they come back at all."""
    if opens is None:
        return Nobody(f"{why}, and nobody stands in")
    return Send(first, f"{why}, but it cannot wait") if _too_late(opens, matter, now) else Wait(opens, why)


def _too_late(opens: datetime | None, matter: Matter, now: datetime) -> bool:
    """What is too late already loses nothing more by waiting."""
    return matter.by is not None and now < matter.by and (opens is None or opens >= matter.by)


def _is_away(one: Addressee, now: datetime) -> bool:
    return one.preferences.is_away(local_day(now, one.preferences.zone))


def _until(preferences: Preferences) -> str:
    return f" until {written(preferences.away_until)}" if preferences.away_until is not None else ""


def _why_not_now(one: Addressee, now: datetime) -> str:
    preferences, name = one.preferences, one.presence.name
    if not preferences.works_on(local_day(now, preferences.zone)):
        return f"it is no working day of {name}"
    if preferences.is_quiet(now):
        return f"{name}'s quiet hours last until {preferences.quiet_until:%H:%M}"
    return f"{name} does not want to be disturbed now"


def free_from(one: Addressee, now: datetime) -> datetime | None:
    """The first instant from now on at which they may be written to; None when they are away without an end.

    After days off that is the time of their morning message, after quiet hours the end of those.
    """
    preferences, busy = one.preferences, one.presence.busy_until
    at = begin = max(now, busy) if busy is not None else now
    while at - begin < _FARTHEST:
        day = local_day(at, preferences.zone)
        if not preferences.works_on(day):
            if preferences.is_away(day) and preferences.away_until is None:
                return None
            at = _opening(_next_day_at_work(preferences, day), preferences)
        elif preferences.is_quiet(at):
            at = _end_of_quiet(preferences, at)
        else:
            return at
    return None


def _next_day_at_work(preferences: Preferences, day: date) -> date:
    last = day + _FARTHEST
    while not preferences.works_on(day) and day < last:
        day += _DAY
    return day


def next_digest(preferences: Preferences, now: datetime) -> datetime:
    """When their next morning message comes: later today, when its time has not passed on a day at work."""
    today = local_day(now, preferences.zone)
    comes = _instant(today, preferences.digest_at, preferences)
    return comes if comes > now and preferences.works_on(today) else next_morning(preferences, now)


def next_morning(preferences: Preferences, now: datetime) -> datetime:
    """When somebody's next day at work begins, after today."""
    today = local_day(now, preferences.zone)
    return _opening(_next_day_at_work(preferences, today + _DAY), preferences)


def _opening(day: date, preferences: Preferences) -> datetime:
    """When somebody's day begins: with their morning message, or with the end of quiet hours that cover it."""
    opens = _instant(day, preferences.digest_at, preferences)
    return _instant(day, preferences.quiet_until, preferences) if preferences.is_quiet(opens) else opens


def _end_of_quiet(preferences: Preferences, at: datetime) -> datetime:
    """Later than `at`, even where the clocks go back over the end of the quiet hours."""
    local = local_time(at, preferences.zone)
    day = local.date() if local.time() < preferences.quiet_until else local.date() + _DAY
    end = _instant(day, preferences.quiet_until, preferences)
    return end if end > at else at + timedelta(minutes=1)


def _instant(day: date, clock: time, preferences: Preferences) -> datetime:
    return resolve(datetime.combine(day, clock), preferences.zone)


def in_channel(name: str, sharing: Sharing) -> Hold | None:
    """Whether a reminder may be posted to a channel, at the time it was asked for: not where outsiders read it, and not
    where nobody knows who does."""
    if sharing is Sharing.EXTERNAL:
        return Hold(f"{name} is shared with another company now")
    return Hold(f"it is not known who can read {name}") if sharing is Sharing.UNKNOWN else None
