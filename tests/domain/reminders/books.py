"""Accounts, contracts and promises, made up for tests."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.policy import POLICY_FILES, Policies, parse_policies
from bot.domain.reminders.ladder import Contract
from bot.domain.reminders.place import Place
from bot.domain.reminders.wanted import Wanted
from bot.domain.terms import ContractTerms
from bot.domain.when.calendars import Workdays

TEXTS = {name: (files("bot") / "policies" / f"{name}.yml").read_text("utf-8") for name in POLICY_FILES}
POLICIES = parse_policies(TEXTS)


def policies(**changed: tuple[str, str]) -> Policies:
    """The shipped ones, with (text, other text) in some files."""
    texts = dict(TEXTS)
    for name, (old, new) in changed.items():
        assert old in texts[name]
        texts[name] = texts[name].replace(old, new)
    return parse_policies(texts)


def day(text: str) -> date:
    return date.fromisoformat(text)


def place(zone: str = "UTC", country: str | None = None) -> Place:
    return Place(zone, Workdays(country))


def terms(starts: str | None, ends: str | None, **more: Any) -> ContractTerms:
    return ContractTerms(day(starts) if starts else None, day(ends) if ends else None, **more)


def contract(
    starts: str | None, ends: str | None, *, at: Place | None = None, segment: str | None = "strategic", **more: Any
) -> Contract:
    own = {name: more.pop(name) for name in ("over", "outcomes", "number", "arr") if name in more}
    where = at or place()
    more.setdefault("country", where.workdays.country)
    return Contract(more.pop("id", 11), 7, terms(starts, ends, **more), segment, where, **own)


def shown(instant: datetime, zone: str) -> str:
    """What a clock there shows: "Mon 2026-03-02 09:00"."""
    return f"{instant.astimezone(ZoneInfo(zone)):%a %Y-%m-%d %H:%M}"


def told(wanted: Iterable[Wanted]) -> list[tuple[int, str]]:
    """(milestone, when on the customer's clock)."""
    return [(one.milestone, shown(one.due_at, one.zone)) for one in wanted]
