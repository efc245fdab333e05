"""The slides: opened again, everything in its place, native, the same bytes each time."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

import openpyxl
import pytest
from pptx import Presentation
from pptx.presentation import Presentation as Deck
from pptx.shapes.base import BaseShape
from pptx.slide import Slide

from bot.documents.copies import for_audience
from bot.documents.deck import write_deck
from bot.documents.model import Chart, Points, Readers, Review, Section
from tests.documents.reviews import (
    MADE_AT,
    SHOWN,
    adoption,
    numbers,
    overloaded,
    promises,
    review,
    said,
    seats,
    small,
    tickets,
    typical,
    value,
    whole,
)


def deck_of(of: Review, readers: Readers = Readers.EXEC) -> Deck:
    return Presentation(io.BytesIO(write_deck(for_audience(of, readers))))


def shapes(deck: Deck) -> Iterator[tuple[Slide, BaseShape]]:
    for slide in deck.slides:
        for shape in slide.shapes:
            yield slide, shape


def text_of(slide: Slide) -> str:
    told = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    for shape in slide.shapes:
        if shape.has_table:
            told += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(told)


def title_of(slide: Slide) -> str:
    assert slide.shapes.title is not None
    return str(slide.shapes.title.text_frame.text)


@pytest.mark.parametrize("of", [small(), typical(), overloaded()], ids=["small", "typical", "overloaded"])
def test_nothing_leaves_its_slide(of: Review) -> None:
    deck = deck_of(of, Readers.INTERNAL)
    assert (deck.slide_width, deck.slide_height) == (12_192_000, 6_858_000)
    for slide, shape in shapes(deck):
        right, bottom = shape.left + shape.width, shape.top + shape.height
        assert min(shape.left, shape.top) >= 0, (title_of(slide), shape.name)
        assert right <= 12_192_000, (title_of(slide), shape.name)
        assert bottom <= 6_858_000, (title_of(slide), shape.name)


def test_one_message_each_and_it_is_the_title() -> None:
    titles = [title_of(slide) for slide in deck_of(typical()).slides]
    assert titles[0] == "Nordwind Logistics"
    assert "362 people work with the product every month, 46 more than in June" in titles
    assert len(set(titles)) == len(titles)
    assert not any("Strategy" in title or "Health" in title for title in titles)


def test_the_internal_brief_says_so_on_every_slide() -> None:
    for slide in deck_of(typical(), Readers.INTERNAL).slides:
        assert "internal" in text_of(slide).casefold(), title_of(slide)
    assert "internal" not in "\n".join(text_of(slide) for slide in deck_of(typical()).slides).casefold()


@pytest.mark.parametrize("chart", [adoption(), seats(), tickets(), value()], ids=lambda chart: chart.form)
def test_charts_are_native_and_carry_their_numbers(chart: Chart) -> None:
    deck = deck_of(review(chart))
    frame = next(shape for _, shape in shapes(deck) if shape.has_chart)
    drawn = frame.chart
    assert list(drawn.plots[0].categories) == list(chart.categories)
    book = openpyxl.load_workbook(io.BytesIO(drawn.part.chart_workbook.xlsx_part.blob))
    rows = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == list(chart.categories)
    if chart.form != "waterfall":
        shown = [[None if value is None else float(value) for value in series.values] for series in chart.series]
        assert [list(series.values) for series in drawn.plots[0].series] == shown
        assert [list(column) for column in zip(*[row[1:] for row in rows], strict=True)] == shown
    assert chart.says in frame._element.nvGraphicFramePr.cNvPr.get("descr")


def test_a_category_is_never_a_formula() -> None:
    chart = adoption().model_copy(update={"categories": ("=1+1", "@SUM(A1)", *adoption().categories[2:])})
    frame = next(shape for _, shape in shapes(deck_of(review(chart))) if shape.has_chart)
    book = openpyxl.load_workbook(io.BytesIO(frame.chart.part.chart_workbook.xlsx_part.blob))
    assert (book.worksheets[0]["A2"].data_type, book.worksheets[0]["A2"].value) == ("s", "=1+1")


def test_a_waterfall_floats_and_one_below_zero_stands() -> None:
    drawn = next(shape for _, shape in shapes(deck_of(review(value()))) if shape.has_chart).chart
    assert {series.name: list(series.values) for series in drawn.plots[0].series} == {
        "Base": [0, 84, 93, 0],
        "Up": [84, 31, None, None],
        "Down": [None, None, 22, None],
        "Total": [None, None, None, 93],
    }
    below = value().model_copy(
        update={
            "series": (value().series[0].model_copy(update={"values": tuple(map(Decimal, (-5, 3, -9, -11)))}),),
            "totals": frozenset(),
        }
    )
    drawn = next(shape for _, shape in shapes(deck_of(review(below))) if shape.has_chart).chart
    assert [list(series.values) for series in drawn.plots[0].series] == [[-5, 3, -9, -11]]


def test_forty_promises_are_all_there_and_each_slide_says_which_part_it_is() -> None:
    slides = list(deck_of(review(promises(40))).slides)[1:]
    assert [title_of(slide).rsplit(" ", 1)[1] for slide in slides] == [
        f"({at}/{len(slides)})" for at in range(1, len(slides) + 1)
    ]
    assert sum(text_of(slide).count("Maya Lind\n") for slide in slides) == 40


def test_sources_stand_on_the_slide_and_in_the_notes() -> None:
    slide = next(slide for slide in deck_of(typical(), Readers.INTERNAL).slides if "Adoption" in title_of(slide))
    assert "1 Call with Ana Ruiz, 3 Sept 2026 (Maya Lind)" in text_of(slide)
    notes = slide.notes_slide.notes_text_frame
    assert notes is not None
    assert "[1] Call with Ana Ruiz, 3 Sept 2026 (Maya Lind) https://crm.example.com/n/1" in notes.text


def test_what_is_cut_stands_in_the_notes_in_full() -> None:
    long = "A message that goes on and on " * 20
    slide = list(deck_of(review(promises(2).model_copy(update={"says": long}))).slides)[1]
    assert title_of(slide).endswith("…")
    notes = slide.notes_slide.notes_text_frame
    assert notes is not None
    assert long.strip() in notes.text


def test_figures_and_points_around_a_chart_make_one_slide() -> None:
    figures = numbers().model_copy(update={"says": ""})
    chart = adoption().model_copy(update={"meaning": ()})
    points = Points(points=(said("What follows from it."),), marking=SHOWN)
    slides = list(deck_of(review(figures, chart, points)).slides)[1:]
    assert [title_of(slide) for slide in slides] == [adoption().says]
    assert all(words in text_of(slides[0]) for words in ("Minutes to plan a day", "40", "What follows from it."))
    assert len(list(deck_of(review(numbers(), chart, points)).slides)) == 3  # figures with a message stand alone


def test_nothing_to_say_is_a_cover() -> None:
    deck = deck_of(whole((Section(key="empty", title="Empty", marking=SHOWN),)))
    assert [title_of(slide) for slide in deck.slides] == ["Nordwind Logistics"]


def test_the_same_review_is_the_same_bytes() -> None:
    copy = for_audience(typical(), Readers.EXEC)
    assert write_deck(copy) == write_deck(copy)
    made = deck_of(typical()).core_properties.created
    assert made == datetime(2026, 10, 2, 9, 30)  # noqa: DTZ001 # properties of files have no zone
    assert made == MADE_AT.replace(tzinfo=None)


def test_no_leftovers_of_the_stock_template() -> None:
    deck = deck_of(typical())
    names = {part.partname for part in deck.part.package.iter_parts()}
    assert not any("thumbnail" in name or "printerSettings" in name for name in names)
    assert [layout.name for layout in deck.slide_layouts] == ["Title Slide", "Title Only"]
