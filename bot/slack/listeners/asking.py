"""The way of every ask, whatever surface it came from."""

from __future__ import annotations

from collections.abc import Callable

from bot.slack import own_forms
from bot.slack.answers import answer, needed_role
from bot.slack.asked import Asked
from bot.slack.asks import Ask, FileAsk, Log, MySettings, Review, noun_of
from bot.slack.desk import Desk
from bot.slack.figures import handout
from bot.slack.handing import hand_to_asker
from bot.slack.homes import refresh_home
from bot.slack.log_forms import open_or_offer
from bot.slack.qbr.starting import begin
from bot.slack.render.log_form import Draft
from bot.slack.render.reminders.wish_form import WishDraft
from bot.slack.replies import reply
from bot.slack.setting import for_asker
from bot.slack.settings_forms import open_settings
from bot.slack.stamps import Stamp, difference


async def handle(
    desk: Desk, asked: Asked, read: Callable[[], Ask], *, replace: bool = False, clicked: Stamp | None = None
) -> None:
    """Answer what `read` yields, to the asker alone. `read` may raise `BadInput`, like everything behind it.

    `clicked` is the stamp of what stood there before: when that was old, the answer says so.
    """

    async def work() -> None:
        ask = read()
        actor = await desk.actor(asked, needed_role(ask))
        setting = await for_asker(desk, actor, asked)
        if isinstance(ask, Review):
            await begin(desk, setting, asked, ask)
            return
        if isinstance(ask, FileAsk):
            await hand_to_asker(desk, asked, await handout(desk, setting, ask))
            return
        message = await answer(desk, setting, ask)
        if isinstance(message, Draft):
            await open_or_offer(desk, asked, message)
            return
        if isinstance(message, WishDraft):
            await own_forms.open_or_offer(desk, asked, message)
            return
        if isinstance(ask, MySettings) and asked.trigger_id:
            await open_settings(desk, setting, asked)
        noted = message.noting(difference(noun_of(ask), clicked, message.stamp))
        await reply(desk.messenger, asked, noted, replace=replace)
        if isinstance(ask, Log):
            await refresh_home(desk, asked.user)

    await desk.once(asked, work)
