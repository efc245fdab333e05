"""Reminders of one's own, by words and by buttons: read back in plain words, or asked about."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.audience import Sharing
from bot.domain.ids import new_id, parse_id
from bot.domain.reminders.own import State
from bot.services.errors import BadInput, NotAllowed
from bot.services.reminders.own import Wish
from bot.services.results import Candidate
from bot.services.results.own import OwnReminder, Question
from bot.slack.asks import Remind
from bot.slack.audience import may_read
from bot.slack.desk import Desk
from bot.slack.grammar_reminders import HERE
from bot.slack.mentioned import with_names
from bot.slack.own_values import Change, ChangeOwn
from bot.slack.ports import UseCases
from bot.slack.render.parts import Message
from bot.slack.render.reminders.own_set import own_gone, own_list, own_set, question, which_account
from bot.slack.render.reminders.wish_form import WishDraft
from bot.slack.setting import Setting

_SWITCHED: dict[Change, State] = {"delete": "deleted", "restore": "active", "pause": "paused", "resume": "active"}


async def remind(desk: Desk, setting: Setting, ask: Remind) -> Message | WishDraft:
    """What was set, a question, a choice of accounts, or the form when there is nothing to set yet."""
    channel = await _channel(desk, setting, ask.channel)
    text = await with_names(desk, ask.text)
    query = await with_names(desk, ask.query) if ask.query else None
    meant = await desk.run(lambda use_cases: about(use_cases, setting, text, query, loose=ask.loose))
    wish = Wish(meant.text, ask.phrase, meant.account_id, channel, new_id())  # one press of a choice sets it, once
    if meant.candidates:
        return which_account(meant.name, meant.candidates, wish)
    if not wish.phrase or not wish.text:
        account = (meant.account_id, meant.name) if meant.account_id is not None else None
        return WishDraft(account, wish.text, wish.phrase, for_channel=channel is not None)
    return await set_wish(desk, setting, wish)


async def set_wish(desk: Desk, setting: Setting, wish: Wish) -> Message:
    """What was set, or a question about its time."""
    await cleared(desk, setting, wish.channel, wish.account_id)
    found = await desk.write(lambda use_cases: use_cases.reminders.set_own(setting.audience, wish, setting.ways))
    return question(found, wish) if isinstance(found, Question) else own_set(found, setting.days)


async def switch(desk: Desk, setting: Setting, pressed: ChangeOwn) -> Message:
    """Delete, restore, pause or resume; in a list the list comes again."""
    state = _SWITCHED[pressed.change]

    def work(use_cases: UseCases) -> OwnReminder:
        return use_cases.reminders.switch_own(setting.audience, pressed.own_id, state, setting.ways)

    own = await desk.write(work)
    if pressed.listed:
        return await listed(desk, setting, 1, done=own if state == "deleted" else None)
    return own_gone(own) if state == "deleted" else own_set(own, setting.days, changed=pressed.change != "restore")


async def listed(desk: Desk, setting: Setting, page: int = 1, *, done: OwnReminder | None = None) -> Message:
    found = await desk.run(
        lambda use_cases: use_cases.reminders.own_list(setting.audience, setting.channel, setting.ways)
    )
    return own_list(found, page, setting.days, done=done)


@dataclass(frozen=True, slots=True)
class About:
    """Which account is meant, its name, and the words that are left; or the accounts that may be meant."""

    account_id: int | None
    name: str
    text: str
    candidates: tuple[Candidate, ...] = ()


def about(use_cases: UseCases, setting: Setting, text: str, query: str | None, *, loose: bool) -> About:
    """The account that is named, else the one that the text begins with, else the channel's, else none."""
    if query is not None:
        match = use_cases.find_account(setting.audience, query)
        account_id = parse_id(match.account_id) if match.outcome == "one" and match.account_id else None
        if account_id is not None:
            return About(account_id, use_cases.account_name(setting.audience, account_id), text)
        if match.candidates:
            return About(None, query, text, match.candidates)
        raise BadInput(f"No account is called “{query[:80]}”. Look for it with `/account find`.")
    if loose and text.strip():
        leading = use_cases.find_leading(setting.audience, text)
        account_id = parse_id(leading.match.account_id or "") if leading.match.outcome == "one" else None
        if account_id is not None:
            return About(account_id, leading.account or "", leading.rest)
    bound = use_cases.account_of_channel(setting.audience, setting.channel) if setting.channel else None
    bound_id = parse_id(bound.account_id) if bound is not None and not bound.gone else None
    if bound is not None and bound_id is not None:
        return About(bound_id, bound.account, text)
    return About(None, "", text)


async def _channel(desk: Desk, setting: Setting, channel: str | None) -> str | None:
    """Where it is to be said, cleared; None to the asker alone."""
    if channel == HERE:
        if setting.channel is None:
            raise BadInput("There is no channel here. Name one, for example `for #accounts`, or leave it out.")
        channel = setting.channel
    await cleared(desk, setting, channel)
    return channel


async def cleared(desk: Desk, setting: Setting, channel: str | None, account_id: int | None = None) -> None:
    """A channel may be reminded when no outsider reads it, by somebody who is in it, and of an account that everybody
    there may see. It is looked at again when the reminder is sent."""
    if channel is None:
        return
    room = await desk.rooms.look(channel)
    if room.sharing is not Sharing.INTERNAL:
        raise NotAllowed(room.why)
    if setting.audience.actor.slack_user_id not in room.members:
        raise NotAllowed("You are not in that channel. Join it first, then set a reminder for it.")
    if account_id is not None and not await may_read(desk, room, [account_id]):
        raise NotAllowed("Not everybody in that channel may see this account. Set the reminder for yourself instead.")
