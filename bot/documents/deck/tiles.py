"""Slides of a few large numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.documents.deck.box import Box
from bot.documents.deck.letters import Line, Run, rule, write_box
from bot.documents.model import Figure, Figures
from bot.documents.text import Type, clean
from bot.documents.words import taken_from

if TYPE_CHECKING:  # a stage draws rows of figures itself
    from bot.documents.deck.stage import Heading, Page, Stage

_MOST = 8


def add_figures(stage: Stage, heading: Heading, block: Figures) -> None:
    """Up to four side by side, in one or two rows."""
    count = -(-len(block.figures) // _MOST)
    for number in range(count):
        held = block.figures[number * _MOST : (number + 1) * _MOST]
        page = stage.page(heading.continued(number + 1, count))
        rows = [held] if len(held) <= 4 else [held[: -(-len(held) // 2)], held[-(-len(held) // 2) :]]
        tall = min((page.body.height - 16) / len(rows), 190 * stage.scale)
        for row, figures in enumerate(rows):
            top = page.body.y + 8 + row * (tall + 12 * stage.scale)
            add_row(stage, page, Box(page.body.x, top, page.body.width, tall - 12), figures, largest=44)


def add_row(stage: Stage, page: Page, box: Box, figures: Sequence[Figure], *, largest: float) -> None:
    """Figures side by side, all values in letters of one size: the largest in which each fits."""
    places = box.columns(max(len(figures), 3), 24 * stage.scale)
    values = [clean(figure.value) for figure in figures]
    for size in (largest, 36.0, 28.0, 22.0, 16.0):
        letters = stage.letters(min(size, largest), bold=True)
        if all(letters.width(value) <= places[0].width for value in values):
            break
    for figure, place in zip(figures, places, strict=False):
        _tile(stage, page, place, figure, letters)


def _tile(stage: Stage, page: Page, box: Box, figure: Figure, large: Type) -> None:
    rule(page.slide, Box(box.x, box.y, box.width, 1.5 * stage.scale), "quiet", name="Rule")
    label, small = stage.letters(14), stage.letters(11)
    value = large.cut_to(clean(figure.value), box.width, 1)
    source = taken_from(figure.source, figure.as_of, stage.locale)
    lines = [
        Line((Run(value, large, "accent"),), after=4),
        Line((Run(label.cut_to(clean(figure.label), box.width, 2), label),), after=4),
    ]
    if figure.change.strip():
        lines.append(Line((Run(small.cut_to(clean(figure.change), box.width, 2), small, "muted"),), after=2))
    if source:
        lines.append(Line((Run(small.cut_to(source, box.width, 2), small, "muted"),)))
    if figure.is_internal:
        lines.append(Line((Run("internal", stage.letters(11, bold=True), "late"),)))
    write_box(page.slide, box.inset(top=12 * stage.scale), lines, name=f"Figure: {clean(figure.label)[:60]}")
    page.notes.append(f"{figure.label}: {figure.value}. {figure.change} {source}")
