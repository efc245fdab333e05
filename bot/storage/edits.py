"""Edits: versions that a person adds, replaces or ends as one change, and taking such a change back.

An edit may come while an import loads. It then ends what everybody sees and also what the import has written of the
same thing but nobody sees yet: one version is left whether the import is published, dies or is undone. What an edit did
is recorded in its change, so taking it back touches those rows alone and gives each ended version the end it had.

What was added is known by source `SOURCE` and a key of its own, so no import ever claims it. What was revised stays its
source's: the same file again changes nothing, a new word of that source is a new version.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from bot.domain.audience import Actor
from bot.domain.ids import id_text, new_id
from bot.storage import batches, identities, planned
from bot.storage.audit import Value
from bot.storage.database import AnyRow, Reader, Writer
from bot.storage.tables import NOUNS, change, metadata

SOURCE = "steward"
_PATIENCE = "4s"
_OURS = frozenset({"id", "v_in", "v_out", "account_id", "source", "external_id", "row_hash", "file_id", "line"})
"""Columns that say where a version belongs and came from, not what is so."""


@dataclass
class Edit:
    """One change of kind "edit", live with its transaction. Made by `edit`."""

    writer: Writer
    change_id: int
    _wrote: list[tuple[str, int]] = field(default_factory=list)
    _ended: list[tuple[str, int, int, int | None]] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)
    """Each field before and after, for the audit trail."""

    def add(self, table: sa.Table, values: dict[str, Any], key: str | None = None) -> int:
        """A new fact or thing; its id. `key` is what it can be found by again (`added_before`)."""
        one = new_id()
        if table.name in NOUNS:
            identities.register(self.writer, table.name, [one], self.change_id)
        self._write(table, {"source": SOURCE, "external_id": key or id_text(one), **values, "id": one})
        self._note(table, one, {}, values)
        return one

    def revise(self, table: sa.Table, row: AnyRow, values: dict[str, Any]) -> None:
        """A new version of what `current` found, with other values."""
        self._end(table, row.id)
        self._note(table, row.id, {name: getattr(row, name) for name in values}, values)
        self._write(table, {**row._mapping, **values, "id": row.id})

    def end(self, table: sa.Table, one: int) -> None:
        """From here on there is no such thing: no version is left, seen or still hidden."""
        if (row := current(self.writer, table, one)) is not None:
            self._note(table, one, dict(row._mapping), {})
        self._end(table, one)

    def _end(self, table: sa.Table, one: int) -> None:
        c = table.c
        unended = sa.or_(c.v_out.is_(None), c.v_out.in_(self.writer.hidden))
        for row in self.writer.execute(sa.select(c.v_in, c.v_out).where(c.id == one, unended)).all():
            self._ended.append((table.name, one, row.v_in, row.v_out))
            self.writer.execute(
                sa.update(table).where(c.id == one, c.v_in == row.v_in).values(v_out=self.change_id),
            )

    def _write(self, table: sa.Table, values: dict[str, Any]) -> None:
        self.writer.execute(table.insert(), {**values, "v_in": self.change_id, "v_out": None})
        self._wrote.append((table.name, values["id"]))

    def _note(self, table: sa.Table, one: int, before: dict[str, Any], after: dict[str, Any]) -> None:
        for name in sorted({*before, *after} - _OURS):
            was, now = before.get(name), after.get(name)
            if was != now:
                self.values.append(Value(f"{table.name}.{name}", was, now, one))

    def summary(self) -> dict[str, Any]:
        """For the audit trail: which versions; what they say is in `values`."""
        return {"change": id_text(self.change_id), "wrote": [[name, id_text(one)] for name, one in self._wrote]}

    def close(self) -> None:
        """Record what was done, for `undo`."""
        report = {"by": by(self.writer.actor), "wrote": self._wrote, "ended": self._ended}
        self.writer.execute(sa.update(change).where(change.c.id == self.change_id).values(report=report))


def by(actor: Actor) -> str:
    """Whose edit it is: a person whom Slack knows stays the same under every name."""
    return actor.slack_user_id or actor.name


@contextmanager
def edit(writer: Writer, note: str) -> Iterator[Edit]:
    """Edit in this transaction. One at a time, and never between the reading and the writing of an import's piece.

    Read what the edit builds on inside: what was read before may have changed while this waited for its turn.
    """
    wait_for_turn(writer)
    made = Edit(writer, writer.begin_change("edit", note=note))
    yield made
    made.close()


def wait_for_turn(writer: Writer) -> None:
    """Raises LockedError (as the transaction ends) where a person would wait too long."""
    if writer.connection.dialect.name == "postgresql":
        writer.execute(sa.text(f"SET LOCAL lock_timeout = '{_PATIENCE}'"))
    batches.take_turns(writer)


def current(reader: Reader, table: sa.Table, one: int) -> AnyRow | None:
    """The version of a thing that everybody sees."""
    return reader.run_once(lambda live: sa.select(table).where(table.c.id == one, live(table))).first()


def added_before(reader: Reader, table: sa.Table, key: str) -> AnyRow | None:
    """What an edit added under this key, as it was added."""
    c = table.c
    query = sa.select(table).where(c.source == SOURCE, c.external_id == key).order_by(c.v_in).limit(1)
    return reader.connection.execute(query).first()


def undo(writer: Writer, found: AnyRow) -> AnyRow | None:
    """Take a live edit back: None when that is done, else the change that went on from it, and nothing is done.

    `found` is the change's row; what it wrote is deleted, what it ended has the end it had before.
    """
    wrote = [(metadata.tables[name], one) for name, one in found.report["wrote"]]
    ended = [(metadata.tables[name], one, v_in, before) for name, one, v_in, before in found.report["ended"]]
    if standing := sorted(_later(writer, found.id, wrote, ended)):
        return batches.get_or_none(writer, standing[0])
    accounts = touched(writer, found)
    for table, one in wrote:
        writer.execute(sa.delete(table).where(table.c.id == one, table.c.v_in == found.id))
    for table, one, v_in, before in ended:
        this = sa.and_(table.c.id == one, table.c.v_in == v_in, table.c.v_out == found.id)
        writer.execute(sa.update(table).where(this).values(v_out=_still_an_end(writer, before)))
    writer.execute(sa.update(change).where(change.c.id == found.id).values(state="undone", purged=True))
    planned.look_after_undo(writer, accounts)
    return None


def touched(reader: Reader, found: AnyRow) -> set[int]:
    """The accounts that an edit is about; `found` is its change's row."""
    things = {(name, one) for name, one, *_ in (*found.report["wrote"], *found.report["ended"])}
    return {account for name, one in things for account in _accounts_of(reader, metadata.tables[name], one)}


