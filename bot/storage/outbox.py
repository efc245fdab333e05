"""Sending what is due, by any number of processes at once: claim with a lease, then say what became of it.

A claim whose lease ran out is a doubt: its holder may have posted it and died before saying so. Every change of a
claimed row asks whether the row is still held by who changes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any, Literal

import sqlalchemy as sa

from bot.domain.reminders.budget import COUNTED
from bot.domain.reminders.reminder import Reminder
from bot.storage.database import AnyRow, Reader, Writer
from bot.storage.live import Live
from bot.storage.many import Given, Many
from bot.storage.tables import reminder
from bot.storage.types import BigInt

_C = reminder.c
_LOCK = 7_236_004
_fields = attrgetter(*Reminder.__dataclass_fields__)
_READ = tuple(reminder.c[name] for name in Reminder.__dataclass_fields__)
# Written as literals: both databases see only then that the partial index serves.
_TO_SEND = sa.text("carrier = 'own' AND state IN ('planned', 'claimed', 'doubt')")
_PLANNED: sa.ColumnElement[str] = sa.literal_column("'planned'")


def of_row(row: AnyRow) -> Reminder:
    """The reminder of a row that has a reminder's columns."""
    return Reminder(*_fields(row))


def _ready() -> sa.ColumnElement[bool]:
    free = sa.or_(_C.state == _PLANNED, _C.claimed_until <= sa.bindparam("now", type_=_C.claimed_until.type))
    return sa.and_(_TO_SEND, _C.due_at <= sa.bindparam("horizon", type_=_C.due_at.type), free)


def _any_ready(_live: Live) -> sa.Select[Any]:
    return sa.select(_C.id).where(_ready()).limit(1)


def is_anything_due(reader: Reader, now: datetime, horizon: datetime) -> bool:
    """Whether `claim` would find something. Asked every second, and cheap however many reminders wait."""
    return reader.row(_any_ready, now=now, horizon=horizon) is not None


_FREE = (
    sa.select(_C.id)
    .where(_ready())
    .order_by(_C.due_at, _C.id)
    .limit(sa.bindparam("limit", type_=sa.Integer()))
    .with_for_update(skip_locked=True)
    .cte("free")
)
_CLAIM = (
    sa.update(reminder)
    .where(_C.id == _FREE.c.id)
    .values(
        state=sa.case((_C.state == _PLANNED, "claimed"), else_="doubt"),
        claimed_by=sa.bindparam("worker"),
        claimed_at=sa.func.coalesce(_C.claimed_at, sa.bindparam("now", type_=_C.claimed_at.type)),
        claimed_until=sa.bindparam("until"),
    )
    .returning(*_READ)
)


def claim(writer: Writer, worker: str, horizon: datetime, until: datetime, limit: int) -> list[Reminder]:
    """Take up to `limit` reminders that are due by `horizon`, oldest first, until the lease ends at `until`.

    State `claimed`: send it. State `doubt`: it may stand there already, look first.
    """
    values = {"worker": worker, "now": writer.now, "horizon": horizon, "until": until, "limit": limit}
    found = [of_row(row) for row in writer.execute(_CLAIM, values)]
    return sorted(found, key=lambda one: (one.due_at, one.id))


_HELD = sa.or_(_C.state == "claimed", _C.state == "doubt")
_FREED: dict[str, Any] = {"claimed_by": None, "claimed_until": None}
_ROW: dict[str, Any] = {"row": BigInt}
_PLACE: dict[str, Any] = {"in_channel": sa.Text(), "as_ts": sa.Text()}
_UNTIL = sa.bindparam("until", type_=_C.claimed_until.type)


def _ours(given: Given) -> sa.Update:
    """The rows of these ids that `worker` still holds."""
    return sa.update(reminder).where(_C.id == given("row"), _C.claimed_by == sa.bindparam("worker"), _HELD)


