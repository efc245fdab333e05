"""The use cases about health behind one door, with database, clock and policies already in place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, tzinfo

from bot.clock import Clock
from bot.domain.audience import Audience
from bot.domain.policy import Policies
from bot.services.health import decided
from bot.services.health.compare import compare_health
from bot.services.results.health import RulesCompared
from bot.services.results.why import Decided
from bot.storage.database import Database


@dataclass(frozen=True)
class HealthDesk:
    """Each call is one transaction; all may raise StewardError."""

    database: Database
    clock: Clock
    policies: Policies
    zone: tzinfo

    def today(self) -> date:
        return self.clock().astimezone(self.zone).date()

    def set_score(self, audience: Audience, account_id: int, score: int, reason: str, until: date) -> Decided:
        return decided.set_score(self.database, audience, account_id, score, reason, until, self.clock(), self.today())

    def clear_score(self, audience: Audience, account_id: int) -> Decided:
        return decided.clear_score(self.database, audience, account_id, self.clock())

    def dismiss(self, audience: Audience, account_id: int, kind: str, reason: str) -> Decided:
        return decided.dismiss(
            self.database, audience, account_id, kind, reason, self.policies, self.clock(), self.today()
        )

    def compare(self, audience: Audience, other: Policies, since: date | None = None) -> RulesCompared:
        """Other rules beside those in force, over today's facts and the stored past."""
        now, today = self.clock(), self.today()
        return compare_health(self.database, audience, self.policies, other, since, now, today)

    def restore(self, audience: Audience, account_id: int, kind: str) -> Decided:
        return decided.restore(self.database, audience, account_id, kind, self.clock())
