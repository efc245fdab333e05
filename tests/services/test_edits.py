"""Edits of versioned facts: beside a loading import, against other writers, and taken back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from bot.domain.ids import id_text
from bot.importers import SourceFile
from bot.services.errors import BadInput, NotAllowed
from bot.services.importing.run import Progress
from bot.storage import batches, bulk, edits, tables
from bot.storage.database import Database, LockedError, Writer
from tests.services.clerk import NOW, SELF, Clerk

HEAD = "promise_id,account_id,quote,due_on\n"
OLD = {
    "accounts.csv": "id,name,domain,segment,owner\n1,Northwind,north.example,mid,Ida\n2,Oak,oak.example,mid,Ole\n",
    "promises.csv": f"{HEAD}P1,1,A quote,2026-04-01\nP2,2,A visit,2026-05-01\n",
}
NEW = {
    "accounts.csv": OLD["accounts.csv"].replace("mid", "big"),
    "promises.csv": f"{HEAD}P1,1,A better quote,2026-04-02\nP2,2,A visit,2026-05-01\n",
    "usage.csv": "usage_id,account_id,on,metric,value\nU1,2,2026-01-05,logins,4\n",
}
PROMISE = {"account_id": 0, "by": "us", "quote": "By hand", "status": "open"}


@pytest.fixture
def book(clerk: Clerk) -> Clerk:
    clerk.bring(OLD)
    return clerk


@contextmanager
def editing(clerk: Clerk) -> Iterator[edits.Edit]:
    with clerk.database.writing(SELF, NOW) as writer, edits.edit(writer, "test") as made:
        yield made


def revise(clerk: Clerk, one: int, table: sa.Table = tables.commitment, **values: Any) -> int:
    with editing(clerk) as made:
        row = edits.current(made.writer, table, one)
        assert row is not None
        made.revise(table, row, values)
    return made.change_id


def undo(clerk: Clerk, change_id: int) -> str | None:
    """The note of the change that stands in the way."""
    with clerk.database.writing(SELF, NOW) as writer:
        found = batches.get_or_none(writer, change_id)
        later = edits.undo(writer, found)
    return later.note if later is not None else None


def promise(clerk: Clerk, key: str = "P1") -> Any:
    return clerk.row("commitment", external_id=key)


def loading(clerk: Clerk, kind: str, work: Any) -> Progress:
    """Does the work once, while an import reads its file of this kind."""
    begun = False

    def progress(file: SourceFile, done: int) -> None:
        nonlocal begun
        if file.kind == kind and not begun:
            begun = True
            work()

    return progress


def facts(clerk: Clerk) -> dict[str, Any]:
    """Every version as it stands in the database."""
    return {name: rows for name, rows in clerk.dump().items() if name not in {"change", "planned_account"}}


def test_added_revised_and_ended_as_one_change_and_taken_back(book: Clerk) -> None:
    account, before = book.row("account", external_id="1").id, facts(book)
    with editing(book) as made:
        one = made.add(tables.commitment, PROMISE | {"account_id": account}, "key 1")
        made.revise(
            tables.commitment, edits.current(made.writer, tables.commitment, promise(book).id), {"status": "kept"}
        )
        made.end(tables.commitment, promise(book, "P2").id)
    assert (promise(book).status, promise(book).quote) == ("kept", "A quote")
    assert book.rows("commitment", external_id="P2") == []
    assert (promise(book, "key 1").id, promise(book, "key 1").source) == (one, "steward")
    with book.database.reading(SELF) as reader:
        found = edits.added_before(reader, tables.commitment, "key 1")
        assert found is not None
        assert found.v_in == made.change_id
        assert edits.added_before(reader, tables.commitment, "P1") is None
    assert undo(book, made.change_id) is None
    assert facts(book) == before
    with book.database.reading(SELF) as reader:
        assert edits.added_before(reader, tables.commitment, "key 1") is None
    book.again_changes_nothing(OLD)


def test_nothing_is_written_when_an_edit_fails(book: Clerk) -> None:
    before = book.dump()

    def fail() -> None:
        with editing(book) as made:
            made.end(tables.commitment, promise(book).id)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert book.dump() == before


@pytest.mark.parametrize("reached", ["promises", "usage"])
def test_an_edit_beside_a_loading_import_survives_its_publication_and_its_undo(book: Clerk, reached: str) -> None:
    """Whether the import has written the row already (hidden) or comes to it later."""
    one, changes = promise(book).id, []
    work = loading(book, reached, lambda: changes.append(revise(book, one, status="kept")))
    report = book.bring(NEW, progress=work)
    assert (promise(book).status, promise(book).quote) == ("kept", "A quote")
    assert book.row("account", external_id="1").segment == "big"
    assert len(book.rows("commitment")) == 2
    book.undo(report)
    assert (promise(book).status, promise(book).quote) == ("kept", "A quote")
    assert undo(book, changes[0]) is None
    assert (promise(book).status, promise(book).quote) == ("open", "A quote")
    book.again_changes_nothing(OLD)


@pytest.mark.parametrize("reached", ["promises", "usage"])
def test_an_edit_beside_an_import_that_dies_survives(book: Clerk, reached: str) -> None:
    one, changes, before = promise(book).id, [], facts(book)

    def work() -> None:
        changes.append(revise(book, one, status="kept"))

    def progress(file: SourceFile, done: int) -> None:
        edit(file, done)
        if file.kind == "usage":
            raise KeyboardInterrupt

    edit = loading(book, reached, work)
    with pytest.raises(KeyboardInterrupt):
        book.bring(NEW, progress=progress)
    assert promise(book).status == "kept"
    assert undo(book, changes[0]) is None
    assert {name: rows for name, rows in facts(book).items() if name != "entity"} == {
        name: rows for name, rows in before.items() if name != "entity"
    }


def test_undoing_such_an_edit_shows_what_the_import_brought(book: Clerk) -> None:
    one, changes = promise(book).id, []
    book.bring(NEW, progress=loading(book, "usage", lambda: changes.append(revise(book, one, status="kept"))))
    assert undo(book, changes[0]) is None
    assert (promise(book).status, promise(book).quote) == ("open", "A better quote")


def test_undone_while_the_import_still_loads(book: Clerk) -> None:
    one = promise(book).id

    def work() -> None:
        assert undo(book, revise(book, one, status="kept")) is None
        assert promise(book).quote == "A quote"

    report = book.bring(NEW, progress=loading(book, "usage", work))
    assert promise(book).quote == "A better quote"
    book.undo(report)
    assert promise(book).quote == "A quote"


def test_things_are_edited_beside_a_loading_import_too(book: Clerk) -> None:
    one, changes = book.row("account", external_id="1").id, []
    work = loading(book, "usage", lambda: changes.append(revise(book, one, tables.account, segment="own")))
    report = book.bring(NEW, progress=work)
    assert book.row("account", external_id="1").segment == "own"
    book.undo(report)
    assert book.row("account", external_id="1").segment == "own"
    assert undo(book, changes[0]) is None
    assert book.row("account", external_id="1").segment == "mid"


def test_a_later_import_brings_the_new_word_of_its_source_and_nothing_else(book: Clerk) -> None:
    revise(book, promise(book).id, status="kept")
    with editing(book) as made:
        made.add(tables.commitment, PROMISE | {"account_id": book.row("account", external_id="2").id})
    book.bring(OLD)
    assert promise(book).status == "kept"
    book.bring(NEW)
    assert (promise(book).status, promise(book).quote) == ("open", "A better quote")
    assert [row.quote for row in book.rows("commitment", source="steward")] == ["By hand"]


def test_an_import_that_edits_build_on_is_not_undone(clerk: Clerk) -> None:
    report = clerk.bring(OLD)
    with editing(clerk) as first:
        first.add(tables.commitment, PROMISE | {"account_id": clerk.row("account", external_id="2").id})
    second = revise(clerk, promise(clerk).id, status="kept")
    more = [revise(clerk, promise(clerk).id, status="kept") for _ in range(9)]
    with pytest.raises(NotAllowed, match=r"later changes build on it: .* \(test.*and more. Undo those first"):
        clerk.undo(report)
    for one in (*reversed(more), second, first.change_id):
        assert undo(clerk, one) is None
    clerk.undo(report)
    assert clerk.rows("account") == []


def test_edits_are_no_imports(book: Clerk) -> None:
    change = id_text(revise(book, promise(book).id, status="kept"))
    with pytest.raises(BadInput, match=f"not an import; take it back with: steward undo {change}"):
        book.undo(change)


def test_undo_is_refused_when_somebody_went_on_from_the_edit(book: Clerk) -> None:
    first = revise(book, promise(book).id, status="kept")
    second = revise(book, promise(book).id, status="missed")
    before = book.dump()
    assert undo(book, first) == "test"
    assert book.dump() == before
    assert undo(book, second) is None
    assert undo(book, first) is None
    assert promise(book).status == "open"
    third = revise(book, promise(book).id, status="kept")
    report = book.bring(NEW)
    assert undo(book, third) == "accounts.csv, promises.csv, usage.csv"
    book.undo(report)
    assert undo(book, third) is None


def test_undo_is_refused_while_an_import_that_changed_it_loads(book: Clerk) -> None:
    change = revise(book, promise(book).id, status="kept")
    stood: list[str | None] = []
    book.bring(NEW, progress=loading(book, "usage", lambda: stood.append(undo(book, change))))
    assert stood == ["accounts.csv, promises.csv, usage.csv"]


def test_what_was_ended_and_came_back_stands_in_the_way(book: Clerk) -> None:
    with editing(book) as made:
        made.end(tables.commitment, promise(book).id)
    report = book.bring(OLD)
    assert len(book.rows("commitment", external_id="P1")) == 1
    assert undo(book, made.change_id) == "accounts.csv, promises.csv"
    book.undo(report)
    assert undo(book, made.change_id) is None
    assert promise(book).quote == "A quote"


def test_a_new_thing_goes_only_while_nothing_points_at_it(book: Clerk) -> None:
    with editing(book) as made:
        new = made.add(tables.account, {"name": "Elm"})
    with editing(book) as pointing:
        pointing.add(tables.commitment, PROMISE | {"account_id": new})
    assert undo(book, made.change_id) == "test"
    assert undo(book, pointing.change_id) is None
    assert undo(book, made.change_id) is None
    assert [row.name for row in book.rows("account")] == ["Northwind", "Oak"]


def test_undo_looks_at_its_own_rows_only(sqlite_clerk: Clerk) -> None:
    """No statement walks a table, however large it is."""
    sqlite_clerk.bring(OLD)
    with editing(sqlite_clerk) as made:
        made.add(tables.commitment, PROMISE | {"account_id": sqlite_clerk.row("account", external_id="1").id})
        row = edits.current(made.writer, tables.commitment, promise(sqlite_clerk).id)
        made.revise(tables.commitment, row, {"status": "kept"})
    said: list[tuple[str, Any]] = []
    with sqlite_clerk.database.writing(SELF, NOW) as writer:
        event.listen(writer.connection, "before_cursor_execute", lambda *args: said.append((args[2], args[3])))
        assert edits.undo(writer, batches.get_or_none(writer, made.change_id)) is None
        driver: Any = writer.connection.connection.driver_connection
        plans = [row[3] for text, values in said for row in driver.execute(f"EXPLAIN QUERY PLAN {text}", values)]
    assert len(said) >= 6
    assert [plan for plan in plans if plan.startswith("SCAN")] == []


def postgres(clerk: Clerk) -> Database:
    if clerk.database.is_sqlite:
        pytest.skip("SQLite has one writer at a time")
    return clerk.database


def waiting_for_a_lock(database: Database) -> bool:
    with database.engine.connect() as connection:
        found: int = connection.execute(sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")).scalar_one()
    return found > 0


def test_an_edit_in_the_middle_of_an_imports_piece_waits_for_it(book: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The piece has read the row and will end it: an edit between the two would leave two versions."""
    database, one = postgres(book), promise(book).id
    end_versions, edited = bulk.end_versions, list[Future[int]]()

    def slow(writer: Writer, table: sa.Table, ids: Any, change_id: int) -> None:
        if table is tables.commitment and ids and not edited:
            edited.append(pool.submit(revise, book, one, status="kept"))
            while not (waiting_for_a_lock(database) or edited[0].done()):
                threading.Event().wait(0.005)
        end_versions(writer, table, ids, change_id)

    monkeypatch.setattr(bulk, "end_versions", slow)
    with ThreadPoolExecutor(1) as pool:
        report = book.bring(NEW)
        change = edited[0].result()
    assert (promise(book).status, promise(book).quote) == ("kept", "A quote")
    assert undo(book, change) is None
    assert promise(book).quote == "A better quote"
    book.undo(report)


