"""What looking ahead finds."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from bot.services.results.base import AccountId, Result


class SaidAhead(Result):
    """One thing that a message would say. `milestone` counts days before `anchor_on` (the number of the check-in for
    check-ins); None for a promise that is overdue, which is said every morning."""

    rule: str
    account_id: AccountId | None
    account: str | None
    anchor_on: date | None
    milestone: int | None
    reason: str
    step: str | None


class MessageAhead(Result):
    """One message that would be sent: `at` in UTC, `local` on the clock of whoever gets it. `kind` "nobody" is a
    reminder for which there is nobody. `why` says what is unusual about who gets it."""

    at: datetime
    local: str
    kind: Literal["message", "morning", "weekly", "nobody"]
    to: str | None
    says: tuple[SaidAhead, ...]
    why: str | None
    left_out: str | None


class PersonAhead(Result):
    """What one person would get: messages of their own, morning messages, and the most messages on one day."""

    name: str
    messages: int
    mornings: int
    most_a_day: int


class Simulation(Result):
    """Every message from `since` to `until`, in the order of time."""

    since: datetime
    until: datetime
    accounts: int
    people: tuple[PersonAhead, ...]
    messages: tuple[MessageAhead, ...]


class Changed(Result):
    """Something that only one of two sets of rules would say: when, to whom, and how it would travel."""

    at: datetime
    local: str
    kind: str
    to: str | None
    says: SaidAhead


class Difference(Result):
    """What changes with other rules: what would be said no more, what would be said besides, and how many things both
    say on the same day to the same person."""

    before: Simulation
    after: Simulation
    gone: tuple[Changed, ...]
    new: tuple[Changed, ...]
    same: int
