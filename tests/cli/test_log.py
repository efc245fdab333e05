"""`steward log` and `steward undo`."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli.main import main
from bot.storage.database import Database
from tests.services.clerk import Clerk


@pytest.fixture
def clerk(sqlite_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    monkeypatch.setenv("DATABASE_URL", sqlite_database.url.render_as_string())
    monkeypatch.setenv("STEWARD_TIMEZONE", "Europe/Stockholm")
    clerk = Clerk(sqlite_database, tmp_path / "files")
    clerk.bring({"accounts.csv": "id,name,segment,owner\n1,Acme Corp,mid,Ida\n2,Oak,mid,Ole\n"})
    return clerk


def steward(*words: str, code: int = 0) -> Result:
    done = CliRunner().invoke(main, list(words))
    assert "Traceback" not in done.output + done.stderr
    assert done.exit_code == code, done.output + done.stderr
    return done


def told(*words: str) -> Any:
    return json.loads(steward(*words, "--json").stdout)


def test_log_and_undo(clerk: Clerk) -> None:
    done = steward("log", "acme", "call: talked about pricing").stdout
    assert "Logged a call with Acme Corp; only the account team sees it. Take it back with: steward undo " in done
    assert "0 days ago, call" in steward("account", "acme").stdout
    change = done.split()[-1]
    assert steward("undo", change).stdout == "Undone: a call with Acme Corp.\n"
    assert steward("undo", change).stdout == "Was undone before: a call with Acme Corp.\n"
    assert "none known" in steward("account", "acme").stdout
    assert steward("import", "list").stdout.count("accounts.csv") == 1
    assert change not in steward("import", "list").stdout
    assert f"take it back with: steward undo {change}" in steward("import", "undo", change, code=2).stderr


def test_everything_can_be_said(clerk: Clerk) -> None:
    more = ("--kind", "meeting", "--people", "Ana", "--next", "Quote", "--next-on", "2100-01-02", "--client-safe")
    found = told("log", "acme", "Budget", "--at", "2026-03-04 14:30", *more)
    assert (found["kind"], found["at"], found["people"]) == ("meeting", "2026-03-04T13:30:00Z", "Ana")
    assert (found["next_step"], found["next_step_on"], found["visibility"]) == ("Quote", "2100-01-02", "client-safe")
    assert " ".join(found) == (
        "change undo_until repeated added touch_id account_id account kind touch at text author people visibility "
        "next_step next_step_on promise permalink quoted_until sentence"
    )
    assert clerk.row("interaction").at == datetime(2026, 3, 4, 13, 30, tzinfo=UTC)
    assert " ".join(told("undo", found["change"])) == "change repeated restored text sentence account_ids"


def test_what_is_wrong_is_one_sentence(clerk: Clerk) -> None:
    assert "'soon' is not a time" in steward("log", "acme", "Hi", "--at", "soon", code=2).stderr
    assert "That is in the future" in steward("log", "acme", "Hi", "--at", "2100-01-01", code=2).stderr
    assert "at most 3,000 characters" in steward("log", "acme", "x" * 3001, code=2).stderr
    assert "Acme Corp" in steward("log", "acmee", "Hi", code=2).stderr
    assert "There is nothing called zzz to undo" in steward("undo", "zzz", code=2).stderr
    assert clerk.rows("interaction") == []
