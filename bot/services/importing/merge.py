"""New, unchanged, changed or gone: how rows of a file meet what is stored.

Nouns are compared field by field. The source that brought a thing in owns its fields; another source only fills gaps,
and a blank never erases. Facts are compared by a hash of the row: a changed fact is a new version.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Any, Literal, NamedTuple

from bot.domain.ids import new_id
from bot.services.importing.batch import Batch, Seen
from bot.services.importing.directory import WEAK
from bot.services.importing.erased import NAMED
from bot.services.importing.report import Tally
from bot.storage import bulk, identities
from bot.storage.database import AnyRow, Writer
from bot.storage.erasing.holdings import WORDS
from bot.storage.tables import NOUNS, Table
from bot.storage.types import Amount, kept_amount

_TAIL = ("source", "external_id", "row_hash", "file_id", "line")
_SEEN_LIMIT = 2_000_000


Standing = Literal["owner", "guest", "nobody"]
"""Whose word a row is: the record's own source may change a thing, another only fills gaps; a repeat says nothing."""


class Fact(NamedTuple):
    """A row ready for its table: values in the order of the target's columns."""

    line: int
    external_id: str | None
    values: Sequence[Any]


class Thing(NamedTuple):
    """A noun ready for its table; `cells` by column name."""

    line: int
    external_id: str | None
    id: int
    cells: dict[str, Any]
    shown: str


