"""Erasing somebody from Slack: what would go first, then a button that asks once more."""

from __future__ import annotations

from bot.domain.ids import id_text
from bot.services.erasing.whom import Whom
from bot.services.results.erasing import Choice
from bot.slack.desk import Desk
from bot.slack.erase_values import Erase
from bot.slack.render.erasing import erased, erasure_plan, who_is_meant
from bot.slack.render.parts import Message
from bot.slack.setting import Setting


async def ask_first(desk: Desk, setting: Setting, account_id: int, who: str) -> Message:
    """What would go, or who may be meant. Nothing is done."""
    whom = Whom(who, account_id=account_id)
    plan = await desk.aside(lambda use: use.erasing.plan_person(setting.audience, whom))
    return who_is_meant(plan) if isinstance(plan, Choice) else erasure_plan(plan, account_id)


async def erase(desk: Desk, setting: Setting, pressed: Erase) -> Message:
    """Erase them: seconds where the book is large. Whoever is gone by now is told of as such."""
    whom = Whom(id_text(pressed.person_id), account_id=pressed.account_id)
    done = await desk.write(lambda use: use.erasing.erase_person(setting.audience, whom))
    return who_is_meant(done) if isinstance(done, Choice) else erased(done)
