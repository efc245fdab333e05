"""An opened presentation: which layouts it offers, where there is room on them, and new slides with their frame."""

from __future__ import annotations

import copy as copying
import io
import zipfile
from dataclasses import dataclass, field, replace
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PythonPptxError
from pptx.presentation import Presentation as Deck
from pptx.shapes.base import BaseShape
from pptx.slide import Slide, SlideLayout
from pptx.text.text import TextFrame
from pptx.util import Emu, Pt

from bot.documents.brand import Brand, BrandError
from bot.documents.copies import Copy
from bot.documents.deck.box import Box
from bot.documents.deck.letters import Line, Run, fill, write_box
from bot.documents.deck.look import drop_leftovers, plain_deck
from bot.documents.deck.tiles import add_row
from bot.documents.model import Figure
from bot.documents.text import Type, clean, is_rtl
from bot.documents.words import Sources

_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
_ROW = 104.0
"""Height of a row of figures above the content."""
_FRAME = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)


@dataclass(slots=True)
class Page:
    """A slide under construction: where its content goes, what it cites, what its notes will say."""

    slide: Slide
    body: Box
    sources: Sources
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over the content: the chapter, the message of the slide, and a few figures that belong to it.

    `notes` open the speaker notes.
    """

    chapter: str
    message: str
    is_internal: bool = False
    notes: tuple[str, ...] = ()

    above: tuple[Figure, ...] = ()
    part: str = ""

    def continued(self, number: int, count: int) -> Heading:
        return self if count == 1 else replace(self, part=f" ({number}/{count})")


class Stage:
    """The presentation that slides are added to."""

    def __init__(self, copy: Copy, brand: Brand) -> None:
        self.copy = copy
        self.brand = brand
        self.locale = copy.review.locale
        self.deck = plain_deck(brand) if brand.deck_template is None else _opened(brand.deck_template)
        self.cover_layout, self.layout, self.title = _layouts(self.deck)
        self.scale = min(self.width / 960, self.height / 540)
        self.is_plain = brand.deck_template is None
        self.bottom = self._bottom()
        self.pages: list[Page] = []

    @property
    def width(self) -> float:
        return float(Emu(self.deck.slide_width or 0).pt)

    @property
    def height(self) -> float:
        return float(Emu(self.deck.slide_height or 0).pt)

    def room(self, heading: Heading) -> Box:
        """Where the content of a slide goes: below its title, above what the layout keeps at its foot."""
        letters, message = self._title(heading)
        # In a template the title may stand anywhere in its place, so all of that is left to it.
        tall = letters.height(message, self.title.width) if self.is_plain else self.title.height
        top = self.title.y + tall + (24 if self.is_plain else 12) * self.scale
        room = Box(self.title.x, top, self.title.width, self.bottom - top)
        return room.inset(top=(_ROW + 8) * self.scale) if heading.above else room

    def _bottom(self) -> float:
        """Above the date, foot and page number of the layout, where it has them at its foot."""
        places = [place_of(shape) for shape in self.layout.placeholders if shape.placeholder_format.type in _FRAME]
        feet = [box.y for box in places if box.y > self.height * 0.75]
        return min([*feet, self.height - 24 * self.scale]) - 8 * self.scale

    def _title(self, heading: Heading) -> tuple[Type, str]:
        """The message as it stands in the title: in smaller letters when it is long, cut when it is longer still."""
        message = clean(heading.message)
        for size in (26.0, 22.0, 20.0):
            letters = self.letters(size, bold=True)
            if len(letters.wrapped(message + heading.part, self.title.width)) <= self._title_lines(letters):
                return letters, message + heading.part
        width = self.title.width - 2 * letters.width(heading.part)
        return letters, letters.cut_to(message, width, self._title_lines(letters)) + heading.part

    def _title_lines(self, letters: Type) -> int:
        """How many lines of these letters stand in the place of the title, two at most."""
        return min(max(int((self.title.height + 2) / letters.line), 1), 2)

    def letters(self, size: float, *, bold: bool = False) -> Type:
        return Type(round(size * self.scale * 2) / 2, bold, self.brand.stretch)

    def page(self, heading: Heading) -> Page:
        """A new slide with its title, chapter, foot and page number."""
        slide = self.deck.slides.add_slide(self.layout)
        notes = list(heading.notes)
        letters, message = self._title(heading)
        if message != clean(heading.message) + heading.part:
            notes.insert(0, f"Title in full: {heading.message}")
        title = title_of(slide)
        title.text = message
        if not self.is_plain or letters.size != self.letters(26).size:
            title.paragraphs[0].runs[0].font.size = Pt(letters.size)
        page = Page(slide, self.room(heading), Sources(self.locale), notes)
        self._chapter(slide, heading)
        if is_rtl(message):
            title.paragraphs[0]._p.get_or_add_pPr().set("rtl", "1")
        for shape in self.layout.placeholders:
            if shape.placeholder_format.type in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER):
                self._repeat(slide, shape)
        for shape in list(slide.placeholders):
            if shape.placeholder_format.type not in (*_TITLES, *_FRAME):
                shape._element.getparent().remove(shape._element)  # an empty one would ask for text
        if heading.above:
            row = Box(page.body.x, page.body.y - (_ROW + 8) * self.scale, page.body.width, _ROW * self.scale)
            add_row(self, page, row, heading.above, largest=28)
        self.pages.append(page)
        return page

    def _chapter(self, slide: Slide, heading: Heading) -> None:
        """The chapter in small letters above the title, where the layout has room for it."""
        letters = self.letters(12, bold=True)
        box = Box(self.title.x, self.title.y - letters.line - 4 * self.scale, self.title.width, letters.line)
        told = [clean(heading.chapter)] if clean(heading.chapter) != clean(heading.message) else []
        if box.y < 8 * self.scale or not (told or heading.is_internal):
            return
        runs = [Run(letters.cut_to(part, box.width * 0.8, 1), letters, "accent") for part in told]
        if heading.is_internal:
            runs.append(Run("   internal" if told else "internal", letters, "late"))
        write_box(slide, box, [Line(tuple(runs))], name="Chapter")

    def _repeat(self, slide: Slide, shape: BaseShape) -> None:
        """Footers and page numbers show only on slides that have their own copy of the layout's."""
        element: Any = copying.deepcopy(shape._element)
        slide.shapes._spTree.append(element)
        if shape.placeholder_format.type is PP_PLACEHOLDER.FOOTER:
            footer = slide.placeholders[shape.placeholder_format.idx]
            told = self._foot(place_of(shape).width)
            fill(footer.text_frame, [Line((Run(told, self.letters(9), "muted"),))])

    def _foot(self, width: float) -> str:
        review = self.copy.review
        told = [clean(self.brand.footer), clean(review.account), clean(f"{review.title} {review.period.label}")]
        if self.copy.is_internal:
            told.insert(0, "INTERNAL")
        letters = self.letters(9)
        return letters.cut_to("  ·  ".join(part for part in dict.fromkeys(told) if part), width, 1)

    def saved(self) -> bytes:
        for page in self.pages:
            sources = [
                f"[{at}] {line}" + (f" {cite.url}" if cite.url else "") for at, line, cite in page.sources.lines()
            ]
            told = [clean(line) for line in [*page.notes, *(["Sources"] if sources else []), *sources]]
            frame = page.slide.notes_slide.notes_text_frame
            if frame is not None:
                frame.text = "\n".join(told)
        out = io.BytesIO()
        self.deck.save(out)
        return out.getvalue()


