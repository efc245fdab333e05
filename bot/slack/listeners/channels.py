"""A channel opens to outsiders: shared with another company, or a guest joins it. What it showed of an account goes."""

from __future__ import annotations

from typing import Any

from bot.domain.audience import SYSTEM, Audience, only_the_asker
from bot.domain.ids import parse_id
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
    """Also a colleague may be one who must not see the account."""
    event = body.get("event") or {}
    channel, user = str(event.get("channel") or ""), str(event.get("user") or "")
    desk.rooms.forget(channel)
    person = await desk.people.person(user)
    if person.is_guest or person.is_external:
        await _close(desk, channel)
    elif not person.is_bot:
        await _close(desk, channel, unless_seen_by=only_the_asker(await desk.people.actor(user)))


async def _close(desk: Desk, channel: str, unless_seen_by: Audience | None = None) -> None:
    """Take the account's bookmark away; the binding shows nothing and stays."""
    audience = only_the_asker(SYSTEM)
    found = await desk.run(lambda use_cases: use_cases.account_of_channel(audience, channel))
    if found is None or found.bookmark_id is None:
        return
    account_id = parse_id(found.account_id)
    if unless_seen_by is not None and account_id is not None:
        joined = unless_seen_by
        if await desk.run(lambda use_cases: use_cases.sees(joined, [account_id])):
            return
    await hide_bookmark(desk, audience, found)
