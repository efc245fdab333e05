"""Sharing what somebody sees with everyone in the channel, when everyone in the channel may see it."""

from __future__ import annotations

from typing import Any

from bot.domain.audience import Actor, Role
from bot.services.errors import BadInput, NotAllowed
from bot.slack.asked import Asked, of_action
from bot.slack.asks import Card, Shareable, noun_of
from bot.slack.clearing import Shown, cleared, show_everyone
from bot.slack.desk import Desk
from bot.slack.listeners.clicks import action_of
from bot.slack.render.parts import Message, simple
from bot.slack.replies import reply
from bot.slack.setting import for_everyone
from bot.slack.stamps import Stamp, difference
from bot.slack.values import decode_shareable, stamp_of
from bot.slack.views import show

_AGAIN = "Shared already: everyone in this channel sees it. To share it once more, refresh it first."


async def on_share(desk: Desk, body: dict[str, Any]) -> None:
    """What is posted is as of now: when that differs from what was clicked, the clicker is told."""
    asked = of_action(body)
    value = action_of(body).get("value")

    async def work() -> None:
        view, clicked = decode_shareable(value), stamp_of(value)
        actor = await desk.actor(asked, Role.MEMBER)
        if asked.channel is None or not asked.can_share:
            raise BadInput("There is no channel here to share in. Ask in a channel, then share from there.")
        shared = await _share(desk, asked, asked.channel, actor, view, clicked)
        if shared is None:
            await reply(desk.messenger, asked, simple(_AGAIN))
            return
        since = difference(noun_of(view), clicked, shared.stamp)
        await reply(desk.messenger, asked, simple(f"Shared: everyone in this channel sees it now. {since}".strip()))

    await desk.once(asked, work)


async def on_remove(desk: Desk, body: dict[str, Any]) -> None:
    """Take an answer away that everybody in the channel sees: by who asked for it, or by an admin."""
    asked = of_action(body)
    asker = action_of(body).get("value")

    async def work() -> None:
        actor = await desk.actor(asked, Role.READ_ONLY)
        if asked.user != asker and not actor.role.covers(Role.ADMIN):
            raise NotAllowed("Only who asked for it can remove this answer, or an admin.")
        if asked.channel is None or asked.message_ts is None:
            raise BadInput("There is no message here to remove.")
        await desk.messenger.remove(asked.channel, asked.message_ts)
        where = {"channel": asked.channel}
        await desk.write(lambda use_cases: use_cases.audit(actor, "answer removed", None, where))
        await reply(desk.messenger, asked, simple("Removed: nobody here sees that answer any more."))

    await desk.once(asked, work)


async def _share(
    desk: Desk, asked: Asked, channel: str, actor: Actor, view: Shareable, clicked: Stamp | None
) -> Message | None:
    """What was posted; None when the same was posted before by a click on the same message.

    Cleared for the channel as it is at the click, and looked at again right before the post.
    """
    shown = Shown(type(view).__name__.casefold(), view.account_id if isinstance(view, Card) else None)
    audience = await cleared(desk, channel, actor, shown)
    message = await show(desk, for_everyone(desk, audience, actor.name or "a colleague"), view)
    # A double click is two clicks to Slack. What carries no stamp is of an earlier version and too rare to care.
    key = f"share:{channel}:{asked.thread_ts}:{asked.user}:{clicked}:{view}" if clicked is not None else ""
    sent = await show_everyone(
        desk,
        channel,
        actor,
        shown,
        lambda recheck: desk.messenger.post(channel, message, thread_ts=asked.thread_ts, recheck=recheck),
        key,
    )
    return message if sent else None
