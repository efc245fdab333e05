"""The health of an account fell."""

from __future__ import annotations

from bot.services.results.matters import AlertMatter
from bot.slack.render.dates import Days
from bot.slack.render.text import capitalised, md


def head(matter: AlertMatter, _days: Days) -> str:
    return md(matter.sentence, 240)


def facts(matter: AlertMatter, _days: Days) -> str:
    """Which inputs moved it, largest first."""
    return capitalised(md(matter.because, 240))
