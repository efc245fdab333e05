"""What the Slack edge needs of account plans and of the past; `bot.services.plans.desk.Plans` and
`bot.services.past.desk.Past` have it."""

from __future__ import annotations

from typing import Protocol

from bot.domain.audience import Audience
from bot.services.plans.pictures import Drawing
from bot.services.plans.write import PlanEntry
from bot.services.results.past import AccountDiff, AccountThen
from bot.services.results.plans import AccountPlan, Part, PlanChanged, PlanPicture, PlanRow


class PastCases(Protocol):
    """Tens of milliseconds each: run them aside. Raise `BadInput` for words that name no time of the past, `NotFound`
    when the account is gone or was not known then."""

    def as_of(self, audience: Audience, account_id: int, day: str) -> AccountThen: ...

    def diff(self, audience: Audience, account_id: int, since: str) -> AccountDiff: ...


class PlanCases(Protocol):
    """Each is one transaction and may raise `StewardError`."""

    def plan(self, audience: Audience, account_id: int) -> AccountPlan:
        """Raises `NotFound` when the account is gone, as all of these do."""

    def picture(self, audience: Audience, account_id: int, shown: Drawing) -> PlanPicture:
        """Half a second the first time: run it aside."""

    def row(self, audience: Audience, part: Part, account_id: int, row_id: int | None = None) -> PlanRow:
        """An entry of the plan for a form; without `row_id` an empty one."""

    def change(self, audience: Audience, entry: PlanEntry) -> PlanChanged:
        """Raises `BadFields` with a sentence for each field that is wrong."""
