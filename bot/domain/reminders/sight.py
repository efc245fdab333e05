"""What looking ahead reads, and what it sees."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

from bot.domain.reminders.account import Account
from bot.domain.reminders.presence import Addressee
from bot.domain.reminders.reminder import Reminder
from bot.domain.reminders.rounds import Member
from bot.domain.reminders.wanted import Rule, Wanted

Chain: TypeAlias = tuple[Addressee, ...]
Chains: TypeAlias = Callable[[str, int | None], Chain]
"""Who may hear of it, in the order in which they are tried: by recipient and account."""


@dataclass(frozen=True, slots=True)
class Sight:
    """A book as it is read once.

    `rows` are the reminders that were planned from it. `wishes` are what people asked for themselves, as far as one
    looks, with their words by `anchor_id`. `team` are those to whom messages come round.
    """

    accounts: Mapping[int, Account]
    rows: Sequence[Reminder]
    chains: Chains
    team: Sequence[tuple[Member, Addressee]] = ()
    wishes: Sequence[Wanted] = ()
    words: Mapping[int, str] | None = None


@dataclass(frozen=True, slots=True)
class Spoken:
    """One thing that a message says, and the reminder that says it; `milestone` None for what needs no reminder."""

    rule: Rule
    account_id: int | None
    account: str | None
    anchor_id: int
    anchor_on: date | None
    milestone: int | None
    reason: str
    step: str | None


@dataclass(frozen=True, slots=True)
class Message:
    """One message to a person or a channel, or a reminder for which there is nobody. `why` says what is unusual about
    who gets it."""

    at: datetime
    kind: Literal["message", "morning", "weekly", "nobody"]
    to: Addressee | None
    spoken: tuple[Spoken, ...] = ()
    why: str | None = None
    left_out: str | None = None
    channel: str | None = None
