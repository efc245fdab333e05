"""A query compiled once and run straight on SQLite's driver.

A card is a dozen small reads. Through the whole of SQLAlchemy's execution each costs several times what SQLite needs
for it, so queries that are built once per process (`live.Build`) are compiled once as well: SQLAlchemy writes the SQL
and converts values in both directions, the driver runs it.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """SQL with positional parameters, and how values go in and rows come out."""

    sql: str
    names: tuple[str, ...]
    fixed: dict[str, Any]
    binders: dict[str, Convert]
    readers: tuple[tuple[int, Convert], ...]
    row: Callable[..., Any]

    def run(self, connection: Any, values: dict[str, Any]) -> list[Any]:
        """All rows, as named tuples. `connection` is the driver's."""
        given = {**self.fixed, **values}
        for name, bind in self.binders.items():
            if name in values:
                given[name] = bind(values[name])
        found = connection.execute(self.sql, [given[name] for name in self.names]).fetchall()
        if not self.readers:
            return [self.row(*cells) for cells in found]
        rows = []
        for one in found:
            cells = list(one)
            for place, read in self.readers:
                cells[place] = read(cells[place])
            rows.append(self.row(*cells))
        return rows


def _only(ids: Iterable[int]) -> int:
    (one,) = ids
    return one


def plan(query: sa.Select[Any], dialect: sa.Dialect, *, single: bool = False) -> Plan:
    """Compile a query for a dialect with positional parameters. `single`: the set `ids` has one member."""
    compiled: Any = query.compile(dialect=dialect, compile_kwargs={"single": single})
    binders = dict(compiled._bind_processors)
    if single:
        binders["ids"] = _only
    fixed = {
        name: binders[name](value) if name in binders and value is not None else value
        for name, value in compiled.params.items()
    }
    columns = list(query.selected_columns)
    readers = ((place, column.type._cached_result_processor(dialect, None)) for place, column in enumerate(columns))
    labels = [str(getattr(column, "name", "") or f"_{place}") for place, column in enumerate(columns)]
    return Plan(
        sql=str(compiled),
        names=tuple(compiled.positiontup or ()),
        fixed=fixed,
        binders=binders,
        readers=tuple((place, read) for place, read in readers if read is not None),
        row=namedtuple("Row", labels, rename=True),
    )
