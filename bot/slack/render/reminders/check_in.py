"""A customer nobody has talked to for as long as was agreed."""

from __future__ import annotations

from bot.services.results.matters import CheckInMatter
from bot.slack.render.dates import Days
from bot.slack.render.text import away, md


def head(matter: CheckInMatter, days: Days) -> str:
    """`time to talk: check-in due *today*`."""
    late = (days.today - matter.due_on).days
    if late > 0:
        return f"check-in was due *{days.full(matter.due_on)}* ({away(-late)})"
    return f"check-in due *{days.full(matter.due_on)}* ({away(-late)})"


def facts(matter: CheckInMatter, days: Days) -> str:
    """The last time somebody did, and that we stop asking where we do."""
    stop = " I stop asking until somebody does." if matter.stops else ""
    if matter.touch_on is None or matter.touch_days is None:
        return f"Nobody is on record as having talked to them.{stop}"
    how = f", {md(matter.touch_kind, 30)}" if matter.touch_kind else ""
    by = f" by {md(matter.touch_by, 60)}" if matter.touch_by else ""
    return f"Last touch {away(-matter.touch_days)} ({days.short(matter.touch_on)}{how}{by}).{stop}"
