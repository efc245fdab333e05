"""Buttons and menus. What they carry is read in `values.py`; who clicked is authorised like who typed."""

from __future__ import annotations

from typing import Any

from slack_sdk.errors import SlackApiError

from bot.domain.audience import Actor, Audience, Role, everyone_in
from bot.services.errors import BadInput, NotAllowed
from bot.slack.answers import answer
from bot.slack.asked import Asked, of_action
from bot.slack.asks import Card, View
from bot.slack.calls import code_of
from bot.slack.desk import Desk
from bot.slack.listeners.asking import handle
from bot.slack.render.parts import simple
from bot.slack.replies import reply
from bot.slack.setting import for_everyone
from bot.slack.values import decode, decode_bind, decode_pick, decode_sort


async def on_turn(desk: Desk, body: dict[str, Any]) -> None:
    """Show a view in place of the one that was clicked."""
    await handle(desk, of_action(body), lambda: decode(_action(body).get("value")), replace=True)


async def on_open(desk: Desk, body: dict[str, Any]) -> None:
    """Show a view beside the one that was clicked."""
    await handle(desk, of_action(body), lambda: decode(_action(body).get("value")))


async def on_sort(desk: Desk, body: dict[str, Any]) -> None:
    action = _action(body)
    await handle(desk, of_action(body), lambda: decode_sort(action.get("block_id"), _chosen(action)), replace=True)


async def on_pick(desk: Desk, body: dict[str, Any]) -> None:
    await handle(desk, of_action(body), lambda: decode_pick(_chosen(_action(body))), replace=True)


async def on_bind(desk: Desk, body: dict[str, Any]) -> None:
    await handle(desk, of_action(body), lambda: decode_bind(_action(body).get("value")), replace=True)


async def on_unknown(desk: Desk, body: dict[str, Any]) -> None:
    """A button that no listener knows: from an earlier version, or somebody else's."""
    await handle(desk, of_action(body), lambda: decode(None))


async def on_share(desk: Desk, body: dict[str, Any]) -> None:
    """Post what the asker sees for everyone in the channel, when everyone in the channel may see it."""
    asked = of_action(body)

    async def work() -> None:
        view = decode(_action(body).get("value"))
        actor = await desk.actor(asked, Role.MEMBER)
        if asked.channel is None or not asked.can_share:
            raise BadInput("There is no channel here to share in. Ask in a channel, then share from there.")
        await _share(desk, asked, asked.channel, actor, view)
        await reply(desk.messenger, asked, simple("Shared: everyone in this channel sees it now."))

    await desk.once(asked, work)


async def _share(desk: Desk, asked: Asked, channel: str, actor: Actor, view: View) -> None:
    """Cleared for the channel as it is at the click, and looked at again right before the post."""
    audience = await _cleared(desk, channel, actor, view)
    message = await answer(desk, for_everyone(desk, audience, actor.name or "a colleague"), view)

    async def recheck() -> None:
        await _cleared(desk, channel, actor, view)

    # Recorded first: an audit that names a share which then failed is better than a share that nobody can find.
    await _audit(desk, actor, "share", view, {"channel": channel})
    try:
        await desk.messenger.post(channel, message, thread_ts=asked.thread_ts, recheck=recheck)
    except SlackApiError as error:
        await _audit(desk, actor, "share failed", view, {"channel": channel, "error": code_of(error)})
        raise


async def _cleared(desk: Desk, channel: str, actor: Actor, view: View) -> Audience:
    """The channel's audience; a refusal is audited and raised with the reason."""
    room = await desk.rooms.look(channel)
    audience = everyone_in(room.sharing, actor)
    if not audience.sees_internal:
        await _audit(desk, actor, "share refused", view, {"channel": channel, "sharing": room.sharing.value})
        raise NotAllowed(room.why)
    return audience


async def _audit(desk: Desk, actor: Actor, action: str, view: View, detail: dict[str, str]) -> None:
    subject = view.account_id if isinstance(view, Card) else None
    what = {**detail, "view": type(view).__name__.casefold()}
    await desk.run(lambda use_cases: use_cases.audit(actor, action, subject, what))


def _action(body: dict[str, Any]) -> dict[str, Any]:
    actions = body.get("actions")
    first = actions[0] if isinstance(actions, list) and actions else {}
    return first if isinstance(first, dict) else {}


def _chosen(action: dict[str, Any]) -> object:
    option = action.get("selected_option")
    return option.get("value") if isinstance(option, dict) else None
