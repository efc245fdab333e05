"""The agent conversation while somebody waits in it: Slack shows that it is worked on, and Stop ends it.

A quick answer sets no status: Slack takes about fifty a minute in a workspace. What takes longer sets one, and clears
it whatever happens. Failing to say that one works is no failure of the work.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from slack_sdk.errors import SlackApiError

from bot.slack.asked import Asked
from bot.slack.calls import UNKNOWN_FATE, Clock, Sleep
from bot.slack.messenger import Messenger
from bot.slack.pacing import Bucket
from bot.slack.render.parts import simple
from bot.slack.render.text import plain

log = logging.getLogger(__name__)
QUICK: Final = 0.7
"""Seconds after which somebody who waits is told that it is worked on."""
_A_MINUTE, _AT_ONCE = 20, 15
_TITLE: Final = 80
STOPPED: Final = "Stopped: no answer follows. What had been changed before is kept, and can be undone."
UNTITLED: Final = "A question"
Thread = tuple[str, str]


@dataclass(slots=True)
class _Status:
    """`is_out` from when Slack is told, whether it took it or not."""

    is_out: bool = False


class Sessions:
    """What is worked on, by conversation and thread."""

    def __init__(self, messenger: Messenger, clock: Clock, sleep: Sleep) -> None:
        self._messenger, self._clock, self._sleep = messenger, clock, sleep
        self._room = Bucket(_A_MINUTE / 60, _AT_ONCE)
        self._working: dict[Thread, set[asyncio.Task[object]]] = {}
        self._stopped: set[asyncio.Task[object]] = set()

    @asynccontextmanager
    async def working(self, asked: Asked, title: str) -> AsyncIterator[None]:
        """Around the work on what was asked in a direct message; elsewhere it does nothing.

        `title` names the conversation in Slack's list, if it has no name yet. Stop ends the work with a sentence.
        """
        task = asyncio.current_task()
        if not asked.private or asked.channel is None or asked.thread_ts is None or task is None:
            yield
            return
        thread, status = (asked.channel, asked.thread_ts), _Status()
        self._working.setdefault(thread, set()).add(task)
        telling = asyncio.get_running_loop().create_task(self._tell_soon(thread, title, asked.user, status))
        try:
            yield
        except asyncio.CancelledError:
            if task not in self._stopped:
                raise
            task.uncancel()
            await self._messenger.post(asked.channel, simple(STOPPED), thread_ts=asked.thread_ts)
        finally:
            self._stopped.discard(task)
            self._leave(thread, task)
            if not status.is_out:
                telling.cancel()
            await asyncio.gather(telling, return_exceptions=True)
            if status.is_out and thread not in self._working:
                await self._set(thread, "active")

    def stop(self, channel: str, thread_ts: str) -> bool:
        """End what is worked on in a thread; False when nothing is."""
        tasks = set(self._working.get((channel, thread_ts), ()))
        self._stopped |= tasks
        for task in tasks:
            task.cancel()
        return bool(tasks)

    def _leave(self, thread: Thread, task: asyncio.Task[object]) -> None:
        left = self._working[thread] - {task}
        if left:
            self._working[thread] = left
        else:
            del self._working[thread]

    async def _tell_soon(self, thread: Thread, title: str, user: str, status: _Status) -> None:
        await self._sleep(QUICK)
        if self._room.wait(self._clock(), 0) > 0:
            return
        self._room.tokens -= 1
        status.is_out = True
        await self._set(thread, "processing", title=plain(title, _TITLE) or UNTITLED, initiator_user_id=user)

    async def _set(self, thread: Thread, status: str, **about: str) -> None:
        try:
            await self._messenger.set_session(*thread, status, **about)
        except (SlackApiError, *UNKNOWN_FATE) as error:
            log.info("the status of a conversation could not be set: %s", error)
