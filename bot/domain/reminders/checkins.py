"""Check-ins: how long an account may be silent.

Counted from the last real touch (a call, a message, a meeting), so logging one moves everything. The first comes a
cadence after it, the next a cadence after the one before; after so many without a touch the last one says that it
stops. They fall on working days, the first one that comes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from bot.domain.policy import CadencePolicy, ReminderPolicy
from bot.domain.reminders.course import Course, Over
from bot.domain.reminders.place import Place
from bot.domain.reminders.wanted import OWNER, Wanted
from bot.domain.signals.facts import count

_TOUCHED = Over("somebody spoke with them", "done")


@dataclass(frozen=True, slots=True)
class Standing:
    """How an account stands: health from 0 to 100 and the severity of its worst risk, None where that is not known."""

    health: float | None
    severity: int | None


@dataclass(frozen=True, slots=True)
class Silence:
    """An account as its check-ins read it.

    `since` is the day of the last touch, else of the first contract; None when neither is known. `renewal_on` is the
    date of its contracts that comes first. `standing` None: not looked at, which `must_look` asks for when it would
    matter. `told` has the days on which this silence was already spoken of, by number from 0; `waiting` are the numbers
    that are about to be. `touched` says who ended the silence before this one.
    """

    account_id: int
    segment: str | None
    place: Place
    since: date | None
    renewal_on: date | None = None
    standing: Standing | None = None
    told: Mapping[int, date] = field(default_factory=dict)
    waiting: frozenset[int] = frozenset()
    touched: Over = _TOUCHED


def reasons_to_be_closer(silence: Silence, policy: CadencePolicy, today: date) -> tuple[str, ...]:
    """Why the next check-in comes one tier sooner, as clauses; none keeps the segment's cadence."""
    return tuple(_reasons(silence, policy, today))


def _reasons(silence: Silence, policy: CadencePolicy, today: date) -> Iterator[str]:
    closer, standing = policy.closer, silence.standing or Standing(None, None)
    days = (silence.renewal_on - today).days if silence.renewal_on is not None else -1
    if 0 <= days <= closer.renewal_within_days:
        yield f"the renewal is {count(days, 'day')} away" if days else "the renewal is today"
    if standing.health is not None and standing.health < closer.health_below:
        yield f"health is {standing.health:.0f}"
    if standing.severity is not None and standing.severity >= closer.severity_from:
        yield f"a risk of severity {standing.severity} is open"


def must_look(silence: Silence, policy: CadencePolicy, now: datetime) -> bool:
    """Whether health and risks decide if something is due: sooner by one tier it would be, otherwise not yet."""
    if silence.standing is not None or silence.since is None:
        return False
    today = silence.place.today(now)
    if _reasons_known(silence, policy, today):
        return False
    usual = next(_days(silence, _cadence(silence, policy, closer=False), policy, now), None)
    sooner = next(_days(silence, _cadence(silence, policy, closer=True), policy, now), None)
    return usual is not None and sooner is not None and sooner[1] <= today < usual[1]


def check_ins(silence: Silence, cadence: CadencePolicy, reminders: ReminderPolicy, now: datetime) -> Course:
    """The check-ins of one account as of now; none where no touch is known."""
    place, since = silence.place, silence.since
    course = Course("check-in", silence.account_id, before=silence.touched)
    if since is None:
        return course
    today = place.today(now)
    closer = _reasons_known(silence, cadence, today)
    try:
        planned = [
            _wanted(silence, number, place.instant(day, cadence.at), reminders)
            for number, day in _days(silence, _cadence(silence, cadence, closer=closer), cadence, now)
        ]
    except OverflowError:
        return course
    waiting = [one for one in planned if one.due_at <= now]
    morning = place.next_morning(now, cadence.at)
    return replace(
        course,
        anchors=frozenset({since}),
        ahead=tuple(one for one in planned if one.due_at > now),
        passed=waiting[0] if waiting else None,
        catch_up=replace(waiting[0], due_at=morning, carrier="morning") if waiting else None,
        again_at=_again(silence, cadence, now),
    )


def _reasons_known(silence: Silence, policy: CadencePolicy, today: date) -> bool:
    return next(_reasons(silence, policy, today), None) is not None


def _cadence(silence: Silence, policy: CadencePolicy, *, closer: bool) -> int:
    days = policy.days_for(silence.segment).value
    return policy.one_closer(days) if closer else days


def _days(silence: Silence, cadence: int, policy: CadencePolicy, now: datetime) -> Iterator[tuple[int, date]]:
    """(number, day) of the check-ins that were not told yet. After one that is overdue the next counts from when that
    one can be told: today where it waits for that, else the next morning."""
    if silence.since is None:
        return
    step, last, place = timedelta(days=cadence), silence.since, silence.place
    today, morning = place.today(now), place.today(place.next_morning(now, policy.at))
    for number in range(policy.missed + 1):
        if number in silence.told:
            last = max(last, silence.told[number])
            continue
        day = place.first_working(last + step)
        yield number, day
        last = max(day, today if number in silence.waiting else morning)


def _wanted(silence: Silence, number: int, due_at: datetime, policy: ReminderPolicy) -> Wanted:
    return Wanted(
        rule="check-in",
        account_id=silence.account_id,
        anchor_id=silence.account_id,
        anchor_on=silence.since or date.min,
        milestone=number,
        recipient=OWNER,
        due_at=due_at,
        zone=silence.place.zone,
        carrier="own" if policy.own_message.holds("check-in", 0) else "morning",
    )


def _again(silence: Silence, policy: CadencePolicy, now: datetime) -> datetime | None:
    """When to look again: every day while one waits or health decides, and as the renewal comes near and passes."""
    place, today = silence.place, silence.place.today(now)
    closer = _reasons_known(silence, policy, today)
    sooner = next(_days(silence, _cadence(silence, policy, closer=True), policy, now), None)
    if sooner is None:
        return None
    days = {max(sooner[1], today + timedelta(days=1))} if sooner[1] <= today or not closer else set()
    if silence.renewal_on is not None:
        days |= {silence.renewal_on - timedelta(days=policy.closer.renewal_within_days),
                 silence.renewal_on + timedelta(days=1)}  # fmt: skip
    return min((place.instant(day, time()) for day in days if day > today), default=None)
