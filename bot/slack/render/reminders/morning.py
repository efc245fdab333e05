"""The morning message: a few lines, what matters most first, each with what can be done about it."""

from __future__ import annotations

from bot.services.results.matters import Morning, MorningLine
from bot.slack.deeds import block_of
from bot.slack.render.dates import Days
from bot.slack.render.parts import Block, Message, context, joined, section
from bot.slack.render.reminders.offers import morning_menu
from bot.slack.render.reminders.outcome import outcome
from bot.slack.render.reminders.small import small_print
from bot.slack.render.text import capitalised, count, md

_SETTINGS = "Its time, or none at all: `/account settings`"


def morning_message(morning: Morning, days: Days) -> Message:
    """`days` are those of the one it goes to."""
    title = f"*{days.full(morning.on)}*: {_count(morning)}"
    blocks: list[Block] = [section(title), *(_line(line, days) for line in morning.lines)]
    small = [md(morning.left_out, 200) if morning.left_out else "", *small_print(morning, days), _SETTINGS]
    blocks.append(context(joined(capitalised(text) for text in small if text)))
    return Message(f"{title}; {_aloud(morning, days)}", tuple(blocks), title="Morning")


def _count(morning: Morning) -> str:
    left = sum(line.acted is None for line in morning.lines)
    if not left:
        return "all done"
    return f"{count(left, 'thing')} to see to" + (", what matters most first" if left > 1 else "")


def _line(line: MorningLine, days: Days) -> Block:
    """Why now and what to do; or what became of it."""
    said = f"*{md(line.account, 80)}*: {days.said(md(line.reason, 240))}"
    where = block_of(line.id or f"{line.account_id}.{line.promise}")
    if line.acted is not None:
        return section([said, outcome(line.acted, days)], morning_menu(line), where)
    also = f" · also: {days.said(md(', '.join(line.also), 160))}" if line.also else ""
    return section([said, f"→ {days.said(md(line.step, 160))}{also}"], morning_menu(line), where)


def _aloud(morning: Morning, days: Days) -> str:
    """The first line, for a notification."""
    if not morning.lines:
        return "nothing"
    first = morning.lines[0]
    return f"first *{md(first.account, 80)}*: {days.said(md(first.reason, 160))}"
