"""The real Bolt app in front of fake use cases, connected to a sandbox by Socket Mode or signed HTTP."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any, Literal

import pytest
from pydantic import SecretStr

from bot.sandbox import Sandbox
from bot.sandbox.records import Call
from bot.settings import Settings
from bot.slack import values
from bot.slack.app import SlackApp, build_app
from bot.slack.calls import Clock, Sleep, monotonic
from bot.slack.ports import Runner, UseCases
from bot.slack.runner import InlineRunner
from bot.slack.serve import serve_http, serve_socket
from tests.slack.fakes import FakeUseCases
from tests.slack.oracle import REPOSITORY, problems
from tests.slack.outgoing import wrong_with

Door = Literal["socket", "http"]
Json = dict[str, Any]


def settings_for(slack: Sandbox, **changes: Any) -> Settings:
    chosen: dict[str, Any] = {
        "bot_token": SecretStr(slack.bot_token),
        "app_token": SecretStr(slack.app_token),
        "signing_secret": SecretStr(slack.signing_secret),
        "slack_api_url": slack.base_url,
        "port": 0,
        **changes,
    }
    return Settings(_env_file=None, **chosen)


@dataclass
class Bot:
    """A running bot, the workspace it is in, and what stands behind it."""

    slack: Sandbox
    use_cases: FakeUseCases
    app: SlackApp
    port: int = 0

    async def settled(self) -> None:
        """Nothing is on its way in, in the works, or on its way out; everything sent passes Slack's schemas."""
        await self.slack.quiet(idle=0)
        while self.app.background.busy:
            await self.app.background.drain(30)
            await self.slack.quiet(idle=0)
        self.check()

    async def ask(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> list[Json]:
        """Say it; the new messages this user sees that are not their own."""
        before = {one["ts"] for one in self.slack.messages(channel, user)}
        await self.slack.say(user, channel, text, thread_ts=thread_ts)
        await self.settled()
        me = self.slack.world.workspace.person(user).id
        seen = self.slack.messages(channel, user)
        return [one for one in seen if one["ts"] not in before and one["user"] != me]

    async def click(self, user: str, action: str, channel: str = "#accounts", **more: Any) -> list[Json]:
        """What this user sees in the channel afterwards."""
        await self.slack.click(user, action, channel=channel, **more)
        await self.settled()
        return self.slack.messages(channel, user)

    async def share(self, user: str, channel: str = "#accounts") -> list[Json]:
        """Press *Share in channel*, look at the preview, share; what this user sees in the channel afterwards."""
        await self.click(user, "Share in channel", channel)
        return await self.click(user, "Share", channel)

    async def choose(self, user: str, line: str, channel: str = "#accounts") -> list[Json]:
        """A line of the menu behind a card's buttons; what this user sees in the channel afterwards."""
        await self.slack.pick(user, values.MENU, line, channel=channel)
        await self.settled()
        return self.slack.messages(channel, user)

    def check(self) -> None:
        """Whatever was sent so far, by any way, passes Slack's own schemas and carries nothing that data brought."""
        for call in self.slack.calls():
            check_call(call)
            assert wrong_with(call) == [], call.method
        for channel in self.slack.world.workspace.channels:
            for message in self.slack.world.messages.in_channel(channel.id):
                assert problems("blocks", message.blocks) == ()


def check_call(call: Call) -> None:
    blocks = call.args.get("blocks")
    if blocks:
        parsed = json.loads(blocks) if isinstance(blocks, str) else blocks
        assert problems("blocks", parsed) == ()
    view = call.args.get("view")
    if view:
        assert problems("view", json.loads(view) if isinstance(view, str) else view) == ()


def said(messages: list[Json]) -> str:
    """All texts of these messages, blocks included."""
    return json.dumps([[message["text"], message.get("blocks", [])] for message in messages], ensure_ascii=False)


async def no_wait(_seconds: float) -> None:
    """For rate limits: the pause is asked for, not spent."""
    await asyncio.sleep(0)


@asynccontextmanager
async def running(
    door: Door,
    use_cases: FakeUseCases | None = None,
    runner: Runner | None = None,
    sleep: Sleep | None = None,
    clock: Clock = monotonic,
    real: Callable[[Sandbox], UseCases] | None = None,
) -> AsyncIterator[Bot]:
    """`real` makes use cases that stand behind the bot instead of the fake ones."""
    # The port is known once the bot listens: asking for a free one beforehand races with other test processes.
    url = "http://127.0.0.1:0" if door == "http" else None
    async with Sandbox(REPOSITORY / "manifest.yml", request_url=url) as sandbox:
        settings = settings_for(sandbox)
        behind = use_cases or FakeUseCases()
        app = build_app(
            settings, real(sandbox) if real else behind, runner or InlineRunner(), sleep=sleep or no_wait, clock=clock
        )
        async with serving(door, app, settings) as port:
            if sandbox.webhooks is None:
                await sandbox.connected()
            else:
                sandbox.webhooks.request_url = f"http://127.0.0.1:{port}/slack/events"
            yield Bot(sandbox, behind, app, port)


@asynccontextmanager
async def serving(door: Door, app: SlackApp, settings: Settings) -> AsyncIterator[int]:
    """The app, served; the port it listens on, 0 for Socket Mode."""
    ready: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    work = (
        serve_socket(app, settings, ready=lambda: ready.set_result(0), ping_interval=0.2)
        if door == "socket"
        else serve_http(app, settings, ready=ready.set_result)
    )
    task = asyncio.create_task(work)
    either: set[asyncio.Future[Any]] = {task, ready}
    await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
    if task.done():
        task.result()
    try:
        yield ready.result()
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@pytest.fixture(params=["socket", "http"])
async def bot(request: pytest.FixtureRequest) -> AsyncIterator[Bot]:
    """The same scenarios through both doors."""
    async with running(request.param) as found:
        yield found


@pytest.fixture
async def socket_bot() -> AsyncIterator[Bot]:
    async with running("socket") as found:
        yield found
