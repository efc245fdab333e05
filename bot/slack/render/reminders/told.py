"""One reminder in words, whatever its rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from bot.services.results.matters import (
    AlertMatter,
    CheckInMatter,
    Matter,
    NoticeMatter,
    OwnMatter,
    PromiseMatter,
    RenewalMatter,
)
from bot.slack.render.dates import Days
from bot.slack.render.reminders import alert, check_in, notice, own, promise, renewal
from bot.slack.render.text import capitalised, md


@dataclass(frozen=True, slots=True)
class Told:
    """Escaped text. `head` says what happened, without the account; `facts` is what one should know beside it."""

    head: str
    facts: str


def told(matter: Matter, days: Days) -> Told:
    match matter:
        case RenewalMatter():
            return Told(renewal.head(matter, days), renewal.facts(matter, days))
        case CheckInMatter():
            return Told(check_in.head(matter, days), check_in.facts(matter, days))
        case PromiseMatter():
            return Told(promise.head(matter, days), "")
        case OwnMatter():
            return Told(own.head(matter), own.facts(matter, days))
        case AlertMatter():
            return Told(alert.head(matter, days), alert.facts(matter, days))
        case NoticeMatter():
            return Told(notice.head(matter), "")
        case _:
            assert_never(matter)


def line(matter: Matter, days: Days, *, named: bool = True) -> str:
    """What happened, in one line; with the account's name unless it stands above."""
    head = told(matter, days).head
    if matter.rule == "own" and (matter.subject is None or not named):
        return head  # somebody's own words
    if matter.subject is None or not named:
        return capitalised(head)
    return f"*{md(matter.subject.name, 80)}*: {head}"
