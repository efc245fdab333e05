"""From an ask to the message that answers it."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from bot.domain.audience import Audience, Role
from bot.domain.ids import parse_id
from bot.services.errors import BadInput
from bot.services.results import AccountCard, Match
from bot.slack import admin, binding, judging, logbook, promising, reminding
from bot.slack.asks import (
    Answered,
    Ask,
    Bind,
    BindTo,
    Card,
    Chart,
    DismissRisk,
    Export,
    Find,
    Help,
    Here,
    Judgement,
    Log,
    Lookup,
    MyReminders,
    MySettings,
    OwnAsk,
    Promises,
    PromiseTo,
    Question,
    Remind,
    SetHealth,
    Sketch,
    Status,
    Team,
    Trail,
    Unbind,
    View,
    WhyReminded,
    view_of,
)
from bot.slack.asks_admin import AdminAsk
from bot.slack.commands import COMMANDS
from bot.slack.conversing import answered
from bot.slack.desk import Desk
from bot.slack.mentioned import with_names
from bot.slack.ports import UseCases
from bot.slack.render import picker
from bot.slack.render.card import account_card
from bot.slack.render.help import help_page
from bot.slack.render.log_form import Draft
from bot.slack.render.parts import Message
from bot.slack.render.reminders.wish_form import WishDraft
from bot.slack.setting import Setting
from bot.slack.settings_forms import my_settings
from bot.slack.views import show

_NEEDS = {command.handler: command.needs for command in COMMANDS}


def needed_role(ask: Ask) -> Role:
    """From the command table; the card of a known account or of the channel's needs what `status` needs."""
    match ask:
        case Card() | Here():
            return _NEEDS["status"]
        case BindTo():
            return _NEEDS["bind"]
        case Team():
            return _NEEDS["book"]
        case Sketch():
            return _NEEDS[ask.skill]
        case Chart() | Export():
            return _NEEDS["kpi"]
        case Trail():
            return _NEEDS["audit"]
    return _NEEDS[type(ask).__name__.casefold()]


async def answer(desk: Desk, setting: Setting, ask: Answered) -> Message | Draft | WishDraft:
    """The message for an ask, or the draft of a form. Raises `StewardError` with a sentence for the asker."""
    if isinstance(ask, OwnAsk | Judgement):
        return await _own(desk, setting, ask)
    if isinstance(ask, AdminAsk):
        return await admin.answer(desk, setting, ask)
    if isinstance(ask, Lookup):
        return await looked_up(desk, setting, ask)
    match ask:
        case Help():
            return help_page(ask.topic)
        case MySettings():
            return await my_settings(desk, setting)
        case Log():
            return await logbook.log(desk, setting, ask)
        case Bind():
            return await binding.bind(desk, setting, ask)
        case BindTo():
            return await binding.bind_to(desk, setting, ask)
        case Unbind():
            return await binding.unbind(desk, setting)
        case _:
            assert_never(ask)


async def looked_up(desk: Desk, setting: Setting, ask: Lookup) -> Message:
    """A view, or what is behind a name, a text in names, the channel, or a question. Changes nothing."""
    match ask:
        case Here():
            return await here(desk, setting, ask)
        case Status():
            return await status(desk, setting, ask)
        case Find():
            return await find(desk, setting, ask)
        case Question():
            return await (await answered(desk, setting, ask.text))(setting)
        case _:
            return await show(desk, setting, ask)


async def _own(desk: Desk, setting: Setting, ask: OwnAsk | Judgement) -> Message | WishDraft:
    """About reminders, promises, and what people decide about health."""
    match ask:
        case SetHealth() | DismissRisk():
            return await judging.judge(desk, setting, ask)
        case Remind():
            return await reminding.remind(desk, setting, ask)
        case MyReminders():
            return await reminding.listed(desk, setting)
        case PromiseTo():
            return await promising.promise(desk, setting, ask)
        case Promises():
            return await promising.promises(desk, setting, ask)
        case WhyReminded():
            return await promising.why_last(desk, setting, ask)


async def status(desk: Desk, setting: Setting, ask: Status) -> Message:
    """The view when the name leads to one account; else a choice, never a guess."""
    query = await with_names(desk, ask.query)
    found = await desk.run(lambda use_cases: _meant(use_cases, setting.audience, replace(ask, query=query)))
    if isinstance(found, AccountCard):
        card = account_card(found, setting.days, can_share=setting.can_share, shared_by=setting.shared_by)
        return replace(card, for_all=True)
    if not isinstance(found, Match):
        return await show(desk, setting, found)
    return picker.choice(found, ask.show, ask.time) if found.candidates else picker.nothing(query, ask.show, ask.time)


def _meant(use_cases: UseCases, audience: Audience, ask: Status) -> AccountCard | View | Match:
    """A name that fits wins; then what was typed as a whole ("people first" may be a company)."""
    match = (use_cases.card_called if ask.show == "card" else use_cases.find_account)(audience, ask.query)
    if isinstance(match, AccountCard):
        return match
    if match.account_id is None and ask.whole is not None:
        whole = use_cases.find_account(audience, ask.whole)
        if (account_id := _only(whole)) is not None:
            return Card(account_id)
        match = match if match.candidates else whole
    account_id = _only(match)
    return match if account_id is None else view_of(ask.show, account_id, ask.time)


def _only(match: Match) -> int | None:
    return parse_id(match.account_id) if match.outcome == "one" and match.account_id else None


async def find(desk: Desk, setting: Setting, ask: Find) -> Message:
    found = await desk.run(lambda use_cases: use_cases.suggest_accounts(setting.audience, ask.text, picker.MOST))
    return picker.search_results(ask.text, found)


async def here(desk: Desk, setting: Setting, ask: Here) -> Message:
    """The view of the account that this channel is about, else how to ask."""
    channel = setting.channel
    found = None
    if channel is not None:
        found = await desk.run(lambda use_cases: use_cases.account_of_channel(setting.audience, channel))
    if found is None:
        if ask.show == "card":
            return help_page()
        raise BadInput(f"Which account? This channel is about none. For example `/account {ask.show} acme`.")
    account_id = parse_id(found.account_id)
    if found.gone or account_id is None:
        return await binding.gone(desk, setting, found)
    return await show(desk, setting, view_of(ask.show, account_id, ask.time))
