"""Sharing what somebody sees with everyone in the channel, when everyone there may see it: first a preview of exactly
what would stand there, then the post. And taking away again what everyone sees."""

from __future__ import annotations

from typing import Any

from bot.domain.audience import Actor, Audience, Role
from bot.services.errors import BadInput, NotAllowed
from bot.slack.asked import Asked, of_action
from bot.slack.asks import Card, Shareable, noun_of
from bot.slack.clearing import Shown, cleared, show_everyone
from bot.slack.desk import Desk
from bot.slack.left_out import require_seen, what_is_left_out
from bot.slack.listeners.clicks import action_of
from bot.slack.render.parts import Message, simple
from bot.slack.render.preview import preview
from bot.slack.replies import reply
from bot.slack.setting import for_everyone
from bot.slack.stamps import Stamp, difference
from bot.slack.values import decode_shareable, stamp_of
from bot.slack.views import show

_AGAIN = "Shared already: everyone in this channel sees it. To share it once more, ask anew."


async def on_share(desk: Desk, body: dict[str, Any]) -> None:
    """What everyone would see, as of now, shown to who asked: when that differs from what was clicked, it says so."""
    asked = of_action(body)
    value = action_of(body).get("value")

    async def work() -> None:
        view, clicked = decode_shareable(value), stamp_of(value)
        actor, channel = await _sharer(desk, asked)
        audience, message = await _made(desk, channel, actor, view)
        note = difference(noun_of(view), clicked, message.stamp)
        await _preview(desk, asked, view, audience, message, note)

    await desk.once(asked, work)


async def on_share_now(desk: Desk, body: dict[str, Any]) -> None:
    """Post what was previewed; when it would be another by now, preview that."""
    asked = of_action(body)
    value = action_of(body).get("value")

    async def work() -> None:
        view, seen = decode_shareable(value), stamp_of(value)
        actor, channel = await _sharer(desk, asked)
        audience, message = await _made(desk, channel, actor, view)
        if seen is None or message.stamp is None or seen.print != message.stamp.print:
            note = "It has changed since you looked; this is what would stand here now."
            await _preview(desk, asked, view, audience, message, note, replace=True)
        elif await _post(desk, asked, channel, audience, view, message, seen):
            await reply(desk.messenger, asked, simple("Shared: everyone in this channel sees it now."), replace=True)
        else:
            await reply(desk.messenger, asked, simple(_AGAIN), replace=True)

    await desk.once(asked, work)


async def on_cancel(desk: Desk, body: dict[str, Any]) -> None:
    asked = of_action(body)

    async def work() -> None:
        await reply(desk.messenger, asked, simple("Not shared: nobody else saw it."), replace=True)

    await desk.once(asked, work)


async def _sharer(desk: Desk, asked: Asked) -> tuple[Actor, str]:
    """Who shares, and the channel."""
    actor = await desk.actor(asked, Role.MEMBER)
    if asked.channel is None or not asked.can_share:
        raise BadInput("There is no channel here to share in. Ask in a channel, then share from there.")
    return actor, asked.channel


async def _made(desk: Desk, channel: str, actor: Actor, view: Shareable) -> tuple[Audience, Message]:
    """The copy for everyone who reads the channel as it is now. Raises `NotAllowed` with the reason."""
    audience = await cleared(desk, channel, actor, _shown(view))
    await require_seen(desk, audience, view)
    return audience, await show(desk, for_everyone(desk, audience, actor.name or "a colleague"), view)


async def _preview(
    desk: Desk, asked: Asked, view: Shareable, audience: Audience, message: Message, note: str, *, replace: bool = False
) -> None:
    missing = await what_is_left_out(desk, audience, view)
    await reply(desk.messenger, asked, preview(message, view, [note, missing]), replace=replace)


async def _post(
    desk: Desk, asked: Asked, channel: str, audience: Audience, view: Shareable, message: Message, seen: Stamp
) -> bool:
    """False when a click on the same preview posted it before: a double click is two clicks to Slack."""
    return await show_everyone(
        desk,
        channel,
        audience,
        _shown(view),
        lambda recheck: desk.messenger.post(channel, message, thread_ts=asked.thread_ts, recheck=recheck),
        f"share:{channel}:{asked.thread_ts}:{asked.user}:{seen}:{view}",
    )


def _shown(view: Shareable) -> Shown:
    return Shown(type(view).__name__.casefold(), view.account_id if isinstance(view, Card) else None)


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
