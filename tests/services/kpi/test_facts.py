"""What the database adds up of a workspace is what gathering it customer by customer comes to, to the cent."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from bot.domain.kpi.period import Period
from bot.services.kpi.facts import Facts
from bot.services.kpi.renewing import _days, renewed
from bot.storage.queries.kpi.lines import Within
from bot.storage.queries.kpi.renewed import APART, fates
from tests.services.clerk import SELF, Clerk
from tests.services.kpi.books import TODAY, Sold, accounts, ago, contracts, random_sales

PERIODS = (Period(ago(364), TODAY, TODAY, "a year"), Period(ago(89), ago(10), TODAY, "a while"))
PARENTS = {3: 2, 4: 3, 9: 8, 11: 12, 12: 11}


def plain_sales(draw: random.Random, count: int) -> list[Sold]:
    """What most books are made of: terms that follow each other, with gaps, growth, second products and renewals."""
    found = []
    for account in range(1, count + 1):
        starts = draw.randrange(-1100, -100)
        amount = draw.choice((1200, 2400, 999))
        for term in range(draw.randrange(0, 4)):
            ends = starts + draw.choice((364, 364, 181, 89))
            number = f"N{account}-{term}"
            auto = draw.choice(("", "", "true"))
            one = Sold(account, starts, ends, amount, number=number, auto=auto, currency=draw.choice(("USD", "EUR")))
            one = replace(one, currency="EUR" if account % 2 else "USD" if account % 3 else "")
            found.append(one)
            if draw.random() < 0.4:
                found.append(replace(one, starts=starts + 30, product="Flow", amount=draw.choice((300, 0))))
            starts = ends + 1 + draw.choice((0, 0, 0, 40))
            amount = draw.choice((amount, amount + 100, max(amount - 100, 100)))
    return found


@pytest.mark.parametrize("seed", range(10))
def test_summed_is_gathered(clerk: Clerk, seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311
    sold = plain_sales(draw, 40) + (random_sales(draw, 12, 15) if seed % 2 else [])
    clerk.bring({"accounts.csv": accounts(40, PARENTS if seed % 3 else None), "contracts.csv": contracts(sold)})
    everyone = tuple(sorted(row.id for row in clerk.rows("account")))
    product = clerk.rows("product")[0].id
    with clerk.database.reading(SELF) as reader:
        for period in PERIODS:
            for one in (None, product):
                summed = Facts(reader, Within(None, one), period)
                gathered = Facts(reader, Within(everyone, one), period)
                assert len(summed._apart) < len(everyone)
                for name in ("customers", "paying", "moved"):
                    mine, theirs = getattr(summed, name), getattr(gathered, name)
                    for code in summed.currencies:
                        assert mine.get(code) == theirs.get(code), (name, code)
                assert summed.currencies == gathered.currencies
                assert summed.everybody == gathered.everybody
                assert summed.sold == gathered.sold
                assert summed.sold_in_all == gathered.sold_in_all
                assert summed.left_out == gathered.left_out


def ending_sales(draw: random.Random, count: int) -> list[Sold]:
    """Contracts that end in the year: renewed in time, signed early or late, smaller, by themselves, or not at all."""
    found = []
    for account in range(1, count + 1):
        one = Sold(
            account, -700, draw.randrange(-340, 20), draw.choice((1200, 600, "")), number=f"N{account}",
            product=draw.choice(("Core", "Core", "Core", "")), auto=draw.choice(("", "", "true")),
            currency="EUR" if account % 2 else "", status=draw.choice(("", "", "", "Cancelled")),
        )  # fmt: skip
        if draw.random() < 0.1:
            one = replace(one, starts=(one.ends or 0) - 25, auto="true", amount=50, period="month")
        found.append(one)
        if draw.random() < 0.7 and one.ends is not None:
            starts = one.ends + 1 + draw.choice((0, 0, 0, 10, 29, 30, 31, 60))
            after = replace(
                one, starts=starts, ends=starts + 364, amount=draw.choice((1200, 400, 2400)), number=f"M{account}",
                signed=draw.choice((None, None, one.ends - 5, one.ends + 12)),
                product=draw.choice((one.product, one.product, "Flow")),
                status=draw.choice(("", "", "draft")),
            )  # fmt: skip
            found.append(after)
    return found


@pytest.mark.parametrize("seed", range(6))
def test_what_became_of_contracts_is_counted_alike(clerk: Clerk, seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311
    sold = ending_sales(draw, 40) + (random_sales(draw, 6, 8) if seed % 2 else [])
    clerk.bring({"accounts.csv": accounts(40), "contracts.csv": contracts(sold)})
    everyone = tuple(sorted(row.id for row in clerk.rows("account")))
    with clerk.database.reading(SELF) as reader:
        for period in PERIODS:
            summed, gathered = renewed(reader, period, None, 30), renewed(reader, period, everyone, 30)
            assert summed == gathered
            apart = [row for row in fates(reader, _days(period, 30), 30, 60) if row.fate == APART]
            assert len(apart) < len(everyone)
            assert len(summed.fates) > 1
