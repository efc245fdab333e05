"""Making what was erased unreadable in the files as well: in free pages, in the log, in the index of words."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from bot.domain.audience import Audience
from bot.storage.database import Database
from bot.storage.overwriting import overwriting

_MERGE: Final = 2_000
"""Pages of the index of words that are written anew in one transaction."""
_MOST_MERGES: Final = 10_000
_BLOCK: Final = 1 << 20


def write_index_anew(database: Database, audience: Audience, now: datetime) -> None:
    """SQLite's index only marks words as gone until it is merged: it is, piece by piece, so that others can write."""
    if not database.is_sqlite:
        return
    for table in ("note_search", "account_search"):
        pages = -_MERGE  # negative first: all of the index is to become one piece
        for _ in range(_MOST_MERGES):
            with database.writing(audience, now) as writer, overwriting(writer):
                merge = sa.text(f"INSERT INTO {table} ({table}, rank) VALUES ('merge', {pages})")  # noqa: S608 - ours
                before = writer.execute(sa.text("SELECT total_changes()")).scalar_one()
                writer.execute(merge)
                after = writer.execute(sa.text("SELECT total_changes()")).scalar_one()
            if after - before < 2:
                break
            pages = _MERGE


def empty_log(database: Database) -> bool:
    """Move SQLite's log into the file and empty it. False when somebody reads what it holds; then it goes later."""
    if database.path is None:
        return True
    with closing(sqlite3.connect(database.path, timeout=5)) as connection:
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def compact(database: Database, tables: Sequence[str]) -> None:
    """Write the file (SQLite) or these tables (PostgreSQL) anew, without free space. Others have to wait meanwhile."""
    if database.path is not None:
        with closing(sqlite3.connect(database.path, timeout=60, isolation_level=None)) as connection:
            connection.execute("VACUUM")
        return
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for name in tables:
            connection.execute(sa.text(f'VACUUM FULL "{name}"'))


def bytes_left(database: Database, words: Sequence[str]) -> int | None:
    """How often these words stand in SQLite's file and log, in free space as well; None on PostgreSQL, whose files are
    the server's."""
    if database.path is None:
        return None
    wanted = [word.encode() for word in words if word]
    files = [Path(f"{database.path}{end}") for end in ("", "-wal")]
    return sum(_count(path, wanted) for path in files if path.exists())


def _count(path: Path, wanted: Sequence[bytes]) -> int:
    """Blocks overlap by the longest word, so that none is cut."""
    found, overlap = 0, max(map(len, wanted), default=1) - 1
    with path.open("rb") as file:
        tail = b""
        while block := file.read(_BLOCK):
            here = tail + block
            found += sum(here.count(word) - tail.count(word) for word in wanted)
            tail = here[-overlap:] if overlap else b""
    return found
