"""Slides of a few large numbers."""

from __future__ import annotations

from bot.documents.deck.box import Box
from bot.documents.deck.letters import Line, Run, rule, write_box
from bot.documents.deck.stage import Heading, Page, Stage
from bot.documents.model import Figure, Figures
from bot.documents.text import clean
from bot.documents.words import taken_from

_MOST = 8


def add_figures(stage: Stage, heading: Heading, block: Figures) -> None:
    """Up to four side by side, in one or two rows."""
    count = -(-len(block.figures) // _MOST)
    for number in range(count):
        held = block.figures[number * _MOST : (number + 1) * _MOST]
        page = stage.page(heading.continued(number + 1, count))
        across = len(held) if len(held) <= 4 else -(-len(held) // 2)
        rows = -(-len(held) // across)
        room = page.body
        tall = min((room.height - 16) / rows, 190 * stage.scale)
        for at, figure in enumerate(held):
            row, column = divmod(at, across)
            box = room.columns(across, 24 * stage.scale)[column]
            _tile(stage, page, Box(box.x, box.y + 8 + row * (tall + 12 * stage.scale), box.width, tall - 12), figure)


def _tile(stage: Stage, page: Page, box: Box, figure: Figure) -> None:
    rule(page.slide, Box(box.x, box.y, box.width, 1.5 * stage.scale), "quiet", name="Rule")
    large = stage.letters(44, bold=True)
    for size in (44.0, 36.0, 28.0, 22.0, 16.0):
        large = stage.letters(size, bold=True)
        if large.width(clean(figure.value)) <= box.width:
            break
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
