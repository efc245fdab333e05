"""Review items, and making two things one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from bot.storage.database import AnyRow, Reader, Writer
from bot.storage.identities import make_searchable, names_of
from bot.storage.tables import (
    NOUNS,
    VERSIONED,
    account,
    account_name,
    assignment,
    change,
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


def asked(reader: Reader) -> Iterator[AnyRow]:
    """Every item of live imports, decided or not."""
    yield from reader.connection.execute(_ITEMS)


def count_open(reader: Reader) -> int:
    query = sa.select(sa.func.count()).select_from(_ITEMS.where(review_item.c.state == "open").subquery())
    return int(reader.connection.execute(query).scalar_one())


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


_POINTERS = {
    "account": ("account_id", "parent_id"),
    "product": ("product_id",),
}
"""The columns that say which thing of a noun a row is about."""


def merge(writer: Writer, noun: str, this: int, into: int, change_id: int) -> int:
    """Let everything that points at `this` point at `into`, and end `this`. Returns how many rows moved.

    External ids, names and domains move too, so the next import finds `into` by each of them.
    """
    table = NOUNS[noun]
    writer.execute(sa.update(table).where(table.c.id == this, table.c.v_out.is_(None)).values(v_out=change_id))
    moved = 0
    for pointing in VERSIONED:
        for name in _POINTERS[noun]:
            if name in pointing.c and pointing is not account_name:
                moved += _repoint(writer, pointing, pointing.c[name], this, into, change_id)
    _repoint(writer, external_ref, external_ref.c.entity_id, this, into, change_id)
    if noun == "account":
        _move_names(writer, this, into, change_id)
        make_searchable(writer, into, change_id)
        _break_circle(writer, into, change_id)
    return moved


def _repoint(writer: Writer, table: sa.Table, column: sa.Column[int], this: int, into: int, change_id: int) -> int:
    """A new version of every row that pointed at `this`; an owner is left behind where there is one already."""
    current = sa.and_(column == this, table.c.v_out.is_(None))
    copied = [
        sa.literal(into) if one is column else sa.literal(change_id) if one.name == "v_in" else one
        for one in table.columns
        if one.name != "v_out"
    ]
    query = sa.select(*copied).where(current)
    if table is assignment:
        held = table.alias("held")
        query = query.where(sa.not_(sa.exists().where(held.c.account_id == into, held.c.v_out.is_(None))))
    names = [one.name for one in table.columns if one.name != "v_out"]
    moved = writer.execute(table.insert().from_select(names, query)).rowcount
    writer.execute(sa.update(table).where(current, table.c.v_in != change_id).values(v_out=change_id))
    return moved


def _move_names(writer: Writer, this: int, into: int, change_id: int) -> None:
    """Names become aliases, domains stay domains; what `into` is known by already is left behind."""
    c = account_name.c
    current = sa.and_(c.account_id == this, c.v_out.is_(None))
    held = names_of(writer, into)
    moving = []
    for row in writer.execute(sa.select(account_name).where(current)).all():
        kind = "domain" if row.kind == "domain" else "alias"
        if (kind, row.folded) not in held:
            held.add((kind, row.folded))
            moving.append({**row._mapping, "account_id": into, "kind": kind, "v_in": change_id})
    writer.execute(sa.update(account_name).where(current).values(v_out=change_id))
    if moving:
        writer.execute(account_name.insert(), moving)


def _break_circle(writer: Writer, into: int, change_id: int) -> None:
    """A parent that became part of its subsidiary leaves that one without a parent."""
    c = account.c
    up: Any = writer.execute(sa.select(c.id, c.parent_id).where(c.parent_id.is_not(None), c.v_out.is_(None)))
    parents = {row[0]: row[1] for row in up}
    at, seen = parents.get(into), {into}
    while at is not None and at not in seen:
        seen.add(at)
        at = parents.get(at)
    if at != into:
        return
    row = writer.execute(sa.select(account).where(c.id == into, c.v_out.is_(None))).one()
    if row.v_in != change_id:
        writer.execute(sa.update(account).where(c.id == into, c.v_in == row.v_in).values(v_out=change_id))
        writer.execute(account.insert(), {**row._mapping, "v_in": change_id, "parent_id": None})
    else:
        writer.execute(sa.update(account).where(c.id == into, c.v_in == change_id).values(parent_id=None))


def moved_contracts(writer: Writer, noun: str, into: int, change_id: int) -> list[AnyRow]:
    """Contracts and opportunities (by `noun`) that a merge moved: id, source, external_id."""
    table = NOUNS[noun]
    query = sa.select(table.c.id, table.c.source, table.c.external_id)
    return list(writer.execute(query.where(table.c.account_id == into, table.c.v_in == change_id)))


def rekey(writer: Writer, noun: str, entity_id: int, source: str, key: str, change_id: int) -> None:
    """Let a source know a thing by another key as well, unless that one is taken."""
    c = external_ref.c
    taken = sa.select(c.entity_id).where(c.source == source, c.noun == noun, c.external_id == key, c.v_out.is_(None))
    if writer.execute(taken).first() is None:
        row = {"source": source, "noun": noun, "external_id": key, "entity_id": entity_id, "v_in": change_id}
        writer.execute(external_ref.insert(), row)
        table = NOUNS[noun]
        this = sa.and_(table.c.id == entity_id, table.c.v_in == change_id)
        writer.execute(sa.update(table).where(this).values(external_id=key))


def moved_facts(writer: Writer, table: sa.Table, noun: str, into: int, change_id: int) -> list[AnyRow]:
    """The rows of a table of facts that a merge of two things of this noun moved."""
    columns = [table.c[name] for name in _POINTERS[noun] if name in table.c]
    if not columns:
        return []
    pointing = sa.or_(*(column == into for column in columns))
    return list(writer.execute(sa.select(table).where(pointing, table.c.v_in == change_id).order_by(table.c.id)))


def taken_keys(writer: Writer, table: sa.Table, source: str, start: str) -> set[str]:
    """External ids of a source that begin like this."""
    c = table.c
    query = sa.select(c.external_id).where(
        c.source == source, c.external_id >= start, c.external_id < start + "\uffff", c.v_out.is_(None)
    )
    return set(writer.execute(query).scalars())


def rehash(writer: Writer, table: sa.Table, row: AnyRow, row_hash: int, key: str | None) -> None:
    this = sa.and_(table.c.id == row.id, table.c.v_in == row.v_in)
    writer.execute(sa.update(table).where(this).values(row_hash=row_hash, external_id=key))
