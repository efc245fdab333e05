"""What somebody's accounts ask of them today: each line with its next step and a button to the card."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TypeVar

from bot.domain.ids import parse_id
from bot.services.results import Brought, DueCheckIn, DuePromise, DueRenewal, MyDay, News, NewsItem
from bot.slack.asks import Book, Card, Renewals
from bot.slack.render.dates import Days
from bot.slack.render.parts import Block, Element, actions, button, context, joined, lead_word, section
from bot.slack.render.text import away, count, md
from bot.slack.values import OPEN

T = TypeVar("T")


def my_day(day: MyDay, days: Days) -> list[Block]:
    """The sections that have something in them, or in a sentence why none has."""
    notes = [md(note, 200) for note in day.notes[:3]] if day.accounts else []
    if day.importing is not None:
        notes.append(f"An import is under way ({md(day.importing, 80)}): what it brings appears when it is done.")
    blocks = [*_sections(day, days), *[context(_brought(one, day.scope, days)) for one in day.brought[:3]]]
    if not blocks:
        blocks = [section(_nothing(day))]
    more = _more_buttons(day)
    if more:
        blocks.append(actions(more))
    faults = [section(f":warning: *A file of rules cannot be used.* {md(fault, 600)}") for fault in day.faults[:2]]
    return [*faults, *blocks, *([context(*notes)] if notes else [])]


def since_words(day: MyDay, days: Days) -> str:
    began = day.since.astimezone(days.zone).date()
    today = day.as_of.astimezone(days.zone).date()
    return "yesterday" if began == today - timedelta(days=1) else days.full(began)


def _sections(day: MyDay, days: Days) -> list[Block]:
    return [
        *_section("Overdue promises", day.promises, day.promises_total, lambda one: _promise(one, days)),
        *_section("Renewals to work on", day.renewals, day.renewals_total, lambda one: _renewal(one, days)),
        *_section("Check-ins due", day.check_ins, day.check_ins_total, lambda one: _check_in(one, days)),
        *_section(f"New since {since_words(day, days)}", day.news, day.news_total, lambda one: _news(one, days)),
    ]


def _section(title: str, rows: Sequence[T], total: int, draw: Callable[[T], Block]) -> list[Block]:
    if not rows:
        return []
    left = total - len(rows)
    heading = f"*{title}* ({total:,})" + (f", the first {len(rows)}" if left > 0 else "")
    return [section(heading), *[draw(row) for row in rows]]


def _row(account_id: str, account: str, facts: str, step: str) -> Block:
    known = parse_id(account_id)
    opener = button("Open", OPEN, Card(known)) if known is not None else None
    return section([f"*{md(account, 100)}* · {facts}", step], opener)


def _promise(one: DuePromise, days: Days) -> Block:
    who = "they promised" if one.by == "them" else f"{md(one.owner, 60)} promised" if one.owner else "we promised"
    late = f"*{count(one.days_overdue, 'day')} overdue* ({days.short(one.due_on)})"
    step = "Ask for it." if one.by == "them" else "Do it today, or agree on a new day."
    return _row(one.account_id, one.account, f"{who} “{md(one.quote, 160)}”, {late}", step)


def _renewal(one: DueRenewal, days: Days) -> Block:
    facts = f"{lead_word(one.leads, one.days_left)} {days.full(one.lead_on)} ({away(one.days_left)})"
    step = _STEPS[one.leads, one.auto_renew]
    if one.days_left > _SOON and one.auto_renew is not False:
        step = _STEPS_AHEAD[one.leads]
    return _row(one.account_id, one.account, facts, step)


_STEPS: dict[tuple[str, bool | None], str] = {
    ("notice", True): "Talk to them now: until then they can still cancel.",
    ("notice", False): "Agree on the renewal: it ends otherwise.",
    ("notice", None): "Ask whether they stay: until then they can still leave.",
    ("end", True): "It renews by itself: confirm scope and price.",
    ("end", False): "Send the offer: it ends otherwise.",
    ("end", None): "Find out whether it renews by itself.",
}


_STEPS_AHEAD = {
    "notice": "Prepare the talk: until then they can cancel.",
    "end": "Prepare the talk about the next term.",
}
_SOON = 60
"""Days from which on a renewal is talked about, not prepared."""


def _check_in(one: DueCheckIn, days: Days) -> Block:
    if one.last_touch_on is None:
        facts = f"nobody spoke with them in the {count(one.days_silent, 'day')} of the contract"
    else:
        facts = f"last touch {away(-one.days_silent)} ({days.short(one.last_touch_on)})"
    return _row(
        one.account_id, one.account, f"{facts}, due every {count(one.cadence_days, 'day')}", "Call or write to them."
    )


def _news(one: News, days: Days) -> Block:
    facts = joined(_item(item, days) for item in one.items[:4])
    return _row(one.account_id, one.account, facts, _next_step(one.items[0]))


def _item(item: NewsItem, days: Days) -> str:
    subject = md(item.subject, 80) if item.subject else ""
    quoted = f" “{subject}”" if subject else ""
    ends = f", ends {days.short(item.on)}" if item.on is not None else ""
    match item.kind:
        case "ticket":
            if item.count == 1:
                return f"new {'urgent ' if item.urgent else ''}ticket{quoted}"
            return f"{count(item.count, 'new ticket')}, {'an urgent one' if item.urgent else 'the latest'}{quoted}"
        case "answer":
            return subject if item.count == 1 else f"{count(item.count, 'survey answer')}, among them {subject}"
        case "left":
            who = f"{subject or 'somebody'}{f' ({md(item.by, 40)})' if item.by else ''}"
            return f"{who} left" if item.count == 1 else f"{who} and {count(item.count - 1, 'other')} left"
        case "contract" | "new contract":
            if item.count > 1:
                return count(item.count, "contract") + (" changed" if item.kind == "contract" else " added")
            return f"contract {subject}".rstrip() + (" changed" if item.kind == "contract" else " is new") + ends
        case "yours":
            return "it is yours now"
        case "touch":
            what = f"{subject or 'message'}{f' by {md(item.by, 60)}' if item.by else ''}"
            return what if item.count == 1 else f"{count(item.count, 'conversation')}, the latest a {what}"


def _next_step(item: NewsItem) -> str:
    if item.kind == "answer" and not item.urgent:
        return "Thank them."
    return {
        "ticket": "Look at it before they ask you.",
        "answer": "Ask what went wrong.",
        "left": "Find out who follows.",
        "contract": "Check its dates.",
        "new contract": "Check its dates.",
        "yours": "Introduce yourself.",
        "touch": "Read it before you write to them.",
    }[item.kind]


def _brought(one: Brought, scope: str, days: Days) -> str:
    what = f"Import of {md(one.note, 80)}" if one.note else "An import"
    some = f"{one.accounts:,} of {md(scope, 60)}"
    did = f"brought {some}" if one.new == one.accounts else f"changed {some}"
    new = f", {one.new:,} of them new" if 0 < one.new < one.accounts else ""
    return f"{what} ({days.moment(one.at)}) {did}{new}."


def _more_buttons(day: MyDay) -> list[Element]:
    found = []
    if day.renewals_total > len(day.renewals):
        found.append(button("All my renewals", OPEN, Renewals(within_days=180, owner=None), suffix="renewals"))
    if day.check_ins_total > len(day.check_ins):
        found.append(button("Longest silent first", OPEN, Book(sort="touch"), suffix="silent"))
    return found


def _nothing(day: MyDay) -> str:
    if not day.any_accounts:
        if day.importing is not None:
            return "Your book is being imported. Press *Refresh* in a minute."
        return "There is no book yet. Ask an admin to import it where Steward is installed: `steward import exports/`."
    if day.accounts is None:
        return (
            "I cannot tell which accounts are yours: you are not in the team list. Ask an admin to import one "
            "(`members`) that has your e-mail address."
        )
    if day.accounts == 0:
        return "No account has you as its owner yet. Ask an admin to import who owns what."
    return "Nothing is overdue, no renewal is near, and nobody waits for a call."
