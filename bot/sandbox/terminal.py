"""A person at a prompt in a running sandbox: `python -m bot.sandbox.terminal --url http://127.0.0.1:8765`.

It speaks only the control API, so it can sit in another process than the sandbox and the bot."""

import argparse
import asyncio
import re
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TextIO
from zoneinfo import ZoneInfo

import aiohttp

from bot.sandbox.elements_at import Spot
from bot.sandbox.errors import Json
from bot.sandbox.render_text import ANSI, PLAIN, Style, clean, file_line, mrkdwn, render

HELP = """\
/account acme          run a command         @steward ...   mention the bot      anything else is a message
!1 or click 1          press button 1        pick 2 VALUE   choose in menu 2, or fill field (2) of a form
submit, close          the open form         home           open the bot's Home
as jonas               be someone else       in #general    go to a channel (in dm: the bot)
jump 3d                move the clock (s, m, h, d)          just Enter      show what is new
help, quit"""
HELP_NEXT = "jump next              move the clock to what the bot does next"
TICK = 1.2
"""Seconds to wait for a bot that looks at the clock once a second, after the clock was moved."""
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


class RefusedError(Exception):
    """The sandbox said no; the message is for the person."""


@dataclass
class Target:
    """What a number on the screen stands for."""

    spot: Spot
    place: str
    channel: str | None = None
    ts: str | None = None


@dataclass
class Terminal:
    """`write` gets every line to show, already free of control characters other than the style's own."""

    session: aiohttp.ClientSession
    url: str
    out: TextIO
    style: Style = PLAIN
    user: str = "maya"
    channel: str = "#general"
    names: dict[str, str] = field(default_factory=dict)
    targets: dict[int, Target] = field(default_factory=dict)
    shown: dict[tuple[str, str], str] = field(default_factory=dict)
    zones: dict[str, str] = field(default_factory=dict)
    form: str = ""
    knows_next: bool = False

    async def _ask(self, verb: str, path: str, **body: object) -> Json:
        kind = {"params": body} if verb == "GET" else {"json": body}
        async with self.session.request(verb, f"{self.url}/control/{path}", **kwargs_of(kind)) as answer:
            found: Json = await answer.json()
        if not found.get("ok"):
            raise RefusedError(clean(str(found.get("error"))))
        return found

    def _line(self, text: str = "") -> None:
        self.out.write(text + "\n")

    async def start(self) -> None:
        workspace: Json = (await self._ask("GET", "workspace"))["workspace"]
        self.names = {p["id"]: clean(p["name"]) for p in workspace["people"]} | {"USLACKBOT": "slackbot"}
        self.names |= {c["id"]: clean(c["name"]) for c in workspace["channels"] if c["kind"] != "im"}
        self.zones = {key: p["tz"] for p in workspace["people"] for key in (p["id"], p["name"], p["email"])}
        self.knows_next = bool((await self._ask("GET", "clock"))["knows_next"])
        await self._go(self.user, self.channel)

    async def _go(self, user: str, channel: str) -> None:
        """Be this person in this channel; what is already there counts as read."""
        seen = (await self._ask("GET", "messages", user=user, channel=channel))["messages"]
        self.user, self.channel, self.form = user, channel, ""
        for message in seen:
            self.shown[(channel, message["ts"])] = repr(message)
        self._line(self.style.dim(f"You are {clean(user)} in {clean(channel)}. Type help for help."))

    async def handle(self, line: str) -> bool:
        """Do one line; False means the person wants to leave."""
        word, _, rest = line.strip().partition(" ")
        if word in ("quit", "exit"):
            return False
        try:
            if word:
                await self._do(line.strip(), word.casefold(), rest.strip())
            else:
                await self._show_news()
        except RefusedError as problem:
            self._line(f"! {problem}")
        return True

    async def _do(self, line: str, word: str, rest: str) -> None:
        if word == "help" and not rest:
            self._line(f"{HELP}\n{HELP_NEXT}" if self.knows_next else HELP)
        elif word == "as" and rest and " " not in rest:
            await self._go(rest.removeprefix("@"), self.channel)
        elif word == "in" and re.fullmatch(r"#[\w-]+|dm|@\w+", rest):
            await self._go(self.user, rest)
        elif word == "jump" and (match := re.fullmatch(r"(\d+)([smhd])", rest)):
            await self._move("advance", seconds=int(match[1]) * UNITS[match[2]])
        elif word == "jump" and rest == "next":
            await self._move("jump", to="next")
        elif match := re.fullmatch(r"(?:!|click\s+)(\d+)", line.casefold()):
            await self._touch("click", int(match[1]))
        elif match := re.fullmatch(r"pick\s+(\d+)\s+(.+)", line):
            await self._touch("pick", int(match[1]), choice=match[2])
        elif word in ("submit", "close") and not rest:
            await self._act(word, user=self.user)
        elif word == "home" and not rest:
            await self._act("open_home", user=self.user)
            await self._show_view("home")
        else:
            await self._act("say", user=self.user, channel=self.channel, text=line)

    async def _act(self, path: str, **body: object) -> None:
        await self._ask("POST", path, **body)
        await self._ask("POST", "quiet", idle=0.15, timeout=20)
        await self._show_news()

    async def _move(self, path: str, **body: object) -> None:
        """Move the clock, say what time it is for this person, and show what the bot did about it."""
        moment = datetime.fromisoformat((await self._ask("POST", path, **body))["now"])
        zone = self.zones.get(self.user, "Etc/UTC")
        self._line(self.style.dim(f"It is {moment.astimezone(ZoneInfo(zone)):%A, %d %B %Y, %H:%M} in {zone}."))
        await self._ask("POST", "quiet", idle=TICK, timeout=20)
        await self._show_news()

    async def _touch(self, verb: str, number: int, **more: object) -> None:
        target = self.targets.get(number)
        if target is None:
            raise RefusedError(f"There is no [{number}] on the screen.")
        where = {"channel": target.channel, "ts": target.ts} if target.place == "message" else {}
        spot = target.spot
        if verb == "pick" and spot.element["type"].startswith(("external", "multi_external")):
            body = {"action": spot.action_id, "query": more["choice"], "place": target.place, **where}
            options = (await self._ask("POST", "suggest", user=self.user, **body))["options"]
            more = {"choice": options[0]["value"] if options else more["choice"]}
        block = spot.block_id or None
        await self._act(
            verb, user=self.user, action=spot.action_id, place=target.place, block_id=block, **where, **more
        )

    async def _show_news(self) -> None:
        for channel in dict.fromkeys((self.channel, "dm")):
            found = (await self._ask("GET", "messages", user=self.user, channel=channel))["messages"]
            news = [m for m in found if self.shown.get((channel, m["ts"])) != repr(m)]
            for message in news:
                changed = (channel, message["ts"]) in self.shown
                self.shown[(channel, message["ts"])] = repr(message)
                self._show_message(channel, message, changed=changed)
        await self._show_view("modal")

    def _show_message(self, channel: str, message: Json, *, changed: bool) -> None:
        who = self.names.get(message["user"], "someone")
        marks = [f"in {clean(channel)}" if channel != self.channel else "", "changed" if changed else ""]
        marks += ["only you see this" if message.get("is_ephemeral") else ""]
        note = ", ".join(filter(None, marks))
        self._line(self.style.bold(who) + (f" ({note}):" if note else ":"))
        typed = any(block["type"] != "rich_text" for block in message.get("blocks") or [])
        if typed:
            self._show_blocks(message["blocks"], "message", channel, message["ts"])
        else:
            self._line(indent(mrkdwn(message["text"], self.names, self.style)))
        for file in message.get("files") or []:
            self._line(indent(file_line(file)))

    def _show_blocks(self, blocks: list[Json], place: str, channel: str | None = None, ts: str | None = None) -> None:
        first = max(self.targets, default=0) + 1
        rendered = render(blocks, self.names, self.style, first)
        for number, spot in enumerate(rendered.spots, first):
            self.targets[number] = Target(spot, place, channel, ts)
        self._line(indent(rendered.text))

    async def _show_view(self, place: str) -> None:
        view = (await self._ask("GET", place, user=self.user))["view"]
        if view is None or (place == "modal" and repr(view) == self.form):
            return
        if place == "modal":
            self.form = repr(view)
        title = clean(view["title"]["text"]) if view.get("title") else "Home"
        self._line(self.style.bold(f"== {title} =="))
        self._show_blocks(view["blocks"], place)
        for field_id, complaint in (view.get("errors") or {}).items():
            self._line(f"  ! {clean(field_id)}: {clean(complaint)}")
        if view.get("notice"):
            self._line(f"  ! {clean(view['notice'])}")
        if view.get("submit"):
            self._line(indent(f"submit = {clean(view['submit']['text'])}, close = cancel"))


