"""What comes round: the morning message of one of us, or the weekly line to one who leads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from bot.domain.policy import Policies
from bot.domain.reminders.reminder import Reminder
from bot.services.preferences import Usual
from bot.services.reminders.mornings import Mornings
from bot.services.reminders.weeklies import weekly
from bot.services.results.matters import Morning, Weekly
from bot.storage.database import Reader


@dataclass(frozen=True)
class Rounds:
    """As of an instant; who waits for what is read when somebody asks for it first."""

    reader: Reader
    policies: Policies
    usual: Usual
    now: datetime

    def of(self, one: Reminder) -> tuple[Morning | Weekly, tuple[int, ...]] | None:
        """The message, and the rows that it speaks for besides its own; None when there is nothing to say."""
        if one.rule == "morning":
            return self._mornings.of_member(one.anchor_id)
        found = weekly(self.reader, one.anchor_id, self.policies, self.usual, self.now)
        return (found, ()) if found is not None else None

    @cached_property
    def _mornings(self) -> Mornings:
        return Mornings(self.reader, self.policies, self.usual, self.now)
