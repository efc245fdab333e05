"""The way of every ask, whatever surface it came from."""

from __future__ import annotations

from collections.abc import Callable

from bot.slack.answers import answer, needed_role
from bot.slack.asked import Asked
from bot.slack.asks import Ask
from bot.slack.desk import Desk
from bot.slack.replies import reply
from bot.slack.setting import for_asker


async def handle(desk: Desk, asked: Asked, read: Callable[[], Ask], *, replace: bool = False) -> None:
    """Answer what `read` yields, to the asker alone. `read` may raise `BadInput`, like everything behind it."""

    async def work() -> None:
        ask = read()
        actor = await desk.actor(asked, needed_role(ask))
        message = await answer(desk, await for_asker(desk, actor, asked), ask)
        await reply(desk.messenger, asked, message, replace=replace)

    await desk.once(asked, work)