def _accounts_of(reader: Reader, table: sa.Table, one: int) -> set[int]:
    """The accounts that versions of this thing are about."""
    if table.name == "account":
        return {one}
    if "account_id" not in table.c:
        return set()
    query = sa.select(table.c.account_id).where(table.c.id == one, table.c.account_id.is_not(None))
    return set(reader.connection.execute(query).scalars())


def _later(
    writer: Writer, change_id: int, wrote: list[tuple[sa.Table, int]], ended: list[tuple[sa.Table, int, int, Any]]
) -> Iterator[int]:
    """Changes, loading ones as well, that went on from what an edit did."""
    replaced = {(table.name, one) for table, one, _, _ in ended}
    for table, one in wrote:
        yield from _ended_by(writer, table, one, change_id)
        if table.name in NOUNS and (table.name, one) not in replaced:
            yield from _pointing_at(writer, one, change_id)
    for table, one, v_in, _ in ended:
        yield from _brought_back(writer, table, one, v_in, change_id)


def _ended_by(writer: Writer, table: sa.Table, one: int, change_id: int) -> Iterator[int]:
    c = table.c
    yield from _standing(writer, sa.select(c.v_out).where(c.id == one, c.v_in == change_id))


def _brought_back(writer: Writer, table: sa.Table, one: int, v_in: int, change_id: int) -> Iterator[int]:
    """Who gave a new version to what the edit ended: under its id, or as a new row of its source."""
    c = table.c
    same = c.id == one
    before = writer.execute(sa.select(c.source, c.external_id).where(same, c.v_in == v_in)).first()
    if before is not None and before.external_id is not None and table.name not in NOUNS:
        same = sa.or_(same, sa.and_(c.source == before.source, c.external_id == before.external_id))
    yield from _standing(writer, sa.select(c.v_in).where(same, c.v_in != change_id, c.v_out.is_(None)))


def _pointing_at(writer: Writer, one: int, change_id: int) -> Iterator[int]:
    """Whose rows point at a new thing. Few edits make one, so this may look through tables."""
    for table, column in batches.pointers():
        yield from _standing(writer, sa.select(table.c.v_in).where(column == one, table.c.v_in != change_id))


def _standing(writer: Writer, named: sa.Select[Any]) -> Iterator[int]:
    """Those of the changes a query names that were not taken back; what those wrote may not be deleted yet."""
    ids = set(writer.execute(named).scalars()) - {None}
    query = sa.select(change.c.id).where(change.c.id.in_(ids), change.c.state != "undone")
    yield from writer.execute(query).scalars() if ids else ()


def _still_an_end(writer: Writer, before: int | None) -> int | None:
    """The end that a version had, unless the change that ended it was taken back meanwhile."""
    row = batches.get_or_none(writer, before) if before is not None else None
    return row.id if row is not None and row.state != "undone" else None
