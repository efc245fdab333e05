"""The whole bot over real use cases and a sandbox: what is due is delivered, what is clicked is answered. The clock of
all of them stands still until it is moved."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.bootstrap import load_policies
from bot.sandbox import Sandbox
from bot.sandbox.clock import SandboxClock
from bot.sandbox.render_text import render
from bot.services.desk import Desk
from bot.services.preferences import Usual
from bot.services.reminders.letters import Correspondence
from bot.services.reminders.outbox import Outbox
from bot.services.reminders.own_planning import plan_own
from bot.slack.app import SlackApp, build_app
from bot.slack.calls import make_client
from bot.slack.messenger import Messenger
from bot.slack.pacing import Pacer
from bot.slack.reminders.build import build_delivery
from bot.slack.reminders.delivery import Delivery, Runners
from bot.slack.reminders.redraw import redraw_stale
from bot.slack.runner import InlineRunner
from tests.services.clerk import Clerk
from tests.services.reminders.posted import Post
from tests.slack.conftest import Door, Json, check_call, no_wait, said, serving, settings_for
from tests.slack.oracle import REPOSITORY

START = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


@dataclass
class Office:
    """`post` makes reminders of all kinds; `maya` owns the account they are about."""

    slack: Sandbox
    app: SlackApp
    desk: Desk
    delivery: Delivery
    post: Post

    @property
    def clerk(self) -> Clerk:
        return self.post.clerk

    @property
    def now(self) -> datetime:
        return self.slack.clock.now()

    async def settled(self) -> None:
        await self.slack.quiet(idle=0)
        while self.app.background.busy:
            await self.app.background.drain(30)
            await self.slack.quiet(idle=0)
        for call in self.slack.calls():
            check_call(call)

    async def deliver(self, after: timedelta = timedelta(0)) -> None:
        """Let time pass, then plan and deliver until nothing is under way."""
        self.slack.advance(after)
        plan_own(self.clerk.database, Usual(BERLIN, "en_GB"), self.now)
        await self.delivery.round()
        while self.delivery.busy:
            await self.slack.quiet(idle=0)
            await asyncio.sleep(0.001)

    async def redraw(self) -> int:
        return await redraw_stale(self.app.desk)

    async def ask(
        self, text: str, user: str = "maya", channel: str = "#accounts", thread_ts: str | None = None
    ) -> Json:
        """The one answer to this."""
        before = {one["ts"] for one in self.slack.messages(channel, user)}
        await self.slack.say(user, channel, text, thread_ts=thread_ts)
        await self.settled()
        me = self.slack.world.workspace.person(user).id
        new = [one for one in self.slack.messages(channel, user) if one["ts"] not in before and one["user"] != me]
        assert len(new) == 1, said(new)
        return new[0]

    async def click(self, label: str, user: str = "maya", channel: str = "dm", **more: Any) -> None:
        await self.slack.click(user, label, channel=channel, **more)
        await self.settled()

    async def pick(self, element: str, choice: Any, user: str = "maya", channel: str = "dm", **more: Any) -> None:
        await self.slack.pick(user, element, choice, channel=channel, **more)
        await self.settled()

    async def submit(self, values: Json, user: str = "maya") -> Json | None:
        """Fill in and submit; the form that is still open then."""
        await self.slack.submit(user, values)
        await self.settled()
        return self.slack.modal(user)

    def last(self, user: str = "maya", channel: str = "dm") -> str:
        """The newest message that this user sees, as a terminal shows it."""
        return aloud(self.slack.messages(channel, user)[-1])

    def heard(self, user: str = "maya", channel: str = "dm") -> list[str]:
        """What this user sees that the bot said, message by message."""
        bot = self.slack.world.bot.id
        return [aloud(one) for one in self.slack.messages(channel, user) if one["user"] == bot]


def aloud(message: Json) -> str:
    return render(message.get("blocks") or []).text or str(message["text"])


@asynccontextmanager
async def office(clerk: Clerk, *, start: datetime = START, door: Door = "socket") -> AsyncIterator[Office]:
    post = Post(clerk)
    url = "http://127.0.0.1:0" if door == "http" else None
    clock = SandboxClock(start, running=False)
    async with Sandbox(REPOSITORY / "manifest.yml", clock=clock, request_url=url) as slack:
        settings = settings_for(slack)
        now, policies = slack.clock.now, load_policies(None)
        desk = Desk(clerk.database, now, policies, BERLIN)
        pacer = Pacer(slack.clock.time, no_wait, per_channel=1000.0, in_all=1000.0)
        messenger = Messenger(make_client(settings), sleep=no_wait, pacer=pacer)
        app = build_app(settings, desk, InlineRunner(), messenger=messenger, clock=slack.clock.time, sleep=no_wait)
        box = Outbox(clerk.database, now, policies)
        letters = Correspondence(clerk.database, now, policies, Usual(BERLIN, "en_GB"))
        delivery = build_delivery(
            app, box, letters, Runners(InlineRunner(), InlineRunner()), now, seconds=slack.clock.time, sleep=no_wait
        )
        async with serving(door, app, settings) as port:
            if slack.webhooks is None:
                await slack.connected()
            else:
                slack.webhooks.request_url = f"http://127.0.0.1:{port}/slack/events"
            yield Office(slack, app, desk, delivery, post)
