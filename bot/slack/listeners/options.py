"""The account search: what its menu offers while somebody types. Slack wants the options in the ack itself."""

from __future__ import annotations

import asyncio
from typing import Any

from bot.domain.audience import Role, only_the_asker
from bot.slack.asked import of_action
from bot.slack.desk import Desk
from bot.slack.errors import caught
from bot.slack.render.parts import Element
from bot.slack.render.picker import options
from bot.slack.witness import Spot
from bot.slack.words import unescape

_MOST = 20
# Slack gives up after three seconds; an empty menu in time is better than a spinner.
_TIME = 2.5


async def offer_accounts(desk: Desk, body: dict[str, Any]) -> list[Element]:
    """At most twenty; none for somebody who may not see any, and none when the search fails."""

    async def tell(_sentence: str) -> None: ...

    async with caught("searching accounts", tell), asyncio.timeout(_TIME):
        actor = await desk.actor(of_action(body), Role.READ_ONLY)
        typed = unescape(str(body.get("value") or ""))
        found = await desk.run(lambda use_cases: use_cases.suggest_accounts(only_the_asker(actor), typed, _MOST))
        await desk.messenger.show(Spot("menu", private=True))
        return options(found)
    return []
