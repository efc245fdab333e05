"""A promise and its day."""

from __future__ import annotations

from bot.services.results.matters import PromiseMatter
from bot.slack.render.dates import Days
from bot.slack.render.text import away, count, md


def head(matter: PromiseMatter, days: Days) -> str:
    """`we promised “send the security questionnaire”, due *Fri 6 Mar 2026* (in 3 days)`."""
    who = (
        "they promised"
        if matter.by == "them"
        else f"{md(matter.owner, 60)} promised"
        if matter.owner
        else "we promised"
    )
    words = f"{who} “{md(matter.quote, 160)}”"
    if matter.days_left < 0:
        return f"{words}, *{count(-matter.days_left, 'day')} overdue* (due {days.short(matter.due_on)})"
    return f"{words}, due *{days.full(matter.due_on)}* ({away(matter.days_left)})"
