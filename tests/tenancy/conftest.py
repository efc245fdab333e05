"""Two workspaces behind one Slack, and one process that serves both: same people, same channels, same account names."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import aiohttp
import pytest
from aiohttp import web
from pydantic import SecretStr

from bot.rulebook import Rulebook
from bot.sandbox import Manifest, Sandbox, SandboxClock
from bot.sandbox.people import default_workspace
from bot.sandbox.webhooks import sign
from bot.sandbox.workspace import Workspace
from bot.settings import Settings
from bot.slack.app import SlackApp
from bot.storage.database import Database
from bot.storage.places import Places
from bot.storage.registry import Registry, new_key
from bot.tenancy.registry import open_registry
from bot.tenancy.serving import serve_workspaces
from bot.tenancy.workspaces import Workspaces
from tests.services.clerk import Clerk
from tests.slack.conftest import said
from tests.slack.oracle import REPOSITORY

START = datetime(2026, 3, 4, 10, 15, tzinfo=UTC)
NORTH, SOUTH = "T0NORTHLIGHT", "T0SOUTHWIND"
_NOT_MINE = ("invalid_auth", "invalid_code", "invalid_refresh_token")


def book(word: str) -> dict[str, str]:
    """The same account, told differently: `word` stands in everything that only this workspace may read."""
    return {
        "members.csv": "id,name,email,role,team\nM1,Maya Lindqvist,maya.lindqvist@steward.example,AM,North\n"
        "M2,Jonas Berg,jonas.berg@steward.example,AM,North\n",
        "accounts.csv": f"id,name,domain,segment,owner email,industry\n1,Acme Corp,acme.example,{word},"
        "maya.lindqvist@steward.example,Energy\n",
        "interactions.csv": "id,account id,at,kind,author email,subject,text\n"
        f"1,1,2026-03-01T10:00:00Z,call,maya.lindqvist@steward.example,{word} call,They said {word} about pricing\n",
    }


def workspace(team_id: str) -> Workspace:
    """The usual people and channels, under another roof."""
    made = default_workspace()
    home = made.team.id
    for person in made.people:
        if person.team_id == home:
            person.team_id = team_id
    made.team = made.team.model_copy(update={"id": team_id, "name": team_id.title(), "domain": team_id.lower()})
    return made


class OneSlack:
    """Slack's one address: a call goes to the workspace that knows its token or code."""

    def __init__(self, workspaces: Sequence[Sandbox]) -> None:
        self._workspaces = workspaces
        self._app = web.Application()
        self._app.add_routes([web.route("*", "/api/{method}", self._pass_on)])
        self._runner = web.AppRunner(self._app, access_log=None, shutdown_timeout=1.0)

    async def start(self) -> str:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}/api/"

    async def stop(self) -> None:
        await self._runner.cleanup()

    async def _pass_on(self, request: web.Request) -> web.Response:
        body = await request.read()
        sent = {name: value for name, value in request.headers.items() if name in ("Authorization", "Content-Type")}
        async with aiohttp.ClientSession() as session:
            for one in self._workspaces:
                address = f"{one.base_url}{request.match_info['method']}?{request.query_string}"
                async with session.request(request.method, address, data=body, headers=sent) as answer:
                    text = await answer.text()
                    if json.loads(text).get("error") not in _NOT_MINE:
                        break
        back = {name: value for name, value in answer.headers.items() if name in ("X-OAuth-Scopes", "Retry-After")}
        return web.Response(text=text, status=answer.status, content_type="application/json", headers=back)


