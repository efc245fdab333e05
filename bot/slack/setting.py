"""Where an answer will stand."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.audience import Actor, Audience, only_the_asker
from bot.slack.asked import Asked
from bot.slack.desk import Desk
from bot.slack.render.dates import Days


@dataclass(frozen=True, slots=True)
class Setting:
    """Where an answer will stand: for whom it is cleared, how they read dates, whether it offers sharing, who shared it
    if it is the copy that a channel sees, and the channel that was asked in, None outside of channels."""

    audience: Audience
    days: Days
    can_share: bool = True
    shared_by: str | None = None
    channel: str | None = None


async def for_asker(desk: Desk, actor: Actor, asked: Asked) -> Setting:
    """An answer that the asker alone sees, in their language of dates."""
    person = await desk.people.person(asked.user)
    audience = only_the_asker(actor)
    held = await desk.run(lambda use_cases: use_cases.preferences(audience, asked.user, person.tz))
    days = Days(desk.use_cases.today(), held.locale, held.zone)
    return Setting(audience, days, asked.can_share, channel=asked.channel if asked.can_share else None)


def for_everyone(desk: Desk, audience: Audience, shared_by: str) -> Setting:
    """The copy that a channel sees: dates as the workspace writes them."""
    return Setting(audience, usual_days(desk), can_share=False, shared_by=shared_by)


def usual_days(desk: Desk) -> Days:
    """How the workspace writes dates."""
    return Days(desk.use_cases.today(), desk.use_cases.locale, desk.use_cases.zone)
