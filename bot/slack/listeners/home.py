"""Opening the app: its Home tab or its Messages tab."""

from __future__ import annotations

from typing import Any

from bot.domain.audience import Role
from bot.slack.asked import of_home
from bot.slack.desk import Desk
from bot.slack.errors import caught
from bot.slack.listeners.messages import on_messages_tab
from bot.slack.render.home import home
from bot.slack.setting import for_asker, usual_days


async def on_home_opened(desk: Desk, body: dict[str, Any]) -> None:
    """Publishing twice does no harm, so a repeated delivery is simply done again."""
    event = body.get("event") or {}
    if event.get("tab") == "messages":
        await on_messages_tab(desk, event)
        return
    asked = of_home(event)

    async def tell(sentence: str) -> None:
        await desk.messenger.publish_home(asked.user, home(None, usual_days(desk), sentence))

    async with caught("showing the Home tab", tell):
        actor = await desk.actor(asked, Role.READ_ONLY)
        setting = await for_asker(desk, actor, asked)
        page = await desk.run(lambda use_cases: use_cases.book(setting.audience))
        await desk.messenger.publish_home(asked.user, home(page, setting.days))
