"""Where an answer will stand."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.audience import Actor, Audience, only_the_asker
from bot.domain.preferences import Preferences, resolve
from bot.services.asking.memory import Spot
from bot.slack.asked import Asked
from bot.slack.asking_ports import Progress
from bot.slack.desk import Desk
from bot.slack.ports import UseCases
from bot.slack.render.dates import Days


@dataclass(frozen=True, slots=True)
class Setting:
    """Where an answer will stand: for whom it is cleared, how they read dates, their clock and working days, whether it
    offers sharing, who shared it if it is the copy that a channel sees, and the channel that was asked in, None outside
    of channels; `spot` is where in a conversation it was asked; `progress` is told of the steps of what
    takes a while."""

    audience: Audience
    days: Days
    ways: Preferences
    can_share: bool = True
    shared_by: str | None = None
    channel: str | None = None
    spot: Spot | None = None
    progress: Progress | None = None


async def for_asker(desk: Desk, actor: Actor, asked: Asked) -> Setting:
    """An answer that the asker alone sees, in their language of dates."""
    audience = only_the_asker(actor)
    ways = await ways_of(desk, audience, asked.user)
    days = Days(desk.use_cases.today(), ways.locale, ways.zone)
    channel = asked.channel if asked.can_share else None
    return Setting(audience, days, ways, asked.can_share, channel=channel, spot=spot_of(asked))


def spot_of(asked: Asked) -> Spot:
    """Where this was said. A direct message opens the thread that it is answered in: there, it is the first."""
    message = asked.key.rpartition(":")[2]
    thread = asked.thread_ts if asked.thread_ts != message else None
    return Spot(asked.channel or asked.user, thread, message, asked.user)


async def ways_of(desk: Desk, audience: Audience, user: str) -> Preferences:
    """What holds for somebody."""
    person = await desk.people.person(user)
    return await desk.run(lambda use_cases: use_cases.preferences(audience, user, person.tz))


def for_everyone(desk: Desk, audience: Audience, shared_by: str | None = None) -> Setting:
    """The copy that a channel sees: dates as the workspace writes them."""
    return Setting(audience, usual_days(desk), usual_ways(desk.use_cases), can_share=False, shared_by=shared_by)


def usual_ways(use_cases: UseCases) -> Preferences:
    """What holds for everybody who chose nothing."""
    return resolve(None, None, use_cases.zone, use_cases.locale)


def usual_days(desk: Desk) -> Days:
    """How the workspace writes dates."""
    return Days(desk.use_cases.today(), desk.use_cases.locale, desk.use_cases.zone)
