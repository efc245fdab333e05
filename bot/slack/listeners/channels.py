"""A channel opens to outsiders: shared with another company, or a guest joins it. What it showed of an account goes."""

from __future__ import annotations

from typing import Any

from bot.domain.audience import SYSTEM, only_the_asker
from bot.slack.binding import hide_bookmark
from bot.slack.desk import Desk


async def on_channel_shared(desk: Desk, body: dict[str, Any]) -> None:
    event = body.get("event") or {}
    channel = str(event.get("channel") or "")
    desk.rooms.forget(channel)
    await _close(desk, channel)


async def on_user_change(desk: Desk, body: dict[str, Any]) -> None:
    """Somebody became a guest, or left."""
    user = (body.get("event") or {}).get("user")
    if isinstance(user, dict):
        await desk.people.learn(user)


async def on_member_joined(desk: Desk, body: dict[str, Any]) -> None:
    event = body.get("event") or {}
    desk.rooms.forget(str(event.get("channel") or ""))
    person = await desk.people.person(str(event.get("user") or ""))
    if person.is_guest or person.is_external:
        await _close(desk, str(event.get("channel") or ""))


async def _close(desk: Desk, channel: str) -> None:
    """Take the account's bookmark away; the binding shows nothing and stays."""
    audience = only_the_asker(SYSTEM)
    found = await desk.run(lambda use_cases: use_cases.account_of_channel(audience, channel))
    if found is not None and found.bookmark_id is not None:
        await hide_bookmark(desk, audience, found)
