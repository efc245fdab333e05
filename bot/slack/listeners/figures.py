"""Buttons that make a file of a figure, or post it to everyone in a channel."""

from __future__ import annotations

from typing import Any

from bot.domain.audience import Role
from bot.services.errors import BadInput
from bot.slack.asked import of_action
from bot.slack.clearing import Shown, cleared
from bot.slack.desk import Desk
from bot.slack.figure_values import decode_file
from bot.slack.figures import handout
from bot.slack.handing import NO_CHANNEL, hand_to_channel
from bot.slack.listeners.asking import handle
from bot.slack.listeners.clicks import action_of
from bot.slack.setting import for_everyone


async def on_file(desk: Desk, body: dict[str, Any]) -> None:
    """Draw or export the figure, for who pressed."""
    await handle(desk, of_action(body), lambda: decode_file(action_of(body).get("value")))


async def on_post(desk: Desk, body: dict[str, Any]) -> None:
    """Made anew, as of now, for everyone in the channel."""
    asked = of_action(body)

    async def work() -> None:
        ask = decode_file(action_of(body).get("value"))
        actor = await desk.actor(asked, Role.MEMBER)
        if asked.channel is None or not asked.can_share:
            raise BadInput(NO_CHANNEL)
        shown = Shown(type(ask).__name__.casefold())
        audience = await cleared(desk, asked.channel, actor, shown)
        made = await handout(desk, for_everyone(desk, audience, actor.name or "a colleague"), ask)
        await hand_to_channel(desk, asked, audience, made.files, made.comment, shown)

    await desk.once(asked, work)
