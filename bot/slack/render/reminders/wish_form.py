"""The form of a reminder: what, when, for whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from bot.services.reminders.own import LONGEST
from bot.services.results.own import OwnReminder
from bot.slack.own_values import OWN, REMIND_FORM, NewOwn, WishState, encode, encode_state
from bot.slack.render.form import choice, field, form, text_input
from bot.slack.render.parts import Block, Message, actions, context, section
from bot.slack.render.text import md, plain

TEXT: Final = "text"
WHEN: Final = "when"
WHOM: Final = "whom"
_LONGEST_WHEN = 200
_EXAMPLES = "tue 9:00 · every other Tuesday at 9 · first Monday of the quarter · 2 business days before renewal"
_WHOM = {"me": "Me alone", "channel": "Everybody in this channel"}


@dataclass(frozen=True, slots=True)
class WishDraft:
    """What is known of a reminder before somebody fills the form in. `account` is its id and name."""

    account: tuple[int, str] | None = None
    text: str = ""
    phrase: str = ""
    for_channel: bool = False


def draft_of(own: OwnReminder) -> WishDraft:
    """What is set, to change it."""
    return WishDraft(None, own.text, own.phrase, for_channel=own.channel is not None)


def wish_form(draft: WishDraft, state: WishState) -> dict[str, Any]:
    """`state.channel` is where it was opened: a new reminder may be for everybody there."""
    changing = state.changes
    what = text_input(draft.text, most=LONGEST, lines=True, hint="Send pricing")
    blocks: list[Block] = [
        *([context(f"About *{md(draft.account[1], 100)}*")] if draft.account else []),
        field(TEXT, "What should I say?", what, optional=False),
        field(WHEN, "When?", text_input(draft.phrase, most=_LONGEST_WHEN), optional=False, hint=_EXAMPLES),
    ]
    if state.channel is not None and not state.channel.startswith("D") and not changing:
        picked = choice(_WHOM, "channel" if draft.for_channel else "me", radio=True)
        blocks.append(field(WHOM, "To whom?", picked, optional=False))
    title, submit = ("Change reminder", "Save") if changing else ("Remind me", "Set it")
    return form(REMIND_FORM, title, submit, blocks, encode_state(state))


def offer_wish_form(draft: WishDraft) -> Message:
    """Where Slack lets nobody open a form unasked: a button for it, and how to say it in words."""
    asks = "What should I remind you of, and when?"
    if draft.text:
        asks = f"When should I say “{md(draft.text, 200)}”?"
    how = 'For example `remind acme "send pricing" tue 9:00`.'
    button = {
        "type": "button",
        "text": {"type": "plain_text", "text": plain("Open the form"), "emoji": False},
        "action_id": f"{OWN}:form",
        "value": encode(NewOwn(draft.account[0] if draft.account else None, draft.text)),
    }
    return Message(asks, (section([asks, how]), actions([button])), title="Reminder")
