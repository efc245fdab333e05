"""What SQL adds up is what the card says, account by account; movements lead from one day to the other."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date
from decimal import Decimal

import pytest

from bot.domain.kpi.catalogue import KEYS
from bot.domain.kpi.holdings import customers
from bot.domain.kpi.period import Period
from bot.services.contracts import account_arr
from bot.services.kpi.revenue import Books
from bot.storage.queries import accounts as queries
from bot.storage.queries.kpi.lines import Within
from tests.services.clerk import SELF, Clerk
from tests.services.kpi.books import TODAY, accounts, ago, ask, contracts, random_sales

PERIOD = Period(ago(364), TODAY, TODAY, "a year")
Levels = dict[str, dict[int, Decimal]]


def by_the_card(clerk: Clerk, on: date) -> Levels:
    """Currency -> account -> ARR, each account by itself."""
    found: Levels = defaultdict(dict)
    rows = {row.id: row for row in clerk.rows("account")}
    with clerk.database.reading(SELF) as reader:
        held, lines = queries.contracts(reader, list(rows)), queries.lines(reader, list(rows))
    for one, row in rows.items():
        for money in account_arr(held.get(one, ()), lines.get(one, ()), row.currency, on).totals:
            if money.amount:
                found[money.currency][one] = money.amount
    return dict(found)


@pytest.mark.parametrize("seed", range(8))
def test_every_account_is_worth_what_its_card_says(clerk: Clerk, seed: int) -> None:
    sold = random_sales(random.Random(seed), 12, 40)  # noqa: S311
    clerk.bring({"accounts.csv": accounts(12), "contracts.csv": contracts(sold)})
    with clerk.database.reading(SELF) as reader:
        books = Books(reader, Within(), PERIOD)
        for side, on in (("before", PERIOD.before), ("after", PERIOD.last)):
            levels = {
                code: {one.id: getattr(one, side) for one in rows if getattr(one, side)}
                for code, rows in books.paying.items()
            }
            assert {code: level for code, level in levels.items() if level} == by_the_card(clerk, on)
        by_product = {code: sorted(customers(held, {})) for code, held in books.products.items() if held}
        assert by_product == {code: sorted(rows) for code, rows in books.customers.items() if rows}


@pytest.mark.parametrize("seed", range(8))
def test_movements_lead_from_one_day_to_the_other(clerk: Clerk, seed: int) -> None:
    sold = random_sales(random.Random(100 + seed), 10, 40)  # noqa: S311
    clerk.bring({"accounts.csv": accounts(10), "contracts.csv": contracts(sold)})
    before, after = by_the_card(clerk, PERIOD.before), by_the_card(clerk, PERIOD.last)
    with clerk.database.reading(SELF) as reader:
        books = Books(reader, Within(), PERIOD)
        switched = books.switched
        for code in books.currencies:
            moved = sum((one.amount for one in books.movements.get(code, [])), Decimal(0))
            counted = {one: amount for one, amount in after.get(code, {}).items() if one not in switched}
            opening = {one: amount for one, amount in before.get(code, {}).items() if one not in switched}
            assert moved == sum(counted.values()) - sum(opening.values())


def test_the_order_of_files_and_rows_changes_no_figure(clerk: Clerk) -> None:
    draw = random.Random(7)  # noqa: S311
    sold = random_sales(draw, 12, 40)
    clerk.bring({"accounts.csv": accounts(12), "contracts.csv": contracts(sold)})
    before = {key: ask(clerk, key).figures for key in KEYS}
    lines = contracts(sold).splitlines()
    draw.shuffle(rows := lines[1:])
    clerk.bring({"contracts.csv": "\n".join([lines[0], *rows]) + "\n"})
    assert {key: ask(clerk, key).figures for key in KEYS} == before
