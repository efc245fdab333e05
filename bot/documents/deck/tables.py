"""Slides with a table: as many rows as fit, the rest on a next slide; too many columns become several tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.table import _Cell
from pptx.util import Pt

from bot.documents.columns import cell_text, column_widths
from bot.documents.deck.box import Box
from bot.documents.deck.letters import Line, Run, fill
from bot.documents.deck.lists import add_sources
from bot.documents.deck.stage import Heading, Page, Stage
from bot.documents.grids import Grid, GridCell
from bot.documents.text import Type
from bot.documents.words import Sources

_PLAIN_TABLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # "No Style, No Grid"
_SIDE = 7.0
_MOST_COLUMNS = 7
_TALLEST = 0.45
"""No row takes more than this part of the page; what is cut stands in the notes."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """How a grid is set: letters, widths of its columns, heights of its rows."""

    letters: Type
    head: Type
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    top: float
    above: float


def add_grid(stage: Stage, heading: Heading, grid: Grid, sources: Sources | None = None) -> None:
    """One slide or several; every one repeats the titles."""
    parts = _narrowed(grid)
    room = stage.room(heading).inset(bottom=36 * stage.scale)
    slides = [
        (part, sheet, span) for part in parts for sheet in [_sheet(stage, part, room)] for span in _spans(sheet, room)
    ]
    for number, (part, sheet, (first, last)) in enumerate(slides, 1):
        page = stage.page(heading.continued(number, len(slides)))
        shown = part.part(first, last)
        if sources is not None:
            _carry(page, shown, sources)
        _draw(page, shown, sheet, sheet.heights[first:last], heading.message)
        if part.source:
            page.notes.append(part.source)
        add_sources(stage, page, part.source)


def _carry(page: Page, grid: Grid, sources: Sources) -> None:
    """Numbers in the cells were given when the grid was made: each slide explains those that stand on it."""
    marks = {number for row in grid.rows for cell in row for number in cell.mark.split(", ")}
    page.sources = Sources(sources.locale, sources.seen, {int(mark) for mark in marks if mark})


def _narrowed(grid: Grid) -> list[Grid]:
    """The grid, or several that each repeat its first column."""
    if len(grid.titles) <= _MOST_COLUMNS + 1:
        return [grid]
    step = _MOST_COLUMNS - 1
    return [
        grid.of_columns([0, *range(at, min(at + step, len(grid.titles)))]) for at in range(1, len(grid.titles), step)
    ]


def _sheet(stage: Stage, grid: Grid, room: Box) -> Sheet:
    """The largest letters with which all rows stand on one slide, or the smallest."""
    for size, above in ((15.0, 9.0), (14.0, 7.0), (13.0, 5.0), (12.0, 4.0)):
        letters, head = stage.letters(size), stage.letters(min(size, 12) - 0.5, bold=True)
        widths = column_widths(grid, letters, head, room.width, _SIDE)
        most = max(int(room.height * _TALLEST / letters.line), 1)
        heights = tuple(
            max(
                min(len(letters.wrapped(cell_text(cell), width - 2 * _SIDE)), most)
                for cell, width in zip(row, widths, strict=True)
            )
            * letters.line
            + 2 * above
            for row in grid.rows
        )
        top = max(
            min(len(head.wrapped(title, width - 2 * _SIDE)), 2)
            for title, width in zip(grid.titles, widths, strict=True)
        )
        sheet = Sheet(letters, head, widths, heights, top * head.line + 2 * above, above)
        if sum(heights) + sheet.top <= room.height:
            break
    return sheet


def _spans(sheet: Sheet, room: Box) -> list[tuple[int, int]]:
    """From which row to which each slide goes."""
    spans, first, used = [], 0, sheet.top
    for at, tall in enumerate(sheet.heights):
        if at > first and used + tall > room.height:
            spans.append((first, at))
            first, used = at, sheet.top
        used += tall
    return [*spans, (first, len(sheet.heights))]


def _draw(page: Page, grid: Grid, sheet: Sheet, heights: Sequence[float], says: str) -> None:
    room = page.body
    box = Box(room.x, room.y, sum(sheet.widths), sheet.top + sum(heights))
    frame = page.slide.shapes.add_table(len(grid.rows) + 1, len(grid.titles), *box.emu())
    frame.name = "Table"
    properties: Any = frame._element
    properties.nvGraphicFramePr.cNvPr.set(
        "descr", f"Table with {len(grid.rows)} rows: {', '.join(grid.titles)}. {says}"
    )
    table = frame.table
    style = table._tbl.tblPr.find(qn("a:tableStyleId"))
    style.text = _PLAIN_TABLE
    table.horz_banding = False
    for column, width in zip(table.columns, sheet.widths, strict=True):
        column.width = Pt(width)
    for row, tall in zip(table.rows, (sheet.top, *heights), strict=True):
        row.height = Pt(tall)
    for at, title in enumerate(grid.titles):
        width = sheet.widths[at] - 2 * _SIDE
        text = sheet.head.cut_to(title, width, 2)
        line = Line((Run(text, sheet.head, "muted"),), align="right" if at in grid.numbers else "left")
        _cell(table.cell(0, at), line, "accent1", 1.5, sheet.above)
    for number, row in enumerate(grid.rows, 1):
        for at, cell in enumerate(row):
            line = _line(page, cell, sheet, heights[number - 1], at, is_number=at in grid.numbers)
            _cell(table.cell(number, at), line, "bg2", 0.75, sheet.above)


def _line(page: Page, cell: GridCell, sheet: Sheet, tall: float, at: int, *, is_number: bool) -> Line:
    most = max(int((tall - 2 * sheet.above + 0.5) / sheet.letters.line), 1)
    marks = " 00" * bool(cell.mark)
    text = sheet.letters.cut_to(cell_text(cell), sheet.widths[at] - 2 * _SIDE, most)
    if text.endswith("…") and not cell.text.endswith("…"):
        page.notes.append(f"In full: {cell.text}")
    text = text.removesuffix(marks) if marks else text
    letters = Type(sheet.letters.size, bold=cell.is_bold, stretch=sheet.letters.stretch)
    runs = [Run(text, letters, cell.tone or "text")]
    if cell.mark:
        runs.append(Run(f" {cell.mark}", sheet.letters, "muted", raised=True))
    return Line(tuple(runs), align="right" if is_number else "left")


def _cell(cell: _Cell, line: Line, border: str, weight: float, above: float) -> None:
    cell.margin_left = cell.margin_right = Pt(_SIDE)
    cell.margin_top = cell.margin_bottom = Pt(above)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    fill(cell.text_frame, [line])
    properties = cell._tc.get_or_add_tcPr()
    edge = etree.Element(qn("a:lnB"), {"w": str(Pt(weight)), "cap": "flat", "cmpd": "sng"})
    colour = etree.SubElement(etree.SubElement(edge, qn("a:solidFill")), qn("a:schemeClr"), {"val": border})
    if border == "bg2":
        etree.SubElement(colour, qn("a:lumMod"), {"val": "90000"})
    properties.insert(0, edge)
