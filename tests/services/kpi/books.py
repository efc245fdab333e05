"""Books for figures: contracts of every shape, and somebody who asks."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.services.kpi.ask import KpiQuestion
from bot.services.results import KpiAnswer, KpiFigure
from tests.services.clerk import NOW, SELF, Clerk

TODAY = NOW.date()
HEADER = (
    "id,contract number,account id,product,unit,amount,period,currency,start date,end date,auto renew,trial,status,"
    "signed on"
)


@dataclass(frozen=True)
class Sold:
    """A contract line. `starts` and `ends` are days from today."""

    account: int
    starts: int
    ends: int | None = None
    amount: int | str = 1200
    period: str = "year"
    number: str = ""
    product: str = "Core"
    unit: str = ""
    currency: str = "USD"
    auto: str = ""
    trial: str = ""
    status: str = ""
    signed: int | None = None


def day(offset: int | None) -> str:
    return "" if offset is None else (TODAY + timedelta(days=offset)).isoformat()


def contracts(sold: Iterable[Sold]) -> str:
    rows = [
        f"L{at},{one.number or f'C{at}'},A{one.account},{one.product},{one.unit},{one.amount},{one.period},"
        f"{one.currency},{day(one.starts)},{day(one.ends)},{one.auto},{one.trial},{one.status},{day(one.signed)}"
        for at, one in enumerate(sold)
    ]
    return "\n".join([HEADER, *rows]) + "\n"


def accounts(count: int, parents: dict[int, int] | None = None) -> str:
    above = parents or {}
    rows = [
        f"A{one},Account {one},{f'A{above[one]}' if one in above else ''},{'EUR' if one % 3 == 0 else 'USD'},"
        f"{'mid-market' if one % 2 else 'strategic'},{'ida' if one % 2 else 'ole'}@us.example"
        for one in range(1, count + 1)
    ]
    return "\n".join(["id,name,parent id,currency,segment,owner email", *rows]) + "\n"


MEMBERS = (
    "id,name,email,team,manager,slack user id\nM1,Ida Holm,ida@us.example,North,,U1\n"
    "M2,Ole Berg,ole@us.example,South,,U2\n"
)


def random_sales(draw: random.Random, count: int, many: int) -> list[Sold]:
    """Lines of every shape: parallel, renewing, overlapping, priced by term, without an end, a price or a currency."""
    found = []
    for at in range(many):
        starts = draw.randrange(-900, 60)
        length = draw.choice([29, 89, 181, 364, 365, 729])
        found.append(
            Sold(
                account=draw.randrange(1, count + 1),
                starts=starts,
                ends=draw.choice([starts + length, starts + length, None]),
                amount=draw.choice(("100", "250", "1200", "999", "")),
                period=draw.choice(["month", "quarter", "year", "year", "term", "once"]),
                number=draw.choice(["", f"N{at // 3}"]),
                product=draw.choice(["Core", "Flow", ""]),
                unit=draw.choice(["", "", "Berlin", "berlin "]),
                currency=draw.choice(["USD", "USD", "EUR", ""]),
                auto=draw.choice(["", "true", "false"]),
                trial=draw.choice(["", "", "", "true"]),
                status=draw.choice(["", "", "", "active", "Cancelled"]),
            )
        )
    return found


def ask(clerk: Clerk, name: str, scope: str | None = "all", period: str | None = None, page: int = 0) -> KpiAnswer:
    return clerk.desk.kpi(SELF, KpiQuestion(name, scope, period, page=page))


def one(clerk: Clerk, name: str, scope: str | None = "all", period: str | None = None) -> KpiFigure:
    (figure,) = ask(clerk, name, scope, period).figures
    return figure


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)
