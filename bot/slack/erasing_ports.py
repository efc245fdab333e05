"""The use cases of erasing that this edge has."""

from __future__ import annotations

from typing import Protocol

from bot.domain.audience import Audience
from bot.services.erasing.whom import Whom
from bot.services.results.erasing import Choice, Erased, ErasurePlan


class ErasingCases(Protocol):
    """For admins; what is erased cannot be had back."""

    def plan_person(self, audience: Audience, whom: Whom) -> ErasurePlan | Choice: ...
    def erase_person(self, audience: Audience, whom: Whom) -> Erased | Choice: ...
