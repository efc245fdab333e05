"""Facts of any number of customers, added up: all that a figure needs of them.

What stands here may be gathered customer by customer, or summed where the rows are; both are the same sums, and sums
of two groups without a customer in common add up to those of both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from .holdings import Customer, Holding

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Cohort:
    """What customers pay on the first and on the last day. The cohort are those that pay on the first."""

    known: int = 0
    """Customers that pay, or are paid, on either day."""
    customers: int = 0
    """In the cohort."""
    stayed: int = 0
    """Of the cohort, those that pay on the last day."""
    before: Decimal = _ZERO
    """What the cohort pays on the first day."""
    after: Decimal = _ZERO
    """What the cohort pays on the last."""
    least: Decimal = _ZERO
    """The lesser of the two, customer by customer."""
    kept: Decimal = _ZERO
    """The same, but never below nothing."""
    active: int = 0
    """Customers that pay on the last day, old and new."""
    paid: Decimal = _ZERO
    """What they pay then."""
    opening: Decimal = _ZERO
    """What everybody together pays on the first day."""

    @classmethod
    def of(cls, found: Iterable[Customer]) -> Cohort:
        rows = list(found)
        cohort = [one for one in rows if one.before > 0]
        active = [one.after for one in rows if one.after > 0]
        least = [min(one.before, one.after) for one in cohort]
        return cls(
            sum(bool(one.before or one.after) for one in rows), len(cohort), sum(one.after > 0 for one in cohort),
            _sum(one.before for one in cohort), _sum(one.after for one in cohort), _sum(least),
            _sum(one for one in least if one > 0), len(active), _sum(active), _sum(one.before for one in rows),
        )  # fmt: skip

    @classmethod
    def of_heads(cls, customers: int, stayed: int, active: int) -> Cohort:
        """Where every customer that pays counts as 1: so many at first, so many of them and so many in all at last."""
        first, kept, last = Decimal(customers), Decimal(stayed), Decimal(active)
        known = customers + active - stayed
        return cls(known, customers, stayed, first, kept, kept, kept, active, last, first)

    def __add__(self, other: Cohort) -> Cohort:
        return Cohort(*(mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True)))


Customers: TypeAlias = Cohort | Iterable[Customer]


Bought: TypeAlias = "Sold | Iterable[Holding]"


def cohort_of(found: Customers) -> Cohort:
    return found if isinstance(found, Cohort) else Cohort.of(found)


class Sale(NamedTuple):
    """How many customers of the cohort bought more, and for how much."""

    customers: int = 0
    gained: Decimal = _ZERO

    def plus(self, other: Sale) -> Sale:
        return Sale(self.customers + other.customers, self.gained + other.gained)


_NO_SALE = Sale()


@dataclass(frozen=True, slots=True)
class Sold:
    """What the customers of the first day bought: more of what they held (`up`), or what they did not hold (`cross`).

    `before` is what they paid then.
    """

    customers: int = 0
    before: Decimal = _ZERO
    up: Sale = _NO_SALE
    cross: Sale = _NO_SALE

    @classmethod
    def of(cls, held: Iterable[Holding]) -> Sold:
        """`held` is by customer (`holdings.at_customers`)."""
        rows = list(held)
        start: dict[int, Decimal] = defaultdict(Decimal)
        for one in rows:
            start[one.account] += one.before
        cohort = {one for one, amount in start.items() if amount > 0}
        grown = [one for one in rows if one.account in cohort and one.after > max(one.before, _ZERO)]
        up, cross = ([one for one in grown if (one.before > 0) is before] for before in (True, False))
        return cls(len(cohort), _sum(start[one] for one in cohort), _sale(up), _sale(cross))

    def __add__(self, other: Sold) -> Sold:
        return Sold(
            self.customers + other.customers, self.before + other.before, self.up.plus(other.up),
            self.cross.plus(other.cross),
        )  # fmt: skip


def sold_of(held: Bought) -> Sold:
    return held if isinstance(held, Sold) else Sold.of(held)


def _sale(grown: list[Holding]) -> Sale:
    return Sale(len({one.account for one in grown}), _sum(one.after - one.before for one in grown))


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, _ZERO)