_RENEW = Many(lambda given: _ours(given).values(claimed_until=_UNTIL), **_ROW)
_SURE = Many(lambda given: _ours(given).values(state="claimed", claimed_until=_UNTIL), **_ROW)
_AIM = Many(
    lambda given: _ours(given).values(channel=given("in_channel"), told=given("told_to"), claimed_until=_UNTIL),
    **_ROW,
    in_channel=sa.Text(),
    told_to=sa.Text(),
)
_TO_MORNING = Many(
    lambda given: _ours(given).values(
        state="planned",
        carrier="morning",
        due_at=given("at"),
        reason=given("why"),
        claimed_at=None,
        channel=None,
        **_FREED,
    ),
    **_ROW,
    at=_C.due_at.type,
    why=sa.Text(),
)
_SENT = Many(
    lambda given: _ours(given).values(
        state="sent", channel=given("in_channel"), ts=given("as_ts"), sent_at=given("at"), reason=None, **_FREED
    ),
    **_ROW,
    **_PLACE,
    at=_C.sent_at.type,
)
# A row that was never in doubt forgets when it was claimed; the others must be looked for from then on.
_SINCE = sa.case((_C.attempts == 0, None), else_=_C.claimed_at)
_DEFER = Many(
    lambda given: _ours(given).values(
        state="planned",
        due_at=given("at"),
        reason=given("why"),
        claimed_at=_SINCE,
        channel=None,
        told=None,
        **_FREED,
    ),
    **_ROW,
    at=_C.due_at.type,
    why=sa.Text(),
)
_DOUBT = Many(
    lambda given: _ours(given).values(
        state="doubt",
        channel=given("in_channel"),
        reason=given("why"),
        attempts=_C.attempts + 1,
        claimed_by=None,
        claimed_until=given("at"),
    ),
    **_ROW,
    at=_C.claimed_until.type,
    in_channel=sa.Text(),
    why=sa.Text(),
)
_CLOSE = Many(
    lambda given: _ours(given).values(state=given("as_state"), reason=given("why"), told=given("told_to"), **_FREED),
    **_ROW,
    as_state=sa.Text(),
    why=sa.Text(),
    told_to=sa.Text(),
)
_CARRIER = reminder.alias("carrier_row")
_WANTED = _C.state == _PLANNED
# What was given up while its message was under way was seen all the same: the message is to say that.
_GIVEN_UP = sa.or_(_C.state == "superseded", _C.state == "cancelled")


def _carried(given: Given) -> sa.Update:
    return (
        sa.update(reminder)
        .where(_C.id == given("row"), sa.or_(_WANTED, _GIVEN_UP), _C.carrier == "morning")
        .values(
            state="sent",
            reason=sa.case((_WANTED, None), else_=_C.reason),
            acted=sa.case((_WANTED, None), else_="overtaken"),
            acted_at=sa.case((_WANTED, None), else_=given("at")),
            redraw=sa.case((_WANTED, None), else_=given("at")),
            channel=given("in_channel"),
            ts=given("as_ts"),
            sent_at=given("at"),
            told=sa.select(_CARRIER.c.told).where(_CARRIER.c.id == given("by")).scalar_subquery(),
        )
    )


_CARRIED = Many(_carried, **_ROW, by=BigInt, **_PLACE, at=_C.sent_at.type)
_ALONE = Many(
    lambda given: (
        sa.update(reminder)
        .where(_C.id == given("row"), _C.state == "planned", _C.carrier == "morning")
        .values(carrier="own")
    ),
    **_ROW,
)


def renew(writer: Writer, worker: str, ids: Sequence[int], until: datetime) -> frozenset[int]:
    """Keep these for longer; which of them are still ours."""
    kept = _RENEW(writer, _rows(ids), worker=worker, until=until)
    return frozenset(ids) if kept == len(ids) else _still_ours(writer, worker, ids)


def _still_ours(writer: Writer, worker: str, ids: Sequence[int]) -> frozenset[int]:
    query = sa.select(_C.id).where(_C.id.in_(ids), _C.claimed_by == worker, _HELD)
    return frozenset(writer.execute(query).scalars())


def be_sure(writer: Writer, worker: str, ids: Sequence[int], until: datetime) -> int:
    """We looked, and these doubts were not posted: they are claimed again, and may be sent."""
    return _SURE(writer, _rows(ids), worker=worker, until=until)


