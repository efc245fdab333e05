"""The book in numbers: what `steward stats` prints and what an import can be checked against."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated

from pydantic import PlainSerializer

from bot.domain.audience import Audience
from bot.domain.money import Money, totals
from bot.services.contracts import BookArr, book_arr
from bot.services.lookup import require_internal
from bot.services.results import Result, Sum
from bot.storage.database import Database, Reader
from bot.storage.queries import stats
from bot.storage.tables import metadata

Number = Annotated[Decimal, PlainSerializer(float, when_used="json")]
"""Exact in here, a JSON number outside: statistics are read by other programs."""


class Stats(Result):
    """Counts of live rows and sums over them. A ratio or mean is None where there is nothing to divide by.

    `won_amount` and what is derived from it are None when won deals are in several currencies; `won_amounts` has one
    sum per currency. `won_cycle_days_mean` is from opening to closing, over deals that have both days.
    """

    accounts: int
    subsidiaries: int
    members: int
    people: int
    products: int
    contracts: int
    contract_lines: int
    opportunities: int
    opportunity_lines: int
    won: int
    lost: int
    open: int
    open_without_account: int
    won_amount: Number | None
    won_amounts: tuple[Sum, ...]
    win_rate: Number | None
    won_cycle_days_mean: Number | None
    won_amount_top_account: tuple[str, Number] | None
    won_by_quarter: dict[str, Number]
    arr: tuple[Sum, ...]
    arr_lines: int
    arr_left_out: int
    arr_overlapping: int
    interactions: int
    promises: int
    tickets: int
    surveys: int
    usage: int
    churn_events: int
    as_of: date


class _Won:
    """Sums over won deals."""

    def __init__(self, reader: Reader) -> None:
        self.by_currency: dict[str, Decimal] = defaultdict(Decimal)
        self.by_account: dict[str, Decimal] = defaultdict(Decimal)
        self.by_quarter: dict[str, Decimal] = defaultdict(Decimal)
        self.days: list[int] = []
        for amount, currency, opened, closed, account in stats.won(reader):
            value = amount or Decimal(0)
            self.by_currency[currency or ""] += value
            if account is not None:
                self.by_account[account] += value
            if closed is not None:
                self.by_quarter[f"{closed.year}Q{(closed.month + 2) // 3}"] += value
                if opened is not None:
                    self.days.append((closed - opened).days)

    @property
    def one_currency(self) -> bool:
        return len(self.by_currency) == 1

    def top_account(self) -> tuple[str, Decimal] | None:
        if not self.one_currency or not self.by_account:
            return None
        name = min(self.by_account, key=lambda one: (-self.by_account[one], one))
        return name, self.by_account[name]


def book_stats(database: Database, audience: Audience, today: date) -> Stats:
    """Counts and sums over everything the audience may see."""
    require_internal(audience)
    with database.reading(audience) as reader:
        counts = {name: stats.count(reader, metadata.tables[table]) for name, table in stats.COUNTED.items()}
        outcomes = stats.outcomes(reader)
        won = _Won(reader)
        arr = _arr(reader, today)
        by_outcome = {
            name: outcomes.get((name, False), 0) + outcomes.get((name, True), 0) for name in ("won", "lost", "open")
        }
        return Stats(
            **counts,
            **by_outcome,
            subsidiaries=stats.subsidiaries(reader),
            open_without_account=outcomes.get(("open", True), 0),
            won_amount=next(iter(won.by_currency.values())) if won.one_currency else None,
            won_amounts=tuple(Sum.of(Money(value, code or "?")) for code, value in sorted(won.by_currency.items())),
            win_rate=_ratio(by_outcome["won"], by_outcome["won"] + by_outcome["lost"], 6),
            won_cycle_days_mean=_ratio(sum(won.days), len(won.days), 3),
            won_amount_top_account=won.top_account(),
            won_by_quarter=dict(sorted(won.by_quarter.items())) if won.one_currency else {},
            arr=tuple(Sum.of(money) for money in arr.totals),
            arr_lines=arr.counted,
            arr_left_out=arr.left_out,
            arr_overlapping=arr.overlapping,
            as_of=today,
        )


def _arr(reader: Reader, today: date) -> BookArr:
    pieces = [book_arr(reader, ids, today) for ids in stats.account_ids(reader)]
    return BookArr(
        totals=totals(money for piece in pieces for money in piece.totals),
        counted=sum(piece.counted for piece in pieces),
        left_out=sum(piece.left_out for piece in pieces),
        overlapping=sum(piece.overlapping for piece in pieces),
    )


def _ratio(over: int, under: int, places: int) -> Decimal | None:
    if under == 0:
        return None
    return (Decimal(over) / Decimal(under)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
