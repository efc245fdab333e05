"""The whole bot over a real book, a workspace to answer into, and its two doors within reach, without a network in
between; and what must hold whatever comes in."""

from __future__ import annotations

import asyncio
import copy
import json
import logging
import re
import resource
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode

from bot.sandbox import payloads
from bot.sandbox.webhooks import sign
from bot.slack.asgi import PATH, HttpEdge
from bot.slack.logs import SecretFilter
from bot.storage.database import Database
from tests.fuzz.mutants import CANARY, Json
from tests.fuzz.tour import Tour, name_of
from tests.services.clerk import Clerk
from tests.slack.oracle import wrong
from tests.slack.reminders.office import Office, office

JSON, FORM = "application/json", "application/x-www-form-urlencoded"
_INSIDE = re.compile(
    r"Traceback|File \"|/bot/|site-packages|sqlalchemy|\bselect .* from\b|\w+Error\b|\(ref [0-9a-f]{6}\)", re.I
)
_REFUSED = {"invalid_blocks", "invalid_arguments", "msg_too_long", "no_text", "invalid_blocks_format", "fatal_error"}
"""What Slack answers to a message that nobody should have sent."""
TYPES = {"slash_commands": FORM, "events_api": JSON, "interactive": FORM}
_HEAVY = ("qbr", "kpi")
"""Parts of names: these write documents, which takes a second."""


@dataclass
class Sent:
    """One request as it went in, and what came back."""

    body: bytes
    headers: list[tuple[str, str]]
    status: int = 0
    answer: str = ""


