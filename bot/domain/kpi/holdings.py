"""What customers pay on two days, and the steps in between: the facts under every revenue figure.

A customer is the top parent: subsidiaries fold into it (B.3), so that splitting an account changes nothing. Amounts
are of one currency and one rhythm (all yearly, or all monthly).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from bot.domain.revenue import Line, annual_value, arr


class Holding(NamedTuple):
    """What an account pays for one thing it holds, on the first and on the last day looked at."""

    account: int
    item: Hashable
    before: Decimal
    after: Decimal


class Customer(NamedTuple):
    """What a customer pays in all on the two days."""

    id: int
    before: Decimal
    after: Decimal


class Step(NamedTuple):
    """By how much an account's revenue changed on a day."""

    account: int
    on: date
    amount: Decimal


Tops = Mapping[int, int]
"""Subsidiary -> its top parent; who is missing is a top of its own."""


def tops(parents: Mapping[int, int]) -> dict[int, int]:
    """The top of every account that has a parent. Accounts that are each other's parents fold into the least id."""
    found: dict[int, int] = {}
    for account in parents:
        path, at = [account], account
        while at in parents and parents[at] not in path:
            at = parents[at]
            path.append(at)
        found[account] = min(path[path.index(parents[at]) :]) if at in parents else at
    return found


def customers(holdings: Iterable[Holding], top: Tops) -> list[Customer]:
    """One row per top parent that pays on either day."""
    sums: dict[int, list[Decimal]] = {}
    for account, _, before, after in holdings:
        one = top.get(account, account)
        both = sums.get(one)
        if both is None:
            sums[one] = [before, after]
        else:
            both[0] += before
            both[1] += after
    return [Customer(one, before, after) for one, (before, after) in sums.items() if before or after]


def at_customers(holdings: Iterable[Holding], top: Tops) -> list[Holding]:
    """The same things held, each once per top parent."""
    sums: dict[tuple[int, Hashable], list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for account, item, before, after in holdings:
        both = sums[top.get(account, account), item]
        both[0] += before
        both[1] += after
    return [Holding(one, item, before, after) for (one, item), (before, after) in sums.items()]


def steps_of(account: int, lines: Iterable[Line], currency: str) -> list[Step]:
    """Every change of an account's yearly revenue in a currency, by the rules of its card.

    A line earns from its first to its last day: churn falls on the day after the end, never on the day of notice
    (B.5). Lines of different contracts for the same product and unit are not added up.
    """
    known = list(lines)
    days = {line.starts_on for line in known if line.starts_on} | {
        line.ends_on + timedelta(days=1) for line in known if line.ends_on and line.ends_on < date.max
    }
    found, level = [], Decimal(0)
    for day in sorted(days):
        now = sum((one.amount for one in arr(known, day).totals if one.currency == currency), Decimal(0))
        if now != level:
            found.append(Step(account, day, now - level))
            level = now
    return found


def holdings_of(account: int, lines: Iterable[Line], before: date, after: date, currency: str) -> list[Holding]:
    """What an account holds in a currency on the two days, by the rules of its card."""
    known = list(lines)
    sums: dict[Hashable, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for place, on in enumerate((before, after)):
        for line in arr(known, on).counted:
            worth = annual_value(line)
            if worth is not None and worth.currency == currency:
                sums[line.product_id, line.unit][place] += worth.amount
    return [Holding(account, item, first, last) for item, (first, last) in sums.items()]