def kwargs_of(kind: Json) -> Json:
    """Request arguments without empty values; aiohttp refuses None in a query."""
    return {name: {k: v for k, v in values.items() if v is not None} for name, values in kind.items()}


def indent(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.split("\n"))


async def lines_of(source: TextIO) -> AsyncIterator[str]:
    """Lines from a file or a terminal without blocking the loop."""
    while line := await asyncio.to_thread(source.readline):
        yield line


async def run(url: str, source: TextIO, out: TextIO, *, user: str = "maya", channel: str = "#general") -> None:
    """Talk until quit or end of input. Styling only when `out` is a terminal."""
    style = ANSI if out.isatty() else PLAIN
    async with aiohttp.ClientSession() as session:
        terminal = Terminal(session, url.rstrip("/"), out, style, user, channel)
        await terminal.start()
        prompt = "> " if source.isatty() else ""
        out.write(prompt)
        out.flush()
        async for line in lines_of(source):
            if not await terminal.handle(line):
                break
            out.write(prompt)
            out.flush()


def main() -> int:
    parser = argparse.ArgumentParser(description="A prompt inside a running sandbox.")
    parser.add_argument("--url", default="http://127.0.0.1:8765", help="where the sandbox listens")
    parser.add_argument("--user", default="maya")
    parser.add_argument("--channel", default="#general")
    options = parser.parse_args()
    try:
        asyncio.run(run(options.url, sys.stdin, sys.stdout, user=options.user, channel=options.channel))
    except aiohttp.ClientConnectionError:
        sys.stderr.write(f"No sandbox answers at {options.url}: start one with python -m bot.sandbox.\n")
        return 1
    except RefusedError as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    except KeyboardInterrupt:
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