class _Log(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[tuple[int, str]] = []
        self.addFilter(SecretFilter())
        self.setFormatter(logging.Formatter("%(name)s %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append((record.levelno, self.format(record)))


@dataclass
class Ground:
    office: Office
    edge: HttpEdge
    corpus: list[Json]
    log: _Log = field(default_factory=_Log)
    _eye: sqlite3.Connection | None = None

    def __post_init__(self) -> None:
        self.by_name: dict[str, list[Json]] = {}
        self._bodies: dict[int, bytes] = {}
        for one in self.corpus:
            self.by_name.setdefault(name_of(one), []).append(one)

    @property
    def secrets(self) -> tuple[str, ...]:
        slack = self.office.slack
        return slack.bot_token, slack.app_token, slack.signing_secret, slack.world.secrets.verification_token

    def any(self, random: Random) -> Json:
        """A delivery of any kind, each as likely as the others but for what takes long."""
        names = sorted(self.by_name)
        name = random.choice(names)
        while any(part in name for part in _HEAVY) and random.random() < 0.99:
            name = random.choice(names)
        return random.choice(self.by_name[name])

    def fresh(self, payload: Json) -> Json:
        """The same done again just now: Slack gives every act its own trigger, response URL and event."""
        world, made = self.office.slack.world, copy.deepcopy(payload)
        user = made.get("user_id") or (made.get("user") or {}).get("id") or ""
        channel = made.get("channel_id") or (made.get("channel") or {}).get("id") or ""
        if "trigger_id" in made:
            made["trigger_id"] = world.triggers.issue(user, channel)
        if "response_url" in made:
            about = made.get("container") or {}
            key = world.response_urls.issue(user, channel, about.get("message_ts"), about.get("thread_ts"))
            made["response_url"] = payloads.response_url(world, key)
        event = made.get("event") or {}
        if "ts" in event:
            event["ts"] = world.messages.next_ts()
        return made

    def encoded(self, kind: str, payload: Json) -> bytes:
        """As Slack puts it into a request."""
        if kind == "events_api":
            return json.dumps(payload).encode()
        flat = kind == "slash_commands" and all(isinstance(one, str) for one in payload.values())
        form = payload if flat else {"payload": json.dumps(payload)}
        return urlencode(form, errors="replace").encode()

    def as_sent(self, delivery: Json) -> bytes:
        """The body of a delivery as it once was: a good one, for who cannot sign it."""
        if id(delivery) not in self._bodies:
            self._bodies[id(delivery)] = self.encoded(delivery["kind"], delivery["payload"])
        return self._bodies[id(delivery)]

    def signed(self, body: bytes, kind: str = JSON, *, age: int = 0, secret: str | None = None) -> Sent:
        stamp = str(int(time.time()) - age)
        text = body.decode("utf-8", "surrogateescape")
        try:
            signature = sign(secret or self.office.slack.signing_secret, int(stamp), text)
        except UnicodeEncodeError:  # what no Slack could have signed
            signature = "v0=" + "0" * 64
        headers = [("x-slack-request-timestamp", stamp), ("x-slack-signature", signature), ("content-type", kind)]
        return Sent(body, headers)

    async def post(self, sent: Sent, *, chunks: int = 1) -> Sent:
        """Through the HTTP door; filled in with what came back."""
        size = max(1, -(-len(sent.body) // chunks))
        parts = [sent.body[at : at + size] for at in range(0, len(sent.body), size)] or [b""]
        headers = [(name.encode(), value.encode("utf-8", "replace")) for name, value in sent.headers]
        scope = {"type": "http", "method": "POST", "path": PATH, "query_string": b"", "headers": headers}
        back: list[Any] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": parts.pop(0), "more_body": bool(parts)}

        async def send(message: Any) -> None:
            back.append(message)

        await self.edge(scope, receive, send)
        sent.status, sent.answer = back[0]["status"], back[1]["body"].decode()
        return sent

    async def settle(self) -> None:
        """Let everything end that was begun. Posts are paced by the workspace's clock, so that has to go on."""
        self.office.slack.advance(1.0)
        async with asyncio.timeout(120):
            while self.office.app.background.busy:
                await self.office.app.background.drain(60)

    def changes(self) -> int:
        """A number that grows whenever anybody commits anything."""
        return int(self._look("PRAGMA data_version")[0][0])

    def content(self) -> dict[str, int]:
        """A print of every table, but for the trail of who was shown what."""
        tables = self._look("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'audit%'")
        return {name: hash(tuple(self._look(f'SELECT * FROM "{name}"'))) for (name,) in tables}  # noqa: S608 - our own names

    def close(self) -> None:
        if self._eye is not None:
            self._eye.close()

    def _look(self, query: str) -> list[tuple[Any, ...]]:
        """As somebody else sees it: a connection of its own."""
        if self._eye is None:
            path = self.office.clerk.database.engine.url.database
            self._eye = sqlite3.connect(f"file:{path}?mode=ro", uri=True, check_same_thread=False)
        return self._eye.execute(query).fetchall()

    def calls(self) -> int:
        return len(self.office.slack.world.journal.calls)

    def faults(self, sent: Iterable[Sent] = ()) -> list[str]:
        """What must not be, in the answers, in what went to anybody, and in the log; and forgets about the latter."""
        found = [f"answered {one.status}: {one.answer[:200]}" for one in sent if one.status >= 500]
        found += [
            f"said {hit.group()!r} in an ack: {one.answer[:300]}" for one in sent if (hit := _INSIDE.search(one.answer))
        ]
        journal = self.office.slack.world.journal
        found += wrong(self.office.slack)
        for told in (*(call.args for call in journal.calls), *journal.responses):
            text = json.dumps(told)
            if hit := _INSIDE.search(text):
                found.append(f"told {hit.group()!r}: {text[:600]}")
        found += [
            f"Slack refused {one.method}: {one.error} {str(one.args)[:600]}"
            for one in journal.calls
            if one.error in _REFUSED
        ]
        for level, line in self.log.lines:
            if level >= logging.ERROR or "Traceback" in line:
                found.append(f"logged: {line[-1500:]}")
            if any(secret in line for secret in (*self.secrets, CANARY)):
                found.append(f"logged a secret: {line[:300]}")
        self.forget()
        return found

    def forget(self) -> None:
        journal = self.office.slack.world.journal
        for old in (journal.calls, journal.responses, journal.deliveries, journal.failures, self.log.lines):
            old.clear()


@asynccontextmanager
async def ground(template: bytes, folder: Path) -> AsyncIterator[Ground]:
    path = folder / "steward.db"
    path.write_bytes(template)
    database = Database(f"sqlite:///{path}")
    log = _Log()
    root = logging.getLogger()
    try:
        async with office(Clerk(database, folder / "files"), door="http") as found:
            corpus = await Tour(found).walk()
            made = Ground(found, HttpEdge(found.app, found.slack.signing_secret), corpus, log)
            await made.settle()
            root.addHandler(log)
            made.forget()
            yield made
            made.close()
    finally:
        root.removeHandler(log)
        database.close()


async def together(work: Iterable[Awaitable[Any]]) -> None:
    """All of them at once, as requests come; a hang ends the test."""
    async with asyncio.timeout(120):
        await asyncio.gather(*work)


def resident() -> int:
    """Bytes of memory that this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
