"""A running bot over the planted book, and payloads as Slack would send them: also for people and places from which
Slack's own clients could not, for whoever forges one does not ask."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.bootstrap import load_policies
from bot.sandbox import Sandbox, payloads
from bot.sandbox.clock import SandboxClock
from bot.sandbox.delivery import Delivery, UndeliveredError
from bot.sandbox.messages import Message
from bot.sandbox.people import HOME
from bot.sandbox.views import View
from bot.sandbox.workspace import Channel, Person
from bot.services.desk import Desk
from bot.services.preferences import Usual
from bot.services.reminders.letters import Correspondence
from bot.services.reminders.outbox import Outbox
from bot.slack.app import SlackApp, build_app
from bot.slack.calls import make_client
from bot.slack.messenger import Messenger
from bot.slack.pacing import Pacer
from bot.slack.reminders.build import build_delivery
from bot.slack.reminders.delivery import Delivery as Reminders
from bot.slack.reminders.delivery import Runners
from bot.slack.runner import InlineRunner
from bot.storage.database import Database
from tests.leaks.book import ACCESS
from tests.leaks.eyes import Eyes
from tests.services.clerk import NOW
from tests.slack.conftest import no_wait, serving, settings_for
from tests.slack.oracle import REPOSITORY

Json = dict[str, Any]
UTC = ZoneInfo("UTC")
OLAF = Person(id="U0OLAF", team_id=HOME.id, name="olaf", real_name="Olaf Ness", email="olaf.ness@steward.example")


@dataclass(frozen=True, slots=True)
class Cell:
    """Who does it and where."""

    asker: str
    place: str


@dataclass
class Stage:
    """`user` does something in `channel`; `thread_ts` of mentions is the message itself."""

    slack: Sandbox
    app: SlackApp
    desk: Desk
    reminders: Reminders
    eyes: Eyes
    one_by_one: bool = False
    """Wait for each answer before the next is asked for: what is remembered of a conversation depends on the order."""
    pressed: int = 0

    def person(self, user: str) -> Person:
        return self.slack.world.workspace.person(user)

    def channel(self, user: str, place: str) -> Channel:
        workspace = self.slack.world.workspace
        return workspace.dm(self.person(user).id) if place == "dm" else workspace.channel(place)

    async def settled(self) -> None:
        await self.slack.quiet(idle=0)
        while self.app.background.busy:
            await self.app.background.drain(30)
            await self.slack.quiet(idle=0)

    async def delivered(self) -> None:
        """What is due by now is sent."""
        await self.reminders.round()
        while self.reminders.busy:
            await self.slack.quiet(idle=0)
            await asyncio.sleep(0)

    async def command(self, user: str, place: str, slash: str, text: str) -> None:
        self.eyes.typed(user, text)
        body = payloads.command(self.slack.world, self.person(user), self.channel(user, place), slash, text)
        await self._send(Delivery("slash_commands", slash, body))

    async def say(self, user: str, place: str, text: str) -> None:
        """In a channel with a mention before it."""
        person, channel, world = self.person(user), self.channel(user, place), self.slack.world
        self.eyes.typed(user, text)
        direct = channel.kind == "im"
        words = text if direct else f"<@{world.bot.id}> {text}"
        message = Message(channel.id, world.messages.next_ts(), person.id, words, person.team_id)
        world.messages.add(message)
        event = {**message.to_api(), "channel": channel.id, "event_ts": message.ts}
        kind = {"type": "message", "channel_type": "im"} if direct else {"type": "app_mention"}
        await self.event({**event, **kind})

    async def link(self, user: str, place: str, url: str) -> None:
        """A link in a message, as Slack tells of it."""
        self.eyes.typed(user, url)
        person, channel, world = self.person(user), self.channel(user, place), self.slack.world
        message = Message(channel.id, world.messages.next_ts(), person.id, f"<{url}>", person.team_id)
        world.messages.add(message)
        event = {"type": "link_shared", "channel": channel.id, "user": person.id, "message_ts": message.ts}
        links = [{"url": url, "domain": "crm.example"}]
        await self.event({**event, "links": links, "source": "conversations_history"})

    async def event(self, event: Json) -> None:
        body = payloads.envelope(self.slack.world, {"event_ts": self.slack.world.messages.next_ts(), **event})
        await self._send(Delivery("events_api", str(event["type"]), body))

    async def press(self, user: str, place: str, action: Json) -> None:
        """In a message of the bot's: by turns one that everybody there sees, and one that only this person does."""
        person, channel, world = self.person(user), self.channel(user, place), self.slack.world
        self.eyes.typed(user, str(action))
        self.pressed += 1
        audience = person.id if self.pressed % 2 else None
        message = Message(channel.id, world.messages.next_ts(), world.bot.id, "", HOME.id, audience=audience)
        world.messages.add(message)
        made = {**action, "action_ts": world.messages.next_ts()}
        body = payloads.actions_in_message(world, person, channel, message, None, [made])
        await self._send(Delivery("interactive", "block_actions", body))

    async def press_in_view(self, user: str, view: Json, action: Json) -> None:
        """In a modal or a Home tab like this one."""
        made = {**action, "action_ts": self.slack.world.messages.next_ts()}
        body = payloads.actions_in_view(self.slack.world, self.person(user), self._opened(user, view), [made])
        await self._send(Delivery("interactive", "block_actions", body))

    async def submit(self, user: str, view: Json, values: Json) -> None:
        shown = self._opened(user, view)
        shown.picks = values
        body = payloads.view_submission(self.slack.world, self.person(user), shown)
        await self._send(Delivery("interactive", "view_submission", body))

    async def suggest(self, user: str, place: str, action_id: str, query: str) -> None:
        channel, world = self.channel(user, place), self.slack.world
        held = {"container": {"type": "message", "channel_id": channel.id}, "channel": {"id": channel.id}}
        body = payloads.suggestion(world, self.person(user), held, "", action_id, query)
        await self._send(Delivery("interactive", "block_suggestion", body))

    async def shortcut(self, user: str, place: str, callback_id: str) -> None:
        """Anywhere, and on a message."""
        person, channel, world = self.person(user), self.channel(user, place), self.slack.world
        message = Message(channel.id, world.messages.next_ts(), person.id, "Call us", person.team_id)
        world.messages.add(message)
        for body in (
            payloads.shortcut(world, person, callback_id),
            payloads.message_shortcut(world, person, callback_id, channel, message),
        ):
            await self._send(Delivery("interactive", "shortcut", body))

    def _opened(self, user: str, body: Json) -> View:
        """A view of this person's that holds what another's held."""
        self.eyes.typed(user, str(body))
        views, person = self.slack.world.views, self.person(user)
        if body.get("type") == "home":
            return views.publish(person.id, body)
        views.clear(person.id)
        return views.open(person.id, body)

    async def _send(self, delivery: Delivery) -> None:
        dispatcher = self.slack.people.dispatcher

        async def attempt() -> None:
            try:
                await dispatcher.attempt(delivery)
            except UndeliveredError as error:
                raise AssertionError(f"{delivery.target} was not acked: {error.reason}") from error

        await asyncio.shield(dispatcher.start(delivery.target, attempt()))
        if self.one_by_one:
            await self.settled()


