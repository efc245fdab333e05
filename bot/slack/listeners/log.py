"""Buttons about logging, the form, and the shortcuts that open it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from bot.domain.audience import Actor, Role, only_the_asker
from bot.services.results import Logged
from bot.slack import log_forms, logbook
from bot.slack.asked import Asked, of_action, of_shortcut, of_submission
from bot.slack.desk import Desk
from bot.slack.form_fields import Fields
from bot.slack.homes import refresh_home
from bot.slack.listeners.clicks import action_of
from bot.slack.listeners.forms import Submitted, saved
from bot.slack.log_values import Blank, Details, LogTo, Undo, decode, decode_state
from bot.slack.message_logs import about_message
from bot.slack.reminders.redraw import redraw
from bot.slack.render.log_form import Draft
from bot.slack.render.logged import logged_message
from bot.slack.replies import reply
from bot.slack.setting import Setting, for_asker


async def on_pressed(desk: Desk, body: dict[str, Any]) -> None:
    """A button about logging: what it carries says what it does."""
    asked = of_action(body)

    async def work(setting: Setting) -> None:
        match decode(action_of(body).get("value")):
            case LogTo() as pressed:
                await reply(desk.messenger, asked, await logbook.log_to(desk, setting, pressed), replace=True)
                await refresh_home(desk, asked.user)
            case Undo() as pressed:
                await reply(desk.messenger, asked, await logbook.undo(desk, setting, pressed), replace=True)
                await refresh_home(desk, asked.user)
                if asked.private:  # the answer stands in the thread of a reminder that may say so
                    await redraw(desk, asked.channel, asked.thread_ts)
            case Blank() as pressed:
                await log_forms.open_form(desk, asked, *await log_forms.blank(desk, setting, asked, pressed))
            case Details() as pressed:
                await log_forms.open_form(desk, asked, *await log_forms.details(desk, setting, asked, pressed))

    await _once_authorised(desk, asked, work)


async def on_message_shortcut(desk: Desk, body: dict[str, Any]) -> None:
    """*Log to account* on a message."""
    asked = of_shortcut(body)

    async def work(setting: Setting) -> None:
        await log_forms.open_form(desk, asked, *await about_message(desk, setting, asked, body))

    await _once_authorised(desk, asked, work)


async def on_new_shortcut(desk: Desk, body: dict[str, Any]) -> None:
    """*Log interaction* from anywhere."""
    asked = of_shortcut(body)

    async def work(_setting: Setting) -> None:
        await log_forms.open_form(desk, asked, Draft(desk.use_cases.now()), log_forms.new_state(asked))

    await _once_authorised(desk, asked, work)


async def _once_authorised(desk: Desk, asked: Asked, work: Callable[[Setting], Awaitable[None]]) -> None:
    async def authorised() -> None:
        actor = await desk.actor(asked, Role.MEMBER)
        await work(await for_asker(desk, actor, asked))

    await desk.once(asked, authorised)


async def on_submitted(desk: Desk, body: dict[str, Any]) -> Submitted:
    """The form: written before it closes. Whatever is wrong is said in it, and it stays as it was filled in."""

    async def work() -> tuple[Asked, Actor, Logged]:
        view = body.get("view") or {}
        state = decode_state(view.get("private_metadata"))
        asked = of_submission(body, state.channel, state.thread_ts)
        actor = await desk.actor(asked, Role.MEMBER)
        account_id, entry = await log_forms.read_entry(desk, Fields(view), state)
        audience, touch_id = only_the_asker(actor), state.touch_id
        if touch_id is None:
            done = await desk.write(lambda use_cases: use_cases.log_touch(audience, account_id, entry))
        else:
            done = await desk.write(lambda use_cases: use_cases.add_details(audience, touch_id, account_id, entry))
        return asked, actor, done

    async def confirm(came_of_it: tuple[Asked, Actor, Logged]) -> None:
        asked, actor, done = came_of_it
        setting = await for_asker(desk, actor, asked)
        await reply(desk.messenger, asked, logged_message(done, setting.days))
        await refresh_home(desk, asked.user)

    return await saved(work, confirm, "text")
