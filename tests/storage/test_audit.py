"""The audit trail: tampering shows, erasing does not break it, the database refuses changes."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.audience import Actor, Role, only_the_asker
from bot.storage import audit, chain
from bot.storage.audit import Deed, Value
from bot.storage.database import Database, LockedError
from tests.storage.tampering import NOW, by_hand

IDA = only_the_asker(Actor(Role.ADMIN, "slack", slack_user_id="U0IDA", name="Ida Bäck"))
NOTE = 77
ROOT = Path(__file__).parents[2]


def trail(database: Database, *, values: bool = True) -> None:
    """Five events: the third with values, the fourth about two accounts."""
    text = Value("interaction.text", None, "Call Ms Ågren back", NOTE)
    said = [text, Value("interaction.kind", "call", "note", NOTE)]
    with database.writing(IDA, NOW) as writer:
        audit.append(writer, "bind channel", 10, {"channel": "C1"})
        audit.append(writer, "settings", None, {})
        audit.append(writer, "log", 10, {"kind": "call"}, said if values else ())
        audit.append_many(writer, "shown", [Deed(detail={"what": ["book"]}, accounts=[10, 11]), Deed(10, {"n": "ü"})])


def faults(database: Database, head: str | None = None) -> list[tuple[int, str]]:
    with database.reading(IDA) as reader:
        return [(one.seq, one.what) for one in chain.Look(reader, head).faults()]


def head(database: Database) -> str:
    with database.reading(IDA) as reader:
        newest = audit.newest(reader)
    assert newest is not None
    return str(newest.hash)


def test_an_untouched_trail_is_whole(database: Database) -> None:
    assert faults(database) == []
    assert faults(database, audit.BEGINNING) == []
    trail(database)
    early = head(database)
    trail(database)
    assert faults(database) == faults(database, early) == faults(database, head(database)) == []


@pytest.mark.parametrize(
    ("tamper", "where", "says"),
    [
        ("UPDATE audit_event SET actor = 'U0BOB' WHERE seq = 2", 2, "it was changed"),
        ("UPDATE audit_event SET detail = '{}' WHERE seq = 4", 4, "it was changed"),
        ("UPDATE audit_event SET detail = 'x' WHERE seq = 3", 3, "it was changed"),
        ("UPDATE audit_event SET at = '2026-03-05T00:00:00' WHERE seq = 5", 5, "it was changed"),
        ("UPDATE audit_event SET version = NULL WHERE seq = 1", 1, "it was changed"),
        ("UPDATE audit_event SET version = 3 WHERE seq = 1", 1, "it was changed"),
        ("UPDATE audit_event SET seq = 9 WHERE seq = 5", 9, "events 5 to 8 are missing before it"),
        ("DELETE FROM audit_event WHERE seq = 1", 2, "event 1 is missing before it"),
        ("DELETE FROM audit_event WHERE seq = 2", 3, "event 2 is missing before it"),
        ("UPDATE audit_value SET after = 'Do not' WHERE place = 0", 3, "its value of interaction.text was changed"),
        ("UPDATE audit_value SET before = 'note' WHERE place = 1", 3, "its value of interaction.kind was changed"),
        ("UPDATE audit_value SET about = 78 WHERE place = 1", 3, "a value of it was removed or added"),
        ("DELETE FROM audit_value WHERE place = 1", 3, "a value of it was removed or added"),
        ("INSERT INTO audit_value (seq, place, field) VALUES (5, 0, 'x')", 5, "a value of it was removed or added"),
        ("DELETE FROM audit_account WHERE account_id = 11", 4, "the accounts that it is found by were changed"),
        ("INSERT INTO audit_account VALUES (12, 4)", 4, "the accounts that it is found by were changed"),
    ],
)  # fmt: skip
def test_tampering_is_found_and_named(sqlite_database: Database, tamper: str, where: int, says: str) -> None:
    trail(sqlite_database)
    with by_hand(sqlite_database) as writer:
        writer.execute(sa.text(tamper))
    assert (where, says) in faults(sqlite_database)


def test_an_inserted_event_is_found(database: Database) -> None:
    trail(database, values=False)
    columns = ", ".join(one.name for one in chain.columns() if one.name != "seq")
    with by_hand(database) as writer:
        writer.execute(sa.text("DELETE FROM audit_account"))
        for seq in (5, 4, 3):
            writer.execute(sa.text(f"UPDATE audit_event SET seq = seq + 1 WHERE seq = {seq}"))  # noqa: S608 - ours
        again = f"INSERT INTO audit_event SELECT 3, {columns} FROM audit_event WHERE seq = 2"  # noqa: S608 - ours
        writer.execute(sa.text(again))
    found = [seq for seq, _ in faults(database)]
    assert {3, 4, 5, 6} <= set(found)


def test_exchanged_events_are_found(database: Database) -> None:
    trail(database, values=False)
    with by_hand(database) as writer:
        for before, after in ((1, 99), (2, 1), (99, 2)):
            writer.execute(sa.text(f"UPDATE audit_event SET seq = {after} WHERE seq = {before}"))  # noqa: S608 - ours
    found = dict(faults(database))
    assert {1, 2, 3} <= found.keys()


def test_events_removed_at_the_end_show_against_a_kept_head(database: Database) -> None:
    trail(database, values=False)
    kept = head(database)
    with by_hand(database) as writer:
        writer.execute(sa.text("DELETE FROM audit_account"))
        writer.execute(sa.text("DELETE FROM audit_event WHERE seq > 3"))
    assert faults(database) == []
    assert faults(database, kept) == [
        (4, f"the event with the hash {kept} is not there: later ones were removed"),
    ]


def test_the_database_refuses_to_change_the_trail(database: Database) -> None:
    trail(database)
    refused = [
        "UPDATE audit_event SET actor = 'U0BOB'",
        "DELETE FROM audit_event WHERE seq = 5",
        "DELETE FROM audit_value",
        "UPDATE audit_value SET after = 'Do not'",
        "UPDATE audit_value SET about = 1, before = NULL, after = NULL, salt = NULL",
        "INSERT OR REPLACE INTO audit_event SELECT * FROM audit_event WHERE seq = 5"
        if database.is_sqlite
        else "TRUNCATE audit_event, audit_value, audit_account",
    ]
    for statement in refused:
        with pytest.raises(sa.exc.DBAPIError, match="only added to"), database.writing(IDA, NOW) as writer:
            writer.execute(sa.text(statement))
    assert faults(database) == []


def test_erasing_leaves_the_trail_whole(database: Database) -> None:
    trail(database)
    before = head(database)
    with database.writing(IDA, NOW) as writer:
        assert audit.forget(writer, things=[NOTE + 1], words=["nobody"]) == 0
        assert audit.forget(writer, words=["MS ÅGREN"]) == 1
    with database.writing(IDA, NOW) as writer:
        assert audit.forget(writer, things=[NOTE]) == 1
    with database.reading(IDA) as reader:
        look = chain.Look(reader, before)
        assert list(look.faults()) == []
        assert (look.events, look.erased) == (5, 2)
        rows = reader.connection.execute(sa.text("SELECT before, after, salt FROM audit_value")).all()
    assert {tuple(row) for row in rows} == {(None, None, None)}


def test_no_personal_text_stands_in_an_event(database: Database) -> None:
    trail(database)
    with database.reading(IDA) as reader:
        rows = reader.connection.execute(sa.select(*chain.columns())).all()
    text = json.dumps([chain.line(row) for row in rows], ensure_ascii=False)
    assert "U0IDA" in text
    assert "Ågren" not in text
    assert "Ida" not in text


def test_a_long_value_is_known_by_its_digest(database: Database) -> None:
    with database.writing(IDA, NOW) as writer:
        audit.append(writer, "log", 1, {}, [Value("interaction.text", None, "a" * 400, NOTE)])
    with database.reading(IDA) as reader:
        [row] = reader.connection.execute(sa.text("SELECT after, salt FROM audit_value")).all()
    assert row.after == f"400 characters, sha256 {audit.digest(row.salt + 'a' * 400)}"
    assert faults(database) == []


def test_odd_text_is_kept_as_it_can_be(database: Database) -> None:
    odd = 'a\x00b\ud800 "\\" \u2028 😀'
    with database.writing(only_the_asker(Actor(Role.MEMBER, "slack", name=odd)), NOW) as writer:
        audit.append(writer, "log", 1, {odd: odd}, [Value("interaction.text", odd, None, NOTE)])
    assert faults(database) == []


def test_a_look_at_the_newest_events_finds_what_is_wrong_there(database: Database) -> None:
    trail(database, values=False)
    trail(database, values=False)
    with by_hand(database) as writer:
        writer.execute(sa.text("UPDATE audit_event SET actor = 'U0BOB' WHERE seq IN (2, 9)"))
    with database.reading(IDA) as reader:
        look = chain.Look(reader, newest=4)
        assert [one.seq for one in look.faults()] == [9]
        assert look.events == 4
        assert [one.seq for one in chain.Look(reader, newest=10).faults()] == [2, 9]


# Whoever writes, and whatever is done to it


_BESIDE = """
import random, sys
from datetime import UTC, datetime
from bot.domain.audience import SHELL, only_the_asker
from bot.storage import audit
from bot.storage.database import Database, LockedError

