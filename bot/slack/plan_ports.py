"""What the Slack edge needs of account plans; `bot.services.plans.desk.Plans` has it."""

from __future__ import annotations

from typing import Protocol

from bot.domain.audience import Audience
from bot.services.plans.write import PlanEntry
from bot.services.results.plans import AccountPlan, Part, PlanChanged, PlanRow


class PlanCases(Protocol):
    """Each is one transaction and may raise `StewardError`."""

    def plan(self, audience: Audience, account_id: int) -> AccountPlan:
        """Raises `NotFound` when the account is gone, as all of these do."""

    def row(self, audience: Audience, part: Part, account_id: int, row_id: int | None = None) -> PlanRow:
        """An entry of the plan for a form; without `row_id` an empty one."""

    def change(self, audience: Audience, entry: PlanEntry) -> PlanChanged:
        """Raises `BadFields` with a sentence for each field that is wrong."""
