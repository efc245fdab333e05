"""The small print that any message may carry: for whom it is, that it is late, or may stand there twice."""

from __future__ import annotations

from bot.services.results.matters import Says
from bot.slack.render.dates import Days
from bot.slack.render.text import md


def small_print(says: Says, days: Days) -> list[str]:
    because = f": {days.said(md(says.because, 120))}" if says.because else ""
    instead = f"for {md(says.instead_of, 60)}{because}" if says.instead_of else ""
    late = f"was due {days.lately(says.late_since)}, I was not running then" if says.late_since else ""
    repeat = "may be a repeat: I could not see whether it arrived before" if says.repeat else ""
    return [text for text in (instead, late, repeat) if text]
