"""The form for one's own settings: opening it, and what was chosen in it."""

from __future__ import annotations

import asyncio

from bot.domain.preferences import Choices, Preferences, mistakes
from bot.services.errors import BadFields
from bot.slack.asked import Asked
from bot.slack.desk import Desk
from bot.slack.form_fields import Fields
from bot.slack.render.parts import Message
from bot.slack.render.settings import settings_message
from bot.slack.render.settings_form import ON, USUAL, settings_form
from bot.slack.replies import show_form
from bot.slack.setting import Setting

# Slack waits three seconds for what a submitted form answers.
_TIME = 1.5


async def my_settings(desk: Desk, setting: Setting) -> Message:
    """What holds for the asker, in words."""
    held = await _held(desk, setting, setting.audience.actor.slack_user_id or "")
    return settings_message(held, setting.days)


async def _held(desk: Desk, setting: Setting, user: str) -> Preferences:
    person = await desk.people.person(user)
    return await desk.run(lambda use_cases: use_cases.preferences(setting.audience, user, person.tz))


async def open_settings(desk: Desk, setting: Setting, asked: Asked) -> None:
    """Raises `SlackApiError` when the trigger expired."""
    held = await _held(desk, setting, asked.user)
    await show_form(desk.messenger, asked, settings_form(held, desk.use_cases.locale))


def read_choices(fields: Fields) -> Choices:
    """What was chosen; a field that cannot be read is left to the defaults."""
    days = fields.choices("working_days")
    return Choices(
        timezone=_own(fields.choice("timezone")),
        locale=_own(fields.choice("locale")),
        country=_own(fields.choice("country")),
        working_days=frozenset(int(day) for day in days if day.isdecimal() and len(day) == 1),
        digest=ON in fields.choices("digest"),
        alerts=ON in fields.choices("alerts"),
        digest_at=fields.time("digest_at"),
        quiet_from=fields.time("quiet_from"),
        quiet_until=fields.time("quiet_until"),
        away_from=fields.day("away_from"),
        away_until=fields.day("away_until"),
        backup_id=fields.user("backup_id"),
    )


async def check(desk: Desk, chosen: Choices, user: str) -> None:
    """Raises BadFields with a sentence for each field that is wrong."""
    wrong = mistakes(chosen, user)
    if chosen.backup_id is not None and "backup_id" not in wrong:
        async with asyncio.timeout(_TIME):
            person = await desk.people.person(chosen.backup_id)
        if person.is_bot or person.deleted or person.is_guest or person.is_external:
            name = person.called or "That person"
            wrong["backup_id"] = f"{name} is not one of your colleagues here. Pick somebody who can read what I send."
    if wrong:
        raise BadFields(wrong)


def _own(chosen: str | None) -> str | None:
    return None if chosen == USUAL else chosen