@dataclass
class Tenants:
    """One process and its two workspaces."""

    slacks: dict[str, Sandbox]
    use: Settings
    registry: Registry
    places: Places
    workspaces: Workspaces
    folder: Path
    port: int = 0
    others: list[Workspaces] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def clerk(self, team: str) -> Clerk:
        return Clerk(Database(self.places.made(team)), self.folder / f"files-{team}")

    def app(self, team: str) -> SlackApp:
        found = self.workspaces.app_of(team)
        assert found is not None
        return found

    async def settled(self) -> None:
        for one in self.slacks.values():
            await one.quiet(idle=0)
        while any((app := self.workspaces.app_of(team)) and app.background.busy for team in self.slacks):
            await asyncio.sleep(0.005)
            for one in self.slacks.values():
                await one.quiet(idle=0)

    async def ask(self, team: str, text: str, user: str = "maya", channel: str = "#accounts") -> str:
        """Everything that this user sees anew."""
        slack = self.slacks[team]
        before = {one["ts"] for one in slack.messages(channel, user)}
        await slack.say(user, channel, text)
        await self.settled()
        me = slack.world.workspace.person(user).id
        return said([m for m in slack.messages(channel, user) if m["ts"] not in before and m["user"] != me])

    async def get(self, path: str, cookie: str = "") -> tuple[int, str, Any]:
        headers = {"Cookie": cookie} if cookie else {}
        async with (
            aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session,
            session.get(f"{self.url}{path}", headers=headers, allow_redirects=False) as answer,
        ):
            return answer.status, await answer.text(), answer.headers

    async def begin(self) -> tuple[str, str]:
        """The state that an installation carries, and the cookie of the browser it was begun in."""
        status, _, headers = await self.get("/slack/install")
        assert status == 302
        state = parse_qs(urlsplit(headers["Location"]).query)["state"][0]
        return state, headers["Set-Cookie"].partition(";")[0]

    async def install(self, team: str, user: str = "maya") -> tuple[int, str]:
        state, cookie = await self.begin()
        back = urlencode({"code": self.slacks[team].allow(user), "state": state})
        status, page, _ = await self.get(f"/slack/oauth_redirect?{back}", cookie)
        await self.settled()
        return status, page

    async def post(self, payload: dict[str, Any] | str, secret: str | None = None) -> tuple[int, str]:
        """A request as Slack would sign it, with any content."""
        anyone = next(iter(self.slacks.values()))
        body = payload if isinstance(payload, str) else json.dumps(payload)
        assert anyone.webhooks is not None
        kind = "application/x-www-form-urlencoded" if isinstance(payload, str) else "application/json"
        headers = anyone.webhooks.headers(body, kind)
        if secret is not None:
            stamp = int(headers["X-Slack-Request-Timestamp"])
            headers["X-Slack-Signature"] = sign(secret, stamp, body)
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{self.url}/slack/events", data=body.encode(), headers=headers) as answer,
        ):
            found = answer.status, await answer.text()
        await self.settled()
        return found


@asynccontextmanager
async def serving(tmp_path: Path, template: bytes, **changes: Any) -> AsyncIterator[Tenants]:
    """Nothing is installed yet; both books are there. `template` is a migrated SQLite file; empty where the databases
    are made already."""
    clock = SandboxClock(START)
    manifest = Manifest.load(REPOSITORY / "manifest.yml")
    manifest.settings.token_rotation_enabled = changes.pop("rotation", False)
    sockets = changes.pop("sockets", False)
    async with AsyncExitStack() as stack:
        slacks = {}
        for team in (NORTH, SOUTH):
            url = None if sockets else "http://127.0.0.1:0"
            made = Sandbox(manifest, workspace=workspace(team), clock=clock, request_url=url)
            slacks[team] = await stack.enter_async_context(made)
        slacks[SOUTH].world.secrets = slacks[NORTH].world.secrets
        one = OneSlack(list(slacks.values()))
        stack.push_async_callback(one.stop)
        secrets = slacks[NORTH].world.secrets
        chosen: dict[str, Any] = {
            "client_id": secrets.client_id,
            "client_secret": SecretStr(secrets.client_secret),
            "signing_secret": None if sockets else SecretStr(secrets.signing_secret),
            "app_token": SecretStr(secrets.app_token) if sockets else None,
            "slack_api_url": await one.start(),
            "workspaces": str(tmp_path / "workspaces"),
            "token_keys": SecretStr(new_key()),
            "port": 0,
            **changes,
        }
        use = Settings(_env_file=None, **chosen)
        registry, places = open_registry(use)
        stack.callback(registry.close)
        for team in (NORTH, SOUTH):
            if template:
                _write(places.made(team), template)
        workspaces = Workspaces(use, registry, places, Rulebook(None), clock.now)
        tenants = Tenants(slacks, use, registry, places, workspaces, tmp_path)
        for team, word in ((NORTH, "aurora"), (SOUTH, "mistral")):
            clerk = tenants.clerk(team)
            clerk.bring(book(word))
            clerk.database.close()
        await stack.enter_async_context(_served(tenants))
        yield tenants
        for each in tenants.others:
            await each.close()


def _write(address: str, template: bytes) -> None:
    Path(address.removeprefix("sqlite:///")).write_bytes(template)


@asynccontextmanager
async def _served(tenants: Tenants) -> AsyncIterator[None]:
    ready: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(serve_workspaces(tenants.use, tenants.workspaces, ready=ready.set_result))
    either: set[asyncio.Future[Any]] = {task, ready}
    await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
    if task.done():
        task.result()
    tenants.port = ready.result()
    for slack in tenants.slacks.values():
        if slack.webhooks is None:  # the app has one connection, for all workspaces
            slack._dispatcher._transport = tenants.slacks[NORTH].sockets
        else:
            slack.webhooks.request_url = f"{tenants.url}/slack/events"
    if tenants.use.app_token is not None:
        await tenants.slacks[NORTH].connected(timeout=60)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@pytest.fixture
async def tenants(tmp_path: Path, sqlite_template: bytes) -> AsyncIterator[Tenants]:
    """Both workspaces have installed Steward."""
    async with serving(tmp_path, sqlite_template) as found:
        for team in (NORTH, SOUTH):
            assert (await found.install(team))[0] == 200
        yield found
