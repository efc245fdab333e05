"""Messages that say something that is no longer so are drawn anew in place.

What is stale is kept with the reminder, so nothing is forgotten: a click draws at once, and whatever that misses is
drawn by the next round.
"""

from __future__ import annotations

import logging

from slack_sdk.errors import SlackApiError

from bot.domain.audience import SYSTEM, only_the_asker
from bot.services.reminders.addressing import PERSON
from bot.services.results.matters import Standing, accounts_in
from bot.slack.audience import Opened, about
from bot.slack.calls import UNKNOWN_FATE, code_of
from bot.slack.desk import Desk
from bot.slack.messenger import nothing_internal
from bot.slack.render.dates import Days
from bot.slack.render.parts import simple
from bot.slack.render.reminders.message import message_of
from bot.slack.setting import usual_days, ways_of
from bot.slack.witness import watching

log = logging.getLogger(__name__)
_EVERYTHING = only_the_asker(SYSTEM)
# The message is gone, or out of our hands for good: there is nothing to draw any more.
_GONE = frozenset(
    {
        "message_not_found",
        "cant_update_message",
        "channel_not_found",
        "is_archived",
        "not_in_channel",
        "edit_window_closed",
    }
)
_CLOSED = simple("This reminder was seen to.")


async def redraw_stale(desk: Desk) -> int:
    """One round: draw what is stale; how many messages."""
    stale = await desk.run(lambda use_cases: use_cases.reminders.stale())
    for channel, ts in stale:
        with watching():
            await redraw(desk, channel, ts)
    return len(stale)


async def redraw(desk: Desk, channel: str | None, ts: str | None) -> None:
    """Let a message say what holds now. Where that fails it stays stale, for the next round."""
    if channel is None or ts is None:
        return
    found = await desk.run(lambda use_cases: use_cases.reminders.standing(_EVERYTHING, channel, ts))
    if found is None:
        return
    try:
        await _draw(desk, found, channel, ts)
    except SlackApiError as error:
        if code_of(error) not in _GONE:
            log.warning("drawing a reminder anew failed: %s", code_of(error))
            return
    except UNKNOWN_FATE as error:
        log.warning("drawing a reminder anew failed: %s", error)
        return
    await desk.write(lambda use_cases: use_cases.reminders.redrawn(channel, ts, found.as_of))


async def _draw(desk: Desk, found: Standing, channel: str, ts: str) -> None:
    """In a channel that outsiders may read by now nothing new is said."""
    if channel.startswith("D"):
        await desk.messenger.revise(channel, ts, message_of(found.says, await _days(desk, found)))
        return
    says = message_of(found.says, usual_days(desk))
    try:
        await desk.messenger.revise(channel, ts, says, recheck=about(desk, channel, accounts_in(found.says)))
    except Opened:
        await desk.messenger.revise(channel, ts, _CLOSED, recheck=nothing_internal)


async def _days(desk: Desk, found: Standing) -> Days:
    """Dates as the one who got it reads them."""
    if found.told is None or not found.told.startswith(PERSON):
        return usual_days(desk)
    ways = await ways_of(desk, _EVERYTHING, found.told.removeprefix(PERSON))
    return Days(found.as_of.astimezone(ways.zone).date(), ways.locale, ways.zone)
