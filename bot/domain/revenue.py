"""Annual recurring revenue from contract lines; nothing here is ever typed in by hand.

Definitions: `facts/domain.md` B.5 (Sourcegraph and Mattermost handbooks): recurring contract value as of a day,
normalised to a year; one-time fees and trials out. One day-count rule: whole-month terms count in months, other terms
in inclusive days of a 365-day year.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from .days import written
from .money import Money, totals
from .terms import whole_months

Period = Literal["month", "quarter", "year", "term", "once"]
Why = Literal[
    "ended", "not started", "trial", "one-time", "overlap", "no amount", "no start", "no period", "term without an end"
]  # fmt: skip

_PER_YEAR: dict[Period, int] = {"month": 12, "quarter": 4, "year": 1}
_SENTENCES: dict[Why, str] = {
    "ended": "ended before the day",
    "not started": "starts after the day",
    "trial": "is a trial",
    "one-time": "is a one-time fee",
    "no amount": "has no amount; add the price",
    "no start": "has no start date; add it",
    "no period": "has no price period; add month, quarter, year, term or once",
    "term without an end": "is priced for its whole term, but has no end date; add it",
}
# Reasons that say "this earns nothing on that day"; the others say "it is not known what this earns".
_EARNS_NOTHING: frozenset[Why] = frozenset({"ended", "not started", "trial", "one-time", "overlap"})
OVER = frozenset({"cancelled", "canceled", "terminated", "void", "draft"})
"""Statuses, in lower case, of contracts whose lines earn nothing."""


@dataclass(frozen=True, slots=True)
class Line:
    """A contract line as stored. `amount` is the price of one `period` (of the whole term for "term").

    `ends_on` is the last paid day, None = open-ended. A line without a contract stands for a contract of its own.
    """

    id: int
    contract_id: int | None
    product_id: int | None
    unit: str | None
    amount: Money | None
    period: Period | None
    recurring: bool
    starts_on: date | None
    ends_on: date | None
    trial: bool = False

    @property
    def contract(self) -> tuple[str, int]:
        return ("line", self.id) if self.contract_id is None else ("contract", self.contract_id)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line that does not count, and why."""

    line: Line
    why: Why
    reason: str


@dataclass(frozen=True, slots=True)
class Overlap:
    """Contracts that sell the same product to the same unit at once; only `counted` is in the total."""

    product_id: int | None
    unit: str | None
    counted: tuple[Line, ...]
    ignored: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Arr:
    """ARR of one account on a day: one total per currency, with the lines behind it.

    Not `known` when nothing counts and that may be for want of data: then it is unknown, not zero. Known and without
    totals means nothing recurs. Not `complete` when some line is left out for want of data.
    """

    on: date
    totals: tuple[Money, ...]
    counted: tuple[Line, ...]
    left_out: tuple[LeftOut, ...]
    overlaps: tuple[Overlap, ...]

    @property
    def complete(self) -> bool:
        return all(one.why in _EARNS_NOTHING for one in self.left_out)

    @property
    def known(self) -> bool:
        return bool(self.totals) or (bool(self.left_out) and self.complete)

    @property
    def sentence(self) -> str:
        """How the figure came about, for the unfolded card."""
        if not self.known:
            return "ARR is unknown: " + ("no line has all it needs." if self.left_out else "no contract lines.")
        parts = [f"{_lines(len(self.counted))} active on {written(self.on)}"]
        if unsure := sum(one.why not in _EARNS_NOTHING for one in self.left_out):
            parts.append(f"{_lines(unsure)} left out for missing data")
        if ignored := sum(len(overlap.ignored) for overlap in self.overlaps):
            parts.append(f"{_lines(ignored)} left out as overlapping")
        return "; ".join(parts) + "."


def _lines(count: int) -> str:
    return f"{count} line{'' if count == 1 else 's'}"


def annual_value(line: Line) -> Money | None:
    """What the line is worth in a year; None when that cannot be said or when it does not recur.

    The price of a whole term: amount x 12 / months when the term is a whole number of months, else amount / days x 365
    with both days included.
    """
    if line.amount is None or line.period is None or line.period == "once" or not line.recurring:
        return None
    if line.period != "term":
        return line.amount.scaled(Decimal(_PER_YEAR[line.period]))
    if line.starts_on is None or line.ends_on is None or line.ends_on < line.starts_on:
        return None
    months = whole_months(line.starts_on, line.ends_on)
    total, span = (12, months) if months else (365, (line.ends_on - line.starts_on).days + 1)
    return Money(line.amount.amount * total / span, line.amount.currency)


def arr(lines: Iterable[Line], on: date) -> Arr:
    """ARR of one account's lines on a day; the order of the lines does not matter.

    Lines of one contract add up. Lines of different contracts add up only if they differ in product or unit: otherwise
    the contract that started last counts and the others are reported as overlaps, because renewals are often entered
    beside the contract they replace.
    """
    left_out: list[LeftOut] = []
    offers: dict[tuple[int | None, str | None], list[Line]] = defaultdict(list)
    for line in sorted(lines, key=lambda line: line.id):
        if why := _why_not(line, on):
            left_out.append(LeftOut(line, why, f"Line {line.id} {_SENTENCES[why]}."))
        else:
            offers[line.product_id, _same_unit(line.unit)].append(line)
    counted: list[Line] = []
    overlaps: list[Overlap] = []
    for offer in offers.values():
        latest = max(offer, key=_started).contract
        kept = tuple(line for line in offer if line.contract == latest)
        counted += kept
        if ignored := tuple(line for line in offer if line.contract != latest):
            overlaps.append(Overlap(offer[0].product_id, offer[0].unit, kept, ignored))
            left_out += (LeftOut(line, "overlap", _overlap_sentence(line, kept)) for line in ignored)
    counted.sort(key=lambda line: line.id)
    worth = (value for line in counted if (value := annual_value(line)))
    return Arr(on, totals(worth), tuple(counted), tuple(left_out), tuple(overlaps))


def _started(line: Line) -> tuple[date, tuple[str, int]]:
    return line.starts_on or date.min, line.contract


def _same_unit(unit: str | None) -> str | None:
    return " ".join(unit.casefold().split()) or None if unit else None


def _overlap_sentence(line: Line, kept: tuple[Line, ...]) -> str:
    numbers = ", ".join(str(one.id) for one in kept)
    return f"Line {line.id} overlaps with line {numbers} (same product and unit, another contract), which started last."


def _why_not(line: Line, on: date) -> Why | None:
    # What surely earns nothing comes first: an ended line needs no price to be left out.
    if line.ends_on is not None and line.ends_on < on:
        return "ended"
    if line.starts_on is not None and line.starts_on > on:
        return "not started"
    if line.trial:
        return "trial"
    if not line.recurring or line.period == "once":
        return "one-time"
    if line.starts_on is None:
        return "no start"
    if line.amount is None:
        return "no amount"
    if line.period is None:
        return "no period"
    return "term without an end" if annual_value(line) is None else None
