"""The last look at a customer's file: whatever is put into it by hand, wherever, however spelt, is found."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pptx import Presentation
from pptx.util import Pt

from bot.documents.copies import for_audience, parts_of
from bot.documents.files import write_files
from bot.documents.lint import Finding, InternalFoundError, Secret, Watch, lint, lint_text, watch_for
from bot.documents.model import Readers, Review
from tests.documents.reviews import adoption, overloaded, review, said, small, typical
from tests.documents.test_copies import PLANTED, with_secret

NOTE = "Jens told Maya in confidence that he leaves in January and wants nobody to know."
SECRETS = (
    Secret.text("internal note", NOTE),
    Secret.name("person of the team", "Karin Holmström"),
    Secret.number("ARR", Decimal("138400.00")),
    Secret.number("health score", 43, ("health", "score")),
    Secret.tag("expansion tag", "upsell candidate"),
)
REVIEW = typical()
COPY = for_audience(REVIEW, Readers.EXEC)
WATCH = watch_for(REVIEW, COPY, SECRETS)
FILES = {file.name.rpartition(".")[2]: file for file in write_files(REVIEW, Readers.EXEC, secrets=SECRETS)}
DECK = FILES["pptx"].content


def looked(content: bytes, name: str = "review.pptx", watch: Watch = WATCH) -> tuple[Finding, ...]:
    return lint(name, content, watch)


def with_entry(package: bytes, name: str, change: Callable[[bytes], bytes], comment: bytes = b"") -> bytes:
    """The package with one entry changed or added, its neighbours untouched."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry, change(old.read(entry)) if entry.filename == name else old.read(entry))
        if name not in old.namelist():
            new.writestr(zipfile.ZipInfo(name), change(b""))
        new.comment = comment
    return out.getvalue()


def edited(change: Callable[[Presentation], None]) -> bytes:
    """The deck opened, changed by hand and saved."""
    deck = Presentation(io.BytesIO(DECK))
    change(deck)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def box(deck: Presentation, *runs: str) -> None:
    frame = deck.slides[1].shapes.add_textbox(0, 0, Pt(100), Pt(20)).text_frame
    for run in runs:
        frame.paragraphs[0].add_run().text = run


def test_what_was_written_may_go_out() -> None:
    assert [(name, lint(file.name, file.content, WATCH)) for name, file in FILES.items()] == [
        (name, ()) for name in FILES
    ]


def test_large_and_small_ones_may_go_out_too() -> None:
    for of in (small(), overloaded(1)):
        assert write_files(of, Readers.CHAMPION, secrets=SECRETS)


SPELLINGS = {
    "KARIN HOLMSTRÖM": "person of the team",
    "Karin Holmstro\u0308m": "person of the team",
    "Ka\u200brin Holm\u00adström": "person of the team",
    "Ｋａｒｉｎ　Ｈｏｌｍｓｔｒｏｍ": "person of the team",
    "Kаrin Hоlmstrom": "person of the team",
    "Holmström, Karin": "person of the team",
    "Ms Holmström": "person of the team",
    "karin.holmstrom@example.com": "person of the team",
    "138,400": "ARR",
    "138.400 €": "ARR",
    "138 400": "ARR",
    "138\u202f400,00": "ARR",
    "138'400": "ARR",
    "138400": "ARR",
    "138.4k": "ARR",
    "€138k": "ARR",
    "0.14m": "ARR",
    "0,138 Mio": "ARR",
    "1,38,400": "ARR",
    "١٣٨٤٠٠": "ARR",
    "In 2026 138 400 were paid": "ARR",
    "their health is 43": "health score",
    "43 (score)": "health score",
    "Up-sell\ncandidate": "expansion tag",
    "an upsell   CANDIDATE": "expansion tag",
    "upsell\ncandidate": "expansion tag",
    "that he leaves in January": "internal note",
    "he leaves in Janu-\nary, and wants nobody": "internal note",
    "and wants nobody to know": "internal note",
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_is_found(spelling: str) -> None:
    wanted = SPELLINGS[spelling]
    assert {finding.what for finding in lint_text("here", f"Some words {spelling} and others", WATCH)} == {wanted}


@pytest.mark.parametrize(
    "harmless",
    [
        "43 tickets were solved",
        "138 people",
        "1,384 tickets",
        "the candidate for an upsell",
        "Karina Holm",
        "2026",
        "Jens",
    ],
)
def test_what_only_resembles_is_not_found(harmless: str) -> None:
    assert lint_text("here", f"We saw {harmless} there", WATCH) == ()


def notes(deck: Presentation) -> None:
    deck.slides[2].notes_slide.notes_text_frame.text = f"Remember: {NOTE}"


def cell(deck: Presentation) -> None:
    table = next(shape for slide in deck.slides for shape in slide.shapes if shape.has_table).table
    table.cell(1, 1).text = "138.400"


def alt(deck: Presentation) -> None:
    frame = next(shape for slide in deck.slides for shape in slide.shapes if shape.has_chart)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", "ARR of 138,400 by month")


def chart_title(deck: Presentation) -> None:
    chart = next(shape for slide in deck.slides for shape in slide.shapes if shape.has_chart).chart
    chart.chart_title.text_frame.text = "Health 43"


def layout(deck: Presentation) -> None:
    deck.slide_layouts[1].placeholders[0].text_frame.text = "Karin Holmström"


def master(deck: Presentation) -> None:
    deck.slide_master.shapes[0].name = "Karin Holmström"


def properties(deck: Presentation) -> None:
    deck.core_properties.keywords = "upsell candidate"


def link(deck: Presentation) -> None:
    box(deck, "more")
    run = deck.slides[1].shapes[-1].text_frame.paragraphs[0].runs[0]
    run.hyperlink.address = "https://example.com/?who=Karin%20Holmstr%C3%B6m"


def hidden(deck: Presentation) -> None:
    deck.slides[3]._element.set("show", "0")


def picture(deck: Presentation) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (4, 4)).save(drawn, "PNG")
    drawn.seek(0)
    deck.slides[1].shapes.add_picture(drawn, 0, 0)


