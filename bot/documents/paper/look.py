"""The paper that is written on: python-docx's stock document in our design, or a company's template emptied."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from docx import Document
from docx.document import Document as Paper
from docx.enum.dml import MSO_THEME_COLOR
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.exceptions import PythonDocxError
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from bot.documents.brand import Brand, BrandError
from bot.documents.theme import COMPANIONS, INK, themed

A4 = (595.3, 841.9)
MARGIN = 68.0
_NEEDED = ("Title", "Heading 1", "Heading 2")


def paper_of(brand: Brand) -> Paper:
    """An empty document; raises `BrandError` when the template cannot be used."""
    return _plain(brand) if brand.paper_template is None else _emptied(brand.paper_template)


def style_of(paper: Paper, *names: str) -> ParagraphStyle | None:
    """The first of these styles that the document has."""
    held = {style.name: style for style in paper.styles}
    return next((held[name] for name in names if name in held), None)


class Styles:
    """Styles of a document by name, looked up once: python-docx reads all of them each time."""

    def __init__(self, paper: Paper) -> None:
        self._ids = {style.name: style.style_id for style in paper.styles}

    def give(self, paragraph: Paragraph, *names: str) -> None:
        """The first of these styles that the document has; none leaves the paragraph plain."""
        found = next((self._ids[name] for name in names if name in self._ids), None)
        if found is not None:
            paragraph._p.style = found


def _emptied(template: bytes) -> Paper:
    """A company's template without its text; its page, header, footer and styles stay."""
    try:
        paper = Document(io.BytesIO(template))
    except (PythonDocxError, OpcError, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise BrandError("paper.docx cannot be opened. Save it in Word as a document (.docx).") from error
    missing = [name for name in _NEEDED if style_of(paper, name) is None]
    if missing:
        raise BrandError(f"paper.docx has no style {missing[0]}. Save it from Word with its built-in styles.")
    body = paper.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    return paper


def _plain(brand: Brand) -> Paper:
    paper = Document()
    package = paper.part.package
    for holder, kinds in ((package, ("thumbnail",)), (paper.part, ("customXml", "stylesWithEffects"))):
        for key in [key for key, rel in holder.rels.items() if rel.reltype.endswith(kinds)]:
            del holder.rels[key]
    theme = paper.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = themed(theme.blob, brand)  # parts that python-docx does not parse have no setter
    section = paper.sections[0]
    section.page_width, section.page_height = Pt(A4[0]), Pt(A4[1])
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Pt(MARGIN)
    _styles(paper, brand)
    return paper


def _styles(paper: Paper, brand: Brand) -> None:
    """Sizes, spaces and colours; fonts come from the theme."""
    accent, ink = (MSO_THEME_COLOR.ACCENT_1, brand.accent), (MSO_THEME_COLOR.TEXT_1, INK)
    told = {
        "Normal": (10.5, False, ink, 0, 6),
        "Title": (28, True, ink, 0, 4),
        "Subtitle": (13, False, ink, 0, 2),
        "Heading 1": (18, True, accent, 26, 6),
        "Heading 2": (13, True, ink, 14, 4),
        "Heading 3": (11, True, accent, 10, 3),
        "Caption": (8.5, False, ink, 2, 10),
        "List Bullet": (10.5, False, ink, 0, 4),
        "Quote": (12, False, ink, 4, 0),
    }
    for name, (size, bold, colour, before, after) in told.items():
        style: Any = style_of(paper, name)
        style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
        theme, plain = colour
        style.font.color.rgb = RGBColor.from_string(plain)  # for programs that do not look into the theme
        style.font.color.theme_color = theme
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.line_spacing = 1.0 if size > 11 else 1.15
        style.paragraph_format.keep_with_next = name.startswith("Heading")
        for spaced in style.element.get_or_add_rPr().findall(qn("w:spacing")):
            style.element.rPr.remove(spaced)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in list(fonts.attrib):
            del fonts.attrib[key]
        kind = "major" if name == "Title" or name.startswith("Heading") else "minor"
        for at, of in (
            ("asciiTheme", "HAnsi"),
            ("hAnsiTheme", "HAnsi"),
            ("eastAsiaTheme", "EastAsia"),
            ("cstheme", "Bidi"),
        ):
            fonts.set(qn(f"w:{at}"), f"{kind}{of}")
    title: Any = style_of(paper, "Title")
    border = title.element.pPr.find(qn("w:pBdr"))
    if border is not None:
        title.element.pPr.remove(border)


_FALLBACK = {MSO_THEME_COLOR.ACCENT_5: COMPANIONS[3], MSO_THEME_COLOR.ACCENT_6: COMPANIONS[4]}


def colour(run: Any, theme: Any, brand: Brand) -> None:
    """A colour of the theme, written out as well for programs that do not look there."""
    run.font.color.rgb = RGBColor.from_string(_FALLBACK.get(theme, brand.accent))
    run.font.color.theme_color = theme


def numbered_foot(paper: Paper, text: str) -> None:
    """What stands at the foot of each page, and the number of the page; a template keeps its own."""
    section = paper.sections[0]
    if section.footer.paragraphs and section.footer.paragraphs[0].text.strip():
        return
    paragraph = section.footer.paragraphs[0] if section.footer.paragraphs else section.footer.add_paragraph()
    stops = paragraph.style.paragraph_format.tab_stops
    stops.clear_all()
    stops.add_tab_stop(section.page_width - section.left_margin - section.right_margin, WD_TAB_ALIGNMENT.RIGHT)
    run = paragraph.add_run(f"{text}\t")
    run.font.size = Pt(8)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    number = paragraph.add_run("1")
    number.font.size = Pt(8)
    field.append(number._r)
    paragraph._p.append(field)
