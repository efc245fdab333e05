"""Handing files to people: to who asked, or to everyone in a channel that may see them.

Slack has no file that one person in a channel sees. So who asks in a channel gets theirs in the direct message with
the bot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.audience import Audience
from bot.services.errors import BadInput
from bot.slack.asked import Asked
from bot.slack.clearing import Shown, show_everyone
from bot.slack.desk import Desk
from bot.slack.files import File
from bot.slack.render.parts import Message, Offer, actions, section, toolbar
from bot.slack.render.text import md
from bot.slack.replies import reply

NO_CHANNEL = "There is no channel here to share in. Ask in a channel, then share from there."


@dataclass(frozen=True, slots=True)
class Handout:
    """Files for who asked. `comment` is mrkdwn above them; `post` shows them to the channel that was asked in."""

    files: Sequence[File]
    comment: str
    post: Offer | None = None


async def hand_to_asker(desk: Desk, asked: Asked, made: Handout) -> None:
    """Into the direct message with the bot; asked in a channel or modal, they hear there where to look.

    Raises what `Messenger.upload` raises.
    """
    if asked.private and asked.channel is not None:
        await desk.messenger.upload(asked.channel, made.files, made.comment, thread_ts=asked.thread_ts)
        return
    await desk.messenger.upload(asked.user, made.files, made.comment)
    it = md(made.files[0].title) if len(made.files) == 1 else f"{len(made.files)} files"
    text = f"Sent to you: {it}, in our direct messages."
    offers = [actions(toolbar([made.post]))] if made.post is not None and asked.can_share else []
    await reply(desk.messenger, replace(asked, replaceable=False), Message(text, (section(text), *offers)))


async def hand_to_channel(
    desk: Desk, asked: Asked, made_for: Audience, files: Sequence[File], comment: str, shown: Shown
) -> None:
    """Everyone in the channel that was asked in sees them, for whom they were made, after a look right before at who
    that is.

    Raises `NotAllowed` with the reason where somebody may not see internal data, and what `Messenger.upload` raises.
    """
    channel = asked.channel
    if channel is None or not asked.can_share:
        raise BadInput(NO_CHANNEL)
    await show_everyone(
        desk,
        channel,
        made_for,
        shown,
        lambda recheck: desk.messenger.upload(channel, files, comment, thread_ts=asked.thread_ts, recheck=recheck),
    )
