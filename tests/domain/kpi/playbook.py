"""Subscription periods as contract lines: monthly prices, the end exclusive, as dbt's MRR playbook writes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from bot.domain.kpi.holdings import Customer, Step, customers, holdings_of, steps_of
from bot.domain.money import Money
from bot.domain.revenue import Line

Periods = dict[int, list[Line]]


def line(
    number: int, starts: date, before: date | None, monthly: str | int, *, product: int | None = None,
    contract: int | None = None, currency: str = "USD",
) -> Line:  # fmt: skip
    last = before - timedelta(days=1) if before else None
    return Line(number, contract, product, None, Money(Decimal(monthly), currency), "month", True, starts, last)


def read(rows: Iterable[dict[str, str]]) -> Periods:
    found: Periods = {}
    for row in rows:
        before = date.fromisoformat(row["end_date"]) if row["end_date"] else None
        starts = date.fromisoformat(row["start_date"])
        one = line(int(row["subscription_id"]), starts, before, row["monthly_amount"])
        found.setdefault(int(row["customer_id"]), []).append(one)
    return found


def steps(periods: Periods) -> list[Step]:
    return [step for one, lines in periods.items() for step in steps_of(one, lines, "USD")]


def between(periods: Periods, before: date, after: date) -> list[Customer]:
    held = [one for account, lines in periods.items() for one in holdings_of(account, lines, before, after, "USD")]
    return customers(held, {})
