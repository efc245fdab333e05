"""Buttons and forms of what people decide about health."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

from bot.domain.audience import Role
from bot.services.results.why import Decided
from bot.slack import judging
from bot.slack.asked import of_action, of_submission
from bot.slack.desk import Desk
from bot.slack.form_fields import Fields
from bot.slack.health_values import JudgeState, decode, decode_state
from bot.slack.homes import refresh_home
from bot.slack.listeners.clicks import action_of
from bot.slack.listeners.forms import Submitted, saved
from bot.slack.render.judged import REASON, judged
from bot.slack.replies import reply
from bot.slack.setting import Setting, for_asker

_Submit: TypeAlias = Callable[[Desk, Setting, Fields, JudgeState], Awaitable[Decided]]


async def on_pressed(desk: Desk, body: dict[str, Any]) -> None:
    """A form, or what needs none."""
    asked = of_action(body)

    async def work() -> None:
        pressed = decode(action_of(body).get("value"))
        setting = await for_asker(desk, await desk.actor(asked, Role.MEMBER), asked)
        if pressed.deed in ("score", "risk"):
            await judging.open_form(desk, setting, asked, pressed)
        else:
            await reply(desk.messenger, asked, await judging.press(desk, setting, pressed))

    await desk.once(asked, work)


async def on_score(desk: Desk, body: dict[str, Any]) -> Submitted:
    """A score by hand."""
    return await _on_form(desk, body, judging.submit_score)


async def on_risk(desk: Desk, body: dict[str, Any]) -> Submitted:
    """A risk that is none."""
    return await _on_form(desk, body, judging.submit_risk)


async def _on_form(desk: Desk, body: dict[str, Any], submit: _Submit) -> Submitted:
    view = body.get("view") or {}
    state = decode_state(view.get("private_metadata"))
    asked = of_submission(body, state.channel, state.thread_ts)

    async def work() -> Decided:
        setting = await for_asker(desk, await desk.actor(asked, Role.MEMBER), asked)
        return await submit(desk, setting, Fields(view), state)

    async def confirm(done: Decided) -> None:
        await reply(desk.messenger, asked, judged(done))
        await refresh_home(desk, asked.user)

    return await saved(work, confirm, REASON)
