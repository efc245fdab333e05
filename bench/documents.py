"""The files of a large review, beside python-pptx and python-docx that write the same text, tables and charts bare."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from docx import Document
from pptx import Presentation
from pptx.chart.data import CategoryChartData

from bench.report import Report, median
from bot.documents.copies import for_audience
from bot.documents.deck import write_deck
from bot.documents.files import write_files
from bot.documents.lint import Secret, lint, watch_for
from bot.documents.model import (
    AnyBlock,
    Cell,
    Chart,
    Citation,
    Column,
    Period,
    Points,
    Promise,
    Promises,
    Readers,
    Review,
    Row,
    Section,
    Series,
    Statement,
    Table,
    client_safe,
)
from bot.documents.paper import write_paper

SHOWN = client_safe("measured")
RUNS = 5
SECONDS = 2.0
_T = TypeVar("_T")


def run(report: Report) -> None:
    """Twelve chapters with a chart, points, a table and promises each: some fifty slides."""
    review = _large()
    copy = for_audience(review, Readers.EXEC)
    deck, paper = write_deck(copy), write_paper(copy)
    slides = len(Presentation(io.BytesIO(deck)).slides)
    bare_deck, bare_paper = _read_deck(deck), _read_paper(paper)
    ours, theirs = _ms(lambda: write_deck(copy)), _ms(lambda: _bare_deck(bare_deck))
    report.ratio(f"slides, {slides} of them", ours, theirs, 3, "ms")
    ours, theirs = _ms(lambda: write_paper(copy)), _ms(lambda: _bare_paper(bare_paper))
    report.note("paper of the same review", f"{ours:.0f} ms; {theirs:.0f} ms bare, without the charts")
    secrets = [
        Secret.text("note", f"Somebody said in confidence what nobody may read, number {at}") for at in range(400)
    ]
    watch = watch_for(review, copy, secrets)
    report.note("looking through the slides for 400 notes", f"{_ms(lambda: lint('a.pptx', deck, watch)):.0f} ms")
    everything = _ms(lambda: write_files(review, Readers.EXEC, secrets=secrets)) / 1000
    report.below("slides, paper and Markdown, looked through", everything, SECONDS, "s")


def _ms(work: Callable[[], _T]) -> float:
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        work()
        times.append((time.process_time() - start) * 1000)
    return median(times)


def _large() -> Review:
    sections = tuple(
        Section(key=f"s{at}", title=f"Chapter {at}", blocks=_blocks(at), marking=SHOWN) for at in range(12)
    )
    period = Period(label="Q3 2026", first=date(2026, 7, 1), last=date(2026, 9, 30))
    return Review(
        title="Business review",
        account="Example Ltd",
        period=period,
        made_at=datetime(2026, 10, 1, tzinfo=UTC),
        sections=sections,
    )


def _blocks(at: int) -> tuple[AnyBlock, ...]:
    source = Citation(label=f"Call {at}", at=date(2026, 8, 1), marking=SHOWN)
    text = "The team plans a day in forty minutes and wants the second site to begin before the season starts."
    values = tuple(Decimal(100 + month * at) for month in range(12))
    return (
        Chart(
            says=f"Usage grew in chapter {at}",
            form="line",
            categories=tuple(f"{month:02}" for month in range(1, 13)),
            series=(
                Series(name="Users", values=values, marking=SHOWN),
                Series(name="Seats", values=values, marking=SHOWN),
            ),
            marking=SHOWN,
        ),
        Points(
            says=f"What we heard in chapter {at}",
            points=tuple(Statement(text=f"{text} ({one})", citations=(source,), marking=SHOWN) for one in range(8)),
            marking=SHOWN,
        ),
        Promises(
            says=f"Promises of chapter {at}",
            promises=tuple(
                Promise(text=f"{text} ({one})", state="kept", owner="Maya", marking=SHOWN) for one in range(10)
            ),
            marking=SHOWN,
        ),
        Table(
            says=f"Rows of chapter {at}",
            columns=tuple(Column(title=f"Column {one}", marking=SHOWN) for one in range(5)),
            rows=tuple(
                Row(cells=tuple(Cell(text=f"{row} {one}", marking=SHOWN) for one in range(5)), marking=SHOWN)
                for row in range(12)
            ),
            marking=SHOWN,
        ),
    )


def _read_deck(content: bytes) -> list[list[Any]]:
    """What stands on each slide: texts, rows of tables, data of charts, notes."""
    slides: list[list[Any]] = []
    for slide in Presentation(io.BytesIO(content)).slides:
        held: list[Any] = [slide.notes_slide.notes_text_frame.text]
        for shape in slide.shapes:
            if shape.has_chart:
                plot = shape.chart.plots[0]
                held.append(
                    (
                        list(plot.categories),
                        [(one.name, list(one.values)) for one in plot.series],
                        shape.chart.chart_type,
                    )
                )
            elif shape.has_table:
                held.append([[cell.text for cell in row.cells] for row in shape.table.rows])
            elif shape.has_text_frame:
                held.append(shape.text_frame.text)
        slides.append(held)
    return slides


def _bare_deck(slides: list[list[Any]]) -> bytes:
    deck = Presentation()
    for notes, *held in slides:
        slide = deck.slides.add_slide(deck.slide_layouts[6])
        slide.notes_slide.notes_text_frame.text = notes
        for one in held:
            if isinstance(one, tuple):
                data = CategoryChartData()
                data.categories = one[0]
                for name, values in one[1]:
                    data.add_series(name, values)
                slide.shapes.add_chart(one[2], 0, 0, 5_000_000, 3_000_000, data)
            elif isinstance(one, list):
                table = slide.shapes.add_table(len(one), len(one[0]), 0, 0, 5_000_000, 3_000_000).table
                for row, cells in enumerate(one):
                    for column, text in enumerate(cells):
                        table.cell(row, column).text = text
            else:
                slide.shapes.add_textbox(0, 0, 5_000_000, 500_000).text_frame.text = one
    return _saved(deck)


def _read_paper(content: bytes) -> tuple[list[str], list[list[list[str]]]]:
    paper = Document(io.BytesIO(content))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in paper.tables]
    return [paragraph.text for paragraph in paper.paragraphs], tables


def _bare_paper(held: tuple[list[str], list[list[list[str]]]]) -> bytes:
    """Without charts, which python-docx cannot write."""
    paper = Document()
    for text in held[0]:
        paper.add_paragraph(text)
    for rows in held[1]:
        table = paper.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    return _saved(paper)


def _saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
