"""Buttons, menus and forms of account plans."""

from __future__ import annotations

from typing import Any

from bot.domain.audience import Role
from bot.services.plans.parts import SPECS
from bot.services.results.plans import PlanChanged
from bot.slack import plan_forms
from bot.slack.asked import Asked, of_action, of_submission
from bot.slack.desk import Desk
from bot.slack.files import File
from bot.slack.form_fields import Fields
from bot.slack.handing import Handout, hand_to_asker
from bot.slack.homes import refresh_home
from bot.slack.listeners.clicks import action_of, chosen
from bot.slack.listeners.forms import Submitted, saved
from bot.slack.plan_values import decode, decode_draw, decode_state
from bot.slack.render.plan import plan_changed
from bot.slack.render.text import md
from bot.slack.replies import reply
from bot.slack.setting import for_asker


async def on_pressed(desk: Desk, body: dict[str, Any]) -> None:
    """A button or a line of a menu: the form it names."""
    asked = of_action(body)

    async def work() -> None:
        action = action_of(body)
        what = decode(action.get("value") or chosen(action))
        actor = await desk.actor(asked, Role.MEMBER)
        await plan_forms.open_part(desk, await for_asker(desk, actor, asked), asked, what)

    await desk.once(asked, work)


async def on_draw(desk: Desk, body: dict[str, Any]) -> None:
    """A picture, for who pressed."""
    asked = of_action(body)

    async def work() -> None:
        pressed = decode_draw(action_of(body).get("value"))
        setting = await for_asker(desk, await desk.actor(asked, Role.READ_ONLY), asked)
        drawn = await desk.aside(
            lambda use_cases: use_cases.plans.picture(setting.audience, pressed.account_id, pressed.shown)
        )
        await hand_to_asker(
            desk, asked, Handout((File(drawn.name, drawn.png, drawn.title, drawn.alt),), md(drawn.title))
        )

    await desk.once(asked, work)


async def on_form(desk: Desk, body: dict[str, Any]) -> Submitted:
    """An entry: written before the form closes."""
    view = body.get("view") or {}
    state = decode_state(view.get("private_metadata"))
    asked = of_submission(body, state.channel, state.thread_ts)

    async def work() -> tuple[Asked, PlanChanged]:
        setting = await for_asker(desk, await desk.actor(asked, Role.MEMBER), asked)
        return asked, await plan_forms.submit(desk, setting, Fields(view), state)

    async def confirm(came_of_it: tuple[Asked, PlanChanged]) -> None:
        await reply(desk.messenger, came_of_it[0], plan_changed(came_of_it[1]))
        await refresh_home(desk, asked.user)

    return await saved(work, confirm, SPECS[state.what.part].fields[0].name)
