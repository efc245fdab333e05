"""The paper: all of the review, native tables and charts, sources at the end, the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import openpyxl
import pytest
from docx import Document
from lxml import etree

from bot.documents.copies import for_audience
from bot.documents.model import Points, Readers, Review
from bot.documents.paper import write_paper
from tests.documents.reviews import MIXED, SHOWN, adoption, overloaded, promises, review, said, small, typical


def paper_of(of: Review, readers: Readers = Readers.EXEC) -> Any:
    return Document(io.BytesIO(write_paper(for_audience(of, readers))))


def text_of(paper: Any) -> str:
    told = [paragraph.text for paragraph in paper.paragraphs]
    return "\n".join(told + [cell.text for table in paper.tables for row in table.rows for cell in row.cells])


@pytest.mark.parametrize("of", [small(), typical(), overloaded(5)], ids=["small", "typical", "overloaded"])
def test_a_paper_opens_and_says_what_the_review_says(of: Review) -> None:
    text = text_of(paper_of(of, Readers.INTERNAL))
    for section in of.sections:
        assert section.is_empty or " ".join(section.title.split()) in text
        assert all(" ".join(block.says.split()) in text for block in section.blocks)


def test_chapters_are_headings_and_points_are_lists() -> None:
    styles = {paragraph.text: paragraph.style.name for paragraph in paper_of(typical()).paragraphs}
    assert styles["Executive summary"] == "Heading 1"
    assert styles["Wins"] == "Heading 3"
    assert styles["The Gdansk team has not had its training. 1"] == "List Bullet"


def test_sources_are_numbered_at_the_end_and_lead_there_only_for_the_team() -> None:
    inside, outside = paper_of(typical(), Readers.INTERNAL), paper_of(typical())
    assert "1  Call with Ana Ruiz, 3 Sept 2026 (Maya Lind)" in text_of(outside)
    targets = [rel.target_ref for rel in inside.part.rels.values() if rel.is_external]
    assert targets == ["https://crm.example.com/n/1"] * 1
    assert not any(rel.is_external for rel in outside.part.rels.values())


def test_charts_are_native_and_carry_their_workbook() -> None:
    with zipfile.ZipFile(io.BytesIO(write_paper(for_audience(review(adoption()), Readers.EXEC)))) as package:
        chart = etree.fromstring(package.read("word/charts/chart1.xml"))
        shown = [node.text for node in chart.iterfind(".//{*}ser[1]//{*}val//{*}v", None)][:9]
        assert [float(value or "nan") for value in shown] == [212, 224, 241, 260, 275, 291, 318, 336, 362]
        book = openpyxl.load_workbook(io.BytesIO(package.read("word/embeddings/Microsoft_Excel_Sheet1.xlsx")))
        assert book.worksheets[0]["B10"].value == 362
        reference = chart.find("{*}externalData")
        assert reference is not None
        relations = package.read("word/charts/_rels/chart1.xml.rels").decode()
        assert (
            f'Id="{reference.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id")}"'
            in relations
        )
        assert adoption().says in package.read("word/document.xml").decode()


def test_tables_repeat_their_titles_and_keep_rows_whole() -> None:
    table = paper_of(review(promises(40))).tables[0]
    assert len(table.rows) == 41
    assert table.rows[0]._tr.trPr.find("{*}tblHeader") is not None
    assert all(row._tr.trPr.find("{*}cantSplit") is not None for row in table.rows)


def test_arabic_begins_at_the_right() -> None:
    paper = paper_of(review(Points(points=tuple(said(text) for text in MIXED), marking=SHOWN)))
    promise = promises(1).promises[0].model_copy(update={"text": MIXED[1]})
    directed = [paragraph.text for paragraph in paper.paragraphs if paragraph._p.find("{*}pPr/{*}bidi") is not None]
    assert directed == [MIXED[1]]
    table = paper_of(review(promises(1).model_copy(update={"promises": (promise,)}))).tables[0]
    order = [child.tag.rpartition("}")[2] for child in table.cell(1, 0).paragraphs[0]._p.pPr]
    assert order == ["bidi", "spacing"]


def test_the_internal_brief_says_so() -> None:
    paper = paper_of(typical(), Readers.INTERNAL)
    assert "INTERNAL" in paper.sections[0].footer.paragraphs[0].text
    assert "Internal: for the team only" in text_of(paper)
    assert "internal" not in text_of(paper_of(typical())).casefold()


def test_the_same_review_is_the_same_bytes_and_nothing_is_left_of_the_stock_document() -> None:
    copy = for_audience(typical(), Readers.EXEC)
    written = write_paper(copy)
    assert written == write_paper(copy)
    with zipfile.ZipFile(io.BytesIO(written)) as package:
        assert not [name for name in package.namelist() if "thumbnail" in name or "customXml" in name]
        assert b"python-docx" not in package.read("docProps/core.xml")
