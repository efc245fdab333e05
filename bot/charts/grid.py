"""White space: what each part of a customer has of what we sell, where it could grow, and what nobody has looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from bot.charts.picture import Picture
from bot.charts.theme import EDGE, INK, MUTED, SERIES, SURFACE, draw, headed, legible, style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

State = Literal["owned", "opportunity", "none", "unknown"]
MOST_UNITS, MOST_PRODUCTS = 8, 10
_SAID: Mapping[State, str] = {
    "owned": "owned", "opportunity": "opportunity", "none": "no potential", "unknown": "not looked at",
}  # fmt: skip
_FILLS: Mapping[State, str] = {"owned": SERIES[0], "opportunity": "#fdf0dc", "none": "#e2e5ea", "unknown": SURFACE}
_EDGES: Mapping[State, str] = {"owned": SERIES[0], "opportunity": SERIES[1], "none": EDGE, "unknown": EDGE}
_INKS: Mapping[State, str] = {"owned": "#ffffff", "opportunity": SERIES[1], "none": MUTED, "unknown": MUTED}


@dataclass(frozen=True, slots=True)
class Cell:
    """`note` says how much: seats, an amount."""

    state: State = "unknown"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """`cells` by (product, unit); what is not in it nobody has looked at."""

    title: str
    below: str
    products: tuple[str, ...]
    units: tuple[str, ...]
    cells: Mapping[tuple[str, str], Cell]

    def at(self, product: str, unit: str) -> Cell:
        return self.cells.get((product, unit), Cell())


def grid(found: Grid) -> Picture:
    """Products down, parts of the customer across; at most ten by eight, and the words say what was left out."""
    products, units = found.products[:MOST_PRODUCTS], found.units[:MOST_UNITS]

    def paint(figure: Figure) -> None:
        headed(figure, found.title, found.below)
        axes = figure.add_axes((0.03, 0.04, 0.94, 0.78))
        axes.set_axis_off()
        axes.set_xlim(-1.25, max(len(units), 1))
        axes.set_ylim(len(products), -0.55)
        for x, unit in enumerate(units):
            axes.text(x + 0.5, -0.12, legible(unit, 78 // max(len(units), 1)), ha="center", **style(8.5, MUTED))
        for y, product in enumerate(products):
            axes.text(-1.25, y + 0.5, legible(product, 18), va="center", **style(9.5, INK, bold=True))
            for x, unit in enumerate(units):
                _paint_cell(axes, x, y, found.at(product, unit), room=84 // max(len(units), 1))
        if not products:
            axes.text(0, 0, "no product is known", **style(11, MUTED))

    return draw(paint, words(found), height=150 + 54 * max(len(products), 1))


def _paint_cell(axes: Axes, x: int, y: int, cell: Cell, room: int) -> None:
    from matplotlib.patches import Rectangle

    axes.add_patch(
        Rectangle(
            (x + 0.03, y + 0.06), 0.94, 0.88, facecolor=_FILLS[cell.state], edgecolor=_EDGES[cell.state], linewidth=1.2,
            linestyle="--" if cell.state == "unknown" else "-"
        )
    )  # fmt: skip
    label = {"unknown": "?", "none": "no potential"}.get(cell.state, cell.state)
    axes.text(
        x + 0.5, y + (0.38 if cell.note else 0.5), label, ha="center", va="center",
        **style(9, _INKS[cell.state], bold=True),
    )  # fmt: skip
    if cell.note:
        axes.text(x + 0.5, y + 0.68, legible(cell.note, room), ha="center", va="center", **style(8, _INKS[cell.state]))


def words(found: Grid) -> str:
    """All that the picture shows, part by part of the customer."""
    lines = [_told(found, unit) for unit in found.units[:MOST_UNITS]]
    left = [
        f"{len(found.units) - MOST_UNITS} parts more" if len(found.units) > MOST_UNITS else "",
        f"{len(found.products) - MOST_PRODUCTS} products more" if len(found.products) > MOST_PRODUCTS else "",
    ]
    out = ", ".join(part for part in left if part)
    return f"Grid: {found.title}, {found.below}. {' '.join(lines)}{f' Not shown: {out}.' if out else ''}"


def _told(found: Grid, unit: str) -> str:
    parts = []
    for state, said in _SAID.items():
        named = [_named(product, found.at(product, unit)) for product in found.products[:MOST_PRODUCTS]
                 if found.at(product, unit).state == state]  # fmt: skip
        if named:
            parts.append(f"{said} {', '.join(named)}")
    return f"{unit}: {'; '.join(parts)}."


def _named(product: str, cell: Cell) -> str:
    return f"{product} ({cell.note})" if cell.note else product