BY_HAND = [notes, cell, alt, chart_title, layout, master, properties, link, hidden, picture]


@pytest.mark.parametrize("change", BY_HAND, ids=lambda change: change.__name__)
def test_what_is_put_into_a_deck_by_hand_is_found(change: Callable[[Presentation], None]) -> None:
    assert looked(edited(change))


@pytest.mark.parametrize("runs", [("138", ",4", "00"), ("Karin Holm", "ström"), ("up", "sell candi", "date")])
def test_runs_do_not_hide_anything(runs: tuple[str, ...]) -> None:
    assert looked(edited(lambda deck: box(deck, *runs)))


def entry(ending: str) -> str:
    with zipfile.ZipFile(io.BytesIO(DECK)) as package:
        return next(name for name in package.namelist() if name.endswith(ending))


def in_workbook(content: bytes) -> bytes:
    return with_entry(
        content, "xl/sharedStrings.xml", lambda old: old.replace(b"<t>Active users</t>", b"<t>upsell candidate</t>")
    )


def in_sheet(content: bytes) -> bytes:
    return with_entry(content, "xl/worksheets/sheet1.xml", lambda old: old.replace(b"<v>362</v>", b"<v>138400</v>"))


PAPER = FILES["docx"].content
DOCX = {
    "a footnote": with_entry(
        PAPER, "word/footnotes.xml", lambda _: b"<w:footnotes xmlns:w='x'><w:t>upsell candidate</w:t></w:footnotes>"
    ),
    "hidden text": with_entry(
        PAPER, "word/document.xml", lambda old: old.replace(b"<w:r>", b"<w:r><w:rPr><w:vanish/></w:rPr>", 1)
    ),
    "a deletion": with_entry(
        PAPER, "word/document.xml", lambda old: old.replace(b"<w:r>", b'<w:del w:id="1"><w:r/></w:del><w:r>', 1)
    ),
    "a header": with_entry(PAPER, "word/header9.xml", lambda _: "<h>Karin Holmström</h>".encode()),
    "a comment": with_entry(PAPER, "word/comments.xml", lambda _: b"<c/>"),
    "a variable": with_entry(
        PAPER,
        "word/settings.xml",
        lambda old: old.replace(b"</w:settings>", b'<w:docVar w:name="a" w:val="upsell candidate"/></w:settings>'),
    ),
    "the workbook": with_entry(
        PAPER,
        "word/embeddings/Microsoft_Excel_Sheet1.xlsx",
        lambda old: with_entry(
            old, "xl/sharedStrings.xml", lambda text: text.replace(b"Hours saved", b"upsell candidate")
        ),
    ),
    "the properties": with_entry(PAPER, "docProps/custom.xml", lambda _: b"<p><v>138400</v></p>"),
}


@pytest.mark.parametrize("kind", DOCX)
def test_what_is_put_into_a_paper_is_found(kind: str) -> None:
    assert DOCX[kind] != PAPER
    assert lint("review.docx", PAPER, WATCH) == ()
    assert lint("review.docx", DOCX[kind], WATCH)


def test_what_is_put_into_markdown_is_found() -> None:
    text = FILES["md"].content
    assert lint("review.md", text + "\nKarin\\_Holmström".encode(), WATCH)
    assert lint("review.md", text + b"\xff", WATCH)


