"""Looks: settings, a logo, and templates of companies, good and bad."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from PIL import Image
from pptx import Presentation
from pptx.util import Inches, Pt

from bot.documents.brand import Brand, BrandError, load_brand
from bot.documents.copies import for_audience
from bot.documents.deck import write_deck
from bot.documents.files import write_files
from bot.documents.model import Readers
from bot.documents.paper import write_paper
from bot.documents.specimen import specimen
from tests.documents.reviews import overloaded, typical

COPY = for_audience(typical(), Readers.EXEC)


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def deck_template() -> bytes:
    """Somebody's 4:3 template: other sizes and places, an example slide with notes, a picture on the master."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(10), Inches(7.5)
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "An example of ours"
    slide.notes_slide.notes_text_frame.text = "Notes of ours"
    deck.slide_layouts[5].placeholders[0].left = Inches(1)
    return saved(deck)


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "#0f6b8f").save(out, "PNG")
    return out.getvalue()


def test_settings_go_into_the_theme() -> None:
    for content in (
        write_deck(COPY, Brand(accent="#AA3300", font="Inter")),
        write_paper(COPY, Brand(accent="aa3300", font="Inter")),
    ):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            theme = next(package.read(name) for name in package.namelist() if name.endswith("theme/theme1.xml"))
        assert b'<a:accent1><a:srgbClr val="AA3300"/></a:accent1>' in theme
        assert b'typeface="Inter"' in theme


@pytest.mark.parametrize("of", [typical(), overloaded(2)], ids=["typical", "overloaded"])
def test_a_template_is_written_on_in_its_own_size_without_its_examples(of: Any) -> None:
    deck = Presentation(io.BytesIO(write_deck(for_audience(of, Readers.EXEC), Brand(deck_template=deck_template()))))
    assert (deck.slide_width, deck.slide_height) == (Inches(10), Inches(7.5))
    names = {slide.slide_layout.name for slide in deck.slides}
    assert names == {"Title Slide", "Title Only"}
    assert not any("example" in slide.shapes.title.text_frame.text for slide in deck.slides)
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0, shape.name
            assert shape.left + shape.width <= deck.slide_width, shape.name
            assert shape.top + shape.height <= deck.slide_height, (slide.shapes.title.text_frame.text, shape.name)


def test_the_title_of_a_template_is_set_to_fit_and_all_content_stands_below_it() -> None:
    """The template writes its titles in 44 points; a message of two lines would run out of their place."""
    deck = Presentation(io.BytesIO(write_deck(COPY, Brand(deck_template=deck_template()))))
    for slide in list(deck.slides)[1:]:
        title = slide.shapes.title
        assert title.text_frame.paragraphs[0].runs[0].font.size <= Pt(26)
        below = [shape for shape in slide.shapes if shape.name in ("Points", "Table", "Chart", "Quote", "Rule")]
        assert all(shape.top >= title.top + title.height for shape in below), title.text_frame.text


def test_a_template_and_a_logo_pass_the_last_look() -> None:
    brand = Brand(deck_template=deck_template(), logo=png(), footer="Example Ltd")
    assert write_files(typical(), Readers.EXEC, brand)


def test_nothing_is_left_of_the_examples() -> None:
    """Example slides are dropped with their notes: nothing of them is in the package."""
    content = write_deck(COPY, Brand(deck_template=deck_template()))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert not any(b"of ours" in package.read(name) for name in package.namelist())


def test_a_paper_template_keeps_its_page_header_and_styles() -> None:
    paper = Document()
    paper.add_paragraph("An example of ours")
    paper.sections[0].header.paragraphs[0].text = "Example Ltd"
    paper.styles["Heading 1"].font.size = Pt(31)
    written = Document(io.BytesIO(write_paper(COPY, Brand(paper_template=saved(paper)))))
    assert written.sections[0].header.paragraphs[0].text == "Example Ltd"
    assert written.styles["Heading 1"].font.size == Pt(31)
    assert "An example of ours" not in [paragraph.text for paragraph in written.paragraphs]


def without_titles() -> bytes:
    deck = Presentation()
    for layout in list(deck.slide_layouts)[:-1]:
        if layout.name != "Blank":
            deck.slide_layouts.remove(layout)
    for layout in deck.slide_layouts:
        for shape in list(layout.placeholders):
            shape._element.getparent().remove(shape._element)
    return saved(deck)


def with_a_huge_title() -> bytes:
    deck = Presentation()
    for layout in list(deck.slide_layouts):
        if layout.name != "Title Only":
            deck.slide_layouts.remove(layout)
    deck.slide_layouts[0].placeholders[0].height = Inches(6)
    return saved(deck)


@pytest.mark.parametrize(
    ("template", "sentence"),
    [
        (b"no zip", "deck.pptx cannot be opened. Save it in PowerPoint"),
        (saved(Document()), "deck.pptx cannot be opened"),
        (without_titles(), "deck.pptx has no layout with a title"),
        (with_a_huge_title(), "leaves no room for content"),
    ],
)
def test_a_deck_template_that_cannot_be_used_says_why(template: bytes, sentence: str) -> None:
    with pytest.raises(BrandError, match=sentence):
        write_deck(COPY, Brand(deck_template=template))


@pytest.mark.parametrize("template", [b"no zip", saved(Presentation())])
def test_a_paper_template_that_cannot_be_used_says_why(template: bytes) -> None:
    with pytest.raises(BrandError, match=r"paper\.docx cannot be opened. Save it in Word"):
        write_paper(COPY, Brand(paper_template=template))


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("brand.yml", b"accent: blue", "'blue' is not a colour such as"),
        ("brand.yml", b"accnt: '#123456'", "may say accent, font and footer"),
        ("brand.yml", b"accent: [", "cannot be read as YAML"),
        ("brand.yml", b"font: '<b>'", "is not the name of a font"),
        ("logo.png", b"no picture", "this is no picture"),
        ("other.txt", b"", "holds none of brand.yml"),
    ],
)
def test_a_folder_that_cannot_be_used_says_why(tmp_path: Path, name: str, content: bytes, sentence: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BrandError, match=sentence):
        load_brand(tmp_path)


def test_a_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / "brand.yml").write_text('accent: "#123abc"\nfooter: Example Ltd\n')
    (tmp_path / "logo.png").write_bytes(png())
    (tmp_path / "deck.pptx").write_bytes(deck_template())
    brand = load_brand(tmp_path)
    assert (brand.accent, brand.footer, brand.logo) == ("123ABC", "Example Ltd", png())
    assert [file.name for file in specimen(brand)] == [
        "example-ltd-2026.pptx",
        "example-ltd-2026.docx",
        "example-ltd-2026.md",
    ]


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(BrandError, match="is no folder"):
        load_brand(tmp_path / "none")
