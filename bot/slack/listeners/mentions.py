"""`@Steward ...` in channels and threads: the twin of every command, where slash commands do not work."""

from __future__ import annotations

from typing import Any

from bot.slack.asked import of_mention
from bot.slack.desk import Desk
from bot.slack.grammar import parse_spoken
from bot.slack.listeners.asking import handle


async def on_mention(desk: Desk, body: dict[str, Any]) -> None:
    event = body.get("event") or {}
    asked = of_mention(event)
    if asked is None:
        return
    me = await desk.workspace.me()
    await handle(desk, asked, lambda: parse_spoken(str(event.get("text") or ""), me.bot_user_id))
