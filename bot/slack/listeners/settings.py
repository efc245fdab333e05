"""One's own settings: the button that opens the form, its searches, and what is saved."""

from __future__ import annotations

from typing import Any

from bot.domain.audience import Actor, Role, only_the_asker
from bot.domain.preferences import Choices
from bot.services.errors import BadFields
from bot.slack.asked import of_action, of_submission
from bot.slack.desk import Desk
from bot.slack.errors import caught
from bot.slack.form_fields import Fields
from bot.slack.homes import refresh_home
from bot.slack.listeners.forms import Submitted
from bot.slack.render.parts import Element
from bot.slack.render.settings_form import countries_called, zones
from bot.slack.setting import for_asker
from bot.slack.settings_forms import check, open_settings, read_choices


async def on_settings(desk: Desk, body: dict[str, Any]) -> None:
    asked = of_action(body)

    async def work() -> None:
        actor = await desk.actor(asked, Role.READ_ONLY)
        await open_settings(desk, await for_asker(desk, actor, asked), asked)

    await desk.once(asked, work)


async def offer_zones(_desk: Desk, body: dict[str, Any]) -> list[Element]:
    return zones(str(body.get("value") or ""))


async def offer_countries(_desk: Desk, body: dict[str, Any]) -> list[Element]:
    return countries_called(str(body.get("value") or ""))


async def on_submitted(desk: Desk, body: dict[str, Any]) -> Submitted:
    """Checked before the form closes, saved when it has; saving the same twice changes nothing."""
    wrong: dict[str, str] = {}

    async def tell(sentence: str) -> None:
        wrong["timezone"] = sentence

    async with caught("checking settings", tell):
        try:
            return await _submitted(desk, body)
        except BadFields as error:
            wrong |= error.fields
    return Submitted.wrong(wrong)


async def _submitted(desk: Desk, body: dict[str, Any]) -> Submitted:
    asked = of_submission(body)
    actor = await desk.actor(asked, Role.READ_ONLY)
    chosen = read_choices(Fields(body.get("view")))
    await check(desk, chosen, asked.user)

    async def save() -> None:
        await _save(desk, actor, chosen)
        await refresh_home(desk, asked.user)

    return Submitted(then=save)


async def _save(desk: Desk, actor: Actor, chosen: Choices) -> None:
    backup = await desk.people.person(chosen.backup_id) if chosen.backup_id is not None else None
    email = backup.email if backup is not None else None
    await desk.write(lambda use_cases: use_cases.save_preferences(only_the_asker(actor), chosen, email))
