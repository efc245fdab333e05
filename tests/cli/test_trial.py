"""`steward try`, from a pipe: the bot in its own process goes by the workspace's clock."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator
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
        "contracts.csv": (
            "contract number,account id,product,mrr,currency,start date,end date,auto_renew\n"
            f"K1,1,Folio,10,EUR,2020-01-01,{ends},false\n"
        ),
    }
    for name, text in files.items():
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


class Prompt:
    """A running `steward try`, typed into; Enter shows what has come meanwhile."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.shown = ""

    async def type(self, line: str = "") -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n".encode())
        await self._process.stdin.drain()

    async def sees(self, words: str) -> None:
        assert self._process.stdout is not None
        while words not in self.shown:
            await self.type()
            with contextlib.suppress(TimeoutError):
                more = await asyncio.wait_for(self._process.stdout.read(65_536), 0.2)
                assert more, f"it ended without {words!r}: {self.shown}"
                self.shown += more.decode()


@contextlib.asynccontextmanager
async def trying(folder: Path, *more: str) -> AsyncIterator[Prompt]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "STEWARD_"))}
    command = [sys.executable, "-m", "bot.cli", "try", "--folder", str(folder), *more]
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, env=environment)
    prompt = Prompt(process)
    try:
        async with asyncio.timeout(120):
            yield prompt
        await prompt.type("quit")
        await process.communicate()
        assert process.returncode == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


async def test_the_bot_follows_the_moved_clock(tmp_path: Path) -> None:
    async with trying(tmp_path / "trial", "--book", str(book(tmp_path / "own"))) as prompt:
        await prompt.sees("You are maya")
        await prompt.type("/account acme")
        await prompt.sees("in 40 days")
        await prompt.type("jump 30d")
        await prompt.sees("It is ")
        await prompt.type("/account acme")
        await prompt.sees("in 10 days")


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


async def test_a_start_after_a_moved_clock_is_at_todays_date_again(tmp_path: Path) -> None:
    folder = tmp_path / "trial"
    folder.mkdir()
    TrialClock(folder / "clock").move(30 * DAY)
    (folder / f"sample-{datetime.now().astimezone().date()}.db").write_bytes(b"told at times to come")
    async with trying(folder) as prompt:
        await prompt.sees("You are maya")
    assert "starts afresh" in prompt.shown
    assert TrialClock(folder / "clock").ahead == timedelta(0)
