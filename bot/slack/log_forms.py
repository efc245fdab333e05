"""The form to log something: opening it, and what was filled in."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.ids import id_text, new_id, parse_id
from bot.services.errors import BadFields
from bot.services.logbook.entry import By, LogEntry, NewPromise, Visibility
from bot.services.logbook.hints import kind_of
from bot.slack.asked import Asked
from bot.slack.desk import Desk
from bot.slack.form_fields import Fields
from bot.slack.log_values import Blank, Details, FormState
from bot.slack.render.log_form import Draft, draft_of, log_form
from bot.slack.render.logged import offer_form
from bot.slack.replies import reply, show_form
from bot.slack.setting import Setting


async def open_or_offer(desk: Desk, asked: Asked, draft: Draft) -> None:
    """The form, or a button for it where Slack gave nothing to open one with: after a mention or a direct message."""
    if asked.trigger_id:
        await open_form(desk, asked, draft, new_state(asked))
    else:
        await reply(desk.messenger, asked, offer_form(draft.account))


async def open_form(desk: Desk, asked: Asked, draft: Draft, state: FormState) -> None:
    """Show it. Raises `SlackApiError` when the trigger expired."""
    await show_form(desk.messenger, asked, log_form(draft, state))


def new_state(asked: Asked) -> FormState:
    """What a new form remembers: its own name, and where to say what came of it."""
    return FormState(id_text(new_id()), asked.channel, asked.thread_ts)


async def blank(desk: Desk, setting: Setting, asked: Asked, ask: Blank) -> tuple[Draft, FormState]:
    """The form with what a button knew. Raises NotFound when its account is gone."""
    account_id = ask.account_id
    account = None
    if account_id is not None:
        name = await desk.run(lambda use_cases: use_cases.account_name(setting.audience, account_id))
        account = (account_id, name)
    kind, text = kind_of(ask.text)
    return Draft(desk.use_cases.now(), account, kind, text), new_state(asked)


async def details(desk: Desk, setting: Setting, asked: Asked, ask: Details) -> tuple[Draft, FormState]:
    """The form over what was logged. Raises NotFound when that was undone."""
    found = await desk.run(lambda use_cases: use_cases.read_touch(setting.audience, ask.touch_id))
    owner = found.promise.owner_id if found.promise and not found.promise.owner_slack_user_id else None
    owner_id = parse_id(owner) if owner else None
    state = replace(new_state(asked), key=found.change, touch_id=ask.touch_id, owner_id=owner_id)
    return draft_of(found, parse_id(found.account_id) or 0), state


async def read_entry(desk: Desk, fields: Fields, state: FormState) -> tuple[int, LogEntry]:
    """What was filled in, and for which account. Raises BadFields for what no use case could read."""
    account_id = parse_id(fields.choice("account") or "")
    at = fields.instant("at")
    wrong = {}
    if account_id is None:
        wrong["account"] = "Choose the account: type a part of its name and pick it from the list."
    if at is None:
        wrong["at"] = "Say when it was."
    promise = await _promise(desk, fields, state)
    if account_id is None or at is None:
        raise BadFields(wrong)
    visibility: Visibility = "client-safe" if fields.choice("visibility") == "client-safe" else "internal"
    return account_id, LogEntry(
        key=state.key,
        kind=fields.choice("kind") or "",
        at=at,
        text=fields.text("text") or "",
        people=fields.text("people"),
        visibility=visibility,
        next_step=fields.text("next_step"),
        next_step_on=fields.day("next_step_on"),
        promise=promise,
        message=replace(state.message, text=fields.text("quote")) if state.message is not None else None,
    )


async def _promise(desk: Desk, fields: Fields, state: FormState) -> NewPromise | None:
    quote, due_on, user = fields.text("promise"), fields.day("promise_due"), fields.user("promise_owner")
    if quote is None and due_on is None and user is None:
        return None
    by: By = "them" if fields.choice("promise_by") == "them" else "us"
    owner_id = await _owner(desk, user) if user is not None else state.owner_id
    return NewPromise(quote or "", by, owner_id, due_on)


async def _owner(desk: Desk, user: str) -> int:
    """The member who keeps a promise. Raises BadFields for somebody whom nobody could remind."""
    actor = await desk.people.actor(user)
    if actor.member_id is None:
        name = (await desk.people.person(user)).called or "That person"
        raise BadFields({"promise_owner": f"{name} is not in the team list. Choose somebody else, or nobody for you."})
    return actor.member_id
