"""From a view that a button can carry to the message that shows it."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from bot.domain.ids import id_text
from bot.domain.when.past import PastError, past_day
from bot.services.errors import BadInput
from bot.services.kpi.ask import KpiQuestion
from bot.services.scope import MEMBER
from bot.slack import admin
from bot.slack.asks import (
    AccountView,
    AsOf,
    Book,
    Card,
    Diff,
    Kpi,
    People,
    Plan,
    Renewals,
    Sketch,
    Team,
    Timeline,
    Trail,
    View,
    Why,
)
from bot.slack.desk import Desk
from bot.slack.render.book import book_page
from bot.slack.render.card import account_card
from bot.slack.render.kpi import kpi_list, kpi_page
from bot.slack.render.parts import Message
from bot.slack.render.past import card_then, diff_page
from bot.slack.render.people import people_page
from bot.slack.render.plan import plan_page
from bot.slack.render.renewals import renewals_page
from bot.slack.render.skills import draft_page
from bot.slack.render.team import team_page
from bot.slack.render.timeline import timeline_page
from bot.slack.render.why import why_page
from bot.slack.setting import Setting


async def show(desk: Desk, setting: Setting, view: View) -> Message:
    """The message for a view; drafts and the audit trail are for who asked alone. Raises `StewardError` with a sentence
    for them."""
    return replace(await _shown(desk, setting, view), for_all=not isinstance(view, Sketch | Trail))


async def _shown(desk: Desk, setting: Setting, view: View) -> Message:
    match view:
        case Book():
            return await book(desk, setting, view)
        case Team():
            return await team(desk, setting)
        case Renewals():
            return await renewals(desk, setting, view)
        case Kpi():
            return await kpi(desk, setting, view)
        case _:
            return await _of_account(desk, setting, view)


async def _of_account(desk: Desk, setting: Setting, view: AccountView) -> Message:
    match view:
        case Card():
            return await card(desk, setting, view)
        case Timeline():
            return await timeline(desk, setting, view)
        case People():
            return await people(desk, setting, view)
        case Why():
            return await why(desk, setting, view)
        case Plan():
            return await plan(desk, setting, view)
        case Diff():
            return await diff(desk, setting, view)
        case AsOf():
            return await as_of(desk, setting, view)
        case Sketch():
            return await sketch(desk, setting, view)
        case Trail():
            return await admin.trail(desk, setting, view)
        case _:
            assert_never(view)


async def card(desk: Desk, setting: Setting, ask: Card) -> Message:
    found = await desk.run(lambda use_cases: use_cases.account_card(setting.audience, ask.account_id))
    return account_card(found, setting.days, can_share=setting.can_share, shared_by=setting.shared_by)


async def timeline(desk: Desk, setting: Setting, ask: Timeline) -> Message:
    found = await desk.run(
        lambda use_cases: use_cases.timeline(setting.audience, ask.account_id, section=ask.section, page=ask.page)
    )
    return timeline_page(found, ask, setting.days)


async def people(desk: Desk, setting: Setting, ask: People) -> Message:
    found = await desk.run(lambda use_cases: use_cases.contacts(setting.audience, ask.account_id, page=ask.page))
    return people_page(found, ask, setting.days)


async def diff(desk: Desk, setting: Setting, ask: Diff) -> Message:
    found = await desk.aside(lambda use_cases: use_cases.past.diff(setting.audience, ask.account_id, ask.since))
    return diff_page(found, ask, setting.days)


async def as_of(desk: Desk, setting: Setting, ask: AsOf) -> Message:
    found = await desk.aside(lambda use_cases: use_cases.past.as_of(setting.audience, ask.account_id, ask.day))
    return card_then(found, ask, setting.days)


async def sketch(desk: Desk, setting: Setting, ask: Sketch) -> Message:
    """In a thread: tenths of a second, or as long as a model may take."""
    found = await desk.slowly(
        lambda use_cases: use_cases.draft_skill(setting.audience, ask.account_id, ask.skill, progress=setting.progress)
    )
    return draft_page(found, ask, setting.days)


async def plan(desk: Desk, setting: Setting, ask: Plan) -> Message:
    found = await desk.run(lambda use_cases: use_cases.plans.plan(setting.audience, ask.account_id))
    return plan_page(found, ask, setting.days)


async def why(desk: Desk, setting: Setting, ask: Why) -> Message:
    try:
        since = past_day(ask.since, setting.days.today) if ask.since else None
    except PastError as error:
        raise BadInput(str(error)) from error
    found = await desk.run(lambda use_cases: use_cases.why_health(setting.audience, ask.account_id, since))
    return why_page(found, ask, setting.days)


async def book(desk: Desk, setting: Setting, ask: Book) -> Message:
    owner = await owner_of(desk, ask.owner)
    page = await desk.run(
        lambda use_cases: use_cases.book(setting.audience, owner=owner, search=ask.search, sort=ask.sort, page=ask.page)
    )
    return book_page(page, ask, setting.days, can_share=setting.can_share, shared_by=setting.shared_by)


async def team(desk: Desk, setting: Setting) -> Message:
    found = await desk.aside(lambda use_cases: use_cases.team(setting.audience))
    return team_page(found, setting.days)


async def renewals(desk: Desk, setting: Setting, ask: Renewals) -> Message:
    owner = await owner_of(desk, ask.owner)
    page = await desk.run(
        lambda use_cases: use_cases.renewals(setting.audience, within_days=ask.within_days, owner=owner, page=ask.page)
    )
    return renewals_page(page, ask, setting.days, can_share=setting.can_share, shared_by=setting.shared_by)


async def kpi(desk: Desk, setting: Setting, ask: Kpi) -> Message:
    key = ask.key
    if key is None:
        return kpi_list(await desk.run(lambda use_cases: use_cases.kpi_list(setting.audience)))
    question = KpiQuestion(key, rest=await with_members(desk, ask.words), page=ask.page)
    return kpi_page(await desk.aside(lambda use_cases: use_cases.kpi(setting.audience, question)), ask, setting.days)


async def with_members(desk: Desk, words: str) -> str:
    """Words in which people who were mentioned are who they are by the team list."""
    return " ".join([await owner_of(desk, word) or "" for word in words.split()])


async def owner_of(desk: Desk, owner: str | None) -> str | None:
    """Whose accounts: somebody who was mentioned ("@" and a Slack user id) is who they are by the team list."""
    if owner is None or not owner.startswith("@"):
        return owner
    actor = await desk.people.actor(owner[1:])
    if actor.member_id is None:
        name = (await desk.people.person(owner[1:])).called or "That person"
        raise BadInput(f"{name} is not in the team list; try a name, mine, team or all.")
    return f"{MEMBER}{id_text(actor.member_id)}"
