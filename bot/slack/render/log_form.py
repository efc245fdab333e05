"""The form to log something, or to add to what was logged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.domain.ids import id_text
from bot.services.logbook.entry import LONGEST_LINE, LONGEST_TEXT
from bot.services.results import Logged, LoggedPromise
from bot.slack.log_values import LOG_ACCOUNT, LOG_FORM, FormState, encode_state
from bot.slack.render.form import (
    choice,
    day_input,
    field,
    form,
    moment_input,
    person_input,
    search,
    text_input,
)
from bot.slack.render.parts import Block, context, option
from bot.slack.render.text import count, md

KINDS = {"call": "Call", "meeting": "Meeting", "email": "E-mail", "message": "Message", "note": "Note, no touch"}
_VISIBILITY = {"internal": "Internal: only the account team sees it", "client-safe": "May be shown to the customer"}
_BY = {"us": "We promised it", "them": "They promised it"}


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known before somebody fills the form in. `account` is its id and name; `about` says in a line which
    message it is about, `quote` is that message's text where it may be kept for `keep_days`."""

    at: datetime
    account: tuple[int, str] | None = None
    kind: str | None = None
    text: str = ""
    people: str | None = None
    visibility: str = "internal"
    next_step: str | None = None
    next_step_on: date | None = None
    promise: LoggedPromise | None = None
    about: str | None = None
    quote: str | None = None
    keep_days: int = 0


def draft_of(logged: Logged, account_id: int) -> Draft:
    """What was logged, to add to."""
    return Draft(
        at=logged.at,
        account=(account_id, logged.account),
        kind=logged.kind,
        text=logged.text,
        people=logged.people,
        visibility=logged.visibility,
        next_step=logged.next_step,
        next_step_on=logged.next_step_on,
        promise=logged.promise,
    )


def log_form(draft: Draft, state: FormState) -> dict[str, Any]:
    adding = state.touch_id is not None
    title, submit = ("Add details", "Save") if adding else ("Log interaction", "Log")
    blocks = [*_about(draft), *_what(draft), *_quote(draft), *_then(draft), *_promise(draft.promise)]
    return form(LOG_FORM, title, submit, blocks, encode_state(state))


def _about(draft: Draft) -> list[Block]:
    if draft.about is None:
        return []
    kept = "" if draft.quote is not None else " The link is kept, the message's text is not."
    return [context(f"{md(draft.about, 200)}.{kept}")]


def _what(draft: Draft) -> list[Block]:
    account = option(draft.account[1], id_text(draft.account[0])) if draft.account else None
    asked = "What happened, in a sentence or two"
    return [
        field("account", "Account", search(LOG_ACCOUNT, account, "Type a name"), optional=False),
        field("kind", "What was it", choice(KINDS, draft.kind), optional=False),
        field("text", "Summary", text_input(draft.text, most=LONGEST_TEXT, lines=True, hint=asked), optional=False),
        field("at", "When", moment_input(draft.at), optional=False),
        field("people", "Who took part", text_input(draft.people, most=LONGEST_LINE)),
        field("visibility", "Who may see it", choice(_VISIBILITY, draft.visibility, radio=True), optional=False),
    ]


def _quote(draft: Draft) -> list[Block]:
    if draft.quote is None:
        return []
    hint = f"Kept as a quote for {count(draft.keep_days, 'day')}, then erased. Shorten it, or clear it to keep none."
    return [field("quote", "The message", text_input(draft.quote, lines=True), hint=hint)]


def _then(draft: Draft) -> list[Block]:
    return [
        field("next_step", "Next step", text_input(draft.next_step, most=LONGEST_LINE)),
        field("next_step_on", "Next step on", day_input(draft.next_step_on)),
    ]


def _promise(promise: LoggedPromise | None) -> list[Block]:
    quote, by, due = (promise.quote, promise.by, promise.due_on) if promise else (None, "us", None)
    owner = promise.owner_slack_user_id if promise else None
    return [
        field("promise", "A promise, in its own words", text_input(quote, most=LONGEST_LINE)),
        field("promise_by", "Whose promise", choice(_BY, by)),
        field("promise_owner", "Who of us keeps it", person_input(owner), hint="Nobody chosen means you."),
        field("promise_due", "Due", day_input(due)),
    ]