url, seed = sys.argv[1], int(sys.argv[2])
chance, database = random.Random(seed), Database(url)
for number in range(25):
    with database.writing(only_the_asker(SHELL), datetime(2026, 3, 4, tzinfo=UTC)) as writer:
        deeds = [audit.Deed(seed, {"n": number}, [audit.Value("x", None, "y", seed)], [1, 2])] * chance.randint(1, 4)
        audit.append_many(writer, f"by {seed}", deeds)
"""


def test_two_processes_never_fork_the_chain(database: Database) -> None:
    url = database.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", _BESIDE, url]
    others = [subprocess.Popen([*command, seed], cwd=ROOT) for seed in "12"]  # noqa: S603 - our own code
    for _ in range(25):
        with database.writing(IDA, NOW) as writer:
            audit.append(writer, "by us", 3, {}, [Value("x", 1, 2)])
    assert [other.wait() for other in others] == [0, 0]
    assert faults(database) == []
    with database.reading(IDA) as reader:
        rows = reader.connection.execute(sa.text("SELECT seq, action FROM audit_event ORDER BY seq")).all()
    assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
    assert {row.action for row in rows} == {"by us", "by 1", "by 2"}
    assert sum(row.action == "by us" for row in rows) == 25


class _Undone(Exception):  # noqa: N818 - a signal, not an error
    pass


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    deeds=st.lists(
        st.tuples(
            st.integers(0, 3),  # values
            st.frozensets(st.integers(1, 5), max_size=3),  # accounts
            st.text(max_size=12),
            st.booleans(),  # erased afterwards
        ),
        min_size=1,
        max_size=6,
    ),
    where=st.integers(0, 5),
    column=st.sampled_from(
        ["at", "actor", "via", "action", "subject_id", "detail", "previous_hash", "hash", "version"]
    ),
)
def test_whatever_is_written_is_whole_and_any_change_shows(
    sqlite_database: Database, deeds: list[tuple[int, frozenset[int], str, bool]], where: int, column: str
) -> None:
    with suppress(_Undone), sqlite_database.writing(IDA, NOW) as writer:
        for thing, (values, accounts, text, erased) in enumerate(deeds):
            said = [Value(f"f{n}", text, n, thing) for n in range(values)]
            audit.append_many(writer, "deed", [Deed(thing, {"n": thing}, said, sorted(accounts))])
            if erased:
                assert audit.forget(writer, things=[thing]) == values
        assert list(chain.Look(writer).faults()) == []
        writer.execute(sa.text("DROP TRIGGER audit_event_update"))
        seq = where % len(deeds) + 1
        before = writer.execute(sa.text(f"SELECT {column} FROM audit_event WHERE seq = {seq}")).scalar()  # noqa: S608
        other = {"version": None, "subject_id": 99, "at": "2026-01-01T00:00:00.000000"}.get(column, f"{before} ")
        change = sa.text(f"UPDATE audit_event SET {column} = :other WHERE seq = {seq}")  # noqa: S608 - ours
        writer.execute(change, {"other": other})
        assert [one for one in chain.Look(writer).faults() if one.seq in (seq, seq + 1)]
        raise _Undone


def test_a_note_beside_reading_is_kept_or_leaves_nothing(database: Database) -> None:
    with suppress(_Undone), database.noting(IDA, NOW) as writer:
        audit.append(writer, "shown", 1, {})
        raise _Undone
    for number in (1, 2):
        with database.noting(IDA, NOW) as writer:
            audit.append(writer, "shown", number, {})
        assert faults(database) == []
    with database.reading(IDA) as reader:
        newest = audit.newest(reader)
    assert newest is not None
    assert newest.seq == 2


def test_whoever_waits_too_long_to_note_is_told(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.storage.engines._SQLITE_SETTINGS", ("journal_mode=WAL", "busy_timeout=20"))
    hurried = Database(sqlite_database.url.render_as_string())
    with sqlite_database.writing(IDA, NOW), pytest.raises(LockedError), hurried.noting(IDA, NOW):
        pass
    with hurried.noting(IDA, NOW) as writer:
        audit.append(writer, "shown", 1, {})
    assert faults(sqlite_database) == []
