"""The small print that any message may carry: that it is late, or may stand there twice."""

from __future__ import annotations

from bot.services.results.matters import Says
from bot.slack.render.dates import Days


def late_or_repeated(says: Says, days: Days) -> list[str]:
    late = f"was due {days.lately(says.late_since)}, I was not running then" if says.late_since else ""
    repeat = "may be a repeat: I could not see whether it arrived before" if says.repeat else ""
    return [text for text in (late, repeat) if text]
