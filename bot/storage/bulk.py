"""Writing many rows: the driver's own path, with values turned into the driver's form once.

SQLite takes `executemany` on the driver's SQL, PostgreSQL takes COPY; both are several times faster than building
statements row by row. Values are given in the order of `columns`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from bot.storage import notes
from bot.storage.database import AnyRow, Writer
from bot.storage.types import Amount, Day, Flag, Instant, Json, amount_units, instant_text, json_text

Encoder = Callable[[Any], Any]

_CHUNK, _CHUNK_BESIDE_OTHERS = 2_000, 10_000


def chunk_rows(*, one_writer: bool) -> int:
    """Rows per transaction. Where there is one writer at a time (SQLite) others must wait for milliseconds only."""
    return _CHUNK if one_writer else _CHUNK_BESIDE_OTHERS


def _sqlite_encoder(kind: Any) -> Encoder | None:
    if isinstance(kind, Instant):
        return instant_text
    if isinstance(kind, Day):
        return date.isoformat
    if isinstance(kind, Flag):
        return int
    return _any_encoder(kind)


def _any_encoder(kind: Any) -> Encoder | None:
    if isinstance(kind, Json):
        return json_text
    return amount_units if isinstance(kind, Amount) else None


@lru_cache(maxsize=128)
def encoders(table: sa.Table, columns: tuple[str, ...], dialect: str) -> tuple[tuple[int, Encoder], ...]:
    """(position, encoder) of the columns whose values the driver would not take as they are."""
    pick = _sqlite_encoder if dialect == "sqlite" else _any_encoder
    found = ((place, pick(table.c[name].type)) for place, name in enumerate(columns))
    return tuple((place, encoder) for place, encoder in found if encoder is not None)


def encode(table: sa.Table, columns: tuple[str, ...], rows: Iterable[Sequence[Any]], dialect: str) -> list[list[Any]]:
    """Rows in the driver's form. Raises OverflowError for an amount beyond 64 bits."""
    changes = encoders(table, columns, dialect)
    encoded = [list(row) for row in rows]
    for place, encoder in changes:
        for row in encoded:
            value = row[place]
            if value is not None:
                row[place] = encoder(value)
    return encoded


def insert(writer: Writer, table: sa.Table, columns: tuple[str, ...], rows: Sequence[Sequence[Any]]) -> None:
    """Insert encoded rows."""
    if not rows:
        return
    if writer.connection.dialect.name == "sqlite":
        ids = [row[columns.index("id")] for row in rows] if table.name in notes.WORDS else []
        with notes.at_once(writer.connection, table, ids):
            writer.connection.exec_driver_sql(_insert_sql(table, columns), [tuple(row) for row in rows])
        return
    cursor = writer.connection.connection.cursor()
    try:
        with cursor.copy(_copy_sql(table, columns)) as copy:
            for row in rows:
                copy.write_row(row)
    finally:
        cursor.close()


@lru_cache(maxsize=128)
def _insert_sql(table: sa.Table, columns: tuple[str, ...]) -> str:
    names = ", ".join(f'"{name}"' for name in columns)
    return f'INSERT INTO "{table.name}" ({names}) VALUES ({", ".join("?" * len(columns))})'  # noqa: S608 - names are ours


@lru_cache(maxsize=128)
def _copy_sql(table: sa.Table, columns: tuple[str, ...]) -> str:
    return f'COPY "{table.name}" ({", ".join(f"{chr(34)}{name}{chr(34)}" for name in columns)}) FROM STDIN'


def current_by_external_id(
    writer: Writer, table: sa.Table, source: str, external_ids: Sequence[str], extra: tuple[str, ...] = ()
) -> dict[str, AnyRow]:
    """The latest version of each thing the source knows by one of these ids: external_id, id, row_hash and `extra`."""
    if not external_ids:
        return {}
    columns = [table.c[name] for name in ("external_id", "id", "row_hash", *extra)]
    query = sa.select(*columns).where(
        table.c.source == source, table.c.external_id.in_(external_ids), table.c.v_out.is_(None)
    )
    return {row[0]: row for row in writer.execute(query)}


def end_versions(writer: Writer, table: sa.Table, ids: Sequence[int], change_id: int) -> None:
    """Let the latest versions of these things end with a change."""
    if ids:
        writer.execute(sa.update(table).where(table.c.id.in_(ids), table.c.v_out.is_(None)).values(v_out=change_id))


def correct_version(writer: Writer, table: sa.Table, one: int, change_id: int, values: dict[str, Any]) -> None:
    """Change the version that this very change wrote: nobody has seen it yet."""
    writer.execute(sa.update(table).where(table.c.id == one, table.c.v_in == change_id).values(values))


def has_rows(writer: Writer, table: sa.Table, source: str) -> bool:
    query = sa.select(sa.literal(1)).where(table.c.source == source).limit(1)
    return writer.execute(query).first() is not None
