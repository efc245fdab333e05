"""The use cases about access behind one door."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.clock import Clock
from bot.domain.audience import Audience
from bot.domain.policy import Policies
from bot.services.access import restrict, who
from bot.services.results.access import Restricted, Restriction, WhoMaySee
from bot.storage.database import Database


@dataclass(frozen=True)
class AccessDesk:
    """Each call is one transaction; all may raise StewardError."""

    database: Database
    clock: Clock
    policies: Policies

    def restrict(self, audience: Audience, account_id: int, named: Sequence[str], reason: str) -> Restricted:
        return restrict.restrict(self.database, audience, account_id, named, reason, self.clock())

    def lift(self, audience: Audience, account_id: int) -> Restricted:
        return restrict.lift(self.database, audience, account_id, self.clock())

    def who_may_see(self, audience: Audience, account_id: int) -> WhoMaySee:
        return who.who_may_see(self.database, audience, account_id, self.policies.access)

    def restricted(self, audience: Audience) -> tuple[Restriction, ...]:
        return who.restricted_accounts(self.database, audience)
