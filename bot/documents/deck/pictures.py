"""Slides with a chart: the picture, what follows from it beside it, where the numbers are from below it."""

from __future__ import annotations

from typing import Any

from bot.documents.deck.box import Box
from bot.documents.deck.charts import add_native, describe, plot_of
from bot.documents.deck.letters import Line, Run, rule, write_box
from bot.documents.deck.lists import Item, add_items, add_sources, items_of, list_lines, paged
from bot.documents.deck.stage import Heading, Page, Stage
from bot.documents.model import Chart
from bot.documents.text import clean
from bot.documents.words import taken_from


def add_chart(stage: Stage, heading: Heading, block: Chart) -> None:
    page = stage.page(heading)
    room = page.body.inset(bottom=36 * stage.scale)
    plot = plot_of(block)
    picture, beside = room, None
    if any(not one.is_empty for one in block.meaning):
        picture = Box(room.x, room.y, room.width * 0.66, room.height)
        beside = Box(
            picture.x + picture.width + 28 * stage.scale, room.y, room.width * 0.34 - 28 * stage.scale, room.height
        )
    picture = _unit(stage, page, picture, clean(block.unit))
    frame: Any = add_native(page.slide, picture, plot, stage.copy.review.made_at, size=12 * stage.scale)
    frame.name = "Chart"
    frame._element.nvGraphicFramePr.cNvPr.set("descr", describe(block))
    page.notes.append(describe(block))
    left = _meaning(stage, page, beside, block, tagged=not heading.is_internal) if beside is not None else []
    source = taken_from(block.source, block.as_of, stage.locale)
    if source:
        page.notes.append(source)
    add_sources(stage, page, source)
    if left:
        add_items(stage, heading, left)


def _unit(stage: Stage, page: Page, picture: Box, unit: str) -> Box:
    """What the axis counts, above the picture; returns what is left for it."""
    if not unit:
        return picture
    small = stage.letters(11)
    line = Line((Run(small.cut_to(unit, picture.width, 1), small, "muted"),))
    write_box(page.slide, Box(picture.x, picture.y, picture.width, small.line), [line], name="Unit")
    return picture.inset(top=small.line + 4)


def _meaning(stage: Stage, page: Page, box: Box, block: Chart, *, tagged: bool) -> list[Item]:
    """What follows from the picture; sentences that do not fit beside it are returned and get a slide of their own."""
    items = items_of(block.meaning, tagged=tagged)
    letters, pages = paged(stage, items, box.inset(top=14), (18, 16, 14))
    rule(page.slide, Box(box.x, box.y, box.width, 2.5 * stage.scale), "accent", name="Rule")
    lines = list_lines(page, pages[0], letters, bullets=False)
    write_box(page.slide, box.inset(top=14), lines, name="What follows")
    return [item for held in pages[1:] for item in held]
