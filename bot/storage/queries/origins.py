"""Where a version came from: a line of a file that a source wrote, or a person's edit."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from bot.storage.database import AnyRow, Reader
from bot.storage.live import Live
from bot.storage.tables import change, import_file


def _change(_live: Live) -> sa.Select[Any]:
    return sa.select(change.c.kind, change.c.actor, change.c.started_at).where(change.c.id == sa.bindparam("change"))


def _file(_live: Live) -> sa.Select[Any]:
    return sa.select(import_file.c.name).where(import_file.c.id == sa.bindparam("file"))


def change_of(reader: Reader, version: AnyRow) -> AnyRow | None:
    """kind, actor and started_at of the change that wrote a version."""
    return reader.row(_change, change=version.v_in)


def file_of(reader: Reader, version: AnyRow) -> str | None:
    """The name of the file that a version was read from."""
    row = reader.row(_file, file=version.file_id) if version.file_id is not None else None
    return row.name if row is not None else None
