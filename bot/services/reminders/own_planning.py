"""Planning the reminders that people set: the next occurrence of each, and those that count from a date which moved."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.audience import SYSTEM, only_the_asker
from bot.domain.preferences import Preferences, resolve
from bot.domain.reminders.own import Own, anchor_day, next_due, wanted
from bot.domain.when.calendars import Workdays
from bot.domain.when.readings import Anchored
from bot.domain.when.wall import local_day
from bot.services.contracts import contract_state, leading
from bot.services.preferences import Usual
from bot.storage import reminders, schedules
from bot.storage.database import Database, Reader, Writer
from bot.storage.queries import accounts, preferences

_EVERYTHING = only_the_asker(SYSTEM)


def plan_own(database: Database, usual: Usual, now: datetime) -> int:
    """Plan what is not planned yet, and move what moved; how many changed. Any number of processes may do so at once.

    Cheap when there is nothing to do: then nothing is written.
    """
    with database.reading(_EVERYTHING) as reader:
        anchored = [schedules.own_of(row) for row in schedules.anchored(reader)]
        todo = [row.id for row in schedules.unplanned(reader)]
        todo += [own.id for own in anchored if _has_moved(reader, own, usual, now)]
    if not todo:
        return 0
    with database.writing(_EVERYTHING, now) as writer:
        return sum(_plan_again(writer, one, usual, now) for one in todo)


def plan_next(writer: Writer, own: Own, workdays: Workdays, now: datetime) -> bool:
    """Plan the next occurrence after now and after all that was planned; False when there is none, or one waits."""
    rows = schedules.rows_of(writer, own.id)
    if any(row.state in schedules.OPEN for row in rows):
        return False
    said = [row.wanted_at for row in rows if row.state not in {"superseded", "cancelled"}]
    if isinstance(own.when, Anchored) and said:
        schedules.planned(writer, own.id, None, own.occurrence)  # said once, and over
        return False
    due_at = next_due(own, anchored_on(writer, own, now), workdays, max([now, *said]))
    if due_at is None:
        over = not isinstance(own.when, Anchored)  # a date that is not known today may be known tomorrow
        if over:
            schedules.planned(writer, own.id, None, own.occurrence)
        return False
    reminders.insert(writer, [wanted(own, due_at)])
    schedules.planned(writer, own.id, local_day(due_at, ZoneInfo(own.zone)), own.occurrence + 1)
    return True


def forget_planned(writer: Writer, own_id: int, why: str) -> None:
    """What waits to be said is not said; it may be planned again."""
    waiting = [row.id for row in schedules.rows_of(writer, own_id) if row.state in {"planned", "held"}]
    reminders.end(writer, waiting, "superseded", why)


def anchored_on(reader: Reader, own: Own, now: datetime) -> date | None:
    """The day of the account that a reminder counts from, None when it counts from none or that is not known."""
    if not isinstance(own.when, Anchored) or own.account_id is None:
        return None
    account = accounts.accounts(reader, [own.account_id]).get(own.account_id)
    if account is None:
        return None
    today = local_day(now, ZoneInfo(own.zone))
    rows = accounts.contracts(reader, [own.account_id]).get(own.account_id, ())
    first = leading([contract_state(row, account.country, today) for row in rows])
    return anchor_day(own.when.anchor, first.dates if first is not None else None)


def workdays_of(ways: Preferences) -> Workdays:
    """Somebody's own working days."""
    return Workdays(ways.country, weekdays=frozenset(day - 1 for day in ways.working_days))


def _workdays(reader: Reader, own: Own, usual: Usual) -> Workdays:
    return workdays_of(resolve(preferences.choices_of(reader, own.created_by), None, usual.zone, usual.locale))


def _has_moved(reader: Reader, own: Own, usual: Usual, now: datetime) -> bool:
    waiting = [row for row in schedules.rows_of(reader, own.id) if row.state in {"planned", "held"}]
    if not waiting:
        return False
    day = anchored_on(reader, own, now)
    return next_due(own, day, _workdays(reader, own, usual), now) != waiting[-1].wanted_at and day is not None


def _plan_again(writer: Writer, own_id: int, usual: Usual, now: datetime) -> bool:
    row = schedules.get_or_none(writer, own_id)
    if row is None or row.state != "active":
        return False
    own = schedules.own_of(row)
    if _has_moved(writer, own, usual, now):
        forget_planned(writer, own.id, "the date it counts from moved")
    return plan_next(writer, own, _workdays(writer, own, usual), now)
