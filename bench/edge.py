"""`/account` over signed HTTP: how fast it is acknowledged, how fast the card is there, how many a second."""

from __future__ import annotations

import asyncio
import os
import random
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlencode

from aiohttp import ClientSession, TCPConnector, web
from slack_sdk.signature import SignatureVerifier

from bench.report import Report, median, percentile

SECRET = "bench-secret"  # noqa: S105 - signs requests to ourselves
ONE_BY_ONE, CONCURRENT, AT_ONCE = 400, 2_000, 20
PACE_SECONDS = 0.03


@dataclass
class FakeSlack:
    """Answers what the bot asks, and notes when a reply arrives at a response_url or a view is shown."""

    url: str = ""
    waiting: dict[str, asyncio.Future[float]] = field(default_factory=dict)

    async def api(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        sent = await (request.json() if request.content_type == "application/json" else request.post())
        asked = str(request.query.get("user") or sent.get("user") or "U1")
        user = {
            "id": asked,
            "team_id": "T1",
            "name": "maya",
            "tz": "UTC",
            "profile": {"email": f"owner{asked.removeprefix('U')}@steward.example"},
        }
        answers: dict[str, dict[str, object]] = {
            "auth.test": {"team_id": "T1", "user_id": "UBOT", "bot_id": "B1", "team": "bench", "user": "steward"},
            "users.info": {"user": user},
        }
        self._arrived(sent.get("user_id") or sent.get("trigger_id") if method.startswith("views.") else None)
        return web.json_response({"ok": True, **answers.get(method, {})})

    async def reply(self, request: web.Request) -> web.Response:
        await request.read()
        self._arrived(request.match_info["key"])
        return web.Response(text="ok")

    def _arrived(self, key: object) -> None:
        waiting = self.waiting.pop(str(key), None)
        if waiting is not None and not waiting.done():
            waiting.set_result(time.perf_counter())

    def routes(self, app: web.Application) -> None:
        app.router.add_route("*", "/api/{method}", self.api)
        app.router.add_post("/reply/{key}", self.reply)

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[Self]:
        app = web.Application()
        self.routes(app)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            await runner.cleanup()


@asynccontextmanager
async def server(kind: str, database: str, slack: FakeSlack) -> AsyncIterator[str]:
    environment = {
        **os.environ,
        "SLACK_API_URL": f"{slack.url}/api/",
        "SLACK_BOT_TOKEN": "xoxb-bench",
        "SLACK_SIGNING_SECRET": SECRET,
        "DATABASE_URL": database,
        "STEWARD_PORT": "0",
        "STEWARD_LOG_LEVEL": "ERROR",
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.server", kind, env=environment, stdout=subprocess.PIPE
    )
    if process.stdout is None:
        raise RuntimeError("the server has no output")
    port = int((await process.stdout.readline()).decode())
    try:
        yield f"http://127.0.0.1:{port}/slack/events"
    finally:
        process.terminate()
        await process.wait()


@dataclass
class Client:
    """Types, opens and clicks, and waits for the ack and for what comes of it."""

    session: ClientSession
    url: str
    slack: FakeSlack
    serial: int = 0

    async def ask(self, name: str) -> tuple[float, float]:
        """Type `/account NAME`: (seconds to the ack, seconds to the card)."""
        self.serial += 1
        key = f"k{self.serial}"
        form = {
            "command": "/account", "text": name, "user_id": "U1", "user_name": "maya", "team_id": "T1",
            "channel_id": "C1", "channel_name": "general", "trigger_id": f"t.{time.time_ns()}.{self.serial}",
            "response_url": f"{self.slack.url}/reply/{key}", "api_app_id": "A1", "is_enterprise_install": "false",
        }  # fmt: skip
        return await self.send(urlencode(form), "application/x-www-form-urlencoded", key)

    async def send(self, body: str, content_type: str, key: str) -> tuple[float, float]:
        """Post it signed; (seconds to the ack, seconds until what `key` names arrived)."""
        arrived: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self.slack.waiting[key] = arrived
        stamp = str(int(time.time()))
        signature = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=body) or ""
        headers = {
            "X-Slack-Signature": signature,
            "X-Slack-Request-Timestamp": stamp,
            "Content-Type": content_type,
        }
        begun = time.perf_counter()
        async with self.session.post(self.url, data=body, headers=headers) as answer:
            await answer.read()
            if answer.status != 200:
                raise RuntimeError(f"the server answered {answer.status}")
        acked = time.perf_counter()
        return acked - begun, await asyncio.wait_for(arrived, 30) - begun


@dataclass(frozen=True)
class Timing:
    ack_p50_ms: float
    ack_p95_ms: float
    card_p95_ms: float
    per_second: float


async def _at_pace(client: Client, name: str) -> tuple[float, float]:
    """One command, then quiet until the next tick: both servers are asked equally often, however fast they answer."""
    tick = asyncio.create_task(asyncio.sleep(PACE_SECONDS))
    timing = await client.ask(name)
    await tick
    return timing


async def time_server(kind: str, database: str, names: list[str]) -> Timing:
    """One at a time, then twenty at once."""
    draw = random.Random(3)  # noqa: S311 - picks names
    async with (
        FakeSlack().serving() as slack,
        server(kind, database, slack) as url,
        ClientSession(connector=TCPConnector(limit=64)) as session,
    ):
        client = Client(session, url, slack)
        for _ in range(30):
            await client.ask(draw.choice(names))
        single = [await _at_pace(client, draw.choice(names)) for _ in range(ONE_BY_ONE)]
        todo = iter(range(CONCURRENT))

        async def worker() -> None:
            for _ in todo:
                await client.ask(draw.choice(names))

        begun = time.perf_counter()
        await asyncio.gather(*(worker() for _ in range(AT_ONCE)))
        seconds = time.perf_counter() - begun
    acks = [one * 1000 for one, _ in single]
    cards = [one * 1000 for _, one in single]
    return Timing(median(acks), percentile(acks, 0.95), percentile(cards, 0.95), CONCURRENT / seconds)


def run(report: Report, database: str, names: list[str]) -> None:
    """Bare, Steward, bare again: the machine may change in between, so the baseline is the mean of both."""
    first = asyncio.run(time_server("bare", database, names))
    ours = asyncio.run(time_server("steward", database, names))
    second = asyncio.run(time_server("bare", database, names))
    ack = (first.ack_p50_ms + second.ack_p50_ms) / 2
    rate = (first.per_second + second.per_second) / 2
    report.ratio("/account ack p50, beside a bare ack", ours.ack_p50_ms, ack, 1.5, "ms")
    report.below("/account full card p95, one at a time", ours.card_p95_ms, 50, "ms")
    report.at_least("/account cards a second, 20 at once, beside one read", ours.per_second, rate, 0.5, "/s")
