"""Buttons and forms of people's own reminders and promises, and the shortcut on a message."""

from __future__ import annotations

from typing import Any

from bot.domain.audience import Role
from bot.services.results.own import OwnReminder, Tracked
from bot.slack import own_forms, promising, reminding
from bot.slack.asked import Asked, of_action, of_shortcut, of_submission
from bot.slack.desk import Desk
from bot.slack.form_fields import Fields
from bot.slack.listeners.clicks import action_of
from bot.slack.listeners.forms import Submitted, saved
from bot.slack.message_logs import about_message
from bot.slack.own_values import (
    ChangeOwn,
    EndPromise,
    ListOwn,
    ListPromises,
    NewOwn,
    SetWish,
    TrackPledge,
    decode,
    decode_pledge_state,
    decode_state,
)
from bot.slack.reminders.redraw import redraw
from bot.slack.render.parts import Message
from bot.slack.render.reminders.own_set import own_set
from bot.slack.render.reminders.pledge_form import QUOTE
from bot.slack.render.reminders.promises import tracked
from bot.slack.render.reminders.wish_form import TEXT
from bot.slack.replies import reply
from bot.slack.setting import Setting, for_asker


async def on_pressed(desk: Desk, body: dict[str, Any]) -> None:
    """A button about a reminder or a promise: what it carries says what it does."""
    asked = of_action(body)

    async def work() -> None:
        pressed = decode(action_of(body).get("value"))
        looks = isinstance(pressed, ListOwn | ListPromises)
        actor = await desk.actor(asked, Role.READ_ONLY if looks else Role.MEMBER)
        setting = await for_asker(desk, actor, asked)
        match pressed:
            case ChangeOwn(change="edit"):
                await own_forms.open_change(desk, setting, asked, pressed)
            case NewOwn():
                await own_forms.open_new(desk, setting, asked, pressed)
            case _:
                await reply(desk.messenger, asked, await _answer(desk, setting, pressed), replace=True)
                if isinstance(pressed, EndPromise) and asked.private:
                    await redraw(desk, asked.channel, asked.thread_ts)

    await desk.once(asked, work)


async def _answer(
    desk: Desk, setting: Setting, pressed: SetWish | ChangeOwn | ListOwn | TrackPledge | EndPromise | ListPromises
) -> Message:
    match pressed:
        case SetWish(wish):
            return await reminding.set_wish(desk, setting, wish)
        case ChangeOwn():
            return await reminding.switch(desk, setting, pressed)
        case ListOwn(page):
            return await reminding.listed(desk, setting, page)
        case TrackPledge(pledge):
            return await promising.track(desk, setting, pledge)
        case EndPromise():
            return await promising.end(desk, setting, pressed)
        case ListPromises():
            return await promising.listed(desk, setting, pressed)


async def on_message_shortcut(desk: Desk, body: dict[str, Any]) -> None:
    """*Track promise* on a message."""
    asked = of_shortcut(body)

    async def work() -> None:
        actor = await desk.actor(asked, Role.MEMBER)
        draft, state = await about_message(desk, await for_asker(desk, actor, asked), asked, body)
        view = own_forms.new_pledge(draft.account, state.message, draft.about)
        await own_forms.open_view(desk, asked, view)

    await desk.once(asked, work)


async def on_wish_form(desk: Desk, body: dict[str, Any]) -> Submitted:
    """A new reminder, or other words and times for one."""
    view = body.get("view") or {}
    state = decode_state(view.get("private_metadata"))
    asked = of_submission(body, state.channel, state.thread_ts)

    async def work() -> tuple[OwnReminder, Setting]:
        setting = await _setting(desk, asked)
        return await own_forms.submit_wish(desk, setting, Fields(view), state), setting

    async def confirm(done: tuple[OwnReminder, Setting]) -> None:
        own, setting = done
        await reply(desk.messenger, asked, own_set(own, setting.days, changed=state.changes))

    return await saved(work, confirm, TEXT)


async def on_pledge_form(desk: Desk, body: dict[str, Any]) -> Submitted:
    """A promise."""
    view = body.get("view") or {}
    state = decode_pledge_state(view.get("private_metadata"))
    asked = of_submission(body)

    async def work() -> tuple[Tracked, Setting]:
        setting = await _setting(desk, asked)
        return await own_forms.submit_pledge(desk, setting, Fields(view), state), setting

    async def confirm(done: tuple[Tracked, Setting]) -> None:
        await reply(desk.messenger, asked, tracked(done[0], done[1].days))

    return await saved(work, confirm, QUOTE)


async def _setting(desk: Desk, asked: Asked) -> Setting:
    return await for_asker(desk, await desk.actor(asked, Role.MEMBER), asked)
