"""Getting payloads to the app: three seconds to ack, retries for events, and a record of what failed.

A transport (Socket Mode or HTTP) carries one attempt; everything Slack decides around it is here."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Literal, Protocol

from bot.sandbox import payloads
from bot.sandbox.errors import Json
from bot.sandbox.records import FailureKind
from bot.sandbox.workspace import Channel
from bot.sandbox.world import World

ACK_SECONDS = 3.0
RETRY_AFTER = (0.0, 60.0, 300.0)
Kind = Literal["slash_commands", "interactive", "events_api"]
Reason = Literal["timeout", "connection_failed", "http_error", "dispatch_failed"]
FAILURE_OF: dict[str, FailureKind] = {
    "timeout": "ack_timeout",
    "connection_failed": "connection_failed",
    "http_error": "http_error",
    "dispatch_failed": "dispatch_failed",
}
SCOPES_OF_EVENT = {
    "app_mention": "app_mentions:read",
    "dnd_updated_user": "dnd:read",
    "link_shared": "links:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "user_change": "users:read",
}
MEMBERS_ONLY = ("app_mention", "message", "reaction_added", "reaction_removed")
ABOUT_CHANNELS = ("channel_", "group_", "member_joined_channel", "member_left_channel")
MESSAGE_EVENT = {"channel": "message.channels", "group": "message.groups", "im": "message.im"}


@dataclass(frozen=True)
class Retry:
    attempt: int
    reason: Reason


@dataclass(frozen=True)
class Delivery:
    """One payload. `target` is what faults and failures call it: a command, an interaction type, an event type."""

    kind: Kind
    target: str
    payload: Json


@dataclass(frozen=True)
class Ack:
    """The app's answer: a JSON body (text counts as {"text": ...}) or nothing.."""

    body: Json = field(default_factory=dict)


class UndeliveredError(Exception):
    """No ack: `reason` is why; `final` forbids further retries of an event."""

    def __init__(self, reason: Reason, *, final: bool = False) -> None:
        super().__init__(reason)
        self.reason: Reason = reason
        self.final = final


class Transport(Protocol):
    async def send(self, delivery: Delivery, retry: Retry | None) -> Ack:
        """Carry one attempt and return the ack; raises UndeliveredError when it cannot arrive."""
        ...


class Dispatcher:
    def __init__(self, world: World, transport: Transport) -> None:
        self._world = world
        self._transport = transport
        self._tasks: set[asyncio.Task[None]] = set()
        world.emit = self.emit

    def start(self, label: str, work: Coroutine[object, object, None]) -> asyncio.Task[None]:
        """Run in the background; the workspace is not quiet until it ends or waits for the clock."""
        token = self._world.activity.begin(label)
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)

        def ended(done: asyncio.Task[None]) -> None:
            self._tasks.discard(done)
            self._world.activity.end(token)

        task.add_done_callback(ended)
        return task

    async def stop(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def attempt(self, delivery: Delivery, retry: Retry | None = None) -> Ack:
        """One try with Slack's three seconds; raises UndeliveredError and records the failure."""
        work = asyncio.ensure_future(self._carry(delivery, retry))
        expired = False

        def expire() -> None:
            nonlocal expired
            expired = True
            work.cancel()

        timer = self._world.clock.call_later(ACK_SECONDS, expire)
        try:
            ack = await work
        except asyncio.CancelledError:
            if not expired:
                work.cancel()
                raise
            raise self._failed(delivery, retry, UndeliveredError("timeout")) from None
        except UndeliveredError as problem:
            raise self._failed(delivery, retry, problem) from None
        finally:
            timer.cancel()
        self._record(delivery, retry, "acked", ack.body)
        return ack

    async def _carry(self, delivery: Delivery, retry: Retry | None) -> Ack:
        ack = await self._transport.send(delivery, retry)
        if late := self._world.faults.take("delay_ack", delivery.target):
            await self._world.clock.sleep(late.seconds)
        return ack

    def _failed(self, delivery: Delivery, retry: Retry | None, problem: UndeliveredError) -> UndeliveredError:
        detail = f"No ack within {ACK_SECONDS:g} s" if problem.reason == "timeout" else problem.reason
        self._world.fail(FAILURE_OF[problem.reason], delivery.target, detail)
        self._record(delivery, retry, problem.reason)
        return problem

    def _record(self, delivery: Delivery, retry: Retry | None, outcome: str, answer: Json | None = None) -> None:
        entry: Json = {
            "kind": delivery.kind,
            "target": delivery.target,
            "outcome": outcome,
            "payload": delivery.payload,
            "answer": answer,
        }
        self._world.journal.deliveries.append(entry | {"retry": retry.attempt if retry else 0})

    def subscribed(self, event: Json) -> bool:
        """Is this event in the manifest's bot_events, with the scope it needs, in a channel the bot may know of?"""
        name = event["type"]
        if name == "message":
            name = MESSAGE_EVENT.get(event.get("channel_type", ""), "message.mpim")
        channel = self._channel_of(event)
        scope = SCOPES_OF_EVENT.get(name)
        if name.startswith(ABOUT_CHANNELS):
            scope = "groups:read" if channel is not None and channel.kind == "private" else "channels:read"
        granted = self._world.manifest.scopes
        return name in self._world.manifest.events and (scope is None or scope in granted) and self._open(name, channel)

    def _open(self, name: str, channel: Channel | None) -> bool:
        """May the bot learn of this event in this channel?"""
        if channel is None or self._world.bot.id in channel.members or name == "link_shared":
            return True
        return channel.kind == "public" and not name.startswith(MEMBERS_ONLY)

    def _channel_of(self, event: Json) -> Channel | None:
        found = event.get("channel") or (event.get("item") or {}).get("channel")
        key = found.get("id") if isinstance(found, dict) else found
        return self._world.workspace.channel_or_none(key) if isinstance(key, str) else None

    def emit(self, event: Json) -> None:
        """Deliver an event if the app subscribed to it; a duplicate fault sends the same envelope twice."""
        if not self.subscribed(event):
            return
        delivery = Delivery("events_api", event["type"], payloads.envelope(self._world, event))
        times = 2 if self._world.faults.take("duplicate_event", event["type"]) else 1
        for _ in range(times):
            self.start(f"event {delivery.target}", self._event(delivery, 0, None))

    async def _event(self, delivery: Delivery, number: int, reason: Reason | None) -> None:
        try:
            await self.attempt(delivery, Retry(number, reason) if reason else None)
        except UndeliveredError as problem:
            self._again(delivery, number, problem)

    def _again(self, delivery: Delivery, number: int, problem: UndeliveredError) -> None:
        if problem.final or number >= len(RETRY_AFTER):
            self._world.fail("event_given_up", delivery.target, f"Not acked after {number + 1} attempts")
            return
        label = f"event {delivery.target} (retry {number + 1})"

        def retry() -> None:
            self.start(label, self._event(delivery, number + 1, problem.reason))

        wait = RETRY_AFTER[number]
        if wait:
            # a retry that waits for the clock does not keep the workspace from being quiet
            self._world.clock.call_later(wait, retry)
        else:
            retry()
