"""Somebody's name in every column that can hold it, by what the tables themselves say: a new one is planted in too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from bot.domain.ids import new_id
from bot.storage import audit
from bot.storage.database import Database, Writer
from bot.storage.erasing.holdings import WORDS
from bot.storage.tables import VERSIONED, audit_value, change, entity, metadata
from bot.storage.types import Amount, Day, Flag, Instant, Json
from tests.services.clerk import NOW, SELF

SPELLINGS = (
    "Dana Quibblethorpe called",
    "QUIBBLETHORPE, DANA wants more",
    "write to dana.q@acme.example now",
    "what Quibblethorpe said",
)


class Planter:
    """Plants rows about one account, visible, ended and undone ones."""

    def __init__(self, database: Database, account_id: int, contract_id: int | None = None) -> None:
        """`contract_id`: what rows about a contract are about; None: each about one that nobody knows."""
        self.database = database
        self.account_id = account_id
        self.contract_id = contract_id
        self.planted: list[tuple[str, str]] = []
        self._spellings = 0

    def everywhere(self) -> int:
        """How many rows were planted."""
        with self.database.writing(SELF, NOW) as writer:
            live, undone = writer.begin_change("edit"), writer.begin_change("edit")
            writer.execute(sa.update(change).where(change.c.id == undone).values(state="undone"))
            later = writer.begin_change("edit")
            self._things: dict[str, int] = {}
            for name, columns in WORDS.items():
                table = metadata.tables[name]
                births = [(live, None), (live, later), (undone, None)] if table in VERSIONED else [(None, None)]
                one_row = [key.name for key in table.primary_key] == ["account_id"]
                for some in [columns] if one_row else [(column,) for column in columns]:
                    for v_in, v_out in births:
                        self._plant(writer, table, some, v_in, v_out)
        return len(self.planted)

    def _plant(
        self, writer: Writer, table: sa.Table, columns: Sequence[str], v_in: int | None, v_out: int | None
    ) -> None:
        if table is audit_value:
            self._plant_in_trail(writer, columns[0])
            return
        values = {one.name: self._value(writer, one) for one in table.columns if not one.nullable or one.primary_key}
        if v_in is not None:
            values |= {"v_in": v_in, "v_out": v_out}
        if "account_id" in table.c:
            values["account_id"] = self.account_id
        values |= {column: self._words(table, column) for column in columns}
        writer.execute(table.insert(), values)
        self.planted += [(table.name, column) for column in columns]

    def _words(self, table: sa.Table, column: str) -> Any:
        words = SPELLINGS[self._spellings % len(SPELLINGS)]
        self._spellings += 1
        if "account_id" not in table.c and "qbr_id" not in table.c and words == SPELLINGS[3]:
            words = SPELLINGS[0]  # about no account in particular the last name alone may be anybody's
        if isinstance(table.c[column].type, Json):
            return {"said": [{"who": words}], words: 1}
        alone = table.c[column].primary_key or table.c[column].unique
        return f"{words} {new_id()}" if alone else words

    def _plant_in_trail(self, writer: Writer, column: str) -> None:
        said = audit.Value("text", **{column: SPELLINGS[0]}, about=new_id())
        audit.append(writer, "log", self.account_id, {}, [said])
        self.planted.append(("audit_value", column))

    def _value(self, writer: Writer, column: sa.Column[Any]) -> Any:
        target = next((key.column.table.name for key in column.foreign_keys), None)
        if column.name == "contract_id" and self.contract_id is not None:
            return self.contract_id
        if target == "entity":
            one = new_id()
            change_id = writer.begin_change("edit")
            writer.execute(entity.insert(), {"id": one, "kind": "person", "change_id": change_id})
            return one
        if target is not None:
            return self._thing(writer, target)
        return _plain(column)

    def _thing(self, writer: Writer, target: str) -> int:
        """One row that others may point at."""
        if target not in self._things:
            table = metadata.tables[target]
            values = {one.name: self._value(writer, one) for one in table.columns if not one.nullable}
            if "account_id" in table.c:
                values["account_id"] = self.account_id
            writer.execute(table.insert(), values)
            self._things[target] = values["id"]
        return self._things[target]


def _plain(column: sa.Column[Any]) -> Any:
    kind = column.type
    if isinstance(kind, Json):
        return {}
    if isinstance(kind, sa.Text):
        return f"x{new_id()}" if column.primary_key or column.unique else "x"
    if isinstance(kind, Instant):
        return NOW - timedelta(days=1)
    if isinstance(kind, Day):
        return date(2026, 1, 1) + timedelta(days=new_id() % 5_000)
    if isinstance(kind, Flag):
        return False
    return Decimal(1) if isinstance(kind, Amount) else new_id()
