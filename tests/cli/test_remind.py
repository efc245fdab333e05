"""`steward remind` and `steward reminders`."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.storage.database import Database
from tests.cli.test_log import steward, told
from tests.services.clerk import Clerk

MEMBERS = "id,name,email,role\n1,Ida Berg,ida@steward.example,Account Manager\n2,Ole Berg,ole@steward.example,Lead\n"


@pytest.fixture
def clerk(sqlite_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    monkeypatch.setenv("DATABASE_URL", sqlite_database.url.render_as_string())
    monkeypatch.setenv("STEWARD_TIMEZONE", "Europe/Stockholm")
    clerk = Clerk(sqlite_database, tmp_path / "files")
    clerk.bring({"members.csv": MEMBERS, "accounts.csv": "id,name,segment,owner\n1,Acme Corp,mid,Ida\n2,Oak,mid,Ole\n"})
    return clerk


def test_set_and_list(clerk: Clerk) -> None:
    assert steward("reminders").stdout == "Nobody has set any.\n"
    done = steward("remind", "send pricing", "every Monday at 9:00", "--for", "ida", "--account", "acme").stdout
    assert done.startswith("Set: send pricing (Acme Corp): every Monday at 09:00, next 2")
    assert "(Europe/Stockholm)" in done
    [one] = told("reminders")["mine"]
    assert (one["text"], one["account"], one["zone"], one["state"]) == (
        "send pricing", "Acme Corp", "Europe/Stockholm", "active"
    )  # fmt: skip
    assert len(one["next"]) == 3


def test_a_channel_hears_it_too(clerk: Clerk) -> None:
    found = told("remind", "stand-up notes", "every weekday at 10:00", "--channel", "C0123456")
    assert (found["channel"], found["account"]) == ("C0123456", None)
    assert "in C0123456" in steward("reminders").stdout


def test_what_is_not_clear_is_asked_and_sets_nothing(clerk: Clerk) -> None:
    assert steward("remind", "call them", "next", "--for", "ida", code=2).stderr
    assert "is nobody in the team list" in steward("remind", "x", "tomorrow 9:00", "--for", "zoe", code=2).stderr
    assert "either --for NAME or --channel ID" in steward("remind", "x", "tomorrow 9:00", code=2).stderr
    assert "Acme Corp" in steward("remind", "x", "tomorrow", "--for", "ida", "--account", "acmee", code=2).stderr
    assert told("reminders")["mine"] == []


def test_a_phrase_that_means_two_days_lists_both(clerk: Clerk) -> None:
    asked = steward("remind", "call", "3/4 9:00", "--for", "ida", code=2)
    assert "Nothing is set yet; say one of:" in asked.stdout
    assert told("reminders")["mine"] == []
