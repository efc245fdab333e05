"""The lead's weekly line: what was said and what came of it. A rule that is ignored is noise, and the fix is named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args

from bot.domain.reminders.wanted import Rule

_LEAST = 5
_NAMES: dict[Rule, tuple[str, str]] = {
    "renewal": ("renewal reminders", "drop the milestones nobody acts on, in renewals.yml"),
    "check-in": ("check-in reminders", "lengthen the cadence, in cadence.yml"),
    "promise": ("promise reminders", "remind once instead of twice, in reminders.yml"),
    "alert": ("alerts", "raise their numbers, in health.yml"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A message or line that was sent: what somebody did about it (None: nothing yet), and how many days ago."""

    rule: Rule
    acted: str | None
    days_ago: int


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of one rule's messages. `waiting` are too young to be called ignored."""

    rule: Rule
    sent: int
    acted: int
    snoozed: int
    ignored: int
    waiting: int

    @property
    def sentence(self) -> str:
        """ "Renewal reminders: 12 sent, 7 acted on, 3 snoozed, 2 ignored." """
        counted = ((self.snoozed, "snoozed"), (self.ignored, "ignored"), (self.waiting, "still open"))
        parts = [f"{self.sent} sent", f"{self.acted or 'none'} acted on", *(f"{n} {how}" for n, how in counted if n)]
        return f"{_NAMES[self.rule][0].capitalize()}: {', '.join(parts)}."


def tally(told: Iterable[Told], ignored_after_days: int) -> tuple[Tally, ...]:
    """One tally per rule that spoke, in the order of the rules."""
    by_rule: dict[Rule, list[Told]] = {}
    for one in told:
        by_rule.setdefault(one.rule, []).append(one)
    rules: tuple[Rule, ...] = get_args(Rule)
    return tuple(
        _tally(rule, by_rule[rule], ignored_after_days) for rule in rules if rule in by_rule and rule in _NAMES
    )


def _tally(rule: Rule, told: list[Told], ignored_after_days: int) -> Tally:
    snoozed = sum(one.acted == "snoozed" for one in told)
    missed = [one for one in told if one.acted is None or one.acted == "overtaken"]
    waiting = sum(one.acted is None and one.days_ago < ignored_after_days for one in missed)
    return Tally(
        rule=rule,
        sent=len(told),
        acted=len(told) - snoozed - len(missed),
        snoozed=snoozed,
        ignored=len(missed) - waiting,
        waiting=waiting,
    )


def advice(tallies: Iterable[Tally]) -> str | None:
    """What to change, for the rule that is ignored or snoozed most; None while people act on what they are told."""
    loud = [one for one in tallies if one.sent - one.waiting >= _LEAST and one.ignored + one.snoozed > one.acted]
    if not loud:
        return None
    worst = max(loud, key=lambda one: (one.ignored + one.snoozed - one.acted, one.rule))
    name, remedy = _NAMES[worst.rule]
    return f"Most {name} led to nothing: {remedy}."
