"""A reminder as a message: one matter in full, or all matters of an account that are due together, a line each."""

from __future__ import annotations

from typing import assert_never

from bot.services.results.matters import Matter, Morning, Reminding, Says, Weekly
from bot.slack.deeds import block_of
from bot.slack.render.dates import Days
from bot.slack.render.parts import Block, Message, context, joined, section, simple
from bot.slack.render.reminders.morning import morning_message
from bot.slack.render.reminders.offers import bar, handle_of, line_menu
from bot.slack.render.reminders.outcome import outcome
from bot.slack.render.reminders.small import small_print
from bot.slack.render.reminders.told import line, told
from bot.slack.render.reminders.weekly import weekly_message
from bot.slack.render.text import capitalised, count, md, monies

MOST = 8


def message_of(says: Says, days: Days) -> Message:
    """`days` are those of the one it goes to."""
    match says:
        case Reminding():
            return reminder_message(says, days)
        case Morning():
            return morning_message(says, days)
        case Weekly():
            return weekly_message(says, days)
        case _:
            assert_never(says)


def reminder_message(reminding: Reminding, days: Days) -> Message:
    """One matter, or several of one account."""
    if not reminding.matters:
        return simple("What this was about is no longer in the book.")
    if len(reminding.matters) == 1:
        return _single(reminding, reminding.matters[0], days)
    return _several(reminding, days)


def _single(reminding: Reminding, matter: Matter, days: Days) -> Message:
    first = line(matter, days)
    if matter.acted is not None:
        return Message(first, (section(first), context(outcome(matter.acted, days)), bar(matter)))
    facts = joined([_arr(matter) if matter.rule == "renewal" else None, told(matter, days).facts])
    body = section([first, facts, *_advice(matter, days)])
    return Message(_notification(reminding, first, days), (body, *_why(reminding, matter, days), bar(matter)))


def _several(reminding: Reminding, days: Days) -> Message:
    matters = reminding.matters
    first = matters[0]
    name = md(first.subject.name, 80) if first.subject is not None else "Reminders"
    title = joined([f"*{name}*: {count(len(matters), 'thing')} to look at", _arr(first)])
    lines = [_line(matter, days) for matter in matters[:MOST]]
    more = [context(f"and {len(matters) - MOST} more: `/account reminders`")] if len(matters) > MOST else []
    open_ones = [matter for matter in matters if matter.acted is None]
    small = _why(reminding, open_ones[0], days) if open_ones else []
    heads = "; ".join(told(matter, days).head for matter in matters[:3])
    return Message(f"{title}: {heads}", (section(title), *lines, *more, *small))


def _line(matter: Matter, days: Days) -> Block:
    """One of several: what happened, and what to do or what became of it."""
    text = line(matter, days, named=False)
    if matter.acted is not None:
        return section([text, outcome(matter.acted, days)], line_menu(handle_of(matter)), block_of(matter.id))
    return section([f"• {text}", *_advice(matter, days)[:1]], line_menu(handle_of(matter)), block_of(matter.id))


def _advice(matter: Matter, days: Days) -> list[str]:
    step = f"*Next:* {days.said(md(matter.step, 240))}" if matter.step else ""
    missing = f"*Missing:* {joined(md(one, 80) for one in matter.missing[:4])}" if matter.missing else ""
    return [text for text in (step, missing) if text]


def _arr(matter: Matter) -> str:
    return f"{monies(matter.subject.arr, 3)} ARR" if matter.subject is not None and matter.subject.arr else ""


def _why(reminding: Reminding, matter: Matter, days: Days) -> list[Block]:
    """Small print: why it came, now, to this person."""
    said = joined(capitalised(text) for text in (md(matter.why, 200), *small_print(reminding, days)) if text)
    return [context(said)] if said else []


def _notification(reminding: Reminding, first: str, days: Days) -> str:
    late = f" (was due {days.lately(reminding.late_since)})" if reminding.late_since else ""
    return f"{first}{late}"
