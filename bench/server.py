"""The processes under test: Steward, and a bare Bolt app with the same settings. `python -m bench.server KIND PORT`."""

from __future__ import annotations

import asyncio
import socket
import sys
from typing import Any

import sqlalchemy as sa
import uvicorn
from aiohttp import ClientSession
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from bot.bootstrap import build_desk, build_slack_app, open_database
from bot.settings import Settings, load_settings
from bot.slack.serve import serve_http


def _ready(port: int) -> None:
    print(port, flush=True)


async def steward(settings: Settings) -> None:
    desk = build_desk(settings, open_database(settings))
    await serve_http(build_slack_app(settings, desk), settings, ready=_ready)


async def bare(settings: Settings) -> None:
    """Ack at once, read one row with SQLAlchemy, answer through the response_url: the least a command can do."""
    session = ClientSession()

    async def authorize(**_: Any) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-bench", bot_user_id="UBOT")  # noqa: S106

    secret = settings.signing_secret.get_secret_value() if settings.signing_secret else ""
    app = AsyncApp(signing_secret=secret, authorize=authorize, process_before_response=True)
    engine = sa.create_engine(settings.database_url, connect_args={"check_same_thread": False})
    query = sa.text("SELECT shown FROM account_name WHERE folded = :name LIMIT 1")
    tasks: set[asyncio.Task[None]] = set()

    async def answer(text: str, url: str) -> None:
        with engine.connect() as connection:
            name = connection.execute(query, {"name": text.lower()}).scalar()
        async with session.post(url, json={"text": f"{name}"}) as reply:
            await reply.read()

    async def command(ack: Any, body: dict[str, Any]) -> None:
        await ack()
        task = asyncio.create_task(answer(body["text"], body["response_url"]))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    app.command("/account")(command)
    handler = AsyncSlackRequestHandler(app, path="/slack/events")
    config = uvicorn.Config(handler, log_config=None, access_log=False, lifespan="off")
    listening = socket.create_server((settings.host, settings.port), backlog=512)
    _ready(listening.getsockname()[1])
    await uvicorn.Server(config).serve(sockets=[listening])


if __name__ == "__main__":
    asyncio.run({"steward": steward, "bare": bare}[sys.argv[1]](load_settings()))
