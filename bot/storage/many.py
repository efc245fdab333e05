"""One change to many rows at once: a statement for each on SQLite, one for all of them on PostgreSQL.

Sent as one, a row costs a third of what it costs by itself, on both sides of the connection.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from bot.storage.database import Writer

Given = Callable[[str], sa.ColumnElement[Any]]
"""What stands in a statement for the value of that name, one for each row."""


class Many:
    """`build` writes the statement around what stands for the values of a row; `types` are theirs, by name. What is the
    same for all rows is a parameter of the statement."""

    def __init__(self, build: Callable[[Given], sa.UpdateBase], **types: Any) -> None:
        self._types = types
        self._each = build(lambda name: sa.bindparam(name, type_=types[name]))
        self._at_once = build(_arrays(types).__getitem__)

    def __call__(self, writer: Writer, rows: Sequence[Mapping[str, Any]], **same: Any) -> int:
        """How many rows that changed."""
        if not rows:
            return 0
        if writer.connection.dialect.name != "postgresql":
            return writer.execute(self._each, [{**row, **same} for row in rows]).rowcount
        return writer.execute(
            self._at_once, {name: [row[name] for row in rows] for name in self._types} | same
        ).rowcount


def _arrays(types: Mapping[str, Any]) -> ReadOnlyColumnCollection[str, Any]:
    """The columns of a list of rows that is passed as one array a column."""
    arrays = [sa.bindparam(name, type_=postgresql.ARRAY(kind)) for name, kind in types.items()]
    columns = [sa.column(name, kind) for name, kind in types.items()]
    return sa.func.unnest(*arrays).table_valued(*columns, name="given").render_derived().c
