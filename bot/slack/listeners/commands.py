"""Slash commands."""

from __future__ import annotations

from typing import Any

from bot.slack.asked import of_command
from bot.slack.desk import Desk
from bot.slack.grammar import parse_slash
from bot.slack.listeners.asking import handle


async def on_command(desk: Desk, body: dict[str, Any]) -> None:
    slash, typed = str(body.get("command", "")), str(body.get("text") or "")
    await handle(desk, of_command(body), lambda: parse_slash(slash, typed))
