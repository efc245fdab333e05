"""Reminders as the planner writes them. Whoever sends them works in `bot.storage.outbox`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Final, Literal

import sqlalchemy as sa

from bot.domain.ids import new_id
from bot.domain.reminders.course import Over
from bot.domain.reminders.wanted import Wanted
from bot.storage.database import Writer
from bot.storage.tables import reminder
from bot.storage.types import instant_text

_COLUMNS: Final = (
    "id",
    "key",
    "rule",
    "account_id",
    "anchor_id",
    "anchor_on",
    "milestone",
    "recipient",
    "carrier",
    "zone",
    "due_at",
    "wanted_at",
    "state",
    "attempts",
    "follows",
    "created_at",
)
_INSTANTS: Final = {"due_at", "wanted_at", "created_at"}
_NUMBERS: Final = {"id", "account_id", "anchor_id", "milestone", "attempts", "follows"}
_AGAIN: Final = (
    "ON CONFLICT (key) DO UPDATE SET state = 'planned', reason = NULL, due_at = excluded.due_at, "
    "wanted_at = excluded.wanted_at, zone = excluded.zone, carrier = excluded.carrier "
    "WHERE reminder.state = 'superseded'"
)


def insert(writer: Writer, wanted: Sequence[Wanted]) -> int:
    """Plan these; how many are new, or back from being superseded. What is there in any other state stays as it is.

    Any number of planners may insert the same at once. Keep to some 5,000 in a transaction.
    """
    ids = new_id.many(len(wanted))
    return _insert(writer, [_row(one, next(ids), one.key, None, writer.now) for one in wanted])


def insert_follower(writer: Writer, again: Wanted, follows: int, number: int) -> int:
    """Plan a sent reminder once more, as its `number`th follower (snoozes): 0 when that one is there already."""
    return _insert(writer, [_row(again, new_id(), f"{again.key}+{number}", follows, writer.now)])


def _row(wanted: Wanted, row_id: int, key: str, follows: int | None, now: datetime) -> tuple[Any, ...]:
    return (
        row_id,
        key,
        wanted.rule,
        wanted.account_id,
        wanted.anchor_id,
        wanted.anchor_on,
        wanted.milestone,
        wanted.recipient,
        wanted.carrier,
        wanted.zone,
        wanted.due_at,
        wanted.due_at,
        "planned",
        0,
        follows,
        now,
    )


def _insert(writer: Writer, rows: list[tuple[Any, ...]]) -> int:
    if not rows:
        return 0
    columns = [list(column) for column in zip(*rows, strict=True)]
    if writer.connection.dialect.name != "sqlite":
        return writer.connection.exec_driver_sql(_postgres_sql(), tuple(columns)).rowcount
    for place, name in enumerate(_COLUMNS):
        if name in _INSTANTS:
            columns[place] = [_instant(value) for value in columns[place]]
        elif name == "anchor_on":
            columns[place] = [value.isoformat() for value in columns[place]]
    return writer.connection.exec_driver_sql(_sqlite_sql(), list(zip(*columns, strict=True))).rowcount


@lru_cache(maxsize=65_536)
def _instant(value: datetime) -> str:
    """A book has many reminders and few mornings."""
    return instant_text(value)


@lru_cache(maxsize=1)
def _sqlite_sql() -> str:
    return f"INSERT INTO reminder ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))}) {_AGAIN}"  # noqa: S608 - names are ours


@lru_cache(maxsize=1)
def _postgres_sql() -> str:
    """One array a column: several times faster than a row at a time."""
    arrays = ", ".join(f"%s::{_kind(name)}[]" for name in _COLUMNS)
    return f"INSERT INTO reminder ({', '.join(_COLUMNS)}) SELECT * FROM unnest({arrays}) {_AGAIN}"  # noqa: S608 - the same


def _kind(name: str) -> str:
    if name in _NUMBERS:
        return "bigint"
    return "timestamptz" if name in _INSTANTS else "date" if name == "anchor_on" else "text"


Unwanted = Literal["superseded", "cancelled"]


def end(writer: Writer, ids: Sequence[int], state: Unwanted, reason: str) -> int:
    """No longer say these; how many that stopped. What is being sent at this moment, or was sent, stays."""
    if not ids:
        return 0
    c = reminder.c
    query = (
        sa.update(reminder).where(c.id.in_(ids), c.state.in_(("planned", "held"))).values(state=state, reason=reason)
    )
    return writer.execute(query).rowcount


def move(writer: Writer, moves: Sequence[tuple[int, Wanted]]) -> int:
    """Let planned reminders (by id) come when and how it is wanted now; how many that moved."""
    if not moves:
        return 0
    c = reminder.c
    at = sa.bindparam("at", type_=c.due_at.type)
    query = (
        sa.update(reminder)
        .where(c.id == sa.bindparam("row"), c.state == "planned")
        .values(due_at=at, wanted_at=at, zone=sa.bindparam("in_zone"), carrier=sa.bindparam("by"), reason=None)
    )
    values = [{"row": one, "at": wish.due_at, "in_zone": wish.zone, "by": wish.carrier} for one, wish in moves]
    return writer.execute(query, values).rowcount


def settle(writer: Writer, settled: Sequence[tuple[int, Over]]) -> int:
    """The matter of what was sent is over, and nobody said so: what stands in the conversation is out of date."""
    if not settled:
        return 0
    c = reminder.c
    query = (
        sa.update(reminder)
        .where(c.id == sa.bindparam("row"), c.state == "sent", c.acted.is_(None))
        .values(
            acted=sa.bindparam("became"),
            acted_by=sa.bindparam("who"),
            acted_at=writer.now,
            reason=sa.bindparam("why"),
            redraw=sa.case((c.ts.is_not(None), writer.now), else_=None),
        )
    )
    values = [{"row": one, "became": over.settled, "who": over.by, "why": over.why} for one, over in settled]
    return writer.execute(query, values).rowcount
