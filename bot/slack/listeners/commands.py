"""Slash commands."""

from __future__ import annotations

from typing import Any

from bot.slack.asked import of_command
from bot.slack.desk import Desk
from bot.slack.grammar import parse_slash, words_said
from bot.slack.listeners.asking import handle


def words_of(slash: str, typed: str) -> str | None:
    """What may be a question: more than a word, after `/account`; or what one of the lists cannot read."""
    words = words_said(typed)
    if len(words.split()) < 2:
        return None
    verb = "" if slash == "/account" else f"{slash.removeprefix('/')} "
    return verb + words


async def on_command(desk: Desk, body: dict[str, Any]) -> None:
    slash, typed = str(body.get("command", "")), str(body.get("text") or "")
    await handle(desk, of_command(body), lambda: parse_slash(slash, typed), words=words_of(slash, typed))
