"""Reminders that people set: how they are kept."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import sqlalchemy as sa

from bot.domain.reminders.own import Own, State
from bot.domain.when import stored
from bot.domain.when.readings import Anchored
from bot.domain.when.recurrence import Schedule
from bot.storage.among import among
from bot.storage.database import AnyRow, Reader, Writer
from bot.storage.live import Live
from bot.storage.tables import reminder, schedule

_C = schedule.c
OPEN = ("planned", "claimed", "doubt", "held")


def own_of(row: AnyRow) -> Own:
    """The reminder that a row keeps."""
    when: Schedule | Anchored
    if row.anchor is None:
        when = stored.from_text(row.times)
    else:
        at = time.fromisoformat(row.anchor_at)
        when = Anchored(row.anchor, row.anchor_amount, row.anchor_unit, row.anchor_side, at, time_explicit=True)
    return Own(
        id=row.id,
        account_id=row.account_id,
        text=row.text,
        phrase=row.phrase,
        when=when,
        zone=row.zone,
        recipient=row.recipient,
        created_by=row.created_by,
        created_at=row.created_at,
        state=row.state,
        occurrence=row.occurrence,
    )


def add(writer: Writer, own: Own, next_on: date) -> None:
    """Keep a new one; `next_on` is the day of its first occurrence."""
    writer.execute(schedule.insert(), {**_values(own), "next_on": next_on})


def change(writer: Writer, own: Own, next_on: date) -> None:
    """Other words or times for one that is kept."""
    writer.execute(sa.update(schedule).where(_C.id == own.id).values(**_values(own), next_on=next_on))


def _values(own: Own) -> dict[str, Any]:
    anchored = own.when if isinstance(own.when, Anchored) else None
    return {
        "id": own.id,
        "account_id": own.account_id,
        "text": own.text,
        "phrase": own.phrase,
        "times": stored.to_text(own.when) if isinstance(own.when, Schedule) else None,
        "zone": own.zone,
        "recipient": own.recipient,
        "created_by": own.created_by,
        "created_at": own.created_at,
        "state": own.state,
        "occurrence": own.occurrence,
        "anchor": anchored.anchor if anchored else None,
        "anchor_amount": anchored.count if anchored else None,
        "anchor_unit": anchored.unit if anchored else None,
        "anchor_side": anchored.side if anchored else None,
        "anchor_at": f"{anchored.at:%H:%M}" if anchored else None,
    }


def reword(writer: Writer, one: int, text: str) -> None:
    writer.execute(sa.update(schedule).where(_C.id == one).values(text=text))


def set_state(writer: Writer, one: int, before: State, after: State) -> bool:
    """False when it was not in the state that it leaves."""
    query = sa.update(schedule).where(_C.id == one, _C.state == before).values(state=after)
    return writer.execute(query).rowcount == 1


def planned(writer: Writer, one: int, next_on: date | None, occurrence: int) -> None:
    """Remember which occurrence comes next, and its number; no day when it was the last one."""
    writer.execute(sa.update(schedule).where(_C.id == one).values(next_on=next_on, occurrence=occurrence))


def _by_ids(live: Live) -> sa.Select[Any]:
    return sa.select(schedule).where(among(_C.id, "ids"), live.seen(schedule))


def _set_by(live: Live) -> sa.Select[Any]:
    return (
        sa.select(schedule)
        .where(
            _C.created_by == sa.bindparam("by"),
            _C.state != "deleted",
            _C.next_on.is_not(None),
            live.seen(schedule),
        )
        .order_by(_C.next_on, _C.id)
    )


def _for_recipient(live: Live) -> sa.Select[Any]:
    return (
        sa.select(schedule)
        .where(
            _C.recipient == sa.bindparam("recipient"),
            _C.state != "deleted",
            _C.next_on.is_not(None),
            live.seen(schedule),
        )
        .order_by(_C.next_on, _C.id)
    )


def _kept(live: Live) -> sa.Select[Any]:
    stands = (_C.state != "deleted", _C.next_on.is_not(None), live.seen(schedule))
    return sa.select(schedule).where(*stands).order_by(_C.next_on, _C.id)


def kept(reader: Reader) -> list[AnyRow]:
    """What anybody has set and what still comes, soonest first."""
    return reader.rows(_kept)


def get_or_none(reader: Reader, one: int) -> AnyRow | None:
    return reader.row(_by_ids, ids=[one])


def set_by(reader: Reader, who: str) -> list[AnyRow]:
    """What this person has set and what still comes, soonest first."""
    return reader.rows(_set_by, by=who)


def for_recipient(reader: Reader, recipient: str) -> list[AnyRow]:
    """The same by whom it is said to."""
    return reader.rows(_for_recipient, recipient=recipient)


def _unplanned(live: Live) -> sa.Select[Any]:
    r = reminder.c
    still_open = sa.or_(*(r.state == state for state in OPEN))
    open_row = sa.exists().where(r.anchor_id == _C.id, r.rule == "own", r.follows.is_(None), still_open)
    return (
        sa.select(schedule)
        .where(_C.state == "active", _C.next_on.is_not(None), ~open_row, live.seen(schedule))
        .order_by(_C.id)
    )


def _anchored(live: Live) -> sa.Select[Any]:
    return _active(live).where(_C.anchor.is_not(None))


def _active(live: Live) -> sa.Select[Any]:
    stands = (_C.state == "active", _C.next_on.is_not(None), live.seen(schedule))
    return sa.select(schedule).where(*stands).order_by(_C.id)


def active(reader: Reader) -> list[AnyRow]:
    """Those that will be said, by whomever they were set."""
    return reader.rows(_active)


def unplanned(reader: Reader) -> list[AnyRow]:
    """Those that want to be said again and have nothing planned."""
    return reader.rows(_unplanned)


def anchored(reader: Reader) -> list[AnyRow]:
    """Those whose day may have moved."""
    return reader.rows(_anchored)


def _rows_of(live: Live) -> sa.Select[Any]:
    r = reminder.c
    return (
        sa.select(r.id, r.state, r.wanted_at, r.anchor_on)
        .where(r.anchor_id == sa.bindparam("one"), r.rule == "own", r.follows.is_(None), live.seen(reminder))
        .order_by(r.wanted_at, r.id)
    )


def rows_of(reader: Reader, one: int) -> list[AnyRow]:
    """id, state, wanted_at and anchor_on of its reminders, in order; without snoozes and hand-overs."""
    return reader.rows(_rows_of, one=one)
