"""Slides of sentences: points, columns side by side, quotes. Long lists and long sentences go on on a next slide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pptx.enum.text import MSO_ANCHOR

from bot.documents.deck.box import Box
from bot.documents.deck.letters import Line, Run, bullet_indent, rule, write_box
from bot.documents.deck.stage import Heading, Page, Stage
from bot.documents.model import Citation, Columns, Quote, Quotes, Statement
from bot.documents.text import Type, clean
from bot.documents.words import day

_FOOT = 34.0
"""Room for the sources at the foot of the content."""
_GAP = 0.55
"""Space between points, in sizes of their letters."""


@dataclass(frozen=True, slots=True)
class Item:
    """A point or a piece of one, with what follows it in small letters."""

    text: str
    citations: tuple[Citation, ...] = ()
    tag: str = ""
    is_start: bool = True


def items_of(statements: Sequence[Statement], *, tagged: bool) -> list[Item]:
    """Points to be set; `tagged` ones say that they are internal, where the heading above them does not."""
    return [
        Item(clean(one.text), one.citations, "internal" if tagged and one.is_internal else "")
        for one in statements
        if not one.is_empty
    ]


def add_points(stage: Stage, heading: Heading, statements: Sequence[Statement], *, bullets: bool = True) -> None:
    add_items(stage, heading, items_of(statements, tagged=not heading.is_internal), bullets=bullets)


def add_items(stage: Stage, heading: Heading, items: Sequence[Item], *, bullets: bool = True) -> None:
    room = stage.room(heading).inset(bottom=_FOOT * stage.scale)
    width = min(room.width, 780 * stage.scale)  # longer lines are hard to read
    letters, pages = paged(stage, items, Box(room.x, room.y, width, room.height), (24, 22, 20, 18, 16), bullets=bullets)
    for number, held in enumerate(pages, 1):
        page = stage.page(heading.continued(number, len(pages)))
        lines = list_lines(page, held, letters, bullets=bullets)
        write_box(page.slide, Box(room.x, room.y, width, room.height), lines, name="Points")
        add_sources(stage, page)


def add_columns(stage: Stage, heading: Heading, block: Columns) -> None:
    columns = [column for column in block.columns if not column.is_empty]
    room = stage.room(heading).inset(bottom=_FOOT * stage.scale)
    boxes = room.columns(len(columns), 28 * stage.scale)
    head = stage.letters(16, bold=True)
    top = head.line * 2 + 16 * stage.scale
    lists = [items_of(column.points, tagged=not heading.is_internal) for column in columns]
    for size in (18.0, 16.0, 14.0):
        tried = [paged(stage, items, boxes[0].inset(top=top), (size,)) for items in lists]
        if all(len(pages) == 1 for _, pages in tried):
            break
    count = max(len(pages) for _, pages in tried)
    for number in range(count):
        page = stage.page(heading.continued(number + 1, count))
        for column, box, (letters, pages) in zip(columns, boxes, tried, strict=True):
            if number >= len(pages):
                continue
            rule(page.slide, Box(box.x, box.y, box.width, 2.5 * stage.scale), "accent", name="Rule")
            title = head.cut_to(clean(column.heading), box.width, 2)
            own = head.height(title, box.width) + 16 * stage.scale if title else 14 * stage.scale
            if title:
                at = Box(box.x, box.y + 9 * stage.scale, box.width, head.height(title, box.width))
                write_box(page.slide, at, [Line((Run(title, head, "accent"),))], name=f"{title} heading")
            lines = list_lines(page, pages[number], letters, bullets=True)
            write_box(page.slide, box.inset(top=own), lines, name=title or "Points")
        add_sources(stage, page)


def add_quotes(stage: Stage, heading: Heading, block: Quotes) -> None:
    small = stage.letters(13)
    room = stage.room(heading).inset(bottom=_FOOT * stage.scale)
    width = min(room.width, 760 * stage.scale) - 24 * stage.scale
    for size in (24.0, 22.0, 20.0, 18.0, 16.0):
        letters = stage.letters(size)
        pages = _quote_pages(stage, block, letters, small, width, room.height)
        if len(pages) == 1:
            break
    for number, held in enumerate(pages, 1):
        page = stage.page(heading.continued(number, len(pages)))
        y = page.body.y
        for quote in held:
            y += _quote(stage, page, Box(room.x, y, width, room.height), quote, letters) + 24 * stage.scale
        add_sources(stage, page)


def _quote(stage: Stage, page: Page, box: Box, quote: Quote, letters: Type) -> float:
    """A quote with a bar beside it and who said it below; returns its height."""
    small = stage.letters(13)
    most = max(int((box.height - small.line - 6) / letters.line), 1)
    text = letters.cut_to(f"“{clean(quote.text)}”", box.width, most)
    if not text.endswith("”"):
        page.notes.append(f"Quote in full: {quote.text}")
    tall = letters.height(text, box.width) + small.line + 6
    rule(page.slide, Box(box.x, box.y, 3 * stage.scale, tall), "accent", name="Rule")
    who = Run(small.cut_to(_attribution(quote, stage.locale), box.width - 40, 1), small, "muted")
    lines = [Line((Run(text, letters),), after=6), Line((who, *_mark(page, quote.citations, small)))]
    write_box(page.slide, Box(box.x + 24 * stage.scale, box.y, box.width, tall), lines, name="Quote")
    return tall


def paged(
    stage: Stage, items: Sequence[Item], box: Box, sizes: Sequence[float], *, bullets: bool = True
) -> tuple[Type, list[list[Item]]]:
    """The largest letters with which all items stand on one page, or the smallest and as many pages as they need."""
    for size in sizes:
        letters = stage.letters(size)
        pages = _flow(items, letters, box, bullets=bullets)
        if len(pages) == 1:
            break
    return letters, pages


def add_sources(stage: Stage, page: Page, whole: str = "") -> None:
    """Where the `whole` slide is from and what the small numbers mean, on two lines at most; the notes have it all."""
    told = [whole] if whole else []
    told += [f"{at} {line}" for at, line, _ in page.sources.lines()]
    if not told:
        return
    letters = stage.letters(9.5)
    box = Box(page.body.x, page.body.bottom - 2 * letters.line, page.body.width, 2 * letters.line)
    line = letters.cut_to("   ".join(told), box.width, 2)
    write_box(page.slide, box, [Line((Run(line, letters, "muted"),))], name="Sources", anchor=MSO_ANCHOR.BOTTOM)


def _flow(items: Sequence[Item], letters: Type, box: Box, *, bullets: bool) -> list[list[Item]]:
    pages: list[list[Item]] = [[]]
    used = 0.0
    width = box.width - (bullet_indent(letters) if bullets else 0)
    for item in _pieces(items, letters, width, max(int(box.height / letters.line), 1)):
        tall = letters.height(_measured(item), width)
        if pages[-1] and used + tall > box.height:
            pages.append([])
            used = 0.0
        pages[-1].append(item)
        used += tall + letters.size * _GAP
    return pages


def _pieces(items: Sequence[Item], letters: Type, width: float, most: int) -> list[Item]:
    """Items that are taller than a page, broken where their lines break."""
    pieces = []
    for item in items:
        lines = letters.wrapped(_measured(item), width)
        if len(lines) <= most:
            pieces.append(item)
            continue
        lines = letters.wrapped(item.text, width)
        parts = [" ".join(lines[at : at + most - 1]) for at in range(0, len(lines), max(most - 1, 1))]
        pieces += [Item(part, is_start=at == 0) for at, part in enumerate(parts[:-1])]
        pieces.append(Item(parts[-1], item.citations, item.tag, is_start=False))
    return pieces


def _measured(item: Item) -> str:
    """The text with room for the numbers and the tag after it."""
    marks = " 00" * bool(item.citations) + ", 00" * (len(item.citations) - 1)
    return f"{item.text}{marks}{'   ' + item.tag if item.tag else ''}"


def list_lines(page: Page, items: Sequence[Item], letters: Type, *, bullets: bool) -> list[Line]:
    return [
        Line(
            (
                Run(item.text, letters),
                *_mark(page, item.citations, letters),
                *([Run(f"   {item.tag}", Type(letters.size * 0.7, bold=True), "late")] if item.tag else []),
            ),
            after=letters.size * _GAP,
            bullet=bullets and item.is_start,
        )
        for item in items
    ]


def _mark(page: Page, citations: Sequence[Citation], letters: Type) -> list[Run]:
    return [Run(f" {page.sources.cite(citations)}", letters, "muted", raised=True)] if citations else []


def _attribution(quote: Quote, locale: str) -> str:
    return ", ".join(part for part in (clean(quote.who), day(quote.at, locale)) if part)


def _quote_pages(
    stage: Stage, block: Quotes, letters: Type, small: Type, width: float, height: float
) -> list[list[Quote]]:
    pages: list[list[Quote]] = [[]]
    used = 0.0
    for quote in block.quotes:
        tall = letters.height(f"“{clean(quote.text)}”", width) + small.line + 30 * stage.scale
        if pages[-1] and used + tall > height:
            pages.append([])
            used = 0.0
        pages[-1].append(quote)
        used += tall
    return pages
