"""Everything that is a table, as one shape: the writers draw grids and know nothing of promises or plans."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from bot.documents.model import Chart, Definition, Missing, Plan, Promises, Table
from bot.documents.text import clean
from bot.documents.words import NOT_KNOWN, Sources, day, settled, taken_from, why_internal

Tone = Literal["", "good", "late", "bad", "quiet"]


@dataclass(frozen=True, slots=True)
class GridCell:
    text: str
    tone: Tone = ""
    mark: str = ""
    """Numbers of its sources."""

    @property
    def is_bold(self) -> bool:
        return self.tone in ("good", "late", "bad")


@dataclass(frozen=True, slots=True)
class Grid:
    """Titles, rows as long as the titles, and which columns hold numbers."""

    titles: tuple[str, ...]
    rows: tuple[tuple[GridCell, ...], ...]
    numbers: frozenset[int] = frozenset()
    source: str = ""

    def part(self, first: int, last: int) -> Grid:
        return Grid(self.titles, self.rows[first:last], self.numbers, self.source)

    def of_columns(self, columns: Iterable[int]) -> Grid:
        kept = tuple(columns)
        return Grid(
            tuple(self.titles[at] for at in kept),
            tuple(tuple(row[at] for at in kept) for row in self.rows),
            frozenset(new for new, at in enumerate(kept) if at in self.numbers),
            self.source,
        )


_TONES: dict[str, Tone] = {"kept": "good", "late": "late", "missed": "bad", "open": "quiet"}


def promises_grid(block: Promises, sources: Sources, locale: str) -> Grid:
    rows = tuple(
        (
            GridCell(clean(promise.text), mark=sources.cite(promise.citations)),
            GridCell(clean(promise.owner) or "—"),
            GridCell(day(promise.due, locale) or "no date"),
            GridCell(settled(promise.state, promise.settled, locale), tone=_TONES[promise.state]),
        )
        for promise in block.promises
    )
    return Grid(("Promise", "Owner", "Due", "Outcome"), rows)


def plan_grid(block: Plan, locale: str) -> Grid:
    rows = tuple(
        (
            GridCell(clean(item.text)),
            GridCell(clean(item.owner) or "to be named", tone="" if item.owner.strip() else "late"),
            GridCell(day(item.due, locale) or "to be set", tone="" if item.due else "late"),
            GridCell(clean(item.measure) or "to be agreed", tone="" if item.measure.strip() else "late"),
        )
        for item in block.items
    )
    return Grid(("What", "Owner", "By", "How we will know"), rows)


def table_grid(block: Table, locale: str) -> Grid:
    return Grid(
        tuple(clean(column.title) for column in block.columns),
        tuple(tuple(GridCell(clean(cell.text) or "—") for cell in row.cells) for row in block.rows),
        frozenset(at for at, column in enumerate(block.columns) if column.is_number),
        taken_from(block.source, block.as_of, locale),
    )


def chart_grid(block: Chart, locale: str) -> Grid:
    """The data of a chart, one row for each category."""
    return Grid(
        ("", *(clean(series.name) for series in block.series)),
        tuple(
            (GridCell(clean(category)), *(GridCell(shown(series.values[at])) for series in block.series))
            for at, category in enumerate(block.categories)
        ),
        frozenset(range(1, len(block.series) + 1)),
        taken_from(block.source, block.as_of, locale),
    )


def missing_grid(missing: Iterable[Missing]) -> Grid:
    return Grid(
        ("What is not known", "What would fill it"),
        tuple((GridCell(clean(one.what)), GridCell(clean(one.fills) or "—")) for one in missing),
    )


def definitions_grid(definitions: Iterable[Definition]) -> Grid:
    return Grid(
        ("Term", "Meaning"),
        tuple((GridCell(clean(one.term)), GridCell(f"{clean(one.meaning)}{_tagged(one)}")) for one in definitions),
    )


def shown(value: Decimal | None) -> str:
    return NOT_KNOWN if value is None else f"{value:,f}"


def _tagged(one: Definition) -> str:
    return f" ({why_internal(one)})" if one.is_internal else ""
