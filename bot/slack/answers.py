"""From an ask to the message that answers it."""

from __future__ import annotations

from typing import assert_never

from bot.domain.audience import Role
from bot.domain.ids import id_text, parse_id
from bot.services.errors import BadInput
from bot.services.results import AccountCard, Match
from bot.services.scope import MEMBER
from bot.slack import binding
from bot.slack.asks import Ask, Bind, BindTo, Book, Card, Find, Help, Here, Renewals, Status, Unbind
from bot.slack.commands import COMMANDS
from bot.slack.desk import Desk
from bot.slack.ports import UseCases
from bot.slack.render import picker
from bot.slack.render.book import book_page
from bot.slack.render.card import account_card
from bot.slack.render.help import help_page
from bot.slack.render.parts import Message
from bot.slack.render.renewals import renewals_page
from bot.slack.render.text import md
from bot.slack.setting import Setting

_NEEDS = {command.handler: command.needs for command in COMMANDS}


def needed_role(ask: Ask) -> Role:
    """From the command table; the card of a known account or of the channel's needs what `status` needs."""
    match ask:
        case Card() | Here():
            return _NEEDS["status"]
        case BindTo():
            return _NEEDS["bind"]
    return _NEEDS[type(ask).__name__.casefold()]


async def answer(desk: Desk, setting: Setting, ask: Ask) -> Message:
    """The message for an ask. Raises `StewardError` with a sentence for the asker."""
    match ask:
        case Status():
            return await status(desk, setting, ask)
        case Find():
            return await find(desk, setting, ask)
        case Card():
            return await card(desk, setting, ask)
        case Book():
            return await book(desk, setting, ask)
        case Renewals():
            return await renewals(desk, setting, ask)
        case Help():
            return help_page(ask.topic)
        case Here():
            return await here(desk, setting, ask)
        case Bind():
            return await binding.bind(desk, setting, ask)
        case BindTo():
            return await binding.bind_to(desk, setting, ask)
        case Unbind():
            return await binding.unbind(desk, setting)
        case _:
            assert_never(ask)


async def status(desk: Desk, setting: Setting, ask: Status) -> Message:
    """The card when the name leads to one account; else a choice, never a guess."""

    def work(use_cases: UseCases) -> Match | AccountCard:
        match = use_cases.find_account(setting.audience, ask.query)
        account_id = parse_id(match.account_id) if match.outcome == "one" and match.account_id else None
        return match if account_id is None else use_cases.account_card(setting.audience, account_id)

    found = await desk.run(work)
    if isinstance(found, AccountCard):
        return account_card(found, setting.days, can_share=setting.can_share, shared_by=setting.shared_by)
    return picker.choice(found) if found.candidates else picker.nothing(md(ask.query, 80))


async def find(desk: Desk, setting: Setting, ask: Find) -> Message:
    found = await desk.run(lambda use_cases: use_cases.suggest_accounts(setting.audience, ask.text, picker.MOST))
    return picker.search_results(ask.text, found)


async def card(desk: Desk, setting: Setting, ask: Card) -> Message:
    found = await desk.run(lambda use_cases: use_cases.account_card(setting.audience, ask.account_id))
    return account_card(found, setting.days, can_share=setting.can_share, shared_by=setting.shared_by)


async def here(desk: Desk, setting: Setting, ask: Here) -> Message:
    """The card of the account that this channel is about, else how to ask."""
    channel = setting.channel
    if channel is None:
        return help_page(ask.topic)
    found = await desk.run(lambda use_cases: use_cases.account_of_channel(setting.audience, channel))
    if found is None:
        return help_page(ask.topic)
    account_id = parse_id(found.account_id)
    if found.gone or account_id is None:
        return await binding.gone(desk, setting, found)
    return await card(desk, setting, Card(account_id))


async def book(desk: Desk, setting: Setting, ask: Book) -> Message:
    owner = await _owner(desk, ask.owner)
    page = await desk.run(
        lambda use_cases: use_cases.book(setting.audience, owner=owner, search=ask.search, sort=ask.sort, page=ask.page)
    )
    return book_page(page, ask, setting.days, can_share=setting.can_share, shared_by=setting.shared_by)


async def renewals(desk: Desk, setting: Setting, ask: Renewals) -> Message:
    owner = await _owner(desk, ask.owner)
    page = await desk.run(
        lambda use_cases: use_cases.renewals(setting.audience, within_days=ask.within_days, owner=owner, page=ask.page)
    )
    return renewals_page(page, ask, setting.days, can_share=setting.can_share, shared_by=setting.shared_by)


async def _owner(desk: Desk, owner: str | None) -> str | None:
    """Whose accounts: somebody who was mentioned ("@" and a Slack user id) is who they are by the team list."""
    if owner is None or not owner.startswith("@"):
        return owner
    actor = await desk.people.actor(owner[1:])
    if actor.member_id is None:
        raise BadInput(f"{actor.name or 'That person'} is not in the team list; try a name, mine, team or all.")
    return f"{MEMBER}{id_text(actor.member_id)}"
