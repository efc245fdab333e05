"""Text on a slide: boxes, paragraphs and runs in the colours of the theme."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from lxml import etree
from pptx.dml.color import ColorFormat
from pptx.enum.dml import MSO_LINE_DASH_STYLE, MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.text.text import TextFrame, _Paragraph
from pptx.util import Pt

from bot.documents.deck.box import Box
from bot.documents.grids import Tone
from bot.documents.text import Type, is_rtl

Ink = Literal["text", "muted", "accent"] | Tone

_TONES = {
    "accent": MSO_THEME_COLOR.ACCENT_1,
    "good": MSO_THEME_COLOR.ACCENT_1,
    "late": MSO_THEME_COLOR.ACCENT_5,
    "bad": MSO_THEME_COLOR.ACCENT_6,
}


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one kind within a paragraph. `raised` is for the numbers of sources."""

    text: str
    type: Type
    ink: Ink = "text"
    raised: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: its runs, the space after it, and whether it has a bullet."""

    runs: tuple[Run, ...]
    after: float = 0
    bullet: bool = False
    align: Literal["left", "right", "centre"] = "left"


def bullet_indent(letters: Type) -> float:
    return letters.size * 0.95


def paint(colour: ColorFormat, ink: Ink) -> None:
    if ink in _TONES:
        colour.theme_color = _TONES[ink]
        return
    colour.theme_color = MSO_THEME_COLOR.TEXT_1
    if ink in ("muted", "quiet"):
        colour.brightness = 0.35


def write_box(slide: Slide, box: Box, lines: Sequence[Line], *, name: str, anchor: MSO_ANCHOR = MSO_ANCHOR.TOP) -> None:
    """A text box without inner margins that wraps and neither grows nor shrinks: what is in it was measured."""
    shape = slide.shapes.add_textbox(*box.emu())
    shape.name = name
    frame = shape.text_frame
    frame.word_wrap = True
    frame.vertical_anchor = anchor
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    fill(frame, lines)


def fill(frame: TextFrame, lines: Iterable[Line]) -> None:
    for at, line in enumerate(lines):
        _set(frame.paragraphs[0] if at == 0 else frame.add_paragraph(), line)


def _set(paragraph: _Paragraph, line: Line) -> None:
    properties: Any = paragraph._p.get_or_add_pPr()
    rtl = is_rtl("".join(run.text for run in line.runs))
    if rtl:
        properties.set("rtl", "1")
    if line.align != "left" or rtl:
        paragraph.alignment = {"left": PP_ALIGN.RIGHT, "right": PP_ALIGN.RIGHT, "centre": PP_ALIGN.CENTER}[line.align]
    if line.after:
        paragraph.space_after = Pt(line.after)
    if line.bullet:
        _bullet(properties, bullet_indent(line.runs[0].type), rtl=rtl)
    for run in line.runs:
        written = paragraph.add_run()
        written.text = run.text
        written.font.size = Pt(run.type.size)
        if run.type.bold:
            written.font.bold = True
        if run.ink not in ("", "text"):  # what is not coloured has the theme's colour of text
            paint(written.font.color, run.ink)
        if run.raised:
            written.font._element.set("baseline", "30000")


def _bullet(properties: Any, indent: float, *, rtl: bool) -> None:
    properties.set("marR" if rtl else "marL", str(Pt(indent)))
    properties.set("indent", str(-Pt(indent)))
    colour = etree.SubElement(properties, qn("a:buClr"))
    etree.SubElement(colour, qn("a:schemeClr"), {"val": "accent1"})
    etree.SubElement(properties, qn("a:buFont"), {"typeface": "Arial"})
    etree.SubElement(properties, qn("a:buChar"), {"char": "•"})


def rule(slide: Slide, box: Box, ink: Ink, *, name: str) -> None:
    """A filled bar without a border."""
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *box.emu())
    shape.name = name
    shape._element.remove(shape._element.find(qn("p:style")))  # the theme's style would cast a shadow
    shape.fill.solid()
    if ink == "quiet":
        shape.fill.fore_color.theme_color = MSO_THEME_COLOR.BACKGROUND_2
        shape.fill.fore_color.brightness = -0.1
    else:
        paint(shape.fill.fore_color, ink)
    shape.line.fill.background()


def dashed(slide: Slide, box: Box, *, name: str) -> None:
    """An empty frame, as on a form."""
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *box.emu())
    shape.name = name
    shape._element.remove(shape._element.find(qn("p:style")))
    shape.fill.background()
    shape.line.width = Pt(1)
    shape.line.dash_style = MSO_LINE_DASH_STYLE.DASH
    shape.line.color.theme_color = MSO_THEME_COLOR.ACCENT_2
