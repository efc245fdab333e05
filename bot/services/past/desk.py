"""The use cases about an account's past behind one door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo

from bot.clock import Clock
from bot.domain.audience import Audience
from bot.domain.policy import Policies
from bot.services.past.as_of import Clockwork, account_then
from bot.services.past.diff import account_diff
from bot.services.results.past import AccountDiff, AccountThen
from bot.storage.database import Database


@dataclass(frozen=True)
class Past:
    """Each call is one transaction; all may raise StewardError."""

    database: Database
    clock: Clock
    policies: Policies
    zone: tzinfo

    def as_of(self, audience: Audience, account_id: int, day: str) -> AccountThen:
        return account_then(self.database, audience, account_id, day, self._by())

    def diff(self, audience: Audience, account_id: int, since: str) -> AccountDiff:
        return account_diff(self.database, audience, account_id, since, self._by())

    def _by(self) -> Clockwork:
        return Clockwork(self.policies, self.clock(), self.zone)
