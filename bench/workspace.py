"""A Slack in a process of its own, that takes posts and counts them. `python -m bench.workspace DELAY`.

Beside the Web API: `GET /arrived` answers when each post arrived, by its text.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from aiohttp import ClientSession, web

from bench.edge import FakeSlack

PEOPLE = 500


@dataclass
class Workspace(FakeSlack):
    """Answers a post after `delay` seconds."""

    delay: float = 0.0
    arrived: dict[str, float] = field(default_factory=dict)

    async def api(self, request: web.Request) -> web.Response:
        if request.match_info["method"] == "chat.postMessage":
            return await self._post(await request.read())
        if request.match_info["method"] == "users.list":
            members = [{"id": f"U{n}", "team_id": "T1", "tz": "UTC", "profile": {}} for n in range(PEOPLE)]
            return web.json_response({"ok": True, "members": members})
        return await super().api(request)

    async def _post(self, body: bytes) -> web.Response:
        sent = json.loads(body) if body[:1] == b"{" else dict(parse_qsl(body.decode()))
        self.arrived[sent["text"]] = time.time()
        ts = f"{len(self.arrived)}.000100"
        if self.delay:
            await asyncio.sleep(self.delay)
        return web.json_response({"ok": True, "channel": f"D{sent['channel'][1:]}", "ts": ts})

    def routes(self, app: web.Application) -> None:
        super().routes(app)
        app.router.add_get("/arrived", self.tell)

    async def tell(self, _request: web.Request) -> web.Response:
        return web.json_response(self.arrived)


async def _serve(delay: float) -> None:
    async with Workspace(delay=delay).serving() as slack:
        print(slack.url, flush=True)
        await asyncio.Event().wait()


@dataclass
class Running:
    """A workspace in another process."""

    url: str
    session: ClientSession

    async def arrived(self) -> dict[str, float]:
        async with self.session.get(f"{self.url}/arrived") as answer:
            found: dict[str, float] = await answer.json()
            return found


@asynccontextmanager
async def workspace(delay: float = 0.0) -> AsyncIterator[Running]:
    command = [sys.executable, "-m", "bench.workspace", str(delay)]
    process = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE)
    if process.stdout is None:
        raise RuntimeError("the workspace has no output")
    url = (await process.stdout.readline()).decode().strip()
    try:
        async with ClientSession() as session:
            yield Running(url, session)
    finally:
        process.terminate()
        await process.wait()


if __name__ == "__main__":
    asyncio.run(_serve(float(sys.argv[1])))
