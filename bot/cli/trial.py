"""`steward try`: a local workspace in this process, the bot in another, exactly as it runs against Slack."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from datetime import date, timedelta
from pathlib import Path

import click

from bot.bootstrap import build_desk
from bot.cli.context import audience, settings
from bot.cli.trial_clock import TrialClock
from bot.cli.trial_plans import write_plans
from bot.clock import system_clock
from bot.importers import Options
from bot.sample import write_sample_book
from bot.sandbox import Sandbox
from bot.sandbox.terminal import run as run_terminal
from bot.services.errors import StewardError
from bot.services.importing.run import Request, bring_in
from bot.slack.doctor import manifest_path
from bot.storage import migrate
from bot.storage.database import Database

CLOCK = "clock"


class Trial:
    """One trial, kept in a folder: the database, the sample files, the bot's log, how far the clock was moved.

    Every start is at the machine's time. What was told and asked at times to come would then contradict itself, so
    after a moved clock the sample book starts afresh too."""

    def __init__(self, folder: Path, book: Path | None, user: str, port: int) -> None:
        self._folder = folder
        self._book = book
        self._user = user
        self._sandbox = Sandbox(manifest_path(), port=port)

    async def run(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        clock = TrialClock(self._folder / CLOCK)
        address = self._prepare(moved=clock.ahead != timedelta(0))
        clock.move(timedelta(0))
        self._sandbox.clock.on_moved = lambda: clock.move(self._sandbox.clock.ahead)
        database = Database(address)
        self._sandbox.world.next_moment = build_desk(settings(), database, self._sandbox.clock.now).next_due
        async with self._sandbox as sandbox:
            bot = await self._start_bot(address)
            try:
                await self._connected(bot)
                click.echo(f"The workspace in your browser: {sandbox.page_url}")
                click.echo("Or type here: /account acme    /book    /renewals 90d    @steward nordwind    help")
                await run_terminal(sandbox.root_url, sys.stdin, sys.stdout, user=self._user)
                await sandbox.quiet()
            finally:
                if bot.returncode is None:
                    bot.terminate()
                await bot.wait()
                database.close()

    def _prepare(self, *, moved: bool) -> str:
        """A database with today's sample book, or with the given one; returns its address."""
        today = date.today()  # noqa: DTZ011 - the sample is told relative to the day of the one who tries
        name = "own.db" if self._book else f"sample-{today}.db"
        path = (self._folder / name).resolve()
        if moved and not self._book and path.exists():
            click.echo("The clock was moved last time: the sample book starts afresh, at today's date.")
        if moved or self._book:
            for old in (path, *(path.with_name(f"{name}{end}") for end in ("-wal", "-shm"))):
                old.unlink(missing_ok=True)
        fresh = not path.exists()
        database = Database(f"sqlite:///{path}")
        try:
            migrate.upgrade(database)
            if fresh:
                self._fill(database, today)
        except BaseException:
            database.close()
            path.unlink(missing_ok=True)
            raise
        database.close()
        return f"sqlite:///{path}"

    def _fill(self, database: Database, today: date) -> None:
        source = self._book
        if source is None:
            source = self._folder / "sample-book"
            shutil.rmtree(source, ignore_errors=True)
            source.mkdir()
            write_sample_book(source, today)
        report = bring_in(database, audience(), system_clock, Request((source,), Options()))
        if self._book is None:
            write_plans(build_desk(settings(), database), audience(), today)
        accounts = sum(file.created for file in report.files if file.kind == "accounts")
        click.echo(f"Loaded {accounts} accounts and {report.created:,} rows from {source}.")

    async def _start_bot(self, address: str) -> asyncio.subprocess.Process:
        environment = {
            **os.environ,
            "SLACK_API_URL": self._sandbox.base_url,
            "SLACK_BOT_TOKEN": self._sandbox.bot_token,
            "SLACK_APP_TOKEN": self._sandbox.app_token,
            "DATABASE_URL": address,
        }
        environment.pop("SLACK_SIGNING_SECRET", None)
        command = (sys.executable, "-m", "bot.cli.trial_bot", str(self._folder / CLOCK))
        with (self._folder / "bot.log").open("wb") as log:
            return await asyncio.create_subprocess_exec(*command, env=environment, stdout=log, stderr=log)

    async def _connected(self, bot: asyncio.subprocess.Process) -> None:
        """Wait until the bot's socket is open; say what its log says when it stops instead."""
        connected = asyncio.create_task(self._sandbox.connected(timeout=30))
        ended = asyncio.create_task(bot.wait())
        await asyncio.wait({connected, ended}, return_when=asyncio.FIRST_COMPLETED)
        ended.cancel()
        if bot.returncode is not None or (connected.done() and connected.exception() is not None):
            connected.cancel()
            lines = (self._folder / "bot.log").read_text(errors="replace").splitlines()
            raise StewardError(f"The bot did not start: {lines[-1] if lines else 'it said nothing'}")
