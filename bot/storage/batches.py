"""The life of a change that is loaded in pieces: loading -> live -> undone -> purged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.audience import Audience
from bot.storage.database import AnyRow, Database, Reader, Writer
from bot.storage.tables import (
    VERSIONED,
    change,
    external_ref,
    import_file,
    mapping,
    metadata,
    review_item,
)

PURGE_STEP = 5_000
NAMED = 5
"""How many later changes are named at most."""
_LOCK = 7_236_003


def take_turns(writer: Writer) -> None:
    """Until this transaction ends nobody else gets past here. On SQLite every writer waits for its turn anyway.

    A rehearsal, which lasts and of which nothing remains, holds nobody up.
    """
    if writer.connection.dialect.name == "postgresql" and not writer.rehearsing:
        writer.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        vars(writer).pop("hidden", None)  # while this waited, an import may have been published


def loading(reader: Reader) -> list[AnyRow]:
    """Changes that somebody is loading, or was when they died."""
    return list(reader.connection.execute(sa.select(change).where(change.c.state == "loading")))


def to_purge(reader: Reader) -> list[int]:
    query = sa.select(change.c.id).where(change.c.state == "undone", change.c.purged.is_(sa.false()))
    return list(reader.connection.execute(query).scalars())


def renew(writer: Writer, change_id: int, until: datetime) -> bool:
    """Stay alive, and load the next piece undisturbed by edits. False when the change is no longer ours to load."""
    take_turns(writer)
    query = sa.update(change).where(change.c.id == change_id, change.c.state == "loading").values(lease_until=until)
    return writer.execute(query).rowcount == 1


def publish(writer: Writer, change_id: int, report: dict[str, Any]) -> bool:
    """Make all versions of a loaded change visible at once. False when it is no longer ours."""
    take_turns(writer)
    query = (
        sa.update(change)
        .where(change.c.id == change_id, change.c.state == "loading")
        .values(state="live", published_at=writer.now, lease_until=None, report=report)
    )
    return writer.execute(query).rowcount == 1


def hide(writer: Writer, change_id: int) -> None:
    """Make all versions of a change invisible at once, and what they ended visible again."""
    take_turns(writer)
    writer.execute(sa.update(change).where(change.c.id == change_id).values(state="undone", lease_until=None))


def purge(database: Database, audience: Audience, now: datetime, change_id: int) -> None:
    """Delete what a hidden change wrote, in steps that keep other writers waiting for milliseconds only.

    `entity` rows stay: they are ids without a version, which nobody can see.
    """
    for table in VERSIONED:
        for low, high in _ranges(database, audience, table):
            with database.writing(audience, now) as writer:
                _purge_range(writer, table, change_id, low, high)
    with database.writing(audience, now) as writer:
        if database.is_sqlite:
            writer.execute(sa.text("DELETE FROM account_search WHERE v_in = :change"), {"change": change_id})
        writer.execute(sa.delete(review_item).where(review_item.c.change_id == change_id))
        writer.execute(sa.delete(import_file).where(import_file.c.change_id == change_id))
        writer.execute(sa.update(change).where(change.c.id == change_id).values(purged=True))


def _range_key(table: sa.Table) -> sa.Column[Any]:
    """What a table is walked by: the thing a row is about, of which no single one has very many rows."""
    return external_ref.c.entity_id if table is external_ref else next(iter(table.primary_key.columns))


def _ranges(database: Database, audience: Audience, table: sa.Table) -> Iterator[tuple[Any, Any]]:
    key = _range_key(table)
    low: Any = None
    while True:
        after = key > low if low is not None else sa.true()
        with database.reading(audience) as reader:
            step = sa.select(key).where(after).order_by(key).limit(PURGE_STEP).subquery()
            high = reader.connection.execute(sa.select(sa.func.max(step.c[0]))).scalar()
        if high is None:
            return
        yield low, high
        low = high


def _purge_range(writer: Writer, table: sa.Table, change_id: int, low: Any, high: Any) -> None:
    key = _range_key(table)
    within = sa.and_(key <= high, key > low) if low is not None else key <= high
    writer.execute(sa.update(table).where(within, table.c.v_out == change_id).values(v_out=None))
    writer.execute(sa.delete(table).where(within, table.c.v_in == change_id))


def imports(reader: Reader, limit: int = 50) -> list[AnyRow]:
    """Published and undone imports and merges, newest first."""
    query = sa.select(change).where(change.c.state != "loading", change.c.kind.in_(("import", "merge")))
    return list(reader.connection.execute(query.order_by(change.c.id.desc()).limit(limit)))


def get_or_none(reader: Reader, change_id: int) -> AnyRow | None:
    return reader.connection.execute(sa.select(change).where(change.c.id == change_id)).first()


def later_edits(reader: Reader, change_id: int, limit: int = NAMED) -> list[AnyRow]:
    """Live changes that replaced a version of this one or point at something it brought in, oldest first."""
    found: set[int] = set()
    for table in VERSIONED:
        found.update(_oldest(reader, _replaced_by(table, change_id), limit))
    for table, column in pointers():
        found.update(_oldest(reader, _pointing_at(table, column, change_id), limit))
    query = sa.select(change).where(change.c.id.in_(sorted(found)[:limit])).order_by(change.c.id)
    return list(reader.connection.execute(query)) if found else []


def _oldest(reader: Reader, found: sa.Select[Any], limit: int) -> Iterator[int]:
    """The first few live ones of the changes that a query names; there may be thousands."""
    named = found.selected_columns[0]
    live = sa.select(change.c.id).where(change.c.state == "live")
    query = found.where(named.in_(live)).distinct().order_by(named).limit(limit)
    yield from reader.connection.execute(query).scalars()


def _replaced_by(table: sa.Table, change_id: int) -> sa.Select[Any]:
    """An edit made while this change was loading ended what was visible as well: it does not build on this one."""
    other = table.alias("other")
    same = [other.c[column.name] == column for column in table.primary_key.columns if column.name != "v_in"]
    beside = sa.exists().where(*same, other.c.v_out == table.c.v_out, other.c.v_in != table.c.v_in)
    return sa.select(table.c.v_out).where(table.c.v_in == change_id, table.c.v_out.is_not(None), sa.not_(beside))


def pointers() -> Iterator[tuple[sa.Table, sa.Column[Any]]]:
    """Every column by which a version points at a thing."""
    entity = metadata.tables["entity"]
    for table in VERSIONED:
        for column in table.columns:
            if any(key.column.table is entity for key in column.foreign_keys):
                yield table, column


def _pointing_at(table: sa.Table, column: sa.Column[Any], change_id: int) -> sa.Select[Any]:
    entity = metadata.tables["entity"]
    brought = sa.select(entity.c.id).where(entity.c.change_id == change_id)
    return sa.select(table.c.v_in).where(table.c.v_in != change_id, column.in_(brought))


def save_file(writer: Writer, values: dict[str, Any]) -> None:
    writer.execute(import_file.insert(), values)


def note_newest(writer: Writer, file_id: int, day: date | None) -> None:
    """How new the data of a file is."""
    writer.execute(sa.update(import_file).where(import_file.c.id == file_id).values(newest_on=day))


def save_reviews(writer: Writer, items: list[dict[str, Any]]) -> None:
    if items:
        writer.execute(review_item.insert(), items)


def remembered_mapping(reader: Reader, shape: str) -> Any | None:
    return reader.connection.execute(sa.select(mapping.c.mapping).where(mapping.c.shape == shape)).scalar()


def remember_mapping(writer: Writer, shape: str, value: dict[str, Any]) -> None:
    writer.execute(sa.delete(mapping).where(mapping.c.shape == shape))
    writer.execute(mapping.insert(), {"shape": shape, "mapping": value, "saved_at": writer.now})
