"""A team's books beside each other."""

from __future__ import annotations

from datetime import datetime

from bot.services.results.base import AccountId, Result, Sum


class TeamNumbers(Result):
    """Numbers of accounts; sums per currency. `base` is the ARR in one currency where every rate is known."""

    accounts: int
    arr: tuple[Sum, ...]
    base: Sum | None
    arr_unknown: int
    soon: int
    soon_arr: tuple[Sum, ...]
    danger: int
    danger_arr: tuple[Sum, ...]
    health_unknown: int
    late: int
    overdue_promises: int
    planned: int


class TeamRow(Result):
    """One member's book. `first` is the account that presses most, and `why`."""

    member_id: str
    member: str
    active: bool
    numbers: TeamNumbers
    first_id: AccountId | None
    first: str | None
    why: tuple[str, ...]


class Unowned(Result):
    """An account that nobody looks after; `left` is its former owner."""

    id: AccountId
    name: str
    arr: tuple[Sum, ...]
    left: str | None


class TeamRollup(Result):
    """`total` counts every account of the members once. `unowned` are of the whole workspace, largest first."""

    scope: str
    soon_days: int
    rows: tuple[TeamRow, ...]
    total: TeamNumbers
    unowned: tuple[Unowned, ...]
    unowned_total: int
    notes: tuple[str, ...]
    as_of: datetime
