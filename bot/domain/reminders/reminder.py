"""A reminder as it is kept: what was wanted, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from bot.domain.reminders.wanted import Carrier, Rule

State = Literal["planned", "claimed", "doubt", "sent", "held", "failed", "cancelled", "superseded"]
"""planned     waits for its instant
claimed     somebody is sending it
doubt       it may have been posted: look before sending it again
sent        it stands in a conversation
held        it must not be said where it was meant for; a person was told
failed      it can never be sent there; a person was told
cancelled   a person or the facts ended it
superseded  no longer wanted; comes back when it is wanted again
"""

OPEN: Final[tuple[State, ...]] = ("planned", "claimed", "doubt", "held")
"""What may still be said."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """`wanted_at` is its first `due_at`, which quiet hours and snoozes move; `claimed_at` the first claim after which
    it may have been posted. Texts are not here: they are written when it is sent."""

    id: int
    rule: Rule
    account_id: int | None
    anchor_id: int
    anchor_on: date
    milestone: int
    recipient: str
    carrier: Carrier
    zone: str
    due_at: datetime
    wanted_at: datetime
    state: State
    reason: str | None
    claimed_at: datetime | None
    attempts: int
    channel: str | None
    ts: str | None
    sent_at: datetime | None
    acted: str | None
    acted_by: str | None
    follows: int | None
