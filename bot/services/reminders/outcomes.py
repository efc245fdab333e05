"""What can become of a reminder that somebody is sending."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from bot.domain.reminders.reminder import Reminder


@dataclass(frozen=True, slots=True)
class Sent:
    """It stands in a conversation, posted now or found there. `carried` are the lines that went with it, `accounts`
    those that it speaks of, as far as that is known."""

    reminder: Reminder
    channel: str
    ts: str
    shown_to: str
    carried: tuple[int, ...] = ()
    accounts: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Later:
    """Certainly not posted, and due at another instant; `why` is for the person, None for a mere queue."""

    reminder: Reminder
    due_at: datetime
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Perhaps posted to this channel: to be looked for there after `look_at`."""

    reminder: Reminder
    channel: str
    look_at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Ended:
    """It will not be posted. `tell` is the recipient who hears why, None when nobody has to."""

    reminder: Reminder
    state: Literal["held", "failed", "cancelled"]
    why: str
    tell: str | None = None


Outcome: TypeAlias = Sent | Later | Doubtful | Ended
