"""Showing something to everyone in a channel: cleared for the channel as it is, recorded, and looked at once more
right before it is sent."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from slack_sdk.errors import SlackApiError

from bot.domain.audience import Actor, Audience
from bot.services.errors import NotAllowed, StewardError
from bot.slack.audience import everyone_who_reads
from bot.slack.calls import code_of
from bot.slack.desk import Desk
from bot.slack.messenger import Recheck


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown, as the audit trail names it: `view` is its kind, `account_id` whom it is about, if one."""

    view: str
    account_id: int | None = None


async def cleared(desk: Desk, channel: str, actor: Actor, shown: Shown) -> Audience:
    """The channel's audience, which may see internal data; a refusal is recorded and raised with the reason."""
    room = await desk.rooms.look(channel)
    audience = await everyone_who_reads(desk, room, actor)
    if not audience.sees_internal:
        await _audit(desk, actor, "share refused", shown, {"channel": channel, "sharing": room.sharing.value})
        raise NotAllowed(room.why)
    return audience


async def show_everyone(
    desk: Desk,
    channel: str,
    made_for: Audience,
    shown: Shown,
    send: Callable[[Recheck], Awaitable[object]],
    key: str = "",
) -> bool:
    """`send` what was `made_for` a channel that was cleared; False when `key` was sent before.

    `send` calls the recheck it is given after all waiting, right before anybody can see anything. What it raises goes
    on, and the key may be sent again.
    """
    if await desk.is_repeat(key):
        return False
    actor = made_for.actor
    # Recorded first: an audit that names a share which then failed is better than a share that nobody can find.
    await _audit(desk, actor, "share", shown, {"channel": channel})

    async def recheck() -> None:
        if await cleared(desk, channel, actor, shown) != made_for:
            raise NotAllowed("Who reads this channel has changed meanwhile, so I did not share it. Share it once more.")

    try:
        await send(recheck)
    except SlackApiError as error:
        await _audit(desk, actor, "share failed", shown, {"channel": channel, "error": code_of(error)})
        await desk.may_repeat(key)
        raise
    except StewardError:  # it opened meanwhile, or Slack did not take a file: nothing was shown
        await desk.may_repeat(key)
        raise
    return True


async def _audit(desk: Desk, actor: Actor, action: str, shown: Shown, detail: dict[str, str]) -> None:
    what = {**detail, "view": shown.view}
    await desk.run(lambda use_cases: use_cases.audit(actor, action, shown.account_id, what))
