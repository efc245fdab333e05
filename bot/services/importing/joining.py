"""Two things that a person found to be one: everything moves, and the next import finds it where it is now.

Rows are recognised by hashes and keys that contain our own ids, so these are made anew for the rows that moved.
"""

from __future__ import annotations

from bot.services.importing import facts
from bot.services.importing.merge import made_up_key, row_hash
from bot.storage import bulk, reviews, tables
from bot.storage.database import AnyRow, Writer
from bot.storage.tables import Table

_HASHED = {
    tables.contract_line: facts.CONTRACT_LINES,
    tables.opportunity_line: facts.OPPORTUNITY_LINES,
    **{target.table: target.columns for target in facts.TARGETS},
}


def merge(writer: Writer, noun: str, this: int, into: int, change_id: int) -> int:
    """Make `this` a part of `into`; returns how many rows moved."""
    moved = reviews.merge(writer, noun, this, into, change_id)
    if noun == "account":
        for kind in ("contract", "opportunity"):
            for row in reviews.moved_contracts(writer, kind, into, change_id):
                _rekey(writer, kind, row, this, into, change_id)
    for table, columns in _HASHED.items():
        rows = reviews.moved_facts(writer, table, noun, into, change_id)
        values = [[getattr(row, name) for name in columns] for row in rows]
        encoded = bulk.encode(table, columns, values, writer.connection.dialect.name)
        for row, cells in zip(rows, encoded, strict=True):
            _rehash(writer, table, row, row_hash(cells))
    return moved


def _rekey(writer: Writer, noun: str, row: AnyRow, this: int, into: int, change_id: int) -> None:
    """Keys of contracts and nameless opportunities carry the account."""
    kind, _, rest = (row.external_id or "").partition(":")
    if kind in {"number", "dates", "name"} and rest.startswith(f"{this}:"):
        key = f"{kind}:{into}:{rest.removeprefix(f'{this}:')}"
        reviews.rekey(writer, noun, row.id, row.source, key, change_id)


def _rehash(writer: Writer, table: Table, row: AnyRow, hashed: int) -> None:
    key = row.external_id
    if key is not None and key.startswith("row:"):
        start = made_up_key(hashed, 0).removesuffix("0")
        taken = reviews.taken_keys(writer, table, row.source, start)
        key = next(one for count in range(1, len(taken) + 2) if (one := f"{start}{count}") not in taken)
    reviews.rehash(writer, table, row, hashed, key)
