"""A database to try a write on, of which nothing remains.

SQLite gets a copy of its file, so that other writers are not held up; PostgreSQL gets one transaction that is rolled
back, in which every `writing` is a savepoint.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from bot.domain.audience import Audience
from bot.storage.database import Database, Reader, Writer


@contextmanager
def rehearsal(database: Database) -> Iterator[Database]:
    if database.path is not None:
        with tempfile.TemporaryDirectory(prefix="steward-") as folder:
            copy = Path(folder, "copy.db")
            with closing(sqlite3.connect(database.path)) as source, closing(sqlite3.connect(copy)) as target:
                source.backup(target)
            rehearsed = Database(f"sqlite:///{copy}")
            try:
                yield rehearsed
            finally:
                rehearsed.close()
        return
    with database.engine.connect() as connection:
        transaction = connection.begin()
        try:
            yield _OneTransaction(database, connection)
        finally:
            transaction.rollback()


class _OneTransaction(Database):
    """The same database through one connection whose transaction never commits."""

    def __init__(self, database: Database, connection: sa.Connection) -> None:
        self.__dict__.update(database.__dict__)
        self._connection = connection

    @contextmanager
    def reading(self, audience: Audience) -> Iterator[Reader]:
        yield Reader.over(self._connection, audience)

    @contextmanager
    def writing(self, audience: Audience, now: datetime) -> Iterator[Writer]:
        with self._connection.begin_nested():
            yield Writer(self._connection, audience, now, rehearsing=True)
