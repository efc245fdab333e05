"""Renewal rate: what came up for renewal, and what was renewed by then (B.4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple, get_args

from .base import PERCENT, Counted, Definition, Kpi, LeftOut, Part, ratio

How = Literal["active", "passive", "late", "lost", "pending"]

RENEWAL = Definition(
    "Renewal rate",
    "renewal-rate-1",
    "yearly value of the contracts that ended in the period and were renewed on or before their last day, at most "
    "their old value / that of all that ended in the period",
    "Concentrix in-quarter renewal rate; B.4",
)
LATE_DAYS = 30


class Due(NamedTuple):
    """A contract that came up for renewal.

    `amount` is its yearly value on its last day, `renewed` that of what followed (None when not known: then as much).
    `renewed_on` is when it was signed, else when it started; None when nothing followed. `by_itself` for an automatic
    renewal.
    """

    id: int
    ends_on: date
    amount: Decimal
    renewed: Decimal | None = None
    renewed_on: date | None = None
    by_itself: bool = False


def how(due: Due, as_of: date, late_days: int = LATE_DAYS) -> How:
    """What became of it. Late is after the last day, by at most `late_days`: churn falls on the day after the end, but
    a signature within the extension takes it back (Sourcegraph)."""
    if due.renewed_on is not None:
        if due.renewed_on <= due.ends_on:
            return "passive" if due.by_itself else "active"
        if (due.renewed_on - due.ends_on).days <= late_days:
            return "late"
    return "pending" if due.ends_on >= as_of else "lost"


def kept(due: Due) -> Decimal:
    """What was renewed of the old amount: expansion never lifts the rate above 100 %."""
    return due.amount if due.renewed is None else max(min(due.amount, due.renewed), Decimal(0))


class Fate(NamedTuple):
    """Contracts that met the same fate: how many, their yearly value, and how much of it was renewed."""

    contracts: int = 0
    amount: Decimal = Decimal(0)
    kept: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Fates:
    """What became of any number of contracts, added up."""

    by: Mapping[How, Fate]

    @classmethod
    def of(cls, dues: Iterable[Due], as_of: date, late_days: int = LATE_DAYS) -> Fates:
        found: dict[How, Fate] = {}
        for due in dues:
            fate = how(due, as_of, late_days)
            had = found.get(fate, Fate())
            found[fate] = Fate(had.contracts + 1, had.amount + due.amount, had.kept + kept(due))
        return cls(found)

    def __add__(self, other: Fates) -> Fates:
        both = dict(self.by)
        for fate, more in other.by.items():
            had = both.get(fate, Fate())
            both[fate] = Fate(had.contracts + more.contracts, had.amount + more.amount, had.kept + more.kept)
        return Fates(both)

    @property
    def count(self) -> int:
        return sum(fate.contracts for fate in self.by.values())


def renewal_rate(
    dues: Fates | Iterable[Due], as_of: date, left_out: tuple[LeftOut, ...] = (), late_days: int = LATE_DAYS
) -> Kpi:
    """By amount; by count, with late ones, and active or passive beside it.

    Multi-year contracts that were not due are not in here (they are in GRR and NRR). Contracts that end today or later
    and have not been renewed are not lost yet: they wait.
    """
    fates = dues if isinstance(dues, Fates) else Fates.of(dues, as_of, late_days)
    active, passive, late, lost, pending = (fates.by.get(fate, Fate()) for fate in get_args(How))
    decided = fates.count - pending.contracts
    at_risk = active.amount + passive.amount + late.amount + lost.amount
    on_time, punctual = active.kept + passive.kept, active.contracts + passive.contracts
    parts = (
        Part(f"incl. late ({late_days} days)", _share(on_time + late.kept, at_risk), PERCENT),
        Part("by count", _share(Decimal(punctual), Decimal(decided)), PERCENT),
        Part("by count incl. late", _share(Decimal(punctual + late.contracts), Decimal(decided)), PERCENT),
        Part("renewed by themselves", _share(passive.kept, at_risk), PERCENT),
    )
    waiting = LeftOut(pending.contracts, "end today or later and are not renewed yet")
    nothing = "no contract with a known value ended in the period" if not at_risk else ""
    counted = Counted(decided, "contracts", (*left_out, waiting))
    return ratio(RENEWAL, on_time, at_risk, counted, as_of, nothing, parts=parts)


def rate(renewed: Decimal, due: Decimal) -> Decimal | None:
    """Renewed / due in percent, by amount or by count, without the rules for what counts."""
    return _share(renewed, due)


def _share(over: Decimal, under: Decimal) -> Decimal | None:
    return over * 100 / under if under else None