def row_hash(values: Sequence[Any]) -> int:
    """A signed 64-bit hash that is the same in every process."""
    return int.from_bytes(
        blake2b(repr(values).encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True
    )


def made_up_key(hashed: int, count: int) -> str:
    """What a row without an id is known by: its content, and which of several equal rows it is."""
    return f"row:{hashed & 0xFFFFFFFFFFFFFFFF:016x}:{count}"


class FactMerger:
    """Merges the facts of one file into one table, chunk by chunk."""

    def __init__(self, batch: Batch, table: Table, columns: tuple[str, ...], file_id: int, tally: Tally) -> None:
        self._batch = batch
        self._table = table
        self._columns = columns
        self._file_id = file_id
        self._tally = tally
        self._source = batch.directory.source
        self._all_columns = ("id", "v_in", *columns, *_TAIL)
        self._seen: set[int] = set()
        self._had = batch.fact_keys.setdefault((table.name, batch.directory.source), set())
        self._repeats: dict[int, int] = {}
        self._fresh: bool | None = None
        self._words = [columns.index(name) for name in WORDS.get(table.name, ()) if name in columns]
        self._about = columns.index("account_id") if "account_id" in columns else None

    def merge(self, writer: Writer, facts: Sequence[Fact]) -> None:
        self._batch.flush_identities(writer)
        if self._fresh is None:
            self._fresh = not bulk.has_rows(writer, self._table, self._source)
        dialect = writer.connection.dialect.name
        rows = bulk.encode(self._table, self._columns, (fact.values for fact in facts), dialect)
        hashes = [row_hash(row) for row in rows]
        keys = [fact.external_id or self._made_up_key(one) for fact, one in zip(facts, hashes, strict=True)]
        before = self._before(keys)
        asked = sorted(before) if self._fresh and len(self._had) <= _SEEN_LIMIT else keys
        known = bulk.current_by_external_id(writer, self._table, self._source, asked, ("v_in",))
        inserts: list[list[Any]] = []
        ended: list[int] = []
        ids = new_id.many(len(facts))
        written: dict[str, int] = {}
        for fact, values, hashed, key in zip(facts, rows, hashes, keys, strict=True):
            prior = known.get(key)
            if prior is not None and (prior.v_in == self._batch.change_id or key in before):
                written.setdefault(key, prior.row_hash)
            if key in written:
                self._twice(fact, same=written[key] == hashed)
            elif prior is None:
                values = self._without_erased(values, fact.line)
                inserts.append(
                    [next(ids), self._batch.change_id, *values, self._source, key, hashed, self._file_id, fact.line]
                )
                self._tally.add("created")
            elif prior.row_hash == hashed or self._batch.edited_since(prior):
                self._tally.add("unchanged")
            else:
                ended.append(prior.id)
                values = self._without_erased(values, fact.line)
                inserts.append(
                    [prior.id, self._batch.change_id, *values, self._source, key, hashed, self._file_id, fact.line]
                )
                self._tally.add("updated")
            written.setdefault(key, hashed)
        bulk.end_versions(writer, self._table, ended, self._batch.change_id)
        bulk.insert(writer, self._table, self._all_columns, inserts)

    def _without_erased(self, values: list[Any], line: int) -> list[Any]:
        """The values of a row without people who were erased. Its hash is that of the row as read, by which the same
        row is known again."""
        if not self._batch.erased or not self._words:
            return values
        account_id = values[self._about] if self._about is not None else None
        new = list(values)
        for place in self._words:
            if values[place] is not None:
                new[place] = self._batch.erased.without(values[place], account_id)
        if new != values:
            self._tally.note(NAMED, line)
        return new

    def remove(self, writer: Writer, external_ids: Iterable[str]) -> int:
        """End the versions of facts that the source deleted."""
        known = bulk.current_by_external_id(writer, self._table, self._source, list(external_ids))
        bulk.end_versions(writer, self._table, [row.id for row in known.values()], self._batch.change_id)
        return len(known)

    def _made_up_key(self, hashed: int) -> str:
        """A key for a row without an id: its content, and which of several equal rows it is."""
        count = self._repeats.get(hashed, 0) + 1
        if count > 1 or hashed in self._seen:
            self._repeats[hashed] = count = max(count, 2)
        self._seen.add(hashed)
        return made_up_key(hashed, count)

    def _before(self, keys: list[str]) -> set[str]:
        """Those of the keys that this batch had in an earlier chunk or file, as far back as is remembered."""
        hashed = [hash(key) for key in keys]
        before = {key for key, one in zip(keys, hashed, strict=True) if one in self._had}
        if len(self._had) <= _SEEN_LIMIT:
            self._had.update(hashed)
        return before

    def _twice(self, fact: Fact, *, same: bool) -> None:
        if same:
            self._tally.leave_out("skipped", "the same row stands in the file twice", fact.line)
            return
        reason = "the same id stands in the file with other values; the first was kept"
        self._tally.leave_out("to_review", reason, fact.line)
        self._batch.review(self._file_id, fact.line, "conflict", reason, [str(value) for value in fact.values])


class NounMerger:
    """Merges the nouns of one file, chunk by chunk."""

    def __init__(self, batch: Batch, noun: str, file_id: int, tally: Tally) -> None:
        self._batch = batch
        self._noun = noun
        self._table = NOUNS[noun]
        self._file_id = file_id
        self._tally = tally
        self._source = batch.directory.source
        self._amounts = [column.name for column in self._table.columns if isinstance(column.type, Amount)]
        self.renamed: list[tuple[int, str, str]] = []

    def merge(self, writer: Writer, things: Sequence[Thing]) -> list[Standing]:
        """Write what is new or changed; says of each row by what right it spoke. `renamed`: (id, old name, new one)."""
        self._batch.flush_identities(writer)
        self.renamed = []
        current = identities.current_versions(writer, self._noun, [thing.id for thing in things])
        inserts: list[dict[str, Any]] = []
        standings = [self._meet(writer, self._as_kept(thing), current.get(thing.id), inserts) for thing in things]
        if inserts:
            names = [column.name for column in self._table.columns if column.name != "v_out"]
            rows = [[row.get(name) for name in names] for row in inserts]
            encoded = bulk.encode(self._table, tuple(names), rows, writer.connection.dialect.name)
            bulk.insert(writer, self._table, tuple(names), encoded)
        return standings

    def _as_kept(self, thing: Thing) -> Thing:
        """Amounts with the places that are kept: more of them would differ from what is stored, again and again."""
        given = {name: thing.cells[name] for name in self._amounts if thing.cells.get(name) is not None}
        return self._without_erased(
            thing._replace(cells={**thing.cells, **{name: kept_amount(one) for name, one in given.items()}})
        )

    def _without_erased(self, thing: Thing) -> Thing:
        """The same without people who were erased."""
        erased, words = self._batch.erased, WORDS.get(self._noun, ())
        if not erased:
            return thing
        about = thing.cells.get("account_id")
        new = {name: erased.without(one, about) for name in words if isinstance(one := thing.cells.get(name), str)}
        if any(thing.cells[name] != one for name, one in new.items()):
            self._tally.note(NAMED, thing.line)
        shown = erased.without(thing.shown, about) if words else thing.shown
        return thing._replace(cells={**thing.cells, **new}, shown=shown)

    def _meet(self, writer: Writer, thing: Thing, current: AnyRow | None, inserts: list[dict[str, Any]]) -> Standing:
        own = current is not None and current.source == self._source
        if current is not None and own and _another_record(current.external_id, thing.external_id):
            self._tally.add("unchanged")  # a person made the two one: the record that was first speaks for it
            return "nobody"
        if current is not None and self._batch.edited_since(current):
            self._tally.add("unchanged")
            return "nobody"
        hashed = row_hash(list(thing.cells.values()))
        first = self._batch.seen.setdefault(
            (self._source, thing.id), Seen(self._file_id, thing.external_id, hashed, thing.line)
        )
        if first.file_id == self._file_id and first.line != thing.line:
            if _another_record(first.external_id, thing.external_id):
                self._tally.add("unchanged")
            else:
                self._twice(thing, same=first.hashed == hashed)
            return "nobody"
        if current is None:
            inserts.append(self._version(thing, thing.cells, self._source, thing.external_id))
            self._tally.add("created")
            self._tally.show(f"+ {self._noun} {thing.shown}")
            return "owner"
        return self._update(writer, thing, current, inserts, owner=own and first.file_id == self._file_id)

    def _version(
        self, thing: Thing, cells: dict[str, Any], source: str | None, external_id: str | None
    ) -> dict[str, Any]:
        return {
            **cells,
            "id": thing.id,
            "v_in": self._batch.change_id,
            "source": source,
            "external_id": external_id,
            "file_id": self._file_id,
            "line": thing.line,
        }

    def _update(
        self, writer: Writer, thing: Thing, current: AnyRow, inserts: list[dict[str, Any]], *, owner: bool
    ) -> Standing:
        before = dict(current._mapping)
        named_only = before["line"] == 0
        fresh = before["v_in"] == self._batch.change_id
        owner = owner or named_only
        merged = {
            name: value if value is not None and (owner or before[name] is None) else before[name]
            for name, value in thing.cells.items()
        }
        changes = {name: value for name, value in merged.items() if value != before[name]}
        standing: Standing = "owner" if owner else "guest"
        if not changes and not (named_only and fresh):
            self._leave(thing, merged, own=before["source"] == self._source)
            return standing
        self._tally.add("created" if named_only and fresh else "updated")
        self._tally.show(f"~ {self._noun} {thing.shown}: {_difference(before, changes)}")
        if "name" in changes:
            self.renamed.append((thing.id, before["name"], changes["name"]))
        origin = (self._source, thing.external_id) if named_only else (before["source"], before["external_id"])
        version = self._version(thing, {**before, **merged}, *origin)
        version.pop("v_out")
        if fresh:
            values = version if named_only else changes
            bulk.correct_version(writer, self._table, thing.id, self._batch.change_id, values)
        else:
            bulk.end_versions(writer, self._table, [thing.id], self._batch.change_id)
            inserts.append(version)
        return standing

    def _leave(self, thing: Thing, kept: dict[str, Any], *, own: bool) -> None:
        """Nothing to write. Where an earlier file of the source says otherwise, a person should know."""
        if own and any(value is not None and kept[name] != value for name, value in thing.cells.items()):
            self._twice(thing, same=False)
        else:
            self._tally.add("unchanged")

    def _twice(self, thing: Thing, *, same: bool) -> None:
        if same:
            self._tally.leave_out("skipped", "the same row stands in the file twice", thing.line)
            return
        reason = f"{thing.shown} stands there twice with different values; the first was kept"
        summary = f"the same {self._noun} stands there twice with different values"
        self._tally.leave_out("to_review", summary, thing.line)
        self._batch.review(self._file_id, thing.line, "conflict", reason, {k: str(v) for k, v in thing.cells.items()})


def _another_record(one: str | None, other: str | None) -> bool:
    """Two records of a source: both have an id that it gave them, and not the same."""
    return bool(one and other and one != other and not one.startswith(WEAK) and not other.startswith(WEAK))


def _difference(before: dict[str, Any], changes: dict[str, Any]) -> str:
    return "; ".join(
        f"{name.replace('_', ' ')} {before[name] if before[name] is not None else '(blank)'} → {value}"
        for name, value in changes.items()
    )
