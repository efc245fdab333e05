"""The first slide: who, what, when, and by whom."""

from __future__ import annotations

import io

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.slide import Slide
from pptx.util import Pt

from bot.documents.deck.box import Box
from bot.documents.deck.letters import Line, Run, rule, write_box
from bot.documents.deck.stage import Stage, place_of, title_of
from bot.documents.text import clean, is_rtl
from bot.documents.words import day, heading, meant_for, prepared

_BELOW = (PP_PLACEHOLDER.SUBTITLE, PP_PLACEHOLDER.BODY)
_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)


def add_cover(stage: Stage) -> None:
    slide = stage.deck.slides.add_slide(stage.cover_layout)
    top, title = _name(stage, slide)
    told = _told(stage)
    large, small = stage.letters(20), stage.letters(13)
    lines = [Line((Run(text, small if at else large),), after=4) for at, text in enumerate(told)]
    subtitle = next((shape for shape in slide.placeholders if shape.placeholder_format.type in _BELOW), None)
    box = place_of(subtitle) if subtitle is not None else Box(title.x, title.bottom + 18, title.width, 0)
    tall = sum(run.type.height(run.text, box.width) + line.after for line in lines for run in line.runs)
    write_box(slide, Box(box.x, box.y, box.width, max(box.height, tall)), lines, name="Review")
    if stage.is_plain:
        rule(slide, Box(54, top, 5, box.y + tall - top), "accent", name="Rule")
    _logo(stage, slide, title.x)
    for shape in list(slide.placeholders):
        if shape.placeholder_format.type not in _TITLES:
            shape._element.getparent().remove(shape._element)
    notes = slide.notes_slide.notes_text_frame
    if notes is not None:
        notes.text = "\n".join(told)


def _name(stage: Stage, slide: Slide) -> tuple[float, Box]:
    """The account's name in the largest letters that take two lines; returns where they begin, and their place."""
    title = title_of(slide)
    box = place_of(slide.shapes.title)
    name = clean(stage.copy.review.account)
    for size in (40.0, 32.0, 26.0, 20.0):
        letters = stage.letters(size, bold=True)
        if len(letters.wrapped(name, box.width)) <= 2:
            break
    name = letters.cut_to(name, box.width, 3)
    title.text = name
    title.paragraphs[0].runs[0].font.size = Pt(letters.size)
    if is_rtl(name):
        title.paragraphs[0]._p.get_or_add_pPr().set("rtl", "1")
    return box.bottom - letters.height(name, box.width), box


def _told(stage: Stage) -> list[str]:
    period = stage.copy.review.period
    days = f"{day(period.first, stage.locale)} to {day(period.last, stage.locale)}"
    return [text for text in (heading(stage.copy), days, prepared(stage.copy), meant_for(stage.copy)) if text]


def _logo(stage: Stage, slide: Slide, left: float) -> None:
    if stage.brand.logo is None:
        return
    tall = Pt(36 * stage.scale)
    picture = slide.shapes.add_picture(io.BytesIO(stage.brand.logo), Pt(left), Pt(48 * stage.scale), height=tall)
    picture.name = "Logo"
    picture._element.nvPicPr.cNvPr.set("descr", f"Logo of {clean(stage.brand.footer) or 'the sender'}")
