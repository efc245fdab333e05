"""Promises, by words and by buttons: tracked, listed, ended."""

from __future__ import annotations

from bot.domain.ids import parse_id
from bot.services.errors import BadInput
from bot.services.reminders.promises import Pledge
from bot.services.results.own import Question
from bot.slack.asks import Promises, PromiseTo, WhyReminded
from bot.slack.desk import Desk
from bot.slack.mentioned import with_names
from bot.slack.own_forms import owner_of
from bot.slack.own_values import EndPromise, ListPromises
from bot.slack.reminding import about
from bot.slack.render.parts import Message
from bot.slack.render.reminders.promises import promise_list, question, tracked, which_account
from bot.slack.render.reminders.why import why_message
from bot.slack.setting import Setting


async def promise(desk: Desk, setting: Setting, ask: PromiseTo) -> Message:
    """What was tracked, a question about its day, or a choice of accounts."""
    quote = await with_names(desk, ask.quote)
    query = await with_names(desk, ask.query) if ask.query else None
    meant = await desk.run(lambda use_cases: about(use_cases, setting, quote, query, loose=ask.loose))
    owner_id = await owner_of(desk, ask.owner[1:]) if ask.owner else None
    pledge = Pledge(meant.account_id or 0, meant.text, ask.due, ask.by, owner_id)
    if meant.candidates:
        return which_account(meant.name, meant.candidates, pledge)
    if meant.account_id is None:
        raise BadInput('A promise to whom? For example `/account promise acme "send the questionnaire" by fri`.')
    return await track(desk, setting, pledge)


async def track(desk: Desk, setting: Setting, pledge: Pledge) -> Message:
    found = await desk.write(lambda use_cases: use_cases.reminders.track(setting.audience, pledge, setting.ways))
    return question(found, pledge) if isinstance(found, Question) else tracked(found, setting.days)


async def end(desk: Desk, setting: Setting, pressed: EndPromise) -> Message:
    done = await desk.write(
        lambda use_cases: use_cases.reminders.end_one(
            setting.audience, pressed.promise_id, pressed.status, setting.ways
        )
    )
    return tracked(done, setting.days)


async def promises(desk: Desk, setting: Setting, ask: Promises) -> Message:
    """About the account that is named, else the channel's, else the asker's own."""
    query = await with_names(desk, ask.query) if ask.query else None
    meant = await desk.run(lambda use_cases: about(use_cases, setting, "", query, loose=False))
    if meant.candidates:
        names = ", ".join(one.name for one in meant.candidates[:5])
        raise BadInput(f"“{meant.name[:80]}” could be {names}. Say the full name.")
    return await listed(desk, setting, ListPromises(meant.account_id))


async def listed(desk: Desk, setting: Setting, pressed: ListPromises) -> Message:
    page = await desk.run(
        lambda use_cases: use_cases.reminders.open_promises(
            setting.audience, pressed.account_id, pressed.page, setting.ways
        )
    )
    return promise_list(page, setting.days)


async def why_last(desk: Desk, setting: Setting, ask: WhyReminded) -> Message:
    """Why the last message came, about the account that is named or about any."""
    query = await with_names(desk, ask.query) if ask.query else None

    def account(match: str) -> int:
        found = desk.use_cases.find_account(setting.audience, match)
        account_id = parse_id(found.account_id) if found.outcome == "one" and found.account_id else None
        if account_id is None:
            raise BadInput(f"I cannot tell which account “{match[:80]}” is. Say its full name, or leave it out.")
        return account_id

    account_id = await desk.run(lambda _: account(query)) if query else None
    found = await desk.run(lambda use_cases: use_cases.reminders.why_last(setting.audience, account_id))
    return why_message(found, setting.days)
