"""The real bot on the sample book in a real sandbox, in a thread of its own, so that tests drive a browser plainly."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from pydantic import SecretStr
from slack_sdk.web.async_client import AsyncWebClient

from bot.bootstrap import build_desk, build_reminders, build_slack_app, build_upkeep, keep_house, open_database
from bot.cli.context import audience
from bot.clock import system_clock
from bot.importers import Options
from bot.sample import write_sample_book
from bot.sandbox import Sandbox
from bot.scheduler.ticks import Ticks, start_ticks
from bot.services.importing.run import Request, bring_in
from bot.settings import Settings
from bot.slack.serve import serve_socket
from bot.storage import migrate
from bot.storage.database import Database

REPOSITORY = Path(__file__).parents[2]
T = TypeVar("T")
Bot = Callable[[Sandbox], Coroutine[Any, Any, None]]


def sample_database(folder: Path) -> Path:
    """A SQLite file with today's sample book."""
    path = folder / "sample.db"
    database = Database(f"sqlite:///{path}")
    try:
        migrate.upgrade(database)
        write_sample_book(folder / "book", system_clock().date())
        bring_in(database, audience(), system_clock, Request((folder / "book",), Options()))
    finally:
        database.close()
    return path


def steward(path: Path) -> Bot:
    """The real bot over a database, until cancelled."""

    async def run(sandbox: Sandbox) -> None:
        chosen: dict[str, Any] = {
            "bot_token": SecretStr(sandbox.bot_token),
            "app_token": SecretStr(sandbox.app_token),
            "slack_api_url": sandbox.base_url,
            "database_url": f"sqlite:///{path}",
        }
        settings = Settings(_env_file=None, **chosen)
        database = open_database(settings)
        desk = build_desk(settings, database, sandbox.clock.now)
        sandbox.world.next_moment = desk.next_due
        app = build_slack_app(settings, desk)
        ticks = Ticks(build_reminders(app, desk).tick, build_upkeep(app, desk).tick, lambda: keep_house(desk))
        scheduler = start_ticks(ticks)
        try:
            await serve_socket(app, settings, ping_interval=0.2)
        finally:
            scheduler.shutdown(wait=False)
            database.close()

    return run


class Workshop:
    """`sandbox` lives in the other thread: look at it freely, act on it through `do`."""

    def __init__(self, bot: Bot, manifest: Path = REPOSITORY / "manifest.yml") -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="workshop")
        self._bot = bot
        self._running: asyncio.Task[None] | None = None
        self.sandbox = Sandbox(manifest)

    @property
    def url(self) -> str:
        return self.sandbox.page_url

    def call(self, work: Callable[[], T]) -> T:
        """Run something short in the sandbox's thread."""

        async def run() -> T:
            return work()

        return self.do(run())

    async def work(self, thread_ts: str | None, channel: str = "C0ACCOUNTS") -> None:
        """Let the app say that it works in a thread."""
        client = AsyncWebClient(token=self.sandbox.bot_token, base_url=self.sandbox.base_url)
        await client.agents_sessions_setStatus(channel_id=channel, thread_ts=thread_ts, status="processing")

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=60)

    def __enter__(self) -> Self:
        self._thread.start()
        self.do(self._start())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.do(self._stop())
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._loop.close()

    async def _start(self) -> None:
        await self.sandbox.start()
        self._running = asyncio.create_task(self._run_bot())
        await self.sandbox.connected(timeout=30)

    async def _run_bot(self) -> None:
        await self._bot(self.sandbox)

    async def _stop(self) -> None:
        if self._running is not None:
            self._running.cancel()
            await asyncio.wait([self._running])
        await self.sandbox.stop()
