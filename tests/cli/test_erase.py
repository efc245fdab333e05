"""`steward erase` and `steward retention`: what is said, asked and answered, and the exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import click.testing
import pytest

from bot.cli.main import main
from tests.cli.test_log import clerk, steward, told
from tests.services.clerk import Clerk

__all__ = ["clerk"]

PEOPLE = {
    "people.csv": "contact_id,account_id,name,email\nP1,1,Dana Quibble,dana@acme.example\n"
    "P2,1,Dana Quibble,other@acme.example\nP3,1,Ana Ruiz,ana@acme.example\n",
    "calls.csv": "call_id,account_id,activity date,activity type,notes\nC1,1,2026-01-01,call,Ms Ruiz and Zoe Okafor\n",
}


@pytest.fixture
def book(clerk: Clerk) -> Clerk:
    clerk.bring(PEOPLE)
    return clerk


def names(book: Clerk) -> list[str]:
    return [row.email for row in book.rows("person")]


def test_it_says_what_would_go_asks_and_says_what_went(book: Clerk) -> None:
    said = steward("erase", "person", "Ana Ruiz", "--dry-run").stdout
    assert "Ana Ruiz <ana@acme.example>: a person of Acme" in said
    assert "1 interaction" in said
    no = click.testing.CliRunner().invoke(main, ["erase", "person", "Ana Ruiz"], input="n\n")
    assert "It cannot be taken back" in no.output
    assert len(names(book)) == 3
    done = steward("erase", "person", "Ana Ruiz", "--yes", "--compact").stdout
    assert "Erased. The person's rows are gone" in done
    assert "STILL THERE" not in done
    assert names(book) == ["dana@acme.example", "other@acme.example"]
    assert book.row("interaction", external_id="C1").text == "Ms [erased] and Zoe Okafor"
    assert "person" in steward("erase", "list").stdout
    assert "Nothing is unfinished." in steward("erase", "finish").stdout


def test_several_are_a_choice_and_nobody_is_told(book: Clerk) -> None:
    chosen = json.loads(steward("erase", "person", "Dana Quibble", "--yes", "--json", code=2).stdout)
    assert [one["email"] for one in chosen["candidates"]] == ["dana@acme.example", "other@acme.example"]
    steward("erase", "person", "Zoe Okafor", code=2)
    assert len(names(book)) == 3
    steward("erase", "person", chosen["candidates"][1]["id"], "--yes")
    assert names(book) == ["dana@acme.example", "ana@acme.example"]
    assert "Zoe" in book.row("interaction", external_id="C1").text
    said = steward("erase", "person", "Zoe Okafor", "--unlisted", "--yes").stdout
    assert "A name that the book does not list" in said
    assert "No row was theirs; 1 text was written" in said
    assert book.row("interaction", external_id="C1").text == "Ms Ruiz and [erased]"


def test_bad_words_change_nothing(book: Clerk) -> None:
    before = len(names(book))
    for words in (("person",), ("person", "?!"), ("person", "Ana Ruiz", "--account", "nosuch"), ("account", "nosuch")):
        steward("erase", *words, "--yes", code=2)
    steward("erase", "person", "Ana Ruiz", "--json", code=2)
    steward("erase", "lift", "nosuch", code=2)
    assert len(names(book)) == before


def test_an_account_goes_and_is_not_found_again(book: Clerk) -> None:
    done = told("erase", "account", "acme", "--yes")
    assert (done["kind"], done["in_files"] is not None) == ("account", True)
    steward("account", "acme", code=2)
    assert names(book) == []


def test_retention_tells_what_would_go(book: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Set days in a retention.yml" in steward("retention", "--dry-run").stdout
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "retention.yml").write_text("conversations: 30\n")
    monkeypatch.setenv("STEWARD_POLICIES", str(tmp_path / "rules"))
    kinds = {one["what"]: one["rows"] for one in told("retention", "--dry-run")["kinds"]}
    assert kinds["conversations"] == 1
    assert "conversations" in steward("retention").stdout
    assert book.row("interaction", external_id="C1").text is None
