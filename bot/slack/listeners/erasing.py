"""The button that erases somebody."""

from __future__ import annotations

from typing import Any

from bot.domain.audience import Role
from bot.slack.asked import of_action
from bot.slack.desk import Desk
from bot.slack.erase_values import decode
from bot.slack.erasing import erase
from bot.slack.listeners.clicks import action_of
from bot.slack.replies import reply
from bot.slack.setting import for_asker


async def on_erase(desk: Desk, body: dict[str, Any]) -> None:
    """Whoever presses has to be an admin now."""
    asked = of_action(body)

    async def work() -> None:
        pressed = decode(action_of(body).get("value"))
        setting = await for_asker(desk, await desk.actor(asked, Role.ADMIN), asked)
        await reply(desk.messenger, asked, await erase(desk, setting, pressed))

    await desk.once(asked, work)
