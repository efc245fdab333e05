"""A copy as Markdown: for people who keep text, and for a Slack canvas.

What is typed by people formats nothing: marks of Markdown and HTML in it are escaped. Both kinds are made alike; a
canvas has smaller tables, three levels of headings and a limit on its size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.documents.copies import Copy
from bot.documents.grids import (
    Grid,
    GridCell,
    chart_grid,
    definitions_grid,
    missing_grid,
    plan_grid,
    promises_grid,
    table_grid,
)
from bot.documents.model import (
    AnyBlock,
    Chart,
    Citation,
    Columns,
    Figures,
    Paragraph,
    Plan,
    Points,
    Promises,
    Quotes,
    Section,
    Statement,
    Table,
)
from bot.documents.text import clean
from bot.documents.words import TO_WRITE, Sources, day, heading, meant_for, prepared, taken_from, why_internal

CANVAS_CELLS = 300
CANVAS_BYTES = 1_048_576
"""What Slack takes for one table and one document of a canvas."""

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~@&]|(?<=http):|(?<=https):|(?<=www)\.)", re.IGNORECASE)
_AT_START = re.compile(r"^(\s*)([-+]|\d+[.)])(\s)")


@dataclass(frozen=True, slots=True)
class Canvas:
    """Markdown for a canvas. `left_out` says what did not fit, in one sentence; empty when all of it did."""

    markdown: str
    left_out: str = ""


def write_markdown(copy: Copy) -> str:
    return "\n".join([*_document(copy, cells=0)]).rstrip() + "\n"


def write_canvas(copy: Copy) -> Canvas:
    """Sections from the last one on are left out when Slack would refuse the size."""
    review = copy.review
    for kept in range(len(review.sections), -1, -1):
        part = Copy(review.model_copy(update={"sections": review.sections[:kept]}), copy.readers)
        text = "\n".join(_document(part, cells=CANVAS_CELLS)).rstrip() + "\n"
        if len(text.encode()) <= CANVAS_BYTES:
            gone = [clean(section.title) for section in review.sections[kept:]]
            return Canvas(text, f"Too long for a canvas, left out: {', '.join(gone)}." if gone else "")
    return Canvas(f"# {escaped(heading(copy))}\n", "Too long for a canvas: use the files.")


def escaped(text: str) -> str:
    """Typed text as it reads: nothing in it is a mark, a tag, a link or a mention."""
    marked = _MARKS.sub(r"\\\1", clean(text))
    return _AT_START.sub(_shielded, marked)


def _shielded(found: re.Match[str]) -> str:
    """`1. ` and `- ` at the start of a line would begin a list."""
    return f"{found[1]}{found[2][:-1]}\\{found[2][-1]}{found[3]}"


def _document(copy: Copy, cells: int) -> Iterator[str]:
    review = copy.review
    sources = Sources(review.locale)
    yield from (f"# {escaped(review.account)}: {escaped(heading(copy))}", "")
    period = f"{day(review.period.first, review.locale)} to {day(review.period.last, review.locale)}"
    yield from (f"{period}. {escaped(prepared(copy))}.", "")
    if meant_for(copy):
        yield from (f"**{meant_for(copy)}**", "")
    for section in review.sections:
        yield from _section(section, sources, cells)
    if review.missing:
        yield from ("## What we do not know", "", *_table(missing_grid(review.missing), cells))
    if review.definitions:
        yield from ("## How the figures are made", "", *_table(definitions_grid(review.definitions), cells))
    if sources.lines():
        yield from ("## Sources", "")
        yield from (f"{at}. {_linked(line, citation)}" for at, line, citation in sources.lines())


def _section(section: Section, sources: Sources, cells: int) -> Iterator[str]:
    yield from (f"## {escaped(section.title)}", "")
    if section.is_internal:
        yield from (f"*{escaped(why_internal(section))}*", "")
    if section.headline is not None and not section.headline.is_empty:
        yield from (f"**{_said(section.headline, sources)}**", "")
    for block in section.blocks:
        if block.says.strip():
            yield from (f"### {escaped(block.says)}", "")
        if block.is_internal and not section.is_internal:
            yield from (f"*{escaped(why_internal(block))}*", "")
        yield from _block(block, sources, cells, tagged=not (block.is_internal or section.is_internal))


def _block(block: AnyBlock, sources: Sources, cells: int, *, tagged: bool) -> Iterator[str]:
    match block:
        case Paragraph():
            yield from (_said(block.statement, sources, tagged=tagged), "")
        case Points():
            yield from _points(block, sources, tagged=tagged)
        case Columns():
            for column in block.columns:
                yield from _points(column, sources, tagged=tagged)
        case Figures():
            for figure in block.figures:
                told = [escaped(figure.change), taken_from(escaped(figure.source), figure.as_of, sources.locale)]
                after = "; ".join(part for part in told if part)
                yield f"- **{escaped(figure.value)}** {escaped(figure.label)}{f' ({after})' if after else ''}"
            yield ""
        case Quotes():
            for quote in block.quotes:
                who = ", ".join(part for part in (escaped(quote.who), day(quote.at, sources.locale)) if part)
                yield from (f"> “{escaped(quote.text)}”", ">", f"> {who}{_mark(sources.cite(quote.citations))}", "")
        case Table() | Chart() | Promises() | Plan():
            yield from _table(_grid(block, sources), cells)
            if isinstance(block, Chart):
                yield from (f"- {_said(one, sources, tagged=tagged)}" for one in block.meaning if not one.is_empty)
                yield ""
        case _:
            yield from (f"*{TO_WRITE} {escaped(block.prompt)}*", "")


def _grid(block: Table | Chart | Promises | Plan, sources: Sources) -> Grid:
    match block:
        case Chart():
            return chart_grid(block, sources.locale)
        case Promises():
            return promises_grid(block, sources, sources.locale)
        case Plan():
            return plan_grid(block, sources.locale)
        case Table():
            return table_grid(block, sources.locale)


def _points(block: Points, sources: Sources, *, tagged: bool) -> Iterator[str]:
    if block.heading.strip():
        yield from (f"**{escaped(block.heading)}**", "")
    yield from (f"- {_said(point, sources, tagged=tagged)}" for point in block.points if not point.is_empty)
    yield ""


def _said(statement: Statement, sources: Sources, *, tagged: bool = False) -> str:
    internal = " *(internal)*" if tagged and statement.is_internal else ""
    return f"{escaped(statement.text)}{_mark(sources.cite(statement.citations))}{internal}"


def _mark(numbers: str) -> str:
    return f" \\[{numbers}\\]" if numbers else ""


def _linked(line: str, citation: Citation) -> str:
    """A source; its address only when it is a web address that cannot end the link early."""
    if citation.url and re.fullmatch(r"https?://[^\s<>()\[\]|\"]+", citation.url):
        return f"[{escaped(line)}]({citation.url})"
    return escaped(line)


def _table(grid: Grid, cells: int) -> Iterator[str]:
    """One table, or several where a canvas takes no more cells in one."""
    across = len(grid.titles)
    step = max(cells // across - 1, 1) if cells else max(len(grid.rows), 1)
    for first in range(0, len(grid.rows), step):
        yield f"| {' | '.join(escaped(title) for title in grid.titles)} |"
        yield f"|{'|'.join(' ---: ' if at in grid.numbers else ' --- ' for at in range(across))}|"
        for row in grid.rows[first : first + step]:
            yield f"| {' | '.join(_cell(cell) for cell in row)} |"
        yield ""
    if grid.source:
        yield from (f"*{escaped(grid.source)}*", "")


def _cell(cell: GridCell) -> str:
    return f"{escaped(cell.text)}{_mark(cell.mark)}"
