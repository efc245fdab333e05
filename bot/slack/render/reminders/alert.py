"""Something that changed for the worse."""

from __future__ import annotations

from bot.services.results.matters import AlertMatter
from bot.slack.render.dates import Days
from bot.slack.render.text import md


def head(matter: AlertMatter, _days: Days) -> str:
    return md(matter.sentence, 240)
