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
_LOCK = 7_236_003


def take_turns(writer: Writer) -> None:
    """Until this transaction ends nobody else gets past here. On SQLite every writer waits for its turn anyway."""
    if writer.connection.dialect.name == "postgresql":
        writer.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def loading(reader: Reader) -> list[AnyRow]:
    """Changes that somebody is loading, or was when they died."""
    return list(reader.connection.execute(sa.select(change).where(change.c.state == "loading")))


def to_purge(reader: Reader) -> list[int]:
    query = sa.select(change.c.id).where(change.c.state == "undone", change.c.purged.is_(sa.false()))
    return list(reader.connection.execute(query).scalars())


def renew(writer: Writer, change_id: int, until: datetime) -> bool:
    """Stay alive. False when the change is no longer ours to load."""
    query = sa.update(change).where(change.c.id == change_id, change.c.state == "loading").values(lease_until=until)
    return writer.execute(query).rowcount == 1


def publish(writer: Writer, change_id: int, report: dict[str, Any]) -> bool:
    """Make all versions of a loaded change visible at once. False when it is no longer ours."""
    query = (
        sa.update(change)
        .where(change.c.id == change_id, change.c.state == "loading")
        .values(state="live", published_at=writer.now, lease_until=None, report=report)
    )
    return writer.execute(query).rowcount == 1


def hide(writer: Writer, change_id: int) -> None:
    """Make all versions of a change invisible at once, and what they ended visible again."""
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
    query = sa.select(change).where(change.c.state != "loading")
    return list(reader.connection.execute(query.order_by(change.c.id.desc()).limit(limit)))


def get_or_none(reader: Reader, change_id: int) -> AnyRow | None:
    return reader.connection.execute(sa.select(change).where(change.c.id == change_id)).first()


def later_edits(reader: Reader, change_id: int, limit: int = 5) -> list[AnyRow]:
    """Live changes that replaced a version of this one or point at something it brought in, oldest first."""
    found: set[int] = set()
    for table in VERSIONED:
        found.update(_replaced_by(reader, table, change_id))
        found.update(_pointing_at(reader, table, change_id))
    if not found:
        return []
    query = sa.select(change).where(change.c.id.in_(found), change.c.state == "live").order_by(change.c.id)
    return list(reader.connection.execute(query.limit(limit)))


def _replaced_by(reader: Reader, table: sa.Table, change_id: int) -> Iterator[int]:
    query = sa.select(table.c.v_out).where(table.c.v_in == change_id, table.c.v_out.is_not(None)).distinct()
    yield from reader.connection.execute(query).scalars()


def _pointing_at(reader: Reader, table: sa.Table, change_id: int) -> Iterator[int]:
    entity = metadata.tables["entity"]
    brought = sa.select(entity.c.id).where(entity.c.change_id == change_id)
    for column in table.columns:
        if any(key.column.table is entity for key in column.foreign_keys):
            query = sa.select(table.c.v_in).where(table.c.v_in != change_id, column.in_(brought)).distinct()
            yield from reader.connection.execute(query).scalars()


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
