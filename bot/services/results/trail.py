"""The audit trail, as people read it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.services.results.base import AccountId, Result


class TrailChange(Result):
    """A field before and after, None for nothing; `erased` when neither is kept any more."""

    field: str
    before: str | None
    after: str | None
    erased: bool = False


class TrailLine(Result):
    """What somebody did, as a sentence without its subject and full stop: "was shown the card". `times` counts how
    often on that day, `at` is the last of them. `channel` and `people` say who else saw it, `only` that nobody did."""

    seq: int
    at: datetime
    who: str
    did: str
    times: int = 1
    channel: str | None = None
    people: int | None = None
    only: bool = False
    changes: tuple[TrailChange, ...] = ()


class TrailPage(Result):
    """Who saw an account, and who changed it, newest first."""

    account_id: AccountId
    account: str
    since: datetime | None
    page: int
    pages: int
    total: int
    lines: tuple[TrailLine, ...]
    as_of: datetime


class TrailEvent(Result):
    """An event as it is kept, and the sentence about it."""

    seq: int
    at: datetime
    actor: str
    via: str
    action: str
    account_id: AccountId | None
    accounts: tuple[AccountId, ...]
    detail: dict[str, Any]
    sentence: str
    changes: tuple[TrailChange, ...]
    hash: str


class TrailFault(Result):
    seq: int
    sentence: str


class TrailChecked(Result):
    """Whether the trail is whole: `faults` are the first of `broken`. `head` is the hash of the last event."""

    events: int
    erased: int
    broken: int
    head: str
    faults: tuple[TrailFault, ...]
