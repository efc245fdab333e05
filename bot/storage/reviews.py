"""Review items, and making two things one."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from bot.storage.database import AnyRow, Reader, Writer
from bot.storage.identities import make_searchable
from bot.storage.tables import (
    NOUNS,
    VERSIONED,
    account_name,
    change,
    entity,
    external_ref,
    import_file,
    review_item,
)

_ITEMS = (
    sa.select(review_item, import_file.c.name.label("file_name"), change.c.started_at)
    .select_from(review_item)
    .join(change, change.c.id == review_item.c.change_id)
    .outerjoin(import_file, import_file.c.id == review_item.c.file_id)
    .where(change.c.state == "live")
)


def open_items(reader: Reader, limit: int) -> list[AnyRow]:
    """Undecided items, proposals first, newest import first."""
    proposals_first = sa.case((review_item.c.kind == "same?", 0), else_=1)
    query = _ITEMS.where(review_item.c.state == "open").order_by(proposals_first, review_item.c.id.desc()).limit(limit)
    return list(reader.connection.execute(query))


def get_or_none(reader: Reader, item_id: int) -> AnyRow | None:
    return reader.connection.execute(_ITEMS.where(review_item.c.id == item_id)).first()


def names(reader: Reader, noun: str, ids: Sequence[int]) -> dict[int, str]:
    table = NOUNS[noun]
    query = sa.select(table.c.id, table.c.name).where(table.c.id.in_(ids), table.c.v_out.is_(None))
    return {row[0]: row[1] for row in reader.connection.execute(query)}


def settle(writer: Writer, item_id: int, state: str) -> None:
    writer.execute(
        sa.update(review_item)
        .where(review_item.c.id == item_id)
        .values(state=state, decided_by=writer.actor.name, decided_at=writer.now)
    )


def merge(writer: Writer, noun: str, this: int, into: int, change_id: int) -> int:
    """Let everything that points at `this` point at `into`, and end `this`. Returns how many rows moved.

    External ids and names move too, so the next import finds `into` by both.
    """
    moved = 0
    for table in VERSIONED:
        for column in table.columns:
            if any(key.column.table is entity for key in column.foreign_keys) and column.name != "id":
                moved += _repoint(writer, table, column, this, into, change_id)
    writer.execute(
        sa.update(NOUNS[noun]).where(NOUNS[noun].c.id == this, NOUNS[noun].c.v_out.is_(None)).values(v_out=change_id)
    )
    if noun == "account":
        make_searchable(writer, into, change_id)
    return moved


def _repoint(writer: Writer, table: sa.Table, column: sa.Column[int], this: int, into: int, change_id: int) -> int:
    pointing = sa.and_(column == this, table.c.v_out.is_(None))
    skip = _would_repeat(table, into)
    copied = [
        sa.literal(into) if one is column
        else sa.literal(change_id) if one.name == "v_in"
        else sa.literal("alias") if table is account_name and one.name == "kind" and column.name == "account_id"
        else one
        for one in table.columns
        if one.name != "v_out"
    ]  # fmt: skip
    targets = [one.name for one in table.columns if one.name != "v_out"]
    own = sa.and_(pointing, table.c.v_in != change_id)
    query = table.insert().from_select(targets, sa.select(*copied).where(own, skip))
    moved = writer.execute(query).rowcount
    writer.execute(sa.update(table).where(own).values(v_out=change_id))
    return moved if table is not external_ref else 0


def _would_repeat(table: sa.Table, into: int) -> sa.ColumnElement[bool]:
    """Rows to leave behind: an owner or domain that the target has already, or an owner beside its own."""
    if "kind" in table.c and table is account_name:
        held = sa.select(table.c.folded).where(table.c.account_id == into, table.c.v_out.is_(None))
        return sa.and_(table.c.folded.not_in(held), table.c.kind != "domain")
    if table.name == "assignment":
        has = sa.exists().where(table.alias("held").c.account_id == into)
        return sa.not_(has)
    return sa.true()
