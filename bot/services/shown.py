"""The record of who was shown which account's data where. It is written before anybody sees anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal, TypeAlias

from bot.domain.audience import Actor, only_the_asker
from bot.services.writing import writing
from bot.storage import audit
from bot.storage.database import Database

Where: TypeAlias = Literal["message", "view", "home", "file", "bookmark", "canvas", "menu", "shell"]
SHOWN: Final = "shown"

WHAT: Final = {
    "account_card": "card",
    "account_trail": "audit trail",
    "events": "audit trail",
    "account_name": "name",
    "account_of_channel": "channel",
    "card_called": "card",
    "contacts": "people",
    "draft_skill": "draft",
    "find_account": "name",
    "find_leading": "name",
    "kpi": "figure",
    "kpi_chart": "chart",
    "kpi_export": "figures",
    "my_day": "day",
    "suggest_accounts": "name",
    "why_health": "health",
}
"""What use cases show, in a word; others go by their own name."""

PASSING: Final = frozenset({"name", "channel"})
"""What is looked up on the way to something else: it was shown only where nothing else of an account was."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One message, view or file that is about to be seen: by `to` alone, or by everybody in `channel`, `people` of them
    where that is known. `asked_in` is where it was asked for."""

    accounts: frozenset[int]
    what: frozenset[str]
    where: Where
    to: str | None = None
    channel: str | None = None
    people: int | None = None
    asked_in: str | None = None
    os_user: str | None = None


def what_of(use_case: str) -> str:
    return WHAT.get(use_case, use_case.replace("_", " "))


def note_shown(database: Database, actor: Actor, seen: Sequence[Seen], now: datetime) -> None:
    """Raises Busy when somebody else keeps writing: then nothing may be shown."""
    with writing(database, only_the_asker(actor), now) as writer:
        audit.append_many(writer, SHOWN, [_deed(one) for one in seen])


def _deed(one: Seen) -> audit.Deed:
    said = {"to": one.to, "channel": one.channel, "people": one.people, "asked_in": one.asked_in}
    detail: dict[str, Any] = {"what": sorted(one.what), "where": one.where}
    detail |= {name: value for name, value in said.items() if value is not None}
    values = [audit.Value("shell.user", None, one.os_user)] if one.os_user is not None else []
    if len(one.accounts) == 1:
        return audit.Deed(next(iter(one.accounts)), detail, values)
    return audit.Deed(None, detail, values, sorted(one.accounts))
