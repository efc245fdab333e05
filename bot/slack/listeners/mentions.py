"""`@Steward ...` in channels and threads: the twin of every command, where slash commands do not work."""

from __future__ import annotations

from typing import Any

from bot.slack.asked import of_mention
from bot.slack.desk import Desk
from bot.slack.grammar import parse_spoken, words_said
from bot.slack.listeners.asking import handle


async def on_mention(desk: Desk, body: dict[str, Any]) -> None:
    event = body.get("event") or {}
    asked = of_mention(event)
    if asked is None:
        return
    me = await desk.workspace.me()
    typed = str(event.get("text") or "")
    words = words_said(typed, me.bot_user_id)
    await handle(desk, asked, lambda: parse_spoken(typed, me.bot_user_id), words=words or None)
