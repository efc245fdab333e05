"""The forms of reminders and promises: opening them, and what was filled in."""

from __future__ import annotations

from typing import Any

from slack_sdk.errors import SlackApiError

from bot.domain.ids import id_text, new_id, parse_id
from bot.services.errors import BadFields
from bot.services.logbook.entry import Message as Said
from bot.services.reminders.own import Wish
from bot.services.reminders.promises import Pledge
from bot.services.results.own import OwnReminder, Question, Tracked
from bot.slack.asked import Asked
from bot.slack.calls import code_of
from bot.slack.desk import Desk
from bot.slack.form_fields import Fields
from bot.slack.own_values import ChangeOwn, NewOwn, PledgeState, WishState
from bot.slack.ports import UseCases
from bot.slack.reminding import cleared
from bot.slack.render.reminders.pledge_form import ACCOUNT, BY, DUE, OWNER, QUOTE, PledgeDraft, pledge_form
from bot.slack.render.reminders.wish_form import TEXT, WHEN, WHOM, WishDraft, draft_of, offer_wish_form, wish_form
from bot.slack.replies import reply
from bot.slack.setting import Setting


async def open_or_offer(desk: Desk, asked: Asked, draft: WishDraft) -> None:
    """The form, or a button for it where Slack gave nothing to open one with: after a mention or a direct message."""
    if asked.trigger_id:
        account_id = draft.account[0] if draft.account else None
        state = WishState(new_id(), False, account_id, asked.channel, asked.thread_ts)
        await open_view(desk, asked, wish_form(draft, state))
    else:
        await reply(desk.messenger, asked, offer_wish_form(draft))


async def open_new(desk: Desk, setting: Setting, asked: Asked, pressed: NewOwn) -> None:
    """A new reminder. Raises NotFound when the account of the button is gone."""
    account_id = pressed.account_id
    account = None
    if account_id is not None:
        name = await desk.run(lambda use_cases: use_cases.account_name(setting.audience, account_id))
        account = (account_id, name)
    await open_or_offer(desk, asked, WishDraft(account, pressed.text))


async def open_change(desk: Desk, setting: Setting, asked: Asked, pressed: ChangeOwn) -> None:
    """A reminder that is set. Raises NotFound when it is gone."""
    found = await desk.run(
        lambda use_cases: use_cases.reminders.get_own(setting.audience, pressed.own_id, setting.ways)
    )
    state = WishState(pressed.own_id, True, None, asked.channel, asked.thread_ts)
    await open_view(desk, asked, wish_form(draft_of(found), state))


async def open_view(desk: Desk, asked: Asked, view: dict[str, Any]) -> None:
    """Show it; above the modal that was clicked in, else by itself. Raises `SlackApiError` when the trigger expired."""
    if asked.place is None or asked.place.kind == "home":
        await desk.messenger.open_view(asked.trigger_id, view)
        return
    try:
        await desk.messenger.push_view(asked.trigger_id, view)
    except SlackApiError as error:
        if code_of(error) != "push_limit_reached":
            raise
        await desk.messenger.update_view(asked.place.view_id, view)


async def submit_wish(desk: Desk, setting: Setting, fields: Fields, state: WishState) -> OwnReminder:
    """Set what was filled in. Raises BadFields that says under each field what is wrong, times asked about included."""
    text, phrase = fields.text(TEXT) or "", fields.text(WHEN) or ""
    channel = state.channel if fields.choice(WHOM) == "channel" else None
    await cleared(desk, setting, channel)

    def work(use_cases: UseCases) -> OwnReminder | Question:
        if state.changes:
            return use_cases.reminders.change_own(setting.audience, state.own_id, text, phrase, setting.ways)
        wish = Wish(text, phrase, state.account_id, channel, state.own_id)
        return use_cases.reminders.set_own(setting.audience, wish, setting.ways)

    found = await desk.write(work)
    if isinstance(found, Question):
        raise BadFields({WHEN: _asked(found)})
    return found


async def submit_pledge(desk: Desk, setting: Setting, fields: Fields, state: PledgeState) -> Tracked:
    """Track what was filled in. Raises BadFields as `submit_wish`."""
    account_id = parse_id(fields.choice(ACCOUNT) or "")
    if account_id is None:
        raise BadFields({ACCOUNT: "Choose the account: type a part of its name and pick it from the list."})
    owner = fields.user(OWNER)
    pledge = Pledge(
        account_id=account_id,
        quote=fields.text(QUOTE) or "",
        due=fields.text(DUE) or "",
        by="them" if fields.choice(BY) == "them" else "us",
        owner_id=await owner_of(desk, owner) if owner is not None else None,
        message=state.message,
        key=state.key,
    )
    found = await desk.write(lambda use_cases: use_cases.reminders.track(setting.audience, pledge, setting.ways))
    if isinstance(found, Question):
        raise BadFields({DUE: _asked(found)})
    return found


def _asked(found: Question) -> str:
    """A question as a form can ask it: in one line under the field."""
    return f"{found.question} Say one of: {'; '.join(found.choices)}." if found.choices else found.question


async def owner_of(desk: Desk, user: str) -> int:
    """The member who keeps a promise. Raises BadFields for somebody whom nobody could remind."""
    actor = await desk.people.actor(user)
    if actor.member_id is None:
        name = (await desk.people.person(user)).called or "That person"
        raise BadFields({OWNER: f"{name} is not in the team list. Choose somebody else, or nobody for you."})
    return actor.member_id


def new_pledge(account: tuple[int, str] | None, message: Said | None, about: str | None) -> dict[str, Any]:
    """The form of a promise, with what is known of it."""
    state = PledgeState(id_text(new_id()), message)
    return pledge_form(PledgeDraft(account, about), state)
