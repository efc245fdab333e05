"""A sandbox on loopback and a tiny Bolt app connected to it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Manifest, Sandbox, SandboxClock
from tests.sandbox.tiny_bot import make_app

MANIFEST = Path(__file__).parent / "manifest.yml"
Json = dict[str, Any]
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def manifest() -> Manifest:
    return Manifest.load(MANIFEST)


@pytest.fixture
async def slack(manifest: Manifest) -> AsyncIterator[Sandbox]:
    """A sandbox whose clock moves only when the test moves it."""
    async with Sandbox(manifest, clock=SandboxClock(START, running=False)) as sandbox:
        yield sandbox


@pytest.fixture
def client(slack: Sandbox) -> AsyncWebClient:
    """As the bot would make it: no retry of any kind."""
    return AsyncWebClient(token=slack.bot_token, base_url=slack.base_url, retry_handlers=[])


@asynccontextmanager
async def connect(slack: Sandbox, app: AsyncApp, count: int = 1) -> AsyncIterator[list[AsyncSocketModeHandler]]:
    """Socket Mode connections of an app, closed also when the test fails."""
    handlers = [AsyncSocketModeHandler(app, slack.app_token, ping_interval=0.2) for _ in range(count)]
    already = len(slack.sockets.open)
    try:
        for handler in handlers:
            await handler.connect_async()  # type: ignore[no-untyped-call]  # slack_bolt has no types here
        await slack.connected(already + count)
        yield handlers
    finally:
        for handler in handlers:
            await handler.close_async()  # type: ignore[no-untyped-call]  # slack_bolt has no types here


async def failed(client: AsyncWebClient, method: str, args: Json, **more: Any) -> Json:
    """The body of a call that must fail."""
    with pytest.raises(SlackApiError) as caught:
        await client.api_call(method, json=args, **more)
    data = caught.value.response.data
    assert isinstance(data, dict)
    return data


@pytest.fixture
def app(slack: Sandbox) -> AsyncApp:
    return make_app(slack)


@pytest.fixture
async def bot(slack: Sandbox, app: AsyncApp) -> AsyncIterator[AsyncApp]:
    """The tiny bot, listening over Socket Mode."""
    async with connect(slack, app):
        yield app
