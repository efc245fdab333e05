"""Why a reminder came."""

from __future__ import annotations

from bot.services.results.matters import WhyReminded
from bot.slack.render.dates import Days
from bot.slack.render.parts import Message, context, section
from bot.slack.render.reminders.told import line
from bot.slack.render.text import md

_QUIETER = "Fewer of them: change the file named above, or your quiet hours and morning message in my Home tab."


def why_message(found: WhyReminded, days: Days) -> Message:
    """A reason a line; `days` are the reader's."""
    what = line(found.matter, days) if found.matter is not None else "What it was about is gone"
    title = f"Why you were told: {what}"
    reasons = [f"*{one.label}:* {days.said(md(one.sentence, 400))}" for one in found.because]
    sent = f"*Sent:* {days.moment(found.sent_at)}" if found.sent_at is not None else ""
    again = f"*Next:* {days.moment(found.next_at)}" if found.next_at is not None else "*Next:* nothing is planned"
    return Message(title, (section([title]), section([*reasons, sent, again]), context(_QUIETER)), title="Why this?")
