"""The direct message with the bot (the agent's Messages tab): everything said there is for us."""

from __future__ import annotations

from typing import Any

from bot.slack.asked import of_direct_message, of_edit
from bot.slack.desk import Desk
from bot.slack.errors import caught
from bot.slack.grammar import parse_spoken, words_said
from bot.slack.listeners.asking import handle
from bot.slack.prompts import suggest


async def on_message(desk: Desk, body: dict[str, Any]) -> None:
    event = body.get("event") or {}
    asked, said = of_direct_message(event), event
    if asked is None:
        asked, said = of_edit(event), event.get("message") or {}
    if asked is None:
        return
    me = await desk.workspace.me()
    typed = str(said.get("text") or "")
    words = words_said(typed, me.bot_user_id)
    async with desk.sessions.working(asked, words):
        await handle(desk, asked, lambda: parse_spoken(typed, me.bot_user_id), words=words or None)


async def on_messages_tab(desk: Desk, event: dict[str, Any]) -> None:
    """Offer prompts when somebody opens the conversation, or looks at something else beside it. Nobody asked, so a
    failure is logged and not told."""
    user, channel = event.get("user"), event.get("channel")
    if not isinstance(user, str) or not isinstance(channel, str):
        return

    async def tell(_sentence: str) -> None: ...

    async with caught("suggesting prompts", tell):
        await suggest(desk, user, channel, event.get("context"))


async def on_context(desk: Desk, body: dict[str, Any]) -> None:
    await on_messages_tab(desk, body.get("event") or {})


async def on_stop(desk: Desk, body: dict[str, Any]) -> None:
    """Somebody pressed Stop: only they and the bot are in that conversation."""
    event = body.get("event") or {}
    desk.sessions.stop(str(event.get("channel")), str(event.get("thread_ts")))
