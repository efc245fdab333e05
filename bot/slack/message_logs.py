"""A message that somebody wants to log: who wrote it, where, and its link. Its text stays in Slack unless the
installation keeps it for a while."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from slack_sdk.errors import SlackApiError

from bot.domain.audience import Sharing
from bot.domain.ids import parse_id
from bot.services.logbook.entry import LONGEST_TEXT, Message, Origin
from bot.slack.asked import Asked
from bot.slack.calls import UNKNOWN_FATE
from bot.slack.desk import Desk
from bot.slack.log_forms import new_state
from bot.slack.log_values import FormState
from bot.slack.mentioned import with_names
from bot.slack.ports import SlackPerson
from bot.slack.render.log_form import Draft
from bot.slack.render.text import cut
from bot.slack.setting import Setting
from bot.slack.typed import plain_text

T = TypeVar("T")
# A form must be open three seconds after the click: what is not known by then, it does without.
_TIME = 1.0


async def about_message(desk: Desk, setting: Setting, asked: Asked, body: dict[str, Any]) -> tuple[Draft, FormState]:
    """The form about the message that a shortcut was used on."""
    said = body.get("message") or {}
    channel, ts = asked.channel or "", str(said.get("ts") or "")
    author, sharing, permalink, account = await asyncio.gather(
        _author(desk, said),
        _unless_late(desk.rooms.glance(channel), Sharing.UNKNOWN),
        _unless_late(desk.messenger.permalink(channel, ts), None),
        _account(desk, setting),
    )
    member_id = await _member(desk, author)
    message = Message(_origin(author, sharing, channel), member_id, permalink)
    name = (author.called if author else "") or str(said.get("username") or "") or "somebody"
    draft = Draft(
        at=_instant(ts) or desk.use_cases.now(),
        account=account,
        kind="message",
        people=None if member_id is not None else name,
        about=f"About a message by {name}",
        quote=await _quote(desk, said),
        keep_days=desk.use_cases.keep_text.days,
    )
    return draft, replace(new_state(asked), message=message)


async def _author(desk: Desk, said: dict[str, Any]) -> SlackPerson | None:
    """None for a bot and for whom Slack does not name in time."""
    user = said.get("user")
    if not isinstance(user, str) or not user or said.get("bot_id"):
        return None
    return await _unless_late(desk.people.person(user), None)


async def _member(desk: Desk, author: SlackPerson | None) -> int | None:
    return (await desk.people.actor(author.user_id)).member_id if author is not None else None


async def _account(desk: Desk, setting: Setting) -> tuple[int, str] | None:
    """The account that the channel is about."""
    channel = setting.channel
    if channel is None:
        return None
    found = await desk.run(lambda use_cases: use_cases.account_of_channel(setting.audience, channel))
    account_id = parse_id(found.account_id) if found is not None and not found.gone else None
    return (account_id, found.account) if found is not None and account_id is not None else None


def _origin(author: SlackPerson | None, sharing: Sharing, channel: str) -> Origin:
    """A guest counts as a customer. What a colleague writes where outsiders read may be meant for them."""
    if author is not None and (author.is_external or author.is_guest):
        return "customer"
    among_us = sharing is Sharing.INTERNAL or channel.startswith("D")
    return "team" if among_us else "external channel"


async def _quote(desk: Desk, said: dict[str, Any]) -> str | None:
    text = said.get("text")
    if not desk.use_cases.keep_text or not isinstance(text, str) or not text.strip():
        return None
    return cut(await with_names(desk, plain_text(text, links=True)), LONGEST_TEXT)


def _instant(ts: str) -> datetime | None:
    try:
        return datetime.fromtimestamp(float(ts), UTC)
    except (ValueError, OverflowError, OSError):
        return None


async def _unless_late(wanted: Awaitable[T], otherwise: T) -> T:
    try:
        async with asyncio.timeout(_TIME):
            return await wanted
    except (SlackApiError, *UNKNOWN_FATE):
        return otherwise
