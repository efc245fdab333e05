"""What is expected and what was promised: forecast and quota attainment (A.2, K13 and K14)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from .base import Counted, Definition, Kpi, LeftOut, Part, figure, ratio

Class = Literal["commit", "best", "at risk"]

FORECAST = Definition(
    "Forecast",
    "forecast-1",
    "open deals that are due to close in the period: sum of amount x probability; commit, best case and at risk by "
    "probability (thresholds in kpi.yml)",
    "K13",
)
QUOTA = Definition(
    "Quota attainment",
    "quota-1",
    "won renewals, upsells, cross-sells and expansions closed in the period / target of the period",
    "K14",
)


class Deal(NamedTuple):
    """An open deal; `probability` is a share from 0 to 1."""

    amount: Decimal | None
    probability: Decimal | None


class Thresholds(NamedTuple):
    """From which probability on a deal is committed, or counts in the best case."""

    commit: Decimal = Decimal("0.8")
    best: Decimal = Decimal("0.5")


def forecast_class(probability: Decimal, at: Thresholds) -> Class:
    return "commit" if probability >= at.commit else "best" if probability >= at.best else "at risk"


def forecast(
    deals: Iterable[Deal], as_of: date, currency: str, at: Thresholds | None = None, left_out: tuple[LeftOut, ...] = ()
) -> Kpi:
    """Amount x probability; what lacks one of them is left out, never guessed."""
    at = at or Thresholds()
    sums: dict[Class, Decimal] = {"commit": Decimal(0), "best": Decimal(0), "at risk": Decimal(0)}
    weighted, total, count, no_amount, no_chance = Decimal(0), Decimal(0), 0, 0, 0
    for amount, probability in deals:
        if amount is None:
            no_amount += 1
        elif probability is None:
            no_chance += 1
        else:
            count += 1
            total += amount
            weighted += amount * probability
            sums[forecast_class(probability, at)] += amount
    lacking = (LeftOut(no_amount, "without an amount"), LeftOut(no_chance, "without a probability"))
    counted = Counted(count, "open deals", (*left_out, *lacking))
    value = weighted if count else None
    return figure(
        FORECAST, value, currency, counted, as_of, numerator=weighted, denominator=total,
        parts=tuple(Part(name, amount, currency) for name, amount in sums.items()),
        nothing="no open deal with an amount and a probability is due to close in the period",
    )  # fmt: skip


def quota(won: Iterable[Decimal], target: Decimal | None, as_of: date, left_out: tuple[LeftOut, ...] = ()) -> Kpi:
    """Attained / target; no target, no percentage."""
    amounts = list(won)
    counted = Counted(len(amounts), "won deals", left_out)
    nothing = "no target is set for this scope and period; add it to kpi.yml" if target is None else "the target is 0"
    return ratio(QUOTA, sum(amounts, Decimal(0)), target or Decimal(0), counted, as_of, nothing)