def workspace(slack: Sandbox) -> None:
    """The usual people and places, a colleague whom the team list does not know, and nobody who has to wait."""
    world = slack.world
    world.workspace.people.append(OLAF.model_copy(deep=True))
    world.rates.wait_for = lambda *_: None  # type: ignore[method-assign]  # nobody waits here
    world.workspace.channel("#board").members.append(world.bot.id)
    world.workspace.channel("#leads").members.append(world.workspace.person("jonas").id)


@asynccontextmanager
async def stage(
    database: Database, folder: Path, wrap: Callable[[Desk], Any] = lambda desk: desk
) -> AsyncIterator[Stage]:
    """The bot over this database. `wrap` puts something between the edge and the use cases."""
    (folder / "access.yml").write_text(ACCESS)
    usual = (REPOSITORY / "bot/policies/reminders.yml").read_text()
    (folder / "reminders.yml").write_text(usual.replace("most_a_day: 4 ", "most_a_day: 1000 "))
    # By HTTP: a busy loop makes no connection fall asleep.
    clock, url = SandboxClock(NOW, running=False), "http://127.0.0.1:0"
    async with Sandbox(REPOSITORY / "manifest.yml", clock=clock, request_url=url) as slack:
        workspace(slack)
        settings = settings_for(slack)
        now, policies = slack.clock.now, load_policies(folder)
        desk = Desk(database, now, policies, UTC)
        pacer = Pacer(slack.clock.time, no_wait, per_channel=1e6, in_all=1e6)
        messenger = Messenger(make_client(settings), sleep=no_wait, pacer=pacer)
        app = build_app(
            settings, wrap(desk), InlineRunner(), messenger=messenger, clock=slack.clock.time, sleep=no_wait
        )
        app.desk = replace(app.desk, link_domains=("crm.example",))
        slack.world.manifest.features.unfurl_domains.append("crm.example")
        box = Outbox(database, now, policies)
        letters = Correspondence(database, now, policies, Usual(UTC, "en_GB"))
        delivery = build_delivery(
            app, box, letters, Runners(InlineRunner(), InlineRunner()), now, seconds=slack.clock.time, sleep=no_wait
        )
        async with serving("http", app, settings) as port:
            assert slack.webhooks is not None
            slack.webhooks.request_url = f"http://127.0.0.1:{port}/slack/events"
            yield Stage(slack, app, desk, delivery, Eyes(slack))


def copied(source: Path, target: Path) -> Database:
    """A database of one's own, as the source is now."""
    with closing(sqlite3.connect(source)) as there, closing(sqlite3.connect(target)) as here:
        there.backup(here)
    return Database(f"sqlite:///{target}")
