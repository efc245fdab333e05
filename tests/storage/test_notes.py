"""The words of what was said stay findable, and nothing else: through imports, edits, undo and erasure."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.bootstrap import keep_house
from bot.domain.ids import parse_id
from bot.services.logbook.entry import LogEntry, Message
from bot.storage import notes
from bot.storage.database import Database
from bot.storage.migrations.versions import r0011
from bot.storage.queries.notes import Wanted, proposed, said
from tests.services.clerk import NOW, SELF, Clerk

ACCOUNTS = "id,name,domain\n1,Acme,acme.example\n2,Globex,globex.example\n"
CALLS = "call_id,account_id,activity date,activity type,subject,notes\n"
TICKETS = "ticket_id,account_id,created at,status,subject\n"
SURVEYS = "response_id,account_id,survey,score,scale_min,scale_max,at,comment\n"


@pytest.fixture
def clerk(database: Database, tmp_path: Path) -> Clerk:
    return Clerk(database, tmp_path / "files")


def found(
    clerk: Clerk, *words: str, accounts: list[str] | None = None, phrase: bool = False, any_word: bool = False
) -> set[str]:
    """The texts that are found and visible."""
    ids = None if accounts is None else [int(clerk.row("account", external_id=one).id) for one in accounts]
    with clerk.database.reading(SELF) as reader:
        ranked = proposed(reader, Wanted(words, ids, phrase, any_word), 100)
        talks, tickets, answers = said(reader, list(ranked))
    return (
        {row.text or row.subject for row in talks} | {row.subject for row in tickets} | {row.comment for row in answers}
    )


def test_finds_notes_tickets_and_comments_by_their_words(clerk: Clerk) -> None:
    clerk.bring({
        "accounts.csv": ACCOUNTS,
        "calls.csv": CALLS + "C1,1,2026-01-01,call,Check-in,They find the prices too high\n"
        "C2,2,2026-01-02,call,Check-in,A price list was sent\n",
        "tickets.csv": TICKETS + "T1,1,2026-01-05,open,Price shown twice\n",
        "surveys.csv": SURVEYS + "S1,1,nps,3,0,10,2026-01-07,Das Preismodell passt nicht\n",
    })  # fmt: skip
    assert found(clerk, "price") == {"They find the prices too high", "A price list was sent", "Price shown twice"}
    assert found(clerk, "price", accounts=["1"]) == {"They find the prices too high", "Price shown twice"}
    assert found(clerk, "preismodell") == {"Das Preismodell passt nicht"}
    assert found(clerk, "price", "list", phrase=True) == {"A price list was sent"}
    assert found(clerk, "high", "list") == set()
    assert found(clerk, "high", "list", any_word=True) == {"They find the prices too high", "A price list was sent"}
    assert found(clerk, "price", accounts=[]) == set()


def test_an_import_that_is_taken_back_takes_its_words_along(clerk: Clerk) -> None:
    clerk.bring({"accounts.csv": ACCOUNTS, "calls.csv": CALLS + "C1,1,2026-01-01,call,,about the rollout\n"})
    report = clerk.bring(
        {"calls.csv": CALLS + "C1,1,2026-01-01,call,,about the migration\nC2,1,2026-01-01,call,,a rollout party\n"}
    )
    assert "a rollout party" in found(clerk, "rollout")
    assert found(clerk, "migration") == {"about the migration"}
    clerk.undo(report)
    assert found(clerk, "rollout") == {"about the rollout"}
    assert found(clerk, "migration") == found(clerk, "party") == set()


def test_what_is_logged_is_found_at_once_and_what_is_erased_is_gone(clerk: Clerk) -> None:
    clerk.bring({"accounts.csv": ACCOUNTS})
    one = int(clerk.row("account", external_id="1").id)
    desk = replace(clerk.desk, keep_text=timedelta(days=2))
    quoted = Message(origin="customer", text="our cfo dislikes the surcharge")
    logged = desk.log_touch(
        SELF, one, LogEntry(key="k", kind="message", at=NOW, text="angry about fees", message=quoted)
    )
    assert parse_id(logged.change)
    assert len(found(clerk, "surcharge")) == 1
    keep_house(replace(desk, clock=lambda: NOW + timedelta(days=3)))
    assert found(clerk, "surcharge") == set()
    with clerk.database.reading(SELF) as reader:
        assert proposed(reader, Wanted(("surcharge",)), 10) == {}
    desk.undo_change(SELF, logged.change)
    assert found(clerk, "fees") == set()


@pytest.mark.parametrize(
    "hostile", ['a" OR "b', "NEAR(", "*", "'; DROP TABLE note_search; --", "account:a1", "words:", "\\", "🙂"]
)
def test_nothing_typed_is_read_as_a_query(clerk: Clerk, hostile: str) -> None:
    clerk.bring({"accounts.csv": ACCOUNTS, "calls.csv": CALLS + "C1,1,2026-01-01,call,,about the rollout\n"})
    assert found(clerk, hostile, "zzz") == set()
    assert found(clerk, "rollout") == {"about the rollout"}


def test_bulk_loads_write_the_words_that_the_tables_would() -> None:
    assert notes.WORDS == r0011._WORDS
