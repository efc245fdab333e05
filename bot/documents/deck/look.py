"""The default design: python-pptx's empty presentation, made 16:9, with our type, colours and two layouts."""

from __future__ import annotations

from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.slide import SlideLayout, SlideMaster
from pptx.util import Pt

from bot.documents.brand import Brand
from bot.documents.theme import themed

WIDTH, HEIGHT, MARGIN = 960.0, 540.0, 54.0
_TITLE_TYPE = (
    '<a:lvl1pPr xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" algn="l" defTabSz="914400" rtl="0" '
    'eaLnBrk="1" latinLnBrk="0" hangingPunct="1"><a:lnSpc><a:spcPct val="95000"/></a:lnSpc><a:spcBef>'
    '<a:spcPct val="0"/></a:spcBef><a:buNone/><a:defRPr sz="2600" b="1" kern="1200"><a:solidFill>'
    '<a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="+mj-lt"/><a:ea typeface="+mj-ea"/>'
    '<a:cs typeface="+mj-cs"/></a:defRPr></a:lvl1pPr>'
)
_DARK = (
    '<p:bg xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><p:bgPr><a:solidFill><a:schemeClr val="bg1"/>'
    "</a:solidFill><a:effectLst/></p:bgPr></p:bg>"
)
_NIGHT_MAP = (
    '<p:clrMapOvr xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:overrideClrMapping bg1="dk2" tx1="lt1" '
    'bg2="dk1" tx2="lt2" accent1="accent1" accent2="accent2" accent3="accent3" accent4="accent4" accent5="accent5" '
    'accent6="accent6" hlink="hlink" folHlink="folHlink"/></p:clrMapOvr>'
)


def plain_deck(brand: Brand) -> Deck:
    """An empty presentation in our design, with the brand's accent and font in its theme."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Pt(WIDTH), Pt(HEIGHT)
    drop_leftovers(deck)
    master = deck.slide_master
    for layout in list(deck.slide_layouts):
        if layout.name not in ("Title Slide", "Title Only"):
            deck.slide_layouts.remove(layout)
    _theme(master, brand)
    _master(master)
    _cover(deck.slide_layouts[0])
    return deck


def drop_leftovers(deck: Deck) -> None:
    """A thumbnail of a slide that is not there any more, and the settings of somebody's printer."""
    package = deck.part.package
    for holder in (package, deck.part):
        rels: Any = holder._rels
        for key, rel in list(rels.items()):
            if rel.reltype in (RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.PRINTER_SETTINGS):
                rels.pop(key)


def _theme(master: SlideMaster, brand: Brand) -> None:
    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    part._blob = themed(part.blob, brand)  # parts that python-pptx does not parse have no setter


def _master(master: SlideMaster) -> None:
    inner = WIDTH - 2 * MARGIN
    places = {
        "TITLE": (MARGIN, 52.0, inner, 64.0),
        "BODY": (MARGIN, 136.0, inner, 340.0),
        "DATE": (MARGIN + inner * 0.6, 504.0, inner * 0.2, 18.0),
        "FOOTER": (MARGIN, 504.0, inner * 0.6, 18.0),
        "SLIDE_NUMBER": (MARGIN + inner * 0.8, 504.0, inner * 0.2, 18.0),
    }
    for shape in master.placeholders:
        place = places.get(shape.placeholder_format.type.name)
        if place is not None:
            shape.left, shape.top, shape.width, shape.height = (Pt(value) for value in place)
        body = shape.text_frame._txBody.bodyPr
        for side in ("lIns", "rIns", "tIns", "bIns"):
            body.set(side, "0")
        if shape.placeholder_format.type.name == "TITLE":
            body.set("anchor", "t")
        for level in shape._element.iter(qn("a:lvl1pPr")):
            level.set("algn", "r" if shape.placeholder_format.type.name == "SLIDE_NUMBER" else "l")
            for letters in level.iter(qn("a:defRPr")):
                letters.set("sz", "900")
        for autofit in list(body):
            body.remove(autofit)
    styles = master._element.find(qn("p:txStyles"))
    title = styles.find(qn("p:titleStyle"))
    title.replace(title.find(qn("a:lvl1pPr")), etree.fromstring(_TITLE_TYPE))


def _cover(layout: SlideLayout) -> None:
    """The first slide: light letters on a dark ground."""
    for shape in list(layout.placeholders):
        kind = shape.placeholder_format.type.name
        if kind in ("DATE", "FOOTER", "SLIDE_NUMBER"):
            shape._element.getparent().remove(shape._element)
            continue
        top, height, size = (168.0, 100.0, "4000") if kind == "CENTER_TITLE" else (286.0, 100.0, "2000")
        shape.left, shape.top, shape.width, shape.height = Pt(MARGIN + 24), Pt(top), Pt(WIDTH - 3 * MARGIN), Pt(height)
        for side in ("lIns", "rIns", "tIns", "bIns"):
            shape.text_frame._txBody.bodyPr.set(side, "0")
        shape.text_frame._txBody.bodyPr.set("anchor", "b" if kind == "CENTER_TITLE" else "t")
        style = shape.text_frame._txBody.find(qn("a:lstStyle"))
        for level in list(style):
            style.remove(level)
        level = etree.SubElement(style, qn("a:lvl1pPr"), {"marL": "0", "indent": "0", "algn": "l"})
        etree.SubElement(level, qn("a:buNone"))
        etree.SubElement(level, qn("a:defRPr"), {"sz": size, "b": "1" if kind == "CENTER_TITLE" else "0"})
    element = layout._element
    element.cSld.insert(0, etree.fromstring(_DARK))
    override = element.find(qn("p:clrMapOvr"))
    element.replace(override, etree.fromstring(_NIGHT_MAP))
