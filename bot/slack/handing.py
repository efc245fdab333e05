"""Handing files to people: to who asked, or to everyone in a channel that may see them.

Slack has no file that one person in a channel sees. So who asks in a channel gets theirs in the direct message with
the bot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.audience import Actor
from bot.services.errors import BadInput
from bot.slack.asked import Asked
from bot.slack.clearing import Shown, cleared, show_everyone
from bot.slack.desk import Desk
from bot.slack.files import File
from bot.slack.render.parts import simple
from bot.slack.render.text import md
from bot.slack.replies import reply


async def hand_to_asker(desk: Desk, asked: Asked, files: Sequence[File], comment: str) -> None:
    """`comment` is mrkdwn above the files; asked in a channel or modal, they hear there where to look.

    Raises what `Messenger.upload` raises.
    """
    if asked.private and asked.channel is not None:
        await desk.messenger.upload(asked.channel, files, comment, thread_ts=asked.thread_ts)
        return
    await desk.messenger.upload(asked.user, files, comment)
    it = md(files[0].title) if len(files) == 1 else f"{len(files)} files"
    await reply(
        desk.messenger, replace(asked, replaceable=False), simple(f"Sent to you: {it}, in our direct messages.")
    )


async def hand_to_channel(
    desk: Desk, asked: Asked, actor: Actor, files: Sequence[File], comment: str, shown: Shown
) -> None:
    """Everyone in the channel that was asked in sees them, after a look at who that is and another right before.

    Raises `NotAllowed` with the reason where somebody may not see internal data, and what `Messenger.upload` raises.
    """
    channel = asked.channel
    if channel is None or not asked.can_share:
        raise BadInput("There is no channel here to share in. Ask in a channel, then share from there.")
    await cleared(desk, channel, actor, shown)
    await show_everyone(
        desk,
        channel,
        actor,
        shown,
        lambda recheck: desk.messenger.upload(channel, files, comment, thread_ts=asked.thread_ts, recheck=recheck),
    )