CUSTOM = b'<?xml version="1.0"?><a><b>Karin</b><b>Holmstr\xc3\xb6m</b></a>'
USAGE = next(
    name
    for name in zipfile.ZipFile(io.BytesIO(DECK)).namelist()
    if name.endswith(".xlsx")
    and b"Active users"
    in zipfile.ZipFile(io.BytesIO(zipfile.ZipFile(io.BytesIO(DECK)).read(name))).read("xl/sharedStrings.xml")
)
PACKAGES = {
    "workbook text": with_entry(DECK, USAGE, in_workbook),
    "workbook number": with_entry(DECK, USAGE, in_sheet),
    "chart cache": with_entry(
        DECK,
        entry("chart1.xml"),
        lambda old: old.replace(b"<c:v>84</c:v>", b"<c:v>138400.0</c:v>").replace(
            b"<c:v>84.0</c:v>", b"<c:v>138400.0</c:v>"
        ),
    ),
    "custom XML": with_entry(DECK, "customXml/item1.xml", lambda _: CUSTOM),
    "a comment": with_entry(DECK, "ppt/comments/comment1.xml", lambda _: b"<a>fine</a>"),
    "an XML comment": with_entry(DECK, "ppt/presProps.xml", lambda old: old + b"<!-- upsell candidate -->"),
    "a processing instruction": with_entry(DECK, "ppt/presProps.xml", lambda old: old + b"<?note upsell candidate?>"),
    "name of an entry": with_entry(DECK, "ppt/Karin Holmström.xml", lambda _: b"<a/>"),
    "comment of the zip": with_entry(DECK, "ppt/presProps.xml", lambda old: old, comment=b"138400"),
    "bytes behind": DECK + b"Karin",
    "bytes before": b"Karin" + DECK,
    "broken XML": with_entry(DECK, "ppt/presProps.xml", lambda old: old[:-9]),
    "an entity": with_entry(DECK, "ppt/presProps.xml", lambda _: b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
    "something else": with_entry(DECK, "ppt/embeddings/oleObject1.bin", lambda _: b"\x00\x01"),
    "macros": with_entry(DECK, "ppt/vbaProject.bin", lambda _: b"\x00"),
    "a thumbnail": with_entry(DECK, "docProps/thumbnail.jpeg", lambda _: b"\xff\xd8\xff"),
    "no zip": b"Karin",
}


@pytest.mark.parametrize("kind", PACKAGES)
def test_what_is_put_into_the_package_is_found(kind: str) -> None:
    assert PACKAGES[kind] != DECK
    assert looked(PACKAGES[kind])


def test_what_a_picture_says_in_its_metadata_counts() -> None:
    told, drawn = PngInfo(), io.BytesIO()
    told.add_text("Comment", "Karin Holmström")
    Image.new("RGB", (4, 4)).save(drawn, "PNG", pnginfo=told)
    known = frozenset({hashlib.sha256(drawn.getvalue()).hexdigest()})
    assert [finding.what for finding in lint("a.png", drawn.getvalue(), WATCH, known)] == ["person of the team"]
    assert "not made from the copy" in str(lint("a.png", drawn.getvalue(), WATCH)[0])


def test_the_name_of_the_file_counts() -> None:
    assert looked(DECK, "Karin Holmström.pptx")[0].place == "name of the file"


@settings(max_examples=5)
@given(st.integers(0, len(list(parts_of(REVIEW))) - 1), st.sampled_from([Readers.EXEC, Readers.CHAMPION]))
def test_a_secret_anywhere_in_the_review_is_in_no_file(index: int, readers: Readers) -> None:
    """By construction; the linter, told of it, agrees."""
    planted = with_secret(REVIEW, index)
    assert write_files(planted, readers, secrets=[Secret.tag("planted", PLANTED)])


def test_a_wrong_marking_is_found_when_the_value_is_known() -> None:
    wrong = review(adoption().model_copy(update={"says": "Health is 43, and Karin Holmström knows why"}))
    with pytest.raises(InternalFoundError, match=r"held back: .*(health score|person of the team)"):
        write_files(wrong, Readers.EXEC, secrets=SECRETS)


def test_internal_words_that_slip_into_a_client_safe_sentence_are_found() -> None:
    """The caller names nothing: what the review itself holds as internal is looked for."""
    blocks = [block for section in REVIEW.sections for block in section.blocks]
    risk = next(block for block in blocks if "Health" in block.says)
    leak = adoption().model_copy(
        update={"meaning": (said("We hear a competitor was at the Rotterdam depot in September, too"),)}
    )
    both = Review.model_validate({**dict(review(leak)), "sections": (*review(leak).sections, *review(risk).sections)})
    assert "left out of the copy" in leaks_of(both)


def leaks_of(of: Review) -> str:
    with pytest.raises(InternalFoundError) as caught:
        write_files(of, Readers.EXEC)
    return str(caught.value)


def test_a_short_internal_text_that_the_copy_says_anyway_refuses_nothing() -> None:
    """Notes are called "Usage" or "Quarterly business review"."""
    short = [
        Secret.text("internal note", text) for text in ("Usage and adoption", "Quarterly business review", "Service")
    ]
    assert write_files(REVIEW, Readers.EXEC, secrets=short)
    watch = watch_for(REVIEW, COPY, [Secret.text("internal note", "They hate it")])
    assert lint_text("here", "and they hate it.", watch)


def test_the_internal_brief_is_not_looked_at() -> None:
    assert write_files(REVIEW, Readers.INTERNAL, secrets=SECRETS)
