"""Money: an exact amount in one currency.

Amounts of different currencies are never added: there is no rate in here. A total over several currencies is a
`Totals`, one `Money` per currency.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


class CurrencyMismatchError(ValueError):
    """Two currencies met in one sum. Sum them apart (`totals`) or convert one with a stated rate first."""


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """An amount in a currency (ISO 4217, upper case)."""

    amount: Decimal
    currency: str

    def __add__(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise CurrencyMismatchError(f"{self.currency} and {other.currency} cannot be added without a stated rate")
        return Money(self.amount + other.amount, self.currency)

    def scaled(self, factor: Decimal) -> Money:
        return Money(self.amount * factor, self.currency)

    def rounded(self, places: int = 2) -> Money:
        """Half-up, the way invoices round."""
        return Money(self.amount.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), self.currency)

    def __str__(self) -> str:
        return f"{self.amount:,.2f} {self.currency}"


def totals(amounts: Iterable[Money]) -> tuple[Money, ...]:
    """One sum per currency, largest amount first, then by currency code; empty when there is nothing to sum."""
    sums: dict[str, Decimal] = {}
    for money in amounts:
        sums[money.currency] = sums.get(money.currency, Decimal(0)) + money.amount
    return tuple(Money(sums[code], code) for code in sorted(sums, key=lambda code: (-sums[code], code)))
