"""`steward try`, from a pipe: the bot in its own process goes by the workspace's clock."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.cli.trial_clock import TrialClock

ACCOUNTS = "id,name,owner_email\n1,Acme,maya.lindqvist@steward.example\n"
DAY = timedelta(days=1)


def book(folder: Path) -> Path:
    """One account with a contract that ends in 40 days and is told about in time."""
    ends = datetime.now(UTC).date() + 40 * DAY
    files = {
        "accounts.csv": ACCOUNTS,
        "members.csv": "name,email\nMaya Lindqvist,maya.lindqvist@steward.example\n",
        "contracts.csv": (
            "contract number,account id,product,mrr,currency,start date,end date,auto_renew\n"
            f"K1,1,Folio,10,EUR,2020-01-01,{ends},false\n"
        ),
    }
    for name, text in files.items():
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def tried(folder: Path, *lines: str, more: tuple[str, ...] = ()) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "STEWARD_"))}
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "bot.cli", "try", "--folder", str(folder), *more],
        input="\n".join((*lines, "quit\n")),
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_the_bot_follows_the_moved_clock(tmp_path: Path) -> None:
    shown = tried(
        tmp_path / "trial", "/account acme", "jump 30d", "/account acme", more=("--book", str(book(tmp_path / "own")))
    )
    before, _, after = shown.partition("It is ")
    assert "in 40 days" in before
    assert "in 10 days" in after


def test_the_clock_is_shared_between_processes(tmp_path: Path) -> None:
    mine, other = TrialClock(tmp_path / "clock"), TrialClock(tmp_path / "clock")
    assert mine.ahead == timedelta(0)
    mine.move(30 * DAY + timedelta(microseconds=7))
    assert other.ahead == 30 * DAY + timedelta(microseconds=7)
    assert abs(other() - datetime.now(UTC) - 30 * DAY) < timedelta(minutes=1)
    assert TrialClock(tmp_path / "clock").ahead == mine.ahead, "what stands in the file stays"


@pytest.mark.parametrize("content", [b"", b"abc", bytes(100)])
def test_any_file_becomes_a_clock(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "clock").write_bytes(content)
    TrialClock(tmp_path / "clock").move(DAY)
    assert TrialClock(tmp_path / "clock").ahead == DAY


def test_a_start_after_a_moved_clock_is_at_todays_date_again(tmp_path: Path) -> None:
    folder = tmp_path / "trial"
    folder.mkdir()
    TrialClock(folder / "clock").move(30 * DAY)
    (folder / f"sample-{datetime.now().astimezone().date()}.db").write_bytes(b"told at times to come")
    shown = tried(folder)
    assert "starts afresh" in shown
    assert TrialClock(folder / "clock").ahead == timedelta(0)
