"""Promises as somebody tracks them: read back, asked about, listed, ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.ids import parse_id
from bot.services.reminders.promises import Pledge
from bot.services.results import Candidate
from bot.services.results.own import PromiseLine, PromisePage, Question, Tracked
from bot.slack.asks import Card
from bot.slack.log_values import LOG, Undo
from bot.slack.log_values import encode as encode_log
from bot.slack.own_values import PROMISE, Ending, EndPromise, ListPromises, PromisePressed, TrackPledge, encode
from bot.slack.render.dates import Days
from bot.slack.render.parts import Block, Element, Message, actions, context, joined, option, section
from bot.slack.render.text import away, count, md, plain, safe_url
from bot.slack.values import MENU, OPEN, menu_value
from bot.slack.values import encode as encode_view

_MOST = 5
_ENDED = {
    "open": "Tracked",
    "kept": "Kept",
    "missed": "Missed",
    "cancelled": "No longer needed",
}


def tracked(done: Tracked, days: Days) -> Message:
    """What was done with a promise, and the way back."""
    promise = done.promise
    said = f"{_ENDED[promise.status]}: {sentence(promise, days)}"
    buttons = [_undo(done.change)]
    if promise.status == "open":
        buttons.append(promise_button("Kept", EndPromise(_id(promise), "kept")))
    buttons.append(promise_button("Open promises", ListPromises(parse_id(promise.account_id))))
    small = [context("It was tracked before: nothing was added.")] if done.repeated and promise.status == "open" else []
    return Message(said, (section(said), *small, actions(buttons)), title="Promise")


def sentence(promise: PromiseLine, days: Days) -> str:
    """`Maya promised Nordwind “send the questionnaire”, due *Fri 6 Mar 2026* (in 2 days)`."""
    words, account = f"“{md(promise.quote, 300)}”", md(promise.account, 80)
    if promise.by == "them":
        who = f"{account} promised {words}"
    else:
        who = f"{md(promise.owner, 60) if promise.owner else 'we'} promised {account} {words}"
    return f"{who}, {_due(promise, days)}"


def _due(promise: PromiseLine, days: Days) -> str:
    if promise.due_on is None or promise.days_left is None:
        return "no due date"
    if promise.days_left < 0 and promise.status == "open":
        return f"*{count(-promise.days_left, 'day')} overdue* (due {days.short(promise.due_on)})"
    return f"due *{days.full(promise.due_on)}* ({away(promise.days_left)})"


def question(asked: Question, pledge: Pledge) -> Message:
    """Which of several days is meant: each choice tracks it."""
    title = f"{md(asked.question, 200)} For: “{md(pledge.quote, 300)}”"
    found = [
        promise_button(words, TrackPledge(replace(pledge, due=words)), suffix=str(place))
        for place, words in enumerate(asked.choices)
    ]
    return Message(title, (section(title), actions(found), context("Nothing is tracked yet.")), title="Promise")


def which_account(name: str, candidates: Sequence[Candidate], pledge: Pledge) -> Message:
    """To whom a promise was made: each choice tracks it."""
    known = [(account_id, one) for one in candidates[:_MOST] if (account_id := parse_id(one.id)) is not None]
    title = f"Which account is “{md(name, 80)}”? For: “{md(pledge.quote, 300)}”"
    found = [
        promise_button(one.name, TrackPledge(replace(pledge, account_id=account_id)), suffix=str(place))
        for place, (account_id, one) in enumerate(known)
    ]
    lines = [joined([f"• *{md(one.name, 100)}*", md(one.hint, 120) or None]) for _, one in known]
    return Message(title, (section([title, *lines]), actions(found), context("Nothing is tracked yet.")))


def promise_list(page: PromisePage, days: Days) -> Message:
    whose = md(page.account, 80) if page.account else "Yours"
    title = f"*{whose}*: {count(page.total, 'open promise')}"
    blocks: list[Block] = [section(title), *(_row(one, days) for one in page.promises)]
    if not page.promises:
        blocks.append(section('None is open. For example `/account promise acme "send the questionnaire" by fri`.'))
    if page.pages > 1:
        blocks.append(actions(_pagers(page)))
    first = f"; first: “{md(page.promises[0].quote, 80)}”" if page.promises else ""
    return Message(f"{title}{first}", tuple(blocks), title="Promises")


def _row(promise: PromiseLine, days: Days) -> Block:
    link = safe_url(promise.permalink)
    said = f"<{link}|where it was said>" if link else None
    made = f"made {days.short(promise.made_on)}" if promise.made_on is not None else None
    return section([sentence(promise, days), joined([made, said])], _menu(promise))


def _menu(promise: PromiseLine) -> Element:
    endings: tuple[tuple[str, Ending], ...] = (
        ("Kept", "kept"),
        ("Missed", "missed"),
        ("No longer needed", "cancelled"),
    )
    lines = [option(label, menu_value(PROMISE, encode(EndPromise(_id(promise), how)))) for label, how in endings]
    account_id = parse_id(promise.account_id)
    if account_id is not None:
        lines.append(option("Open account", menu_value(OPEN, encode_view(Card(account_id)))))
    return {"type": "overflow", "action_id": MENU, "options": lines}


def _pagers(page: PromisePage) -> list[Element]:
    account_id = parse_id(page.account_id) if page.account_id else None
    found = []
    if page.page > 1:
        found.append(promise_button("← Previous", ListPromises(account_id, page.page - 1), suffix="previous"))
    if page.page < page.pages:
        found.append(promise_button("Next →", ListPromises(account_id, page.page + 1), suffix="next"))
    return found


def promise_button(label: str, pressed: PromisePressed, *, suffix: str = "") -> Element:
    return {
        "type": "button",
        "text": {"type": "plain_text", "text": plain(label), "emoji": False},
        "action_id": f"{PROMISE}:{suffix or label.split(' ')[0].casefold()}",
        "value": encode(pressed),
    }


def _undo(change: str) -> Element:
    """The same button as of what was logged: both take a change back."""
    return {
        "type": "button",
        "text": {"type": "plain_text", "text": "Undo", "emoji": False},
        "action_id": f"{LOG}:undo",
        "value": encode_log(Undo(change)),
    }


def _id(promise: PromiseLine) -> int:
    found = parse_id(promise.id)
    if found is None:
        raise ValueError(f"the promise's id {promise.id!r} is not one of ours")
    return found
