"""Saying an answer where it was asked for: to everybody there when everybody there may see all of it, else to the asker
alone, with a line that says why.

What is posted never hints at what somebody may not see: an answer from which anything was left out is not posted.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeAlias

from slack_sdk.errors import SlackApiError

from bot.services.errors import StewardError
from bot.slack.asked import Asked
from bot.slack.audience import NOT_ALL, Opened, Viewers, audience_of, unchanged
from bot.slack.calls import UNKNOWN_FATE
from bot.slack.desk import Desk
from bot.slack.render.parts import Message
from bot.slack.render.removable import removable
from bot.slack.replies import reply
from bot.slack.setting import Setting, for_everyone

log = logging.getLogger(__name__)
_UNPOSTED = "I could not post here"
Make: TypeAlias = Callable[[Setting], Awaitable[Message]]
"""The answer as it stands in a setting. Called once for each audience; raises `StewardError` with a sentence."""


async def tell(desk: Desk, asked: Asked, own: Setting, make: Make) -> Message | None:
    """Answer where everybody in the channel sees it, or else the asker alone, whose setting is `own`; what the asker
    alone was told, None when everybody was."""
    viewers = await audience_of(desk, asked, own.audience.actor)
    why = viewers.why
    if viewers.everyone:
        unposted = await _tell_everyone(desk, asked, own, viewers, make)
        if unposted is None:
            return None
        why = unposted
    message = await make(own)
    await reply(desk.messenger, asked, message.noting(f"Only you see this: {why}." if why else ""))
    return message


async def _tell_everyone(desk: Desk, asked: Asked, own: Setting, viewers: Viewers, make: Make) -> str | None:
    """None when it was posted, else the clause that says why not; empty for what is no business of the others."""
    channel = asked.channel
    if channel is None:
        return ""
    there = replace(for_everyone(desk, viewers.audience), channel=own.channel, spot=own.spot)
    message = await _seen_by_all(there, own, make)
    if message is None:
        return NOT_ALL
    if not message.for_all:
        return ""
    try:
        await desk.messenger.post(
            channel,
            removable(message, asked.user),
            thread_ts=asked.thread_ts or asked.message_ts,
            recheck=unchanged(desk, channel, viewers.audience),
        )
    except Opened as opened:
        return opened.because
    except (SlackApiError, *UNKNOWN_FATE) as error:
        log.warning("an answer for everybody was not posted: %s", error)
        return _UNPOSTED
    return None


async def _seen_by_all(there: Setting, own: Setting, make: Make) -> Message | None:
    """The answer for everybody; None when it is not all that the asker would be told."""
    if there.audience == own.audience:
        return await make(there)
    full = await make(replace(there, audience=own.audience))
    try:
        shown = await make(there)
    except StewardError:
        return None
    return shown if (shown.text, shown.blocks) == (full.text, full.blocks) else None
