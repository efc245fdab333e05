"""A figure over time: lines for what is a level or a rate, bars for what happens in each span."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from bot.charts.picture import Picture
from bot.charts.theme import (
    GAIN,
    INK,
    LOSS,
    MARKS,
    MUTED,
    SERIES,
    SURFACE,
    brief,
    draw,
    headed,
    legible,
    plain_axes,
    style,
)
from bot.domain.kpi.base import show

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Shape = Literal["line", "bars"]
MOST_LETTERS = 84
"""Of the labels below, all together; of more every second or third is shown, the last always."""
_NOTHING = "no value in any of these spans"
MOST_SERIES = len(SERIES)


@dataclass(frozen=True, slots=True)
class Line:
    """One value for each label; None where there is none, which is a gap and never a zero."""

    name: str
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """What is drawn. `labels` are the spans in order of time; `unit` is a figure's (`kpi.base`) or a currency."""

    title: str
    below: str
    unit: str
    labels: tuple[str, ...]
    lines: tuple[Line, ...]
    shape: Shape = "line"

    def __post_init__(self) -> None:
        if not self.labels or any(len(line.values) != len(self.labels) for line in self.lines):
            raise ValueError("every line needs one value for each label, and there must be a label")


def trend(found: Trend) -> Picture:
    """The picture, at most six lines of it; beyond the first line's gaps it says in words what it shows."""
    lines = found.lines[:MOST_SERIES]

    def paint(figure: Figure) -> None:
        headed(figure, found.title, found.below)
        room = 0.83 if len(lines) < 2 else 0.74 if found.shape == "line" else 0.71
        axes = figure.add_axes((0.085, 0.11, room, 0.66))
        plain_axes(axes)
        if not any(value is not None for line in lines for value in line.values):
            axes.text(0.5, 0.5, _NOTHING, ha="center", transform=axes.transAxes, **style(11, MUTED))
        elif found.shape == "bars":
            _bars(axes, found, lines)
        else:
            _lines(axes, found, lines)
        _scale(axes, found)

    return draw(paint, words(found))


def _lines(axes: Axes, found: Trend, lines: Sequence[Line]) -> None:
    for at, line in enumerate(lines):
        heights = [float("nan") if value is None else float(value) for value in line.values]
        axes.plot(
            range(len(heights)), heights, color=SERIES[at], linewidth=2.2, marker=MARKS[at], markersize=5.5,
            markeredgecolor=SURFACE, markeredgewidth=1, clip_on=False, zorder=3,
        )  # fmt: skip
    _name_ends(axes, found, lines)


def _name_ends(axes: Axes, found: Trend, lines: Sequence[Line]) -> None:
    """Each line's name and last value beside its end, moved apart where two would touch."""
    ends = []
    for at, line in enumerate(lines):
        known = [(x, value) for x, value in enumerate(line.values) if value is not None]
        ends += [(*known[-1], at)] if known else []
    low, high = axes.get_ylim()
    apart, above = (high - low) * 0.07, float("inf")
    for x, value, at in sorted(ends, key=lambda end: -end[1]):
        above = min(float(value), above - apart)
        name = f"{legible(lines[at].name, 12)} " if len(lines) > 1 else ""
        axes.annotate(
            f"{name}{brief(value, found.unit)}", (x, above), xytext=(8, 0), textcoords="offset points", va="center",
            annotation_clip=False, **style(9.5, SERIES[at], bold=True),
        )  # fmt: skip


def _bars(axes: Axes, found: Trend, lines: Sequence[Line]) -> None:
    """Of one line gains up and losses down; of several stacked, gains above and losses below nothing."""
    above, below = [0.0] * len(found.labels), [0.0] * len(found.labels)
    for at, line in enumerate(lines):
        heights = [float(value or 0) for value in line.values]
        bottoms = [above[x] if height >= 0 else below[x] for x, height in enumerate(heights)]
        colours = [(GAIN if height >= 0 else LOSS) if len(lines) == 1 else SERIES[at] for height in heights]
        axes.bar(
            range(len(heights)), heights, 0.62, bottom=bottoms, color=colours, edgecolor=SURFACE, linewidth=0.8,
            label=legible(line.name, 16), zorder=3,
        )  # fmt: skip
        for x, height in enumerate(heights):
            (above if height >= 0 else below)[x] += height
    axes.axhline(0, color=MUTED, linewidth=1, zorder=4)
    if len(lines) > 1:
        axes.legend(
            loc="center left", bbox_to_anchor=(1.01, 0.5), frameon=False, handlelength=1, handleheight=1,
            prop=style(9)["fontproperties"], labelcolor=INK,
        )  # fmt: skip


def _scale(axes: Axes, found: Trend) -> None:
    count = len(found.labels)
    step = -(-sum(len(label) + 2 for label in found.labels) // MOST_LETTERS)
    shown = [at for at in range(count) if (count - 1 - at) % step == 0]
    axes.set_xticks(shown, [legible(found.labels[at], 10) for at in shown], **style(8.5, MUTED))
    axes.set_xlim(-0.5, count - 0.5)
    low, high = axes.get_ylim()
    if found.shape == "line":  # room above and below, so that a flat line is not on the edge
        room = (high - low) * 0.12 or 1
        axes.set_ylim(low - room if low < 0 or low - room > 0 else 0, high + room)
    ticks = [tick for tick in axes.get_yticks() if axes.get_ylim()[0] <= tick <= axes.get_ylim()[1]]
    axes.set_yticks(ticks, [brief(round(tick, 6), found.unit) for tick in ticks], **style(8.5, MUTED))


def words(found: Trend) -> str:
    """What the picture shows, for who cannot see it: each line's first, last, lowest, highest value, and gaps."""
    kind = "Line chart" if found.shape == "line" else "Bar chart"
    span = found.labels[0] if len(found.labels) == 1 else f"{found.labels[0]} to {found.labels[-1]}"
    lines = found.lines[:MOST_SERIES]
    told = " ".join(_told(found, line, named=len(lines) > 1) for line in lines)
    return f"{kind}: {found.title}, {found.below}, {span}. {told[:1].upper()}{told[1:]}"


def _told(found: Trend, line: Line, *, named: bool) -> str:
    known = [(value, found.labels[at]) for at, value in enumerate(line.values) if value is not None]
    name = f"{line.name}: " if named else ""
    if not known:
        return f"{name}{_NOTHING}."
    first, last = known[0], known[-1]
    if len(known) == 1:
        return f"{name}{show(*_in(first, found))} in {first[1]}, no other value."
    least, most = min(known, key=lambda one: one[0]), max(known, key=lambda one: one[0])
    gaps = len(line.values) - len(known)
    more = f"; no value for {gaps} of {len(line.values)}" if gaps else ""
    text = f"from {show(*_in(first, found))} to {show(*_in(last, found))}"
    if least[0] != most[0]:
        text += f", lowest {show(*_in(least, found))} in {least[1]}, highest {show(*_in(most, found))} in {most[1]}"
    return f"{name}{text}{more}."


def _in(one: tuple[Decimal, str], found: Trend) -> tuple[Decimal, str]:
    return one[0], found.unit
