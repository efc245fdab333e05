"""A lead's view of a team: the same numbers for each member and for all of them together.

Counts are counts of accounts. Money is summed per currency; in one currency only with a rate for each (`book.yml`).
What is not known is counted apart, never as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .money import Money, totals
from .policy.book import BookPolicy


@dataclass(frozen=True, slots=True)
class Held:
    """What counts of one account. `soon`: its next date lies within the window; `danger`: at risk or worse; `late`:
    nobody talked for longer than agreed; `planned`: an open objective stands in its plan."""

    arr: tuple[Money, ...]
    arr_known: bool
    soon: bool
    danger: bool
    health_known: bool
    late: bool
    overdue_promises: int
    planned: bool


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of some accounts. `base` is the ARR in one currency, None where a rate is missing."""

    accounts: int
    arr: tuple[Money, ...]
    base: Money | None
    arr_unknown: int
    soon: int
    soon_arr: tuple[Money, ...]
    danger: int
    danger_arr: tuple[Money, ...]
    health_unknown: int
    late: int
    overdue_promises: int
    planned: int


def numbers(held: Iterable[Held], policy: BookPolicy) -> Numbers:
    each = list(held)
    arr = _arr(each, lambda _: True)
    return Numbers(
        accounts=len(each),
        arr=arr,
        base=in_base(arr, policy),
        arr_unknown=sum(not one.arr_known for one in each),
        soon=sum(one.soon for one in each),
        soon_arr=_arr(each, lambda one: one.soon),
        danger=sum(one.danger for one in each),
        danger_arr=_arr(each, lambda one: one.danger),
        health_unknown=sum(not one.health_known for one in each),
        late=sum(one.late for one in each),
        overdue_promises=sum(one.overdue_promises for one in each),
        planned=sum(one.planned for one in each),
    )


def _arr(each: Sequence[Held], counts: Callable[[Held], bool]) -> tuple[Money, ...]:
    return totals(money for one in each if counts(one) for money in one.arr)


def in_base(sums: Sequence[Money], policy: BookPolicy) -> Money | None:
    """The sums in the base currency; None without a base, or where the rate of one of them is missing."""
    if policy.base is None:
        return None
    rates = [policy.rate(money.currency) for money in sums]
    if any(rate is None for rate in rates):
        return None
    added = sum((money.amount * rate for money, rate in zip(sums, rates, strict=True) if rate is not None), Decimal(0))
    return Money(added, policy.base)
