"""The schema of kpi.yml: what the figures need that no export says."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field, model_validator

from .base import File, Section, Share, Step

Margin = Annotated[float, Field(strict=True, gt=0, le=1, allow_inf_nan=False)]
Target = Annotated[float, Field(strict=True, gt=0, le=1e12, allow_inf_nan=False)]


class ForecastFrom(Section):
    """From which probability on an open deal is committed, or counts in the best case."""

    commit: Share = 0.8
    best: Share = 0.5

    @model_validator(mode="after")
    def _in_order(self) -> ForecastFrom:
        if self.best > self.commit:
            raise ValueError("`best` must not be above `commit`; lower it")
        return self


class Quota(Section):
    """What somebody (or "all") is to win in a period: renewals, upsells, cross-sells, expansions."""

    who: Annotated[str, Field(min_length=1, max_length=120)]
    period: Annotated[str, Field(min_length=1, max_length=40)]
    amount: Target
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class KpiPolicy(File):
    """Without a `gross_margin` the CLV is one of revenue. `late_days`: until when a renewal is late and not lost."""

    gross_margin: Margin | None = None
    late_days: Step = 30
    forecast: ForecastFrom = ForecastFrom()
    quotas: tuple[Quota, ...] = ()

    @property
    def margin(self) -> Decimal | None:
        return None if self.gross_margin is None else Decimal(str(self.gross_margin))