def _opened(template: bytes) -> Deck:
    """A company's template without its example slides."""
    try:
        deck = Presentation(io.BytesIO(template))
    except (PythonPptxError, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise BrandError("deck.pptx cannot be opened. Save it in PowerPoint as a presentation (.pptx).") from error
    drop_leftovers(deck)
    slides: Any = deck.slides._sldIdLst
    for slide in list(slides):
        deck.part.drop_rel(slide.rId)
        slides.remove(slide)
    return deck


def _layouts(deck: Deck) -> tuple[SlideLayout, SlideLayout, Box]:
    """The layout of the cover, that of all other slides and where its title stands; only one with a title will do."""
    titled = [(layout, place_of(title)) for layout in deck.slide_layouts if (title := _title_of(layout)) is not None]
    if not titled:
        raise BrandError("deck.pptx has no layout with a title. Add one in the slide master and save it again.")
    covers = [one for one in titled if one[0]._element.get("type") in ("title", "ctrTitle")]
    plain = [one for one in titled if one[0]._element.get("type") == "titleOnly"]
    fewest = sorted((one for one in titled if one not in covers), key=lambda one: len(list(one[0].placeholders)))
    layout, box = (plain or fewest or titled)[0]
    if box.width < Emu(deck.slide_width or 0).pt * 0.4 or box.bottom > Emu(deck.slide_height or 0).pt * 0.5:
        raise BrandError(
            f"deck.pptx: the title of its layout {layout.name!r} leaves no room for content. "
            "Add a layout named Title Only with the title at the top."
        )
    return covers[0][0] if covers else layout, layout, box


def _title_of(layout: SlideLayout) -> BaseShape | None:
    return next((shape for shape in layout.placeholders if shape.placeholder_format.type in _TITLES), None)


_INSETS = (("lIns", 91_440), ("tIns", 45_720), ("rIns", 91_440), ("bIns", 45_720))


def place_of(shape: BaseShape) -> Box:
    """Where a placeholder of a layout stands, its inner margins (or those of the master) taken off."""
    bodies = []
    holder: Any = shape
    while holder is not None:
        bodies.append(holder._element.txBody.bodyPr)
        holder = getattr(holder, "_base_placeholder", None)
    insets = [
        Emu(next((int(body.get(side)) for body in bodies if body.get(side) is not None), default)).pt
        for side, default in _INSETS
    ]
    left, top, width, height = (Emu(value or 0).pt for value in (shape.left, shape.top, shape.width, shape.height))
    return Box(left, top, width, height).inset(*insets)


def title_of(slide: Slide) -> TextFrame:
    title = slide.shapes.title
    if title is None:  # layouts without a title are never chosen
        raise BrandError("deck.pptx has a layout whose title cannot be filled in. Add a layout named Title Only.")
    return title.text_frame
