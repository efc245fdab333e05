"""What somebody may want to ask when they open the conversation with the bot: about the account of the channel they
look at, about what presses in their own book, about their team."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.domain.audience import Actor, Role, Sharing, only_the_asker
from bot.services.results import MyDay
from bot.slack.commands import SUGGESTED_PROMPTS
from bot.slack.desk import Desk
from bot.slack.render.text import plain
from bot.slack.witness import Spot

MOST: Final = 4
_NAME: Final = 60
_CHANNEL: Final = "slack#/types/channel_id"
Prompt = tuple[str, str]


async def suggest(desk: Desk, user: str, conversation: str, context: object) -> None:
    """Offer them, in place of those offered before. Outsiders are offered nothing."""
    actor = await desk.people.actor(user)
    if actor.is_insider:
        prompts = await _fitting(desk, actor, viewed(context))
        await desk.messenger.show(Spot("menu", private=True))
        await desk.messenger.suggest_prompts(conversation, prompts)


def viewed(context: object) -> str | None:
    """The channel that somebody looks at, as Slack tells it."""
    entities = context.get("entities") if isinstance(context, dict) else None
    for one in entities if isinstance(entities, list) else ():
        if isinstance(one, dict) and one.get("type") == _CHANNEL and isinstance(one.get("value"), str):
            return str(one["value"])
    return None


async def _fitting(desk: Desk, actor: Actor, channel: str | None) -> list[Prompt]:
    """Beside a channel that outsiders may read, or of which that is not known, no name is offered at all."""
    own: list[Prompt] = []
    if channel is None:
        own = await _of_their_own(desk, actor)
    elif (await desk.rooms.look(channel)).sharing is Sharing.INTERNAL:
        account = await _account_here(desk, actor, channel)
        own = [*_about(account)] if account is not None else await _of_their_own(desk, actor)
    return [*dict.fromkeys([*own, *SUGGESTED_PROMPTS])][:MOST]


async def _of_their_own(desk: Desk, actor: Actor) -> list[Prompt]:
    person = await desk.people.person(actor.slack_user_id or "")
    day = await desk.aside(lambda use_cases: use_cases.my_day(only_the_asker(actor), person.tz))
    return [*_pressing(day), *(_TEAMS if actor.role.covers(Role.LEAD) else ())]


async def _account_here(desk: Desk, actor: Actor, channel: str) -> str | None:
    bound = await desk.run(lambda use_cases: use_cases.account_of_channel(only_the_asker(actor), channel))
    return bound.account if bound is not None and not bound.gone else None


def _about(account: str) -> Iterator[Prompt]:
    name = plain(account, _NAME)
    yield f"How is {name} doing?", f'how is "{name}" doing?'
    yield f"Prepare a call with {name}", f'brief "{name}"'
    yield "What happened lately?", f'what happened with "{name}" in the last 30 days?'


def _pressing(day: MyDay) -> Iterator[Prompt]:
    """Of somebody's own book, what comes first of each kind."""
    for renewal in day.renewals[:1]:
        name = plain(renewal.account, _NAME)
        yield f"Prepare the renewal of {name}", f'brief "{name}"'
    for silent in day.check_ins[:1]:
        name = plain(silent.account, _NAME)
        yield f"When did we last talk to {name}?", f'when did we last talk to "{name}"?'


_TEAMS: Final[tuple[Prompt, ...]] = (("At risk in my team", "which accounts of my team are at risk?"),)
