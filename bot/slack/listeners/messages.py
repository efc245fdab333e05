"""The direct message with the bot (the agent's Messages tab): everything said there is for us."""

from __future__ import annotations

from typing import Any

from bot.slack.asked import of_direct_message
from bot.slack.commands import SUGGESTED_PROMPTS
from bot.slack.desk import Desk
from bot.slack.errors import caught
from bot.slack.grammar import parse_spoken, words_said
from bot.slack.listeners.asking import handle


async def on_message(desk: Desk, body: dict[str, Any]) -> None:
    event = body.get("event") or {}
    asked = of_direct_message(event)
    if asked is None:
        return
    me = await desk.workspace.me()
    typed = str(event.get("text") or "")
    words = words_said(typed, me.bot_user_id)
    await handle(desk, asked, lambda: parse_spoken(typed, me.bot_user_id), words=words or None)


async def on_messages_tab(desk: Desk, event: dict[str, Any]) -> None:
    """Offer prompts when somebody opens the conversation. Nobody asked, so a failure is logged and not told."""

    async def tell(_sentence: str) -> None: ...

    async with caught("suggesting prompts", tell):
        await desk.messenger.suggest_prompts(str(event.get("channel", "")), SUGGESTED_PROMPTS)
