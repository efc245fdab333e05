"""How wide the columns of a grid are."""

from __future__ import annotations

from dataclasses import replace

from bot.documents.grids import Grid, GridCell
from bot.documents.text import Type

_WIDEST, _LEAST, _NARROWEST = 420.0, 40.0, 90.0


def column_widths(grid: Grid, letters: Type, head: Type, room: float, side: float) -> tuple[float, ...]:
    """Each column as wide as its text wants and `side` on both sides, the widest giving way first; in all `room`."""
    wants = []
    for at, title in enumerate(grid.titles):
        longest = max([_width(row[at], letters) for row in grid.rows] or [0.0])
        wants.append(min(max(longest, head.width(title), _LEAST), _WIDEST) + 2 * side)
    if sum(wants) <= room:
        return _spread(wants, room - sum(wants), grid.numbers)
    low, high = min(_NARROWEST, room / len(wants)), max(wants)
    for _ in range(40):  # the width at which the widest columns are cut off, found by halving
        cap = (low + high) / 2
        low, high = (cap, high) if sum(min(want, cap) for want in wants) <= room else (low, cap)
    capped = [min(want, low) for want in wants]
    return tuple(width * room / sum(capped) for width in capped)


def _width(cell: GridCell, letters: Type) -> float:
    return replace(letters, bold=cell.is_bold).width(cell_text(cell))


def _spread(wants: list[float], spare: float, numbers: frozenset[int]) -> tuple[float, ...]:
    """Room that is left over goes to the columns of words."""
    flexible = [at for at in range(len(wants)) if at not in numbers] or list(range(len(wants)))
    whole = sum(wants[at] for at in flexible)
    return tuple(want + (spare * want / whole if at in flexible else 0) for at, want in enumerate(wants))


def cell_text(cell: GridCell) -> str:
    """The text with room for the numbers of its sources."""
    return cell.text + " 00" * bool(cell.mark)
