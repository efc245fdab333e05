"""The record of who was shown which account's data where. It is written before anybody sees anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal, TypeAlias

from bot.domain.audience import Actor, only_the_asker
from bot.services.errors import Busy
from bot.services.writing import BUSY
from bot.storage import audit
from bot.storage.database import Database, LockedError

Where: TypeAlias = Literal["message", "view", "home", "file", "bookmark", "canvas", "menu", "shell"]
SHOWN: Final = "shown"

_SAID: Final = {
    "answer": ("again", "ask", "condense", "rows"),
    "audit trail": ("account_trail", "events"),
    "business review": ("approve", "draft", "edit", "note_shared", "read", "rewrite", "undo"),
    "card": ("account_card", "card_called"),
    "card of another day": ("as_of",),
    "changes": ("diff",),
    "channel": ("account_of_channel",),
    "chart": ("chart", "kpi_chart"),
    "draft": ("draft_skill",),
    "figure": ("kpi",),
    "files of a review": ("files",),
    "health": ("clear_score", "dismiss", "restore", "set_score", "why_health"),
    "health by other rules": ("compare",),
    "line in a book": ("book",),
    "line in a team's book": ("team",),
    "line in a workbook": ("kpi_export",),
    "line of the day": ("my_day",),
    "line among the renewals": ("renewals",),
    "name": ("account_name", "find_account", "find_leading", "suggest_accounts"),
    "note": ("add_details", "log_touch", "read_touch", "undo_change"),
    "people": ("contacts",),
    "picture": ("picture",),
    "plan": ("change", "plan", "row"),
    "promise": ("end_one", "open_promises", "track"),
    "reminder": ("change_own", "get_own", "own_list", "set_own", "standing", "switch_own", "why", "why_last"),
    "viewers": ("lift", "restrict", "restricted", "who_may_see"),
}
WHAT: Final = {use_case: what for what, use_cases in _SAID.items() for use_case in use_cases}
"""What use cases show of an account; others go by their own name."""

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
    try:
        with database.noting(only_the_asker(actor), now) as writer:
            audit.append_many(writer, SHOWN, [_deed(one) for one in seen])
    except LockedError as error:
        raise Busy(BUSY) from error


def _deed(one: Seen) -> audit.Deed:
    said = {"to": one.to, "channel": one.channel, "people": one.people, "asked_in": one.asked_in}
    detail: dict[str, Any] = {"what": sorted(one.what), "where": one.where}
    detail |= {name: value for name, value in said.items() if value is not None}
    values = [audit.Value("shell.user", None, one.os_user)] if one.os_user is not None else []
    if len(one.accounts) == 1:
        return audit.Deed(next(iter(one.accounts)), detail, values)
    return audit.Deed(None, detail, values, sorted(one.accounts))
