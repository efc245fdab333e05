"""The full-text index over what was said: how bulk loads write their part of it. Everybody else's part is written by
the tables' own triggers (revision 0011)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

import sqlalchemy as sa

from bot.storage.tables import interaction, survey_answer, ticket

WORDS: Final[dict[str, tuple[str, ...]]] = {
    interaction.name: ("subject", "text"),
    ticket.name: ("subject",),
    survey_answer.name: ("comment",),
}
"""Which columns of which tables are searched."""


@contextmanager
def at_once(connection: sa.Connection, table: sa.Table, ids: Sequence[Any]) -> Iterator[None]:
    """On SQLite, inside: rows are inserted without the trigger; after it, the index has the words of these ids.

    PostgreSQL's triggers take whole statements as they are.
    """
    if connection.dialect.name != "sqlite" or table.name not in WORDS:
        yield
        return
    connection.exec_driver_sql("INSERT INTO note_bulk VALUES (1)")
    yield
    connection.exec_driver_sql("DELETE FROM note_bulk")
    connection.exec_driver_sql(_indexing(table.name), (json.dumps(list(ids)),))


def _indexing(table: str) -> str:
    columns = WORDS[table]
    joined = " || ' ' || ".join(f"coalesce({column}, '')" for column in columns)
    present = " OR ".join(f"{column} IS NOT NULL" for column in columns)
    return (
        "INSERT OR REPLACE INTO note_search (rowid, words, account)"  # noqa: S608 - names are ours
        f" SELECT id, group_concat({joined}, ' '), group_concat(DISTINCT 'a' || account_id) FROM {table}"
        f" WHERE id IN (SELECT value FROM json_each(?)) AND ({present}) GROUP BY id"
    )
