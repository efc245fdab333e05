"""Writing a row whether or not it is there, in one statement: two writers at once do not trip over each other."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bot.storage.database import Writer


def put(writer: Writer, table: sa.Table, values: dict[str, Any]) -> None:
    """Insert the row, or overwrite the one with its primary key."""
    make = postgresql.insert if writer.connection.dialect.name == "postgresql" else sqlite.insert
    query = make(table).values(values)
    keys = [column.name for column in table.primary_key]
    rest = {name: query.excluded[name] for name in values if name not in keys}
    writer.execute(query.on_conflict_do_update(index_elements=keys, set_=rest))
