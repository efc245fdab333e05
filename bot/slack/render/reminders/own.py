"""What somebody wanted to be reminded of."""

from __future__ import annotations

from bot.services.results.matters import OwnMatter
from bot.slack.render.dates import Days
from bot.slack.render.text import md


def head(matter: OwnMatter) -> str:
    """Their words."""
    return md(matter.text, 300)


def facts(matter: OwnMatter, days: Days) -> str:
    return f"Again {days.moment(matter.next_at)}." if matter.next_at is not None else ""
