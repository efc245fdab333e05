"""How old each kind of data is, where it came from, and what is stale."""

from __future__ import annotations

from bot.services.results import DataAge, MyDay
from bot.slack.render.dates import Days
from bot.slack.render.parts import Block, joined, section
from bot.slack.render.text import count, md


def freshness(day: MyDay, days: Days) -> Block:
    return section(["*Data*", *[_line(age, day.stale_days, days) for age in day.data[:12]]])


def _line(age: DataAge, stale_days: int, days: Days) -> str:
    name = md(age.data, 40)
    if age.imported_at is None:
        return f"{name}: *none imported*"
    newest = f"newest {days.short(age.newest_on)}" if age.newest_on is not None else None
    source = f"from {md(age.source, 40)}" if age.source else None
    stale = age.age_days is not None and age.age_days > stale_days
    old = f"*stale: {count(age.age_days or 0, 'day')} old*" if stale else None
    return f"{name}: {joined([newest, source, f'imported {days.moment(age.imported_at)}', old], ', ')}"
