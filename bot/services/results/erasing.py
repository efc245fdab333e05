"""Who would be erased and what would go; what went and what is left; what the rules of keeping removed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from bot.services.results.base import AccountId, Result

What = Literal["person", "colleague", "account"]


class Somebody(Result):
    """One who may be meant: a person of a customer, or a colleague; `account_id` and its name are theirs."""

    id: str
    kind: What
    name: str
    email: str | None
    account_id: AccountId | None
    account: str | None


class Choice(Result):
    """Several fit, or (none) nobody does: nothing is done. `mentions` counts rows whose text has the name."""

    query: str
    candidates: tuple[Somebody, ...]
    mentions: int = 0


_CALLED = {
    "ask_turn": "question",
    "audit_value": "value of the audit trail",
    "change": "record of a change",
    "external_ref": "id at a source",
    "qbr": "review",
    "qbr_version": "review version",
    "skill_run": "draft",
}


class Rows(Result):
    """Rows of a table."""

    table: str
    rows: int

    @property
    def called(self) -> str:
        """What people call one of them."""
        return _CALLED.get(self.table, self.table.replace("_", " "))


class ErasurePlan(Result):
    """What an erasure would do. `own` are rows that go, `named` rows whose words are written without the name.

    `alone` are first and last names that count alone, in rows about their account; `shared` those that do not, because
    somebody else there has them. `namesakes` counts others anywhere with the full name.
    """

    kind: What
    who: tuple[Somebody, ...]
    own: tuple[Rows, ...]
    named: tuple[Rows, ...]
    alone: tuple[str, ...]
    shared: tuple[str, ...]
    namesakes: int


class Remains(Result):
    """A column that still names them, and why it stays; without a reason it must not."""

    table: str
    column: str
    rows: int
    why: str | None


class Erased(Result):
    """What was done. `in_files` counts places of SQLite's file that still show them (None: not looked at);
    `log_emptied` is false when somebody was reading what its log holds."""

    erasure: str
    kind: What
    own: tuple[Rows, ...]
    named: tuple[Rows, ...]
    remains: tuple[Remains, ...]
    in_files: int | None
    log_emptied: bool
    compacted: bool
    sentence: str


class ErasureLine(Result):
    """One erasure in the list: who asked, when, and whether imports still leave them out."""

    erasure: str
    kind: What
    state: Literal["started", "done", "lifted"]
    at: datetime
    by: str
    own: int
    named: int


class Expired(Result):
    """What is kept for longer than the rules allow: since when (None: kept without end) and how many rows."""

    what: str
    days: int | None
    before: date | None
    rows: int


class Retention(Result):
    """What the rules of keeping removed, or (`dry_run`) would remove."""

    dry_run: bool
    kinds: tuple[Expired, ...]
    rows: int