def test_two_people_who_edit_one_thing_leave_one_version(book: Clerk) -> None:
    one, gate, before = promise(book).id, threading.Barrier(4), facts(book)

    def change(status: str) -> int:
        gate.wait()
        return revise(book, one, status=status)

    with ThreadPoolExecutor(4) as pool:
        changes = list(pool.map(change, ("kept", "missed", "cancelled", "open")))
    assert len(book.rows("commitment", external_id="P1")) == 1
    undone = 0
    while undone < 4:
        done = [one for one in changes if undo(book, one) is None]
        changes = [one for one in changes if one not in done]
        undone += len(done)
        assert done
    assert facts(book) == before


def test_a_rehearsal_holds_nobody_up(book: Clerk) -> None:
    """It lasts as long as an import, in one transaction."""
    account, added = book.row("account", external_id="2").id, 0

    def work() -> None:
        nonlocal added
        with editing(book) as made:
            added = made.add(tables.commitment, PROMISE | {"account_id": account})

    book.bring(NEW, progress=loading(book, "usage", work), dry_run=True)
    assert [row.id for row in book.rows("commitment", source="steward")] == [added]


def test_whoever_waits_too_long_is_told(book: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    database = postgres(book)
    monkeypatch.setattr(edits, "_PATIENCE", "20ms")
    with database.writing(SELF, NOW) as writer:
        batches.take_turns(writer)
        with pytest.raises(LockedError):
            revise(book, promise(book).id, status="kept")
    assert revise(book, promise(book).id, status="kept")