def aim(writer: Writer, worker: str, targets: Sequence[tuple[int, str, str | None]], until: datetime) -> frozenset[int]:
    """Note (id, channel, who will be told) of what is about to be posted, and hold it until then; which of them are
    ours. A doubt without a channel was never posted."""
    ids = [one for one, _, _ in targets]
    rows = [{"row": one, "in_channel": channel, "told_to": told} for one, channel, told in targets]
    aimed = _AIM(writer, rows, worker=worker, until=until)
    return frozenset(ids) if aimed == len(ids) else _still_ours(writer, worker, ids)


def leave_to_morning(writer: Writer, worker: str, lines: Sequence[tuple[int, datetime, str]]) -> int:
    """(id, when that comes, why) of what will be a line of the next morning message instead of one of its own."""
    return _TO_MORNING(writer, [{"row": one, "at": at, "why": why} for one, at, why in lines], worker=worker)


def spend_in_turn(writer: Writer) -> None:
    """Until this transaction ends nobody else decides what there is still room for. On SQLite nobody writes anyway."""
    if writer.connection.dialect.name == "postgresql":
        writer.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def told_since(reader: Reader, told: Sequence[str], since: datetime) -> list[AnyRow]:
    """id, told, account_id, channel, ts, sent_at of messages that count against somebody's budget: said since then, or
    about to be said."""
    counted = sa.and_(_C.carrier == "own", _C.rule.in_(sorted(COUNTED)))
    said = sa.or_(sa.and_(_C.state == "sent", _C.sent_at >= since), _HELD)
    query = sa.select(_C.id, _C.told, _C.account_id, _C.channel, _C.ts, _C.sent_at).where(
        _C.told.in_(told), counted, said
    )
    return list(reader.connection.execute(query))


def mark_sent(writer: Writer, worker: str, posts: Sequence[tuple[int, str, str, datetime]]) -> int:
    """(id, channel, ts, sent at) of what was posted, or found to have been; how many were still ours."""
    rows = [{"row": one, "in_channel": c, "as_ts": ts, "at": at} for one, c, ts, at in posts]
    return _SENT(writer, rows, worker=worker)


def mark_carried(writer: Writer, lines: Sequence[tuple[int, int, str, str, datetime]]) -> int:
    """(id, id of the message's own row, channel, ts, sent at) of the lines that a morning message carried."""
    rows = [{"row": one, "by": by, "in_channel": c, "as_ts": ts, "at": at} for one, by, c, ts, at in lines]
    return _CARRIED(writer, rows)


def let_go(writer: Writer, ids: Sequence[int]) -> int:
    """These come by themselves instead of in a morning message."""
    return _ALONE(writer, _rows(ids))


def defer(writer: Writer, worker: str, moves: Sequence[tuple[int, datetime, str | None]]) -> int:
    """(id, due at, why) of what was certainly not posted and comes later."""
    return _DEFER(writer, [{"row": one, "at": at, "why": why} for one, at, why in moves], worker=worker)


def doubt(writer: Writer, worker: str, doubts: Sequence[tuple[int, datetime, str | None, str]]) -> int:
    """(id, when to look, channel, why) of what may have been posted."""
    rows = [{"row": one, "at": at, "in_channel": c, "why": why} for one, at, c, why in doubts]
    return _DOUBT(writer, rows, worker=worker)


Closed = Literal["held", "failed", "cancelled", "sent"]


def close(writer: Writer, worker: str, ends: Sequence[tuple[int, Closed, str, str | None]]) -> int:
    """(id, state, reason, who was told) of what will not be sent."""
    rows = [{"row": one, "as_state": s, "why": why, "told_to": told} for one, s, why, told in ends]
    return _CLOSE(writer, rows, worker=worker)


def _rows(ids: Sequence[int]) -> list[dict[str, Any]]:
    return [{"row": one} for one in ids]


def _next(_live: Live) -> sa.Select[Any]:
    after = sa.bindparam("after", type_=_C.due_at.type)
    return sa.select(_C.due_at).where(_TO_SEND, _C.due_at > after).order_by(_C.due_at, _C.id).limit(1)


def next_due(reader: Reader, after: datetime) -> datetime | None:
    """When the next message will be due."""
    row = reader.row(_next, after=after)
    return row.due_at if row is not None else None
