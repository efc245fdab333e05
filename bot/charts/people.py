"""A relationship map: who decides at a customer, how they stand to us, and where we do not know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.charts.picture import Picture
from bot.charts.theme import GAIN, GRID, INK, LOSS, MUTED, SURFACE, draw, headed, legible, style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ROWS = (
    ("Decide", ("economic buyer", "decision-maker", "sponsor")),
    ("Influence", ("champion", "influencer", "detractor")),
    ("Use", ("user",)),
    ("Role not known", ()),
)
COLUMNS = ("Against us", "Neutral", "For us", "Strongly for us", "Not known")
MOST = 3
"""People in one field; of more the last place says how many."""
_COLOURS = (LOSS, MUTED, GAIN, GAIN, MUTED)


@dataclass(frozen=True, slots=True)
class Somebody:
    """`stance` from -2 to 2, None where it is not known; `silent` when nobody heard of them for long."""

    name: str
    role: str | None
    stance: int | None
    silent: bool = False


@dataclass(frozen=True, slots=True)
class PeopleMap:
    title: str
    below: str
    people: tuple[Somebody, ...]


def people_map(found: PeopleMap) -> Picture:
    """Who decides stands above, who is for us to the right; whose stance nobody knows apart. Dashed: silent."""
    fields = placed(found.people)

    def paint(figure: Figure) -> None:
        headed(figure, found.title, found.below)
        axes = figure.add_axes((0.03, 0.04, 0.94, 0.78))
        axes.set_axis_off()
        axes.set_xlim(-0.55, len(COLUMNS))
        axes.set_ylim(len(ROWS), -0.25)
        for x, column in enumerate(COLUMNS):
            axes.text(x + 0.5, -0.06, column, ha="center", **style(8.5, MUTED))
        for y, (row, _) in enumerate(ROWS):
            axes.plot([-0.55, len(COLUMNS)], [y, y], color=GRID, linewidth=1)
            axes.text(-0.55, y + 0.5, row.replace(" ", "\n", 1), va="center", **style(9.5, INK, bold=True))
        for (x, y), people in fields.items():
            _paint_field(axes, x, y, people)
        if not found.people:
            axes.text(2, 2, "nobody is known", ha="center", **style(11, MUTED))

    return draw(paint, words(found), height=520)


def placed(people: Sequence[Somebody]) -> dict[tuple[int, int], list[Somebody]]:
    """Everybody by column and row of the map."""
    fields: dict[tuple[int, int], list[Somebody]] = {}
    for one in people:
        row = next((at for at, (_, roles) in enumerate(ROWS) if one.role in roles), len(ROWS) - 1)
        column = len(COLUMNS) - 1 if one.stance is None else max(-1, min(2, one.stance)) + 1
        fields.setdefault((column, row), []).append(one)
    return fields


def _paint_field(axes: Axes, x: int, y: int, people: Sequence[Somebody]) -> None:
    from matplotlib.patches import FancyBboxPatch

    shown = people if len(people) <= MOST else people[: MOST - 1]
    for place, one in enumerate(shown):
        top = y + 0.05 + place * 0.31
        axes.add_patch(
            FancyBboxPatch(
                (x + 0.04, top), 0.92, 0.27, boxstyle="round,pad=0,rounding_size=0.04", facecolor=SURFACE,
                edgecolor=_COLOURS[x], linewidth=1.5, linestyle="--" if one.silent else "-",
            )
        )  # fmt: skip
        axes.text(x + 0.5, top + 0.09, legible(one.name, 17), ha="center", va="center", **style(7.5, INK, bold=True))
        role = one.role or "role not known"
        axes.text(x + 0.5, top + 0.195, legible(role, 22), ha="center", va="center", **style(7, _COLOURS[x]))
    if len(people) > len(shown):
        more = f"and {len(people) - len(shown)} more"
        axes.text(x + 0.5, y + 0.05 + len(shown) * 0.31 + 0.12, more, ha="center", va="center", **style(7.5, MUTED))


def words(found: PeopleMap) -> str:
    """Everybody with role and stance, those who decide first."""
    if not found.people:
        return f"Relationship map: {found.title}, {found.below}. Nobody is known."
    order = sorted(placed(found.people).items(), key=lambda field: (field[0][1], -field[0][0]))
    told = [
        ", ".join([one.name, one.role or "role not known", _stance(x), *(["silent"] if one.silent else [])])
        for (x, _), people in order
        for one in people
    ]
    return f"Relationship map: {found.title}, {found.below}. {'; '.join(told)}."


def _stance(column: int) -> str:
    return COLUMNS[column].casefold() if column < len(COLUMNS) - 1 else "stance not known"
