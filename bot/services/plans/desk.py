"""The use cases about account plans behind one door, with database, clock and policies already in place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, tzinfo

from bot.clock import Clock
from bot.domain.audience import Audience
from bot.domain.policy import Policies
from bot.services.plans import pictures, read, rows, write
from bot.services.plans.pictures import Drawing
from bot.services.plans.write import PlanEntry
from bot.services.results.plans import AccountPlan, Part, PlanChanged, PlanPicture, PlanRow
from bot.storage.database import Database


@dataclass(frozen=True)
class Plans:
    """Each call is one transaction; all may raise StewardError."""

    database: Database
    clock: Clock
    policies: Policies
    zone: tzinfo

    def _today(self) -> date:
        return self.clock().astimezone(self.zone).date()

    def plan(self, audience: Audience, account_id: int) -> AccountPlan:
        return read.account_plan(self.database, audience, account_id, self.policies, self.clock(), self._today())

    def picture(self, audience: Audience, account_id: int, shown: Drawing) -> PlanPicture:
        """The people of an account or its white space, drawn. Half a second the first time: run it aside."""
        return pictures.picture(self.database, audience, account_id, shown, self.clock(), self._today())

    def row(self, audience: Audience, part: Part, account_id: int, row_id: int | None = None) -> PlanRow:
        """An entry of the plan for a form; without `row_id` an empty one."""
        return rows.plan_row(self.database, audience, part, account_id, row_id)

    def change(self, audience: Audience, entry: PlanEntry) -> PlanChanged:
        """Raises BadFields with a sentence for each field that is wrong."""
        return write.change_plan(self.database, audience, entry, self.clock(), self._today())
