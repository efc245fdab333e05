"""The use cases about the audit trail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.domain.audience import Audience
from bot.services.results.trail import TrailChecked, TrailEvent, TrailPage
from bot.services.trail import read
from bot.services.trail import verify as checks
from bot.storage.database import Database


@dataclass(frozen=True)
class Trail:
    """All are for admins, and raise NotAllowed for anybody else."""

    database: Database
    clock: Clock
    zone: ZoneInfo

    def account_trail(self, audience: Audience, account_id: int, *, since: str = "", page: int = 1) -> TrailPage:
        """Who saw an account and who changed it. `since` is a day of the past in words."""
        return read.account_trail(self.database, audience, account_id, since, page, self.clock(), self.zone)

    def events(
        self,
        audience: Audience,
        *,
        account_id: int | None = None,
        who: str | None = None,
        since: str = "",
        limit: int = 100,
    ) -> tuple[TrailEvent, ...]:
        return read.events(self.database, audience, account_id, who, since, limit, self.clock(), self.zone)

    def verify(
        self, audience: Audience, *, head: str | None = None, progress: Callable[[int], None] | None = None
    ) -> TrailChecked:
        """Tens of seconds for a million events."""
        return checks.verify(self.database, audience, head, progress)

    def head(self, audience: Audience) -> tuple[int, str]:
        """Number and hash of the last event."""
        return checks.head(self.database, audience)

    def export(self, audience: Audience, form: checks.Form) -> Iterator[str]:
        return checks.export(self.database, audience, form)
