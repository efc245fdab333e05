"""Erasing for good: SQLite by itself only unlinks what is deleted, and the file still has it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from bot.storage.database import Writer


@contextmanager
def overwriting(writer: Writer) -> Iterator[None]:
    """Inside, what is deleted or replaced is overwritten in the file. PostgreSQL does that when it vacuums."""
    if writer.connection.dialect.name != "sqlite":
        yield
        return
    before = writer.execute(sa.text("PRAGMA secure_delete")).scalar()
    writer.execute(sa.text("PRAGMA secure_delete = ON"))
    try:
        yield
    finally:
        writer.execute(sa.text(f"PRAGMA secure_delete = {int(before or 0)}"))
