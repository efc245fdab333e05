"""What every result is, and an amount of money in one."""

from __future__ import annotations

from decimal import Decimal

from pydantic import BaseModel, ConfigDict

from bot.domain.money import Money


class Result(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Sum(Result):
    """An amount in one currency."""

    amount: Decimal
    currency: str

    @classmethod
    def of(cls, money: Money) -> Sum:
        rounded = money.rounded()
        return cls(amount=rounded.amount, currency=rounded.currency)
