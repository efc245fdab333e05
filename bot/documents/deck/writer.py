"""A copy becomes a deck: the cover, a slide or more for each block, and what the reader may want to look up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.documents.brand import PLAIN, Brand
from bot.documents.copies import Copy
from bot.documents.deck.cover import add_cover
from bot.documents.deck.letters import Line, Run, dashed, write_box
from bot.documents.deck.lists import add_columns, add_points, add_quotes
from bot.documents.deck.pictures import add_chart
from bot.documents.deck.stage import Heading, Stage
from bot.documents.deck.tables import add_grid
from bot.documents.deck.tiles import add_figures
from bot.documents.grids import definitions_grid, missing_grid, plan_grid, promises_grid, table_grid
from bot.documents.model import (
    AnyBlock,
    Chart,
    Columns,
    Figure,
    Figures,
    Paragraph,
    Plan,
    Points,
    Promises,
    Quotes,
    Section,
    Table,
    ToWrite,
)
from bot.documents.package import settled
from bot.documents.text import clean
from bot.documents.words import TO_WRITE, Sources, heading, why_internal

_FOOT = 20.0


def write_deck(copy: Copy, brand: Brand = PLAIN) -> bytes:
    """The slides as a .pptx; the same copy and brand give the same bytes. Raises `BrandError`."""
    stage = Stage(copy, brand)
    add_cover(stage)
    review = copy.review
    for section in review.sections:
        for at, (block, above) in enumerate(_gathered(section.blocks)):
            _add(stage, replace(_heading(section, block, is_first=at == 0), above=above), block)
    if review.missing:
        add_grid(stage, Heading("Data", "What we do not know"), missing_grid(review.missing))
    if review.definitions:
        add_grid(stage, Heading("Appendix", "How the figures are made"), definitions_grid(review.definitions))
    properties = stage.deck.core_properties
    properties.title = f"{clean(review.account)}: {heading(copy)}"[:250]
    properties.author = properties.last_modified_by = clean(review.prepared_by)[:250] or "Steward"
    properties.created = properties.modified = review.made_at.replace(tzinfo=None)
    properties.keywords = properties.comments = properties.subject = properties.category = ""
    properties.revision = 1
    return settled(stage.saved(), review.made_at)


def _gathered(blocks: Sequence[AnyBlock]) -> Iterator[tuple[AnyBlock, tuple[Figure, ...]]]:
    """Blocks that make one slide: figures above what comes after them, points beside a chart."""
    left = list(blocks)
    while left:
        block = left.pop(0)
        above: tuple[Figure, ...] = ()
        if isinstance(block, Figures) and left and _belongs(block, left[0]) and len(block.figures) <= 4:
            above, block = block.figures, left.pop(0)
        if isinstance(block, Chart) and left and not block.meaning:
            after = left[0]
            if isinstance(after, Points) and not (after.says or after.heading or after.is_internal):
                block = block.model_copy(update={"meaning": after.points})
                left.pop(0)
        yield block, above


def _belongs(figures: Figures, after: AnyBlock) -> bool:
    """Whether figures without a message of their own stand above the block after them."""
    kinds = (Chart, Points, Promises, Plan, Table, Quotes)
    return isinstance(after, kinds) and not figures.says.strip() and figures.is_internal == after.is_internal


def _heading(section: Section, block: AnyBlock, *, is_first: bool) -> Heading:
    """The message of a slide: what the block says, else what the section says, else its name."""
    headline = section.headline.text if section.headline is not None and is_first else ""
    notes = [section.title, headline if block.says.strip() else "", why_internal(block)]
    message = block.says if block.says.strip() else headline if headline.strip() else section.title
    is_internal = block.is_internal or section.is_internal
    return Heading(section.title, message, is_internal, tuple(note for note in notes if note.strip()))


def _add(stage: Stage, at: Heading, block: AnyBlock) -> None:
    sources = Sources(stage.locale)
    match block:
        case Paragraph():
            add_points(stage, at, [block.statement], bullets=False)
        case Points():
            add_points(stage, at, block.points)
        case Columns():
            add_columns(stage, at, block)
        case Figures():
            add_figures(stage, at, block)
        case Chart():
            add_chart(stage, at, block)
        case Quotes():
            add_quotes(stage, at, block)
        case Table():
            add_grid(stage, at, table_grid(block, stage.locale))
        case Promises():
            add_grid(stage, at, promises_grid(block, sources, stage.locale), sources)
        case Plan():
            add_grid(stage, at, plan_grid(block, stage.locale))
        case _:
            _blank(stage, at, block)


def _blank(stage: Stage, at: Heading, block: ToWrite) -> None:
    """A place for a person to write in, with what belongs there."""
    page = stage.page(at)
    letters = stage.letters(18)
    inner = page.body.inset(left=18, top=18, right=18, bottom=18)
    text = letters.cut_to(f"{TO_WRITE} {clean(block.prompt)}", inner.width, max(int(inner.height / letters.line), 1))
    dashed(page.slide, page.body.inset(bottom=_FOOT), name="Place")
    write_box(page.slide, inner, [Line((Run(text, letters, "muted"),))], name="To be written")
