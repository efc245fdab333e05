"""The schemas of cadence.yml and renewals.yml: when to speak."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator

from .base import Chosen, Days, Ladder, Section, choose, spelled_as_keys


class CadencePolicy(Section):
    default: Days
    days: Annotated[Mapping[str, Days], AfterValidator(spelled_as_keys)]

    def days_for(self, segment: str | None) -> Chosen[int]:
        return choose(self.days, segment, self.default)


class RenewalPolicy(Section):
    default: Ladder
    ladders: Annotated[Mapping[str, Ladder], AfterValidator(spelled_as_keys)]

    def ladder_for(self, segment: str | None) -> Chosen[tuple[int, ...]]:
        return choose(self.ladders, segment, self.default)
