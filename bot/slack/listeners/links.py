"""Somebody wrote a link of ours: a small card of the account under it, for whoever may see least in the channel."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from slack_sdk.errors import SlackApiError

from bot.domain.audience import Actor, Audience, Role
from bot.services.errors import NotFound
from bot.slack.audience import Opened, everyone_who_reads, unchanged
from bot.slack.calls import UNKNOWN_FATE
from bot.slack.desk import Desk
from bot.slack.errors import caught
from bot.slack.ports import UseCases
from bot.slack.render.parts import Message
from bot.slack.render.unfurl import link_card
from bot.slack.setting import usual_days
from bot.slack.unfurls import show_under_links

_MOST = 5
_POSTED = "conversations_history"


async def on_link_shared(desk: Desk, body: dict[str, Any]) -> None:
    """Nobody asked, so nothing is told, neither of what may not be seen nor of what fails. A link that is still being
    composed gets no card: where it will be posted is not known."""
    event: dict[str, Any] = body.get("event") or {}
    links = list(dict.fromkeys(_ours(event, desk.link_domains)))[:_MOST]
    channel, ts, user = (str(event.get(key) or "") for key in ("channel", "message_ts", "user"))
    if not links or not (channel and ts and user) or event.get("source") != _POSTED:
        return

    async def tell(_sentence: str) -> None: ...

    async with caught("showing a card under a link", tell):
        actor = await desk.people.actor(user)
        if actor.role.covers(Role.READ_ONLY) and not await desk.is_repeat(f"unfurl:{channel}:{ts}"):
            await _unfurl(desk, channel, ts, actor, links)


async def _unfurl(desk: Desk, channel: str, ts: str, actor: Actor, links: list[str]) -> None:
    room = await desk.rooms.lately(channel)
    audience = await everyone_who_reads(desk, room, actor)
    if not audience.sees_internal:
        return
    cards = {url: card for url in links if (card := await _card(desk, audience, url)) is not None}
    if not cards:
        return
    shown = {"channel": channel, "links": str(len(cards))}
    await desk.write(lambda use_cases: use_cases.audit(actor, "unfurl", None, shown))
    try:
        await show_under_links(desk.messenger, channel, ts, cards, recheck=unchanged(desk, channel, audience))
    except (Opened, SlackApiError, *UNKNOWN_FATE):
        failed = {"channel": channel}
        await desk.write(lambda use_cases: use_cases.audit(actor, "unfurl failed", None, failed))
        raise


async def _card(desk: Desk, audience: Audience, url: str) -> Message | None:
    """None for a link of no account, or of one that not everybody there may see."""

    def look(use_cases: UseCases) -> Message | None:
        account_id = use_cases.account_at(audience, url)
        return link_card(use_cases.account_card(audience, account_id), days) if account_id is not None else None

    days = usual_days(desk)
    try:
        return await desk.aside(look)
    except NotFound:
        return None


def _ours(event: dict[str, Any], domains: tuple[str, ...]) -> Iterator[str]:
    """The links that lead to a domain of ours; Slack tells only of those in the manifest, and may be asked for more."""
    for link in event.get("links") or ():
        url = link.get("url") if isinstance(link, dict) else None
        if isinstance(url, str) and any(_is_at(url, domain) for domain in domains):
            yield url


def _is_at(url: str, domain: str) -> bool:
    try:
        host = (urlsplit(url).hostname or "").casefold()
    except ValueError:
        return False
    return host == domain or host.endswith(f".{domain}")
