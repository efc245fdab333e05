"""The form of a promise: what was promised to whom, by whom, until when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from bot.domain.ids import id_text
from bot.services.reminders.promises import LONGEST
from bot.slack.own_values import PROMISE_ACCOUNT, PROMISE_FORM, PledgeState, encode_pledge_state
from bot.slack.render.form import choice, field, form, person_input, search, text_input
from bot.slack.render.parts import Block, context, option
from bot.slack.render.text import md

ACCOUNT: Final = "account"
QUOTE: Final = "quote"
BY: Final = "by"
OWNER: Final = "owner"
DUE: Final = "due"
_LONGEST_DUE = 200
_BY = {"us": "We promised it", "them": "They promised it"}


@dataclass(frozen=True, slots=True)
class PledgeDraft:
    """What is known of a promise. `account` is its id and name; `about` says in a line which message it is from."""

    account: tuple[int, str] | None = None
    about: str | None = None


def pledge_form(draft: PledgeDraft, state: PledgeState) -> dict[str, Any]:
    account = option(draft.account[1], id_text(draft.account[0])) if draft.account else None
    blocks: list[Block] = []
    if draft.about is not None:
        blocks.append(context(f"{md(draft.about, 200)}. The link is kept, the message's text is not."))
    blocks += [
        field(ACCOUNT, "Account", search(PROMISE_ACCOUNT, account, "Type a name"), optional=False),
        field(QUOTE, "What was promised, in its own words", text_input(most=LONGEST, lines=True), optional=False),
        field(BY, "Whose promise", choice(_BY, "us"), optional=False),
        field(OWNER, "Who of us keeps it", person_input(), hint="Nobody chosen means you."),
        field(DUE, "By when", text_input(most=_LONGEST_DUE), hint="For example: Friday, 12 June, in two weeks"),
    ]
    return form(PROMISE_FORM, "Track promise", "Track", blocks, encode_pledge_state(state))
