"""Contract lines: the current term of every subscription and the terms that came before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from bot.sample.cast import PRODUCT_BY_KEY
from bot.sample.model import Company, Line
from bot.sample.when import add_months, days_before, month_end

FAR_OFF = 150
"""Ends this many days away fall on a month's end, as most contracts do; nearer ones keep the day their story needs."""


@dataclass(frozen=True, slots=True)
class Term:
    """One term of one line. `current` is the latest; it may lie in the past."""

    line: Line
    starts_on: date
    ends_on: date
    quantity: int
    amount: Decimal
    currency: str
    current: bool


def price(product: str, quantity: int, currency: str, discount: int) -> Decimal:
    """The price of a year, rounded the way a quote is; a trial is free."""
    exact = PRODUCT_BY_KEY[product].prices[currency] * quantity * (100 - discount) / 100
    step = {"JPY": 1000, "SEK": 100}.get(currency, 10)
    return Decimal(round(exact / step) * step)


def current_end(line: Line, today: date) -> date:
    end = days_before(today, -line.ends)
    just_signed = line.before == 0 and line.ends > 345
    return month_end(end) if line.ends >= FAR_OFF and not just_signed else end


def terms_of(company: Company, today: date) -> tuple[Term, ...]:
    """All terms, oldest first within a line. Earlier terms were smaller and cheaper by their larger discount."""
    terms: list[Term] = []
    for line in company.lines:
        after, quantity = current_end(line, today) + timedelta(days=1), line.quantity
        currency = line.currency or company.currency
        history: list[Term] = []
        for back in range(line.before + 1):
            starts_on = add_months(after, -line.months)
            amount = price(line.product, quantity, currency, min(100, line.discount + 2 * back))
            history.append(Term(line, starts_on, after - timedelta(days=1), quantity, amount, currency, back == 0))
            after, quantity = starts_on, max(1, quantity * line.was // 100)
        terms.extend(reversed(history))
    return tuple(terms)


def contract_rows(index: int, terms: tuple[Term, ...]) -> list[dict[str, object]]:
    """Rows of contracts.csv; lines that began together share a contract number."""
    rows: list[dict[str, object]] = []
    for place, term in enumerate(terms, 1):
        line, product = term.line, PRODUCT_BY_KEY[term.line.product]
        number = f"FO-{term.starts_on.year}-{100 + index * 4 + 'ABCD'.index(line.contract)}"
        rows.append(
            {
                "id": f"C-{index:02}{place:02}",
                "contract_number": number,
                "account_id": f"A-{index:03}",
                "product": product.name,
                "unit": product.unit,
                "quantity": term.quantity,
                "amount": term.amount,
                "period": "month" if line.trial else "year",
                "currency": term.currency,
                "starts_on": term.starts_on,
                "ends_on": term.ends_on,
                "auto_renew": line.auto and term.current,
                "notice_days": line.notice,
                "notice_business_days": line.business,
                "signed_on": term.starts_on - timedelta(days=9 + index % 13),
                "status": line.status if term.current else "expired",
                "trial": line.trial,
            }
        )
    return rows
