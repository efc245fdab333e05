"""Rows of contracts: prices with their period, last days, notice."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import Any

from bot.domain.records import ContractRow
from bot.importers.convert import cached
from bot.importers.plan import Cells, Make, Plan, Setup
from bot.importers.rows_book import ACCOUNT_REFS, PERSON_REFS
from bot.importers.text import fold


def contracts(setup: Setup) -> Make:
    plan = Plan(setup, ContractRow)
    plan.identify()
    plan.copy(
        "number", "unit", "quantity", "starts_on", "ends_on", "auto_renew", "signed_on", "status", "trial", "deleted"
    )
    plan.copy("notice_business_days")
    plan.refs(*ACCOUNT_REFS, *PERSON_REFS)
    plan.one("product", "product")
    _price(plan)
    _last_day(plan)
    _notice(plan)
    return plan.compile()


def _price(plan: Plan) -> None:
    """The price and its period: MRR, ARR, total value, a price per seat, or a plain amount with its period column."""
    setup = plan.setup
    preferred = setup.facts.get("price", "")
    choices = [("mrr", "month"), ("arr", "year"), ("tcv", "term"), ("amount", None), ("unit_price", None)]
    choices.sort(key=lambda choice: choice[0] != preferred)
    readers = [(setup.get(name), period, name == "unit_price") for name, period in choices if setup.has(name)]
    written = setup.word("period", "period")
    amount, period_at, quantity = plan.at("amount"), plan.at("period"), plan.at("quantity")
    plan.money(next((name for name, _ in choices if setup.has(name)), "amount"))
    header = fold(setup.headers.get("amount") or setup.headers.get("unit_price") or "")
    stated = "month" if "month" in header or "monat" in header else "year"

    def fill(cells: Cells, values: list[Any]) -> None:
        for read, period, each in readers:
            found = read(cells)
            if found is not None:
                values[amount] = found * (values[quantity] or 1) if each else found
                values[period_at] = period or written(cells) or stated
                return

    plan.extras.append(fill)


def _last_day(plan: Plan) -> None:
    """`ends_on`, inclusive: from an exclusive end, a renewal date (the day after), or start and term."""
    setup = plan.setup
    before, renews, term = setup.get("ends_before"), setup.get("renews_on"), setup.get("term_months")
    starts, ends = plan.at("starts_on"), plan.at("ends_on")
    exclusive = setup.facts.get("ends") == "exclusive"

    def fill(cells: Cells, values: list[Any]) -> None:
        last: date | None = values[ends]
        if last is not None:
            values[ends] = last - timedelta(days=1) if exclusive else last
            return
        first_free = before(cells) or renews(cells)
        months = term(cells)
        if first_free is None and values[starts] is not None and months and 0 < months <= _LONGEST:
            first_free = add_months(values[starts], months)
        values[ends] = first_free - timedelta(days=1) if first_free is not None else None

    plan.extras.append(fill)


def add_months(day: date, months: int) -> date:
    """The same day some months later, or the last of the month when there is no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


_NOTICE = re.compile(r"(\d+)(?:[.,]\d+)?\s*-?\s*([^\W\d]+)?(?:\s+([^\W\d]+))?", re.UNICODE)
_LONGEST = 600  # months; what is longer is no term
_UNITS = {"m": 30, "w": 7, "s": 7, "j": 365, "y": 365}


def read_notice(cell: str) -> tuple[int, bool] | None:
    """`(days, business days)` of "30", "60 days", "3 months" (30 days each), "10 business days"; None when unclear."""
    match = _NOTICE.search(cell)
    if match is None:
        return None
    count, unit = int(match[1]), fold(match[2] or "")
    business = (
        unit in {"business", "working", "werktage", "arbeitstage"} or "ouvr" in fold(cell) or "habil" in fold(cell)
    )
    if business or not unit or unit[0] in "dtg" or unit.startswith("jour") or unit == "日":
        return count, business
    factor = 7 if unit.startswith(("w", "sem", "set", "veck")) else _UNITS.get(unit[0])
    return (count * factor, False) if factor else None


def _notice(plan: Plan) -> None:
    setup = plan.setup
    days, business, months = plan.at("notice_days"), plan.at("notice_business_days"), setup.get("notice_months")
    index, parse = setup.columns.get("notice_days"), cached(read_notice)
    if index is None and not setup.has("notice_months"):
        return

    def fill(cells: Cells, values: list[Any]) -> None:
        found = parse(cells[index]) if index is not None else None
        if found is not None:
            values[days] = found[0]
            values[business] = values[business] or found[1]
        elif months(cells) is not None:
            values[days] = months(cells) * 30

    plan.extras.append(fill)
