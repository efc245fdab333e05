"""How old each kind of data is, where it came from, and what is stale."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from bot.services.results import DataAge, MyDay
from bot.slack.render.dates import Days
from bot.slack.render.parts import Block, section
from bot.slack.render.text import capitalised, count, md


def freshness(day: MyDay, days: Days) -> Block:
    """A line for each import and its source, and one for what never came."""
    missing = [md(age.data, 40) for age in day.data if age.imported_at is None]
    never = f"*Not imported: {', '.join(missing)}*" if missing else ""
    return section(["*Data*", *_lines(day, days), never])


def _lines(day: MyDay, days: Days) -> Iterable[str]:
    known = [(age.imported_at, age.source or "", age) for age in day.data if age.imported_at is not None]
    newest_first = sorted(known, key=lambda one: (-one[0].timestamp(), one[1]))
    for (at, source), ages in groupby(newest_first, key=lambda one: one[:2]):
        kinds = ", ".join(_kind(age, day.stale_days, days) for *_, age in ages)
        yield f"{capitalised(kinds)}: {f'from {md(source, 40)}, ' if source else ''}imported {days.moment(at)}"


def _kind(age: DataAge, stale_days: int, days: Days) -> str:
    """Until which day it tells; in bold when that is too long ago."""
    until = f" until {days.short(age.newest_on)}" if age.newest_on is not None else ""
    if age.age_days is None or age.age_days <= stale_days:
        return f"{md(age.data, 40)}{until}"
    return f"*{md(age.data, 40)}{until}: stale, {count(age.age_days, 'day')} old*"
