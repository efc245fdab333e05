"""What a figure is: its value, what it was divided by, what counted, what did not and why, and by which definition."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

PERCENT, POINTS, HOURS, SCORE, TIMES = "%", "points", "hours", "score", "times"
"""Units that are no currency; an amount's unit is its ISO code."""
NO_CURRENCY = "?"


@dataclass(frozen=True, slots=True)
class Definition:
    """How a figure is made, in words; `version` changes whenever the same rows could give another value."""

    name: str
    version: str
    formula: str
    source: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many rows or customers did not count, and why."""

    count: int
    why: str


@dataclass(frozen=True, slots=True)
class Part:
    """One of the figures that a figure is made of, or that belong beside it."""

    name: str
    value: Decimal | None
    unit: str

    @property
    def shown(self) -> str:
        return show(self.value, self.unit)


@dataclass(frozen=True, slots=True)
class Kpi:
    """A figure. `value` is None when it is not available, and then `note` says why.

    `counted` is how many customers, contracts, answers or tickets stand in the denominator; `counted_what` names them.
    `currency` says which amounts a ratio is made of.
    """

    name: str
    value: Decimal | None
    unit: str
    numerator: Decimal | None
    denominator: Decimal | None
    counted: int
    counted_what: str
    left_out: tuple[LeftOut, ...]
    as_of: date
    definition: Definition
    parts: tuple[Part, ...] = ()
    note: str = ""
    currency: str = ""

    @property
    def version(self) -> str:
        return self.definition.version

    @property
    def shown(self) -> str:
        """`104.2 %`, `+40 points`, `12,345.67 USD`; or why it is not available."""
        return show(self.value, self.unit) if self.value is not None else self.note

    def without(self, left_out: Iterable[LeftOut]) -> Kpi:
        """The same figure, with more that did not count."""
        return replace(self, left_out=(*self.left_out, *(one for one in left_out if one.count)))

    def noting(self, sentence: str) -> Kpi:
        return replace(self, note=" ".join(part for part in (self.note, sentence) if part))


@dataclass(frozen=True, slots=True)
class Counted:
    """How many stand behind a figure, what they are, and what was left out."""

    number: int
    what: str
    left_out: tuple[LeftOut, ...] = ()


def ratio(
    definition: Definition,
    over: Decimal,
    under: Decimal,
    counted: Counted,
    as_of: date,
    nothing: str,
    *,
    parts: Iterable[Part] = (),
) -> Kpi:
    """100 x over / under; not available, for the reason `nothing`, when there is nothing to divide by."""
    value = over * 100 / under if under else None
    return figure(
        definition, value, PERCENT, counted, as_of, numerator=over, denominator=under, parts=parts, nothing=nothing
    )


def figure(
    definition: Definition,
    value: Decimal | None,
    unit: str,
    counted: Counted,
    as_of: date,
    *,
    numerator: Decimal | None = None,
    denominator: Decimal | None = None,
    parts: Iterable[Part] = (),
    nothing: str = "",
) -> Kpi:
    """A figure; without a value the reason `nothing` stands in its place."""
    return Kpi(
        name=definition.name,
        value=value,
        unit=unit,
        numerator=numerator,
        denominator=denominator,
        counted=counted.number,
        counted_what=counted.what,
        left_out=tuple(one for one in counted.left_out if one.count),
        as_of=as_of,
        definition=definition,
        parts=tuple(parts),
        note=f"not available: {nothing}" if value is None else "",
    )


def rounded(value: Decimal, unit: str) -> Decimal:
    """Half-up: money to two places, NPS to whole points, the rest to one (a CES score to two)."""
    places = {PERCENT: 1, POINTS: 0, HOURS: 1, TIMES: 0, SCORE: 2}.get(unit, 2)
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def show(value: Decimal | None, unit: str) -> str:
    """The value as people read it."""
    if value is None:
        return "not available"
    size = rounded(value, unit)
    size = size if size else abs(size)  # no "-0.0 %"
    if unit == NO_CURRENCY:
        return f"{size:,} (currency not known)"
    if unit == POINTS:
        return f"{size:+} points" if size else "0 points"
    return f"{size:,}" if unit in (SCORE, TIMES) else f"{size:,} {unit}"
