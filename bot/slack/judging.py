"""What people decide about health, by words, buttons and forms."""

from __future__ import annotations

from datetime import date

from bot.services.errors import BadFields, BadInput
from bot.services.reminders.promises import due_day
from bot.services.results.own import Question
from bot.services.results.why import Decided
from bot.slack.admin import one_account
from bot.slack.asked import Asked
from bot.slack.asks import DismissRisk, Judgement, SetHealth
from bot.slack.desk import Desk
from bot.slack.form_fields import Fields
from bot.slack.grammar_health import SET_EXAMPLE
from bot.slack.health_values import Judge, JudgeState
from bot.slack.mentioned import with_names
from bot.slack.render.judged import REASON, RISK, SCORE, UNTIL, judged, risk_form, score_form
from bot.slack.render.parts import Message
from bot.slack.replies import show_form
from bot.slack.setting import Setting


async def judge(desk: Desk, setting: Setting, ask: Judgement) -> Message:
    """What was decided. Raises BadInput when it cannot be told about which account, or what is wrong with it."""
    return await (_set_health(desk, setting, ask) if isinstance(ask, SetHealth) else _dismiss(desk, setting, ask))


async def _set_health(desk: Desk, setting: Setting, ask: SetHealth) -> Message:
    """A score in place of the computed one, or without a score the computed one again."""
    account_id = await one_account(desk, setting, ask.query)
    if ask.score is None:
        return judged(await desk.write(lambda use: use.health.clear_score(setting.audience, account_id)))
    score, reason, until = ask.score, await with_names(desk, ask.reason), _day(desk, setting, ask.until)
    try:
        return judged(
            await desk.write(lambda use: use.health.set_score(setting.audience, account_id, score, reason, until))
        )
    except BadFields as wrong:
        raise BadInput(" ".join(wrong.fields.values())) from wrong


async def _dismiss(desk: Desk, setting: Setting, ask: DismissRisk) -> Message:
    account_id, reason = await one_account(desk, setting, ask.query), await with_names(desk, ask.reason)
    return judged(await desk.write(lambda use: use.health.dismiss(setting.audience, account_id, ask.risk, reason)))


async def press(desk: Desk, setting: Setting, pressed: Judge) -> Message:
    """The deeds that need no form."""
    if pressed.deed == "clear":
        return judged(await desk.write(lambda use: use.health.clear_score(setting.audience, pressed.account_id)))
    risk = pressed.risk or ""
    return judged(await desk.write(lambda use: use.health.restore(setting.audience, pressed.account_id, risk)))


async def open_form(desk: Desk, setting: Setting, asked: Asked, pressed: Judge) -> None:
    """Raises BadInput when there is no risk to dismiss, NotFound when the account is gone."""
    found = await desk.run(lambda use: use.why_health(setting.audience, pressed.account_id))
    state = JudgeState(pressed, asked.channel, asked.thread_ts)
    if pressed.deed == "score":
        await show_form(desk.messenger, asked, score_form(found, state, setting.days.today))
    elif found.risks:
        await show_form(desk.messenger, asked, risk_form(found, state))
    else:
        raise BadInput(f"There is no risk of {found.account} to dismiss now.")


async def submit_score(desk: Desk, setting: Setting, fields: Fields, state: JudgeState) -> Decided:
    """Set what was filled in. Raises BadFields that says under each field what is wrong."""
    typed, until = (fields.text(SCORE) or "").strip(), fields.day(UNTIL)
    wrong = {}
    if not (typed.isascii() and typed.isdecimal()):
        wrong[SCORE] = "A score is a whole number from 0 to 100."
    if until is None:
        wrong[UNTIL] = "Choose the last day it holds."
    if wrong or until is None:
        raise BadFields(wrong)
    reason, account_id = fields.text(REASON) or "", state.judge.account_id
    return await desk.write(lambda use: use.health.set_score(setting.audience, account_id, int(typed), reason, until))


async def submit_risk(desk: Desk, setting: Setting, fields: Fields, state: JudgeState) -> Decided:
    """Dismiss what was chosen. Raises BadFields when there is no such risk any more, or no reason."""
    risk, reason = fields.choice(RISK) or "", fields.text(REASON) or ""
    try:
        return await desk.write(lambda use: use.health.dismiss(setting.audience, state.judge.account_id, risk, reason))
    except BadInput as wrong:
        raise BadFields({REASON if not reason.strip() else RISK: str(wrong)}) from wrong


def _day(desk: Desk, setting: Setting, words: str) -> date:
    found = due_day(words, setting.ways, desk.use_cases.now())
    if isinstance(found, Question):
        raise BadInput(f"{found.question} Write it as 2026-12-31.")
    if found is None:
        raise BadInput(f"Until when? For example `{SET_EXAMPLE}`.")
    return found
