"""What the planner has looked at: changes, rules, and when an account or a member is due for another look.

Changes are remembered by id, for one that is published late has an older instant than one that was planned already.
Ids grow with time, so below the oldest change that is still loading, and some minutes below the newest, nothing new can
appear: that is the mark, and only what lies above it is remembered one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bot.domain.ids import id_after
from bot.storage.database import AnyRow, Reader, Writer
from bot.storage.live import Live
from bot.storage.tables import change, entity, planned_account, planned_change, planned_through

_NAME = "all"
_LOCK = 7_236_004
_SETTLING_MS = 10 * 60 * 1000
# Written out: SQLite sees only then that the partial index serves.
_UNDONE = sa.text("state <> 'live' AND state = 'undone'")


@dataclass(frozen=True, slots=True)
class News:
    """What happened since the last pass. `everything`: the rules changed, something was undone, or there was none.
    `changes` are those to look at; `mark`, `above` and `undone` are what to remember when that is done."""

    everything: bool
    changes: tuple[int, ...]
    mark: int
    above: tuple[int, ...]
    undone: int


def take_turns(writer: Writer) -> None:
    """Until this transaction ends no other planner gets past here. On SQLite every writer waits for its turn anyway."""
    if writer.connection.dialect.name == "postgresql":
        writer.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def _memory(_live: Live) -> sa.Select[Any]:
    return sa.select(planned_through).where(planned_through.c.name == sa.literal(_NAME))


def _undone(_live: Live) -> sa.Select[Any]:
    return sa.select(sa.func.count()).select_from(change).where(_UNDONE)


def _since(_live: Live) -> sa.Select[Any]:
    return sa.select(change.c.id, change.c.state).where(change.c.id > sa.bindparam("mark")).order_by(change.c.id)


def _looked_at(_live: Live) -> sa.Select[Any]:
    return sa.select(planned_change.c.change_id)


def news(reader: Reader, rules: str) -> News:
    """What there is to look at. `rules` names the policies that would be applied."""
    before = reader.row(_memory)
    undone = int(reader.rows(_undone)[0][0])
    found = reader.rows(_since, mark=before.change_id if before is not None else 0)
    known = {row[0] for row in reader.rows(_looked_at)}
    live = [row.id for row in found if row.state == "live"]
    loading = [row.id for row in found if row.state == "loading"]
    mark = _mark(before.change_id if before is not None else 0, [row.id for row in found], loading)
    return News(
        everything=before is None or before.rules != rules or before.undone != undone,
        changes=tuple(one for one in live if one not in known),
        mark=mark,
        above=tuple(one for one in live if one > mark),
        undone=undone,
    )


def _mark(before: int, seen: Sequence[int], loading: Sequence[int]) -> int:
    if not seen:
        return before
    settled = id_after(seen[-1], -_SETTLING_MS)
    return max(before, min(settled, *(one - 1 for one in loading)) if loading else settled)


def remember(writer: Writer, seen: News, rules: str) -> None:
    """All that was new is planned."""
    for one in set(seen.above) - set(writer.connection.execute(sa.select(planned_change.c.change_id)).scalars()):
        writer.execute(_insert(writer, planned_change).on_conflict_do_nothing(), {"change_id": one})
    writer.execute(sa.delete(planned_change).where(planned_change.c.change_id <= seen.mark))
    query = _insert(writer, planned_through)
    rest = {name: query.excluded[name] for name in ("rules", "change_id", "undone")}
    values = {"name": _NAME, "rules": rules, "change_id": seen.mark, "undone": seen.undone}
    writer.execute(query.on_conflict_do_update(index_elements=["name"], set_=rest), values)


def look_again(writer: Writer, looks: Iterable[tuple[int, datetime | None]]) -> None:
    """(account or member, from when on there is something new to plan; None: not before a fact changes)."""
    found = list(looks)
    never = [one for one, at in found if at is None]
    if never:
        writer.execute(sa.delete(planned_account).where(planned_account.c.account_id.in_(never)))
    values = [{"account_id": one, "again_at": at} for one, at in found if at is not None]
    if values:
        query = _insert(writer, planned_account)
        writer.execute(
            query.on_conflict_do_update(
                index_elements=["account_id"], set_={"again_at": query.excluded.again_at}
            ),
            values,
        )  # fmt: skip


def look_after_undo(writer: Writer, account_ids: Iterable[int]) -> None:
    """An edit was taken back and is gone: these accounts are looked at again, and nothing else because of it."""
    look_again(writer, [(one, writer.now) for one in account_ids])
    c = planned_through.c
    writer.execute(sa.update(planned_through).where(c.name == _NAME).values(undone=c.undone + 1))


def _due(_live: Live) -> sa.Select[Any]:
    c = planned_account.c
    return (
        sa.select(c.account_id, entity.c.kind)
        .join(entity, entity.c.id == c.account_id)
        .where(c.again_at <= sa.bindparam("now", type_=c.again_at.type))
        .order_by(c.again_at, c.account_id)
        .limit(sa.bindparam("most", type_=sa.Integer()))
    )


def due_again(reader: Reader, now: datetime, most: int) -> list[AnyRow]:
    """account_id, kind of accounts and members to look at again, longest due first."""
    return reader.rows(_due, now=now, most=most)


def _insert(writer: Writer, table: sa.Table) -> Any:
    make = postgresql.insert if writer.connection.dialect.name == "postgresql" else sqlite.insert
    return make(table)
