"""What every listener works with, put together by `app.build_app`."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from bot.domain.audience import Actor, Role
from bot.services.errors import Contended, NotAllowed
from bot.slack.asked import Asked
from bot.slack.identity import People, Workspace
from bot.slack.messenger import Messenger
from bot.slack.ports import Runner, UseCases
from bot.slack.seen_homes import SeenHomes
from bot.slack.sessions import Sessions
from bot.slack.sharing import Rooms
from bot.slack.streams import Streams

T = TypeVar("T")
_OUTSIDER = (
    "I answer this workspace's account team only. If you belong to it, ask an admin to add you as a team member."
)
_TOO_LITTLE = "Your role does not allow that. Ask an admin for more rights."


@dataclass(frozen=True, slots=True)
class Desk:
    use_cases: UseCases
    runner: Runner
    messenger: Messenger
    workspace: Workspace
    people: People
    rooms: Rooms
    homes: SeenHomes
    sessions: Sessions
    streams: Streams
    models: Runner
    """For what may wait for a model: threads of their own, so that nobody else waits for one."""
    answers_privately: bool = False
    """Whether also a mention is answered to the asker alone, where everybody there might see the answer."""
    link_domains: tuple[str, ...] = ()
    """Where links lead to records of accounts: under these a small card is shown."""

    async def run(self, use_case: Callable[[UseCases], T]) -> T:
        return await self.runner(lambda: use_case(self.use_cases))

    async def aside(self, use_case: Callable[[UseCases], T]) -> T:
        """For reads of tens of milliseconds: in a thread, so that acks go out meanwhile."""
        return await asyncio.to_thread(use_case, self.use_cases)

    async def write(self, use_case: Callable[[UseCases], T]) -> T:
        """For use cases that write: in a thread, since waiting for another writer would hold up every ack."""
        return await asyncio.to_thread(use_case, self.use_cases)

    async def slowly(self, use_case: Callable[[UseCases], T]) -> T:
        """For use cases that a model may take its time over."""
        return await self.models(lambda: use_case(self.use_cases))

    async def actor(self, asked: Asked, needs: Role) -> Actor:
        """Who asks. Raises `NotAllowed` when their role does not cover what is needed, and for whoever is of another
        workspace by what the delivery says, whatever else is known of them."""
        if asked.team is not None and asked.team != (await self.workspace.me()).team_id:
            raise NotAllowed(_OUTSIDER)
        actor = await self.people.actor(asked.user)
        if not actor.role.covers(needs):
            raise NotAllowed(_TOO_LITTLE if actor.is_insider else _OUTSIDER)
        return actor

    async def once(self, asked: Asked, work: Callable[[], Awaitable[None]]) -> None:
        """Do the work unless this delivery was handled before, here or in another process."""
        if not await self.is_repeat(asked.key):
            await work()

    async def is_repeat(self, key: str) -> bool:
        """Whether this key was seen before; the first to ask takes it. An empty key is always new."""
        if not key:
            return False
        try:
            return await self.run(lambda use_cases: use_cases.handled_before(key, patient=False))
        except Contended:
            # An import is writing: wait for it in a thread, never in the loop that acks.
            return await asyncio.to_thread(self.use_cases.handled_before, key)

    async def may_repeat(self, key: str) -> None:
        """Give a key back whose work failed, so that trying again does it."""
        if key:
            await asyncio.to_thread(self.use_cases.forget_handled, key)
