"""An account at another time: as it was known then, and what changed since.

Two kinds of time. *Learned* goes by when something was written down here, *happened* by the day it is about: a call of
May that was imported in July happened in May and was learned in July.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from bot.services.results.account import AccountCard
from bot.services.results.base import AccountId, Result
from bot.services.results.timeline import Entry, Section

What = Literal["account", "owner", "contract", "people", "promises", "deals", "plan"]


class AccountThen(Result):
    """The card as it was known at `at`. `note` says what that means."""

    card: AccountCard
    at: datetime
    note: str


class FieldChange(Result):
    field: str
    before: str
    after: str


class Learned(Result):
    """Something that is said now and was not then, or the other way round: `name` of it, what `changed`, when that was
    written down (`at`) and by whom or from which file (`source`)."""

    what: What
    how: Literal["new", "changed", "gone"]
    name: str
    changed: tuple[FieldChange, ...]
    at: datetime
    source: str


class Moved(Result):
    """An input of the health then and now, 0 to 100; None where it did not count."""

    component: str
    before: int | None
    after: int | None


class HealthMoved(Result):
    """By the rules of today, for both times."""

    before: int | None
    before_band: str
    after: int | None
    after_band: str
    inputs: tuple[Moved, ...]
    usage_before: str | None
    usage_after: str | None


class AccountDiff(Result):
    """What changed since `since`. `learned` is None when the account was not known then (`known_since` says from when
    on it was): there is nothing to compare with. `happened` are the newest of those that `counts` counts."""

    account_id: AccountId
    account: str
    since: datetime
    said: str
    known_since: datetime | None
    learned: tuple[Learned, ...] | None
    learned_total: int
    health: HealthMoved | None
    happened: tuple[Entry, ...]
    counts: dict[Section, int]
    as_of: datetime
