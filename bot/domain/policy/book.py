"""The schema of book.yml: what makes an account come first in a book."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field, model_validator

from .base import Days, File, Section, Share

Weight = Annotated[float, Field(strict=True, ge=0, le=20, allow_inf_nan=False)]
Rate = Annotated[float, Field(strict=True, gt=0, le=1e6, allow_inf_nan=False)]
Code = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class RankWeights(Section):
    """How many times as much one thing at its worst counts, beyond 1; with 0 it does not count."""

    renewal: Weight = 4.0
    arr: Weight = 3.0
    risk: Weight = 2.0
    silence: Weight = 1.0


class BookPolicy(File):
    """`horizon_days` is from when on a date counts. `unknown_health` is the risk of an account whose health nobody
    knows, from 0 to 1. `rates` say what one unit of a currency is in `base`; without them currencies stay apart."""

    horizon_days: Days = 180
    weights: RankWeights = RankWeights()
    unknown_health: Share = 0.4
    base: Code | None = None
    rates: dict[Code, Rate] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _with_a_base(self) -> BookPolicy:
        if self.rates and self.base is None:
            raise ValueError("`rates` need a `base`: the currency that they lead to; add it")
        return self

    def rate(self, currency: str) -> Decimal | None:
        """What one unit is in the base currency; None without a rate."""
        if self.base is None:
            return None
        return Decimal(1) if currency == self.base else _exact(self.rates.get(currency))


def _exact(rate: float | None) -> Decimal | None:
    return Decimal(str(rate)) if rate is not None else None
