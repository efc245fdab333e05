"""What we promised: reminded some business days before it is due. Overdue promises need no reminder of their own, they
lead every morning message until they are kept; who wants no morning message hears of each once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.policy import ReminderPolicy
from bot.domain.reminders.course import Course, Over, caught_up, in_turn
from bot.domain.reminders.place import Place
from bot.domain.reminders.wanted import OWNER, Wanted, to_member

OVERDUE = -1
"""The milestone of the first business day after its day."""

_OTHER_DAY = Over("it is due on another day now")


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise of ours, in the words it was given in. `owner_id` is the member who gave it, None when that is not
    known: then it is the account owner's. `over` is how it ended."""

    id: int
    account_id: int
    quote: str
    owner_id: int | None
    due_on: date | None
    place: Place
    over: Over | None = None


def promise(promised: Promised, policy: ReminderPolicy, now: datetime) -> Course:
    """The reminders of one promise as of now; none without a day."""
    due_on, place = promised.due_on, promised.place
    if promised.over is not None or due_on is None:
        return Course("promise", promised.id, over=promised.over, before=_OTHER_DAY)
    try:
        ahead, passed = in_turn((_before(promised, due_on, days, policy) for days in policy.promises), now)
        due_at = place.midnight_after(due_on)
    except OverflowError:
        return Course("promise", promised.id, before=_OTHER_DAY)
    if place.today(now) > due_on:
        passed = _before(promised, due_on, OVERDUE, policy)
    helps = passed is not None and place.today(now) <= due_on
    late = caught_up(passed, due_on, place, policy.promises_at, now) if passed is not None and helps else None
    return Course(
        rule="promise",
        anchor_id=promised.id,
        anchors=frozenset({due_on}),
        ahead=ahead,
        passed=passed,
        catch_up=late if late is not None and (not ahead or late.due_at < ahead[0].due_at) else None,
        before=_OTHER_DAY,
        again_at=min([at for at in (ahead[0].due_at if ahead else None, due_at) if at and at > now], default=None),
    )


def once_overdue(promised: Promised, policy: ReminderPolicy, now: datetime) -> Wanted | None:
    """The one message that its day has passed, from the first business morning after it on."""
    if promised.over is not None or promised.due_on is None or now < overdue_from(promised.due_on, promised, policy):
        return None
    return replace(_before(promised, promised.due_on, OVERDUE, policy), due_at=now, carrier="own")


def overdue_from(due_on: date, promised: Promised, policy: ReminderPolicy) -> datetime:
    """The first business morning after its day."""
    return _before(promised, due_on, OVERDUE, policy).due_at


def _before(promised: Promised, due_on: date, days: int, policy: ReminderPolicy) -> Wanted:
    place = promised.place
    day = place.workdays.shift(due_on, -days) if days else place.last_working(due_on)
    return Wanted(
        rule="promise",
        account_id=promised.account_id,
        anchor_id=promised.id,
        anchor_on=due_on,
        milestone=days,
        recipient=to_member(promised.owner_id) if promised.owner_id is not None else OWNER,
        due_at=place.instant(day, policy.promises_at),
        zone=place.zone,
        carrier="own" if policy.own_message.holds("promise", days) else "morning",
    )
