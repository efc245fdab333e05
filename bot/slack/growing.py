"""An answer that takes a while, and what somebody sees meanwhile.

In the direct message with the bot the steps show in the message itself: streamed where Slack allows, else in a message
that is changed in place. Elsewhere a sentence says how long it may take.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Final, Literal

from slack_sdk.errors import SlackApiError

from bot.slack.asked import Asked
from bot.slack.calls import UNKNOWN_FATE
from bot.slack.desk import Desk
from bot.slack.messenger import Posted
from bot.slack.render.parts import Message, simple
from bot.slack.replies import reply
from bot.slack.streams import Chunk

STEPS: Final[Mapping[str, str]] = {
    "gathering": "Read the record",
    "writing": "Let a model word it",
    "checking": "Check every point against its sources",
}
UNFINISHED: Final = "This was not finished."
NEEDED: Final = "I am reading the record, and a model words the draft: at most {:.0f} seconds."
State = Literal["in_progress", "complete", "error"]


class Growing:
    """`tell` may be called from any thread; `finish` says the answer in place of the steps."""

    def __init__(self, desk: Desk, asked: Asked) -> None:
        self._desk, self._asked = desk, asked
        self._loop = asyncio.get_running_loop()
        self._streamed: Posted | None = None
        self._posted: Posted | None = None
        self._step: str | None = None
        self._work: asyncio.Task[None] | None = None
        self._finished = False

    async def begin(self, seconds: float) -> None:
        asked, notice = self._asked, simple(NEEDED.format(seconds))
        if not asked.private or asked.channel is None or asked.thread_ts is None:
            if asked.place is None:
                await reply(self._desk.messenger, asked, notice)
            return
        self._step = "gathering"
        self._streamed = await self._desk.streams.begin(asked.channel, asked.thread_ts, [_task("gathering")])
        if self._streamed is None:
            self._posted = await self._desk.messenger.deliver(
                asked.channel, notice, thread_ts=asked.thread_ts, urgent=True
            )

    def tell(self, step: str) -> None:
        self._loop.call_soon_threadsafe(self._note, step)

    def _note(self, step: str) -> None:
        """One step after the other; those that no message shows are left out."""
        before, at = self._step, self._streamed
        if at is None or step == before or step not in STEPS or before is None:
            return
        self._step = step
        chunks = [_task(before, "complete"), _task(step)]
        self._work = self._loop.create_task(self._after(self._work, at, chunks))

    async def _after(self, earlier: asyncio.Task[None] | None, at: Posted, chunks: list[Chunk]) -> None:
        if earlier is not None:
            await earlier
        await self._desk.streams.grow(at, chunks)

    async def finish(self, message: Message, *, replace: bool = False) -> None:
        """Raises as `reply` does."""
        self._finished = True
        last = await self._last_step("complete")
        if self._streamed is not None and await self._desk.streams.end(self._streamed, last, message):
            return
        stands = self._streamed or self._posted
        if stands is None:
            await reply(self._desk.messenger, self._asked, message, replace=replace)
            return
        try:
            await self._desk.messenger.revise(stands.channel, stands.ts, message)
        except (SlackApiError, *UNKNOWN_FATE):
            await reply(self._desk.messenger, self._asked, message)

    async def leave(self) -> None:
        """Nothing goes on that a message says goes on."""
        if self._finished:
            return
        last = await self._last_step("error")
        if self._streamed is not None:
            await self._desk.streams.end(self._streamed, last)
        elif self._posted is not None:
            with suppress(SlackApiError, *UNKNOWN_FATE):
                await self._desk.messenger.revise(self._posted.channel, self._posted.ts, simple(UNFINISHED))

    async def _last_step(self, state: State) -> list[Chunk]:
        """After everything that is on its way."""
        await asyncio.sleep(0)
        if self._work is not None:
            await self._work
        return [_task(self._step, state)] if self._step is not None else []


@asynccontextmanager
async def growing(desk: Desk, asked: Asked) -> AsyncIterator[Growing]:
    """Around work that takes up to `model_seconds`; where it takes none, `finish` is all that is seen."""
    grown, seconds = Growing(desk, asked), desk.use_cases.model_seconds
    try:
        if seconds is not None:
            await grown.begin(seconds)
        yield grown
    finally:
        await grown.leave()


def _task(step: str, state: State = "in_progress") -> Chunk:
    return {"type": "task_update", "id": step, "title": STEPS[step], "status": state}
