"""The way of every ask, whatever surface it came from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace as renewed

from bot.domain.audience import Role
from bot.services.errors import BadInput
from bot.slack import own_forms
from bot.slack.answers import answer, looked_up, needed_role
from bot.slack.asked import Asked
from bot.slack.asks import (
    SKILLS,
    Answered,
    Ask,
    FileAsk,
    Here,
    Log,
    Lookup,
    MySettings,
    Question,
    Review,
    Sketch,
    Status,
    noun_of,
)
from bot.slack.conversing import answered, converse
from bot.slack.desk import Desk
from bot.slack.figures import handout
from bot.slack.growing import NEEDED, growing
from bot.slack.handing import hand_to_asker
from bot.slack.homes import refresh_home
from bot.slack.log_forms import open_or_offer
from bot.slack.qbr.starting import begin
from bot.slack.render.log_form import Draft
from bot.slack.render.parts import Message, simple
from bot.slack.render.reminders.wish_form import WishDraft
from bot.slack.replies import reply
from bot.slack.setting import Setting, for_asker
from bot.slack.settings_forms import open_settings
from bot.slack.stamps import Stamp, difference
from bot.slack.telling import Make, tell


async def handle(
    desk: Desk,
    asked: Asked,
    read: Callable[[], Ask],
    *,
    replace: bool = False,
    clicked: Stamp | None = None,
    words: str | None = None,
) -> None:
    """Answer what `read` yields: a look-up by mention where `telling` says, everything else to the asker alone. `read`
    may raise `BadInput`, like everything behind it.

    `clicked` is the stamp of what stood there before: when that was old, the answer says so. `words` are those that
    were typed: where they are no command, they may be a question.
    """

    async def work() -> None:
        ask = _read(read, words)
        needed = needed_role(ask) if not isinstance(ask, BadInput) else Role.READ_ONLY
        actor = await desk.actor(asked, needed)
        setting = await for_asker(desk, actor, asked)
        if words is not None and (make := await converse(desk, setting, words, ask)) is not None:
            await tell(desk, asked, setting, make)
            return
        if isinstance(ask, BadInput):
            raise ask
        if isinstance(ask, Review):
            await begin(desk, setting, asked, ask)
        elif isinstance(ask, FileAsk):
            await hand_to_asker(desk, asked, await handout(desk, setting, ask))
        elif asked.surface == "mention" and isinstance(ask, Lookup) and not _is_draft(ask):
            await tell(desk, asked, setting, await _maker(desk, setting, ask))
        else:
            await _answer(desk, asked, setting, ask, replace=replace, clicked=clicked)

    await desk.once(asked, work)


async def _answer(
    desk: Desk, asked: Asked, setting: Setting, ask: Answered, *, replace: bool, clicked: Stamp | None
) -> None:
    """To the asker alone: a message, or the form that was asked for."""
    if _is_draft(ask) and not replace:
        await _drafted(desk, asked, setting, ask)
        return
    await _tell_of_a_wait(desk, asked, ask)
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


def _read(read: Callable[[], Ask], words: str | None) -> Ask | BadInput:
    """What was asked for; with `words` also why it is no command, for it may still be a question."""
    try:
        return read()
    except BadInput as problem:
        if words is None:
            raise
        return problem


async def _maker(desk: Desk, setting: Setting, ask: Lookup) -> Make:
    if isinstance(ask, Question):
        return await answered(desk, setting, ask.text)
    return lambda there: looked_up(desk, there, ask)


def _is_draft(ask: Ask) -> bool:
    """What a model may word: made once, for who asked."""
    return isinstance(ask, Sketch) or (isinstance(ask, Status | Here) and ask.show in SKILLS)


async def _drafted(desk: Desk, asked: Asked, setting: Setting, ask: Answered) -> None:
    """A draft, its steps shown while it is made."""
    async with growing(desk, asked) as grown:
        message = await answer(desk, renewed(setting, progress=grown.tell), ask)
        if isinstance(message, Message):
            await grown.finish(message)


async def _tell_of_a_wait(desk: Desk, asked: Asked, ask: Ask) -> None:
    """A draft that a model words takes a while: say so at once."""
    seconds = desk.use_cases.model_seconds
    if _is_draft(ask) and seconds is not None and asked.place is None:
        await reply(desk.messenger, asked, simple(NEEDED.format(seconds)))
