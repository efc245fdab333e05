"""`steward account` and the views behind it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli.main import main
from bot.storage.database import Database
from tests.services.clerk import Clerk


@pytest.fixture
def clerk(sqlite_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    monkeypatch.setenv("DATABASE_URL", sqlite_database.url.render_as_string())
    clerk = Clerk(sqlite_database, tmp_path / "files")
    calls = "".join(f"C{at},1,2025-03-{at + 1:02d},call,Call {at},Dana White\n" for at in range(12))
    clerk.bring({
        "accounts.csv": "id,name,domain\n1,Birch,birch.example\n2,Oak,oak.example\n",
        "people.csv": "id,account id,name,email,title,role\nP1,1,Dana White,dana@birch.example,Director,champion\n",
        "calls.csv": f"call_id,account_id,activity date,activity type,subject,attendees\n{calls}",
        "contracts.csv": "contract number,account id,product,mrr,start date,end date,auto renew\n"
        "K1,1,Folio,10,2025-02-01,2099-01-31,true\n",
    })  # fmt: skip
    return clerk


def steward(*words: str, code: int = 0) -> str:
    done = CliRunner().invoke(main, ["account", *words])
    assert done.exit_code == code, done.output + done.stderr
    return done.stdout


def test_the_timeline_in_pages_and_by_kind(clerk: Clerk) -> None:
    first = steward("birch", "--timeline")
    assert "Birch  timeline, all: 1-10 of 13, newest first" in first
    assert "  ahead    Sat 31 Jan 2099  First term of contract K1 ends  It renews by itself  contracts.csv" in first
    assert "  Wed 12 Mar 2025  Call  Dana White  Call 11  calls.csv" in first
    assert "Page 1 of 2; --page 2 for more." in first
    assert "Contract K1 started  until Sat 31 Jan 2099" in steward("birch", "--timeline", "--kind", "contracts")
    found = json.loads(steward("birch", "--timeline", "--page", "2", "--json"))
    assert (found["first"], found["last"], found["total"]) == (11, 13, 13)
    assert found["entries"][0]["origin"] == {"source": "csv", "file": "calls.csv", "line": 3, "logged_by": None}
    assert "nothing on record" in steward("oak", "--timeline")


def test_a_health_that_did_not_move_says_so(clerk: Clerk) -> None:
    assert "Health    still " in steward("birch", "--since", f"{datetime.now(UTC):%Y-%m-%d}")


def test_a_reason_does_not_run_into_how_to_take_it_back(clerk: Clerk) -> None:
    until = f"{datetime.now(UTC) + timedelta(days=30):%Y-%m-%d}"
    set_by_hand = CliRunner().invoke(main, ["health", "set", "birch", "70", "new sponsor", "--until", until])
    assert set_by_hand.output.splitlines()[0].endswith(": new sponsor")


def test_the_people_and_who_is_missing(clerk: Clerk) -> None:
    shown = steward("birch", "--people")
    assert "  Missing  No economic buyer or decision maker is known." in shown
    assert "  Missing  Single-threaded: Dana White is the only active contact." in shown
    assert "  Dana White  champion  Director" in shown
    assert json.loads(steward("oak", "--people", "--json"))["gaps"] == ["No contact is known: import people."]


def test_why_the_health_is_what_it_is(clerk: Clerk) -> None:
    shown = steward("birch", "--why")
    assert "Birch  health " in shown
    assert "not counted (35.0 % of the weight): no usage recorded; import usage for at least four months" in shown
    assert "50.0 % are needed; model v1, weights for default" in shown
    assert json.loads(steward("birch", "--why", "--json"))["weights"] == "default"
    steward("nobody", "--why", code=2)
