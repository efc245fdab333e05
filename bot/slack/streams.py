"""Messages that grow while they are written, in the agent conversation: the steps first, then what came of them.

Slack lets an app begin about twenty a minute in a workspace; beyond a reserve of that, and where it does not take
them at all, `begin` says no and the caller posts as usual. Nothing that fails here fails the answer.
"""

from __future__ import annotations

import logging
from typing import Any, Final

from slack_sdk.errors import SlackApiError

from bot.slack.calls import UNKNOWN_FATE, Clock
from bot.slack.limits import fit
from bot.slack.messenger import Messenger, Posted, require_check
from bot.slack.pacing import Bucket
from bot.slack.render.parts import Message
from bot.slack.witness import Spot

log = logging.getLogger(__name__)
_A_MINUTE: Final = 15
_AT_ONCE: Final = 8
Chunk = dict[str, Any]


class Streams:
    def __init__(self, messenger: Messenger, clock: Clock) -> None:
        self._messenger, self._client, self._clock = messenger, messenger.client, clock
        self._room = Bucket(_A_MINUTE / 60, _AT_ONCE)

    async def begin(self, channel: str, thread_ts: str, chunks: list[Chunk]) -> Posted | None:
        """A new message in a thread of a direct message; None where it cannot be one that grows."""
        require_check(channel)
        if self._room.wait(self._clock(), 0) > 0:
            return None
        self._room.tokens -= 1
        await self._messenger.show(Spot("message", channel))
        try:
            begun = await self._client.chat_startStream(
                channel=channel, thread_ts=thread_ts, chunks=chunks, task_display_mode="plan"
            )
        except (SlackApiError, *UNKNOWN_FATE) as error:
            log.info("a message could not be streamed: %s", error)
            return None
        return Posted(str(begun["channel"]), str(begun["ts"]))

    async def grow(self, at: Posted, chunks: list[Chunk]) -> None:
        """A step more; one that Slack does not take is left out."""
        require_check(at.channel)
        await self._messenger.show(Spot("message", at.channel))
        try:
            await self._client.chat_appendStream(channel=at.channel, ts=at.ts, chunks=chunks)
        except (SlackApiError, *UNKNOWN_FATE) as error:
            log.info("a step of a message was not shown: %s", error)

    async def end(self, at: Posted, chunks: list[Chunk], message: Message | None = None) -> bool:
        """The last steps, and what the message says in the end. False when it does not stand there."""
        require_check(at.channel)
        blocks = list(fit(message).blocks) if message is not None else None
        await self._messenger.show(Spot("message", at.channel))
        try:
            await self._client.chat_stopStream(channel=at.channel, ts=at.ts, chunks=chunks, blocks=blocks)
        except (SlackApiError, *UNKNOWN_FATE) as error:
            log.info("a streamed message could not be ended: %s", error)
            return False
        return True
