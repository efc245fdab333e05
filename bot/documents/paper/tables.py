"""Grids as tables of Word: titles repeated on every page, rows kept whole, lines only between rows."""

from __future__ import annotations

from typing import Any

from docx.document import Document as Paper
from docx.enum.dml import MSO_THEME_COLOR
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from bot.documents.brand import Brand
from bot.documents.columns import column_widths
from bot.documents.grids import Grid, GridCell
from bot.documents.paper.look import colour
from bot.documents.text import Type, is_rtl

_TONES = {"good": MSO_THEME_COLOR.ACCENT_1, "late": MSO_THEME_COLOR.ACCENT_5, "bad": MSO_THEME_COLOR.ACCENT_6}
_MOST_COLUMNS = 7
_SIDE = 5.4
_AFTER_BIDI = ("w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:textAlignment", "w:outlineLvl", "w:rPr", "w:sectPr")
"""Word reads the properties of a paragraph in this order only."""


def add_table(paper: Paper, grid: Grid, room: float, brand: Brand) -> None:
    """One table; wide ones go on below, each with the first column again."""
    count = len(grid.titles)
    step = _MOST_COLUMNS - 1
    starts = [1] if count <= _MOST_COLUMNS + 1 else range(1, count, step)
    for at in starts:
        part = grid if len(starts) == 1 else grid.of_columns([0, *range(at, min(at + step, count))])
        _add(paper, part, room, brand)
        paper.add_paragraph().paragraph_format.line_spacing = Pt(6)


def _add(paper: Paper, grid: Grid, room: float, brand: Brand) -> None:
    size = 9.0 if len(grid.titles) <= 5 else 8.0
    widths = column_widths(grid, Type(size), Type(size, bold=True), room, _SIDE)
    table = paper.add_table(rows=0, cols=len(grid.titles))
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Pt(width)
    for number, row in enumerate([tuple(GridCell(title) for title in grid.titles), *grid.rows]):
        added = table.add_row()
        _whole(added._tr, is_title=number == 0)
        for at, (cell, told) in enumerate(zip(added.cells, row, strict=True)):
            cell.width = Pt(widths[at])
            _fill(cell, told, size, brand, is_title=number == 0, is_number=at in grid.numbers)
            _line(cell._tc, is_title=number == 0)


def _fill(cell: Any, told: GridCell, size: float, brand: Brand, *, is_title: bool, is_number: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2.5)
    if is_number:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    set_direction(paragraph, told.text)
    run = paragraph.add_run(told.text)
    run.font.size = Pt(size)
    run.font.bold = is_title or told.is_bold
    if told.tone in _TONES:
        colour(run, _TONES[told.tone], brand)
    if told.mark:
        mark = paragraph.add_run(f" {told.mark}")
        mark.font.size, mark.font.superscript = Pt(size), True


def set_direction(paragraph: Any, text: str) -> None:
    """Arabic and Hebrew begin at the right."""
    if is_rtl(text):
        properties = paragraph._p.get_or_add_pPr()
        properties.insert_element_before(OxmlElement("w:bidi"), *_AFTER_BIDI)


def _whole(row: Any, *, is_title: bool) -> None:
    properties = row.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_title:
        properties.append(OxmlElement("w:tblHeader"))


def _line(cell: Any, *, is_title: bool) -> None:
    borders = OxmlElement("w:tcBorders")
    below = OxmlElement("w:bottom")
    for key, value in (("val", "single"), ("sz", "8" if is_title else "4"), ("space", "0")):
        below.set(qn(f"w:{key}"), value)
    below.set(qn("w:color"), "auto" if is_title else "D5D9DC")
    if is_title:
        below.set(qn("w:themeColor"), "accent1")
    borders.append(below)
    cell.get_or_add_tcPr().append(borders)
