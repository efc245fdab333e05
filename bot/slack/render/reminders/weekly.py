"""The weekly line to a lead."""

from __future__ import annotations

from bot.services.results.matters import Weekly
from bot.slack.render.dates import Days
from bot.slack.render.parts import Block, Message, context, joined, section
from bot.slack.render.reminders.small import small_print
from bot.slack.render.text import capitalised, count, md

_MOST = 5


def weekly_message(weekly: Weekly, days: Days) -> Message:
    """What was said to the team in a week and what became of it."""
    title = f"*The week before {days.full(weekly.on)}*: what I told your team, and what became of it"
    lines = [md(line, 200) for line in weekly.lines]
    advice = f"*Next:* {md(weekly.advice, 200)}" if weekly.advice else ""
    blocks: list[Block] = [section([title, *lines, advice])]
    if weekly.orphans:
        blocks.append(section(_orphans(weekly)))
    small = small_print(weekly, days)
    if small:
        blocks.append(context(joined(capitalised(text) for text in small)))
    return Message(f"{title}. {' '.join(lines[:2])}", tuple(blocks), title="Week")


def _orphans(weekly: Weekly) -> list[str]:
    shown = [f"• {md(one, 120)}" for one in weekly.orphans[:_MOST]]
    more = len(weekly.orphans) - _MOST
    head = f"*Nobody to tell:* {count(len(weekly.orphans), 'account')} without anybody I can reach. Give them an owner."
    return [head, *shown, *([f"and {more} more"] if more > 0 else [])]
