"""Native charts in a paper: drawn as for slides, then carried over with their workbooks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from docx.document import Document as Paper
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from pptx import Presentation

from bot.documents.deck.box import Box
from bot.documents.deck.charts import add_native, describe, plot_of
from bot.documents.model import Chart

_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SPACES = " ".join(
    f'xmlns:{prefix}="http://schemas.openxmlformats.org/{path}"'
    for prefix, path in (
        ("w", "wordprocessingml/2006/main"),
        ("wp", "drawingml/2006/wordprocessingDrawing"),
        ("a", "drawingml/2006/main"),
        ("c", "drawingml/2006/chart"),
        ("r", "officeDocument/2006/relationships"),
    )
)


class Charts:
    """Puts charts into one paper, numbered as they come."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.count = 0
        deck = Presentation()
        self._slide: Any = deck.slides.add_slide(deck.slide_layouts[6])

    def add(self, paragraph: Paragraph, chart: Chart, made_at: datetime, width: float, height: float) -> None:
        """A chart as a picture of the line that the paragraph is; its numbers open in Word."""
        self.count += 1
        frame = add_native(self._slide, Box(0, 0, width, height), plot_of(chart), made_at, size=9)
        drawn = frame.chart.part
        package = self.paper.part.package
        sheet = Part(
            PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{self.count}.xlsx"),
            _SHEET_TYPE,
            drawn.chart_workbook.xlsx_part.blob,
            package,
        )
        part = Part(PackURI(f"/word/charts/chart{self.count}.xml"), _CHART_TYPE, drawn.blob, package)
        part.relate_to(sheet, RELATIONSHIP_TYPE.PACKAGE)  # the first relation of both parts: its id is the same
        place = self.paper.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
        inline = parse_xml(
            f'<w:drawing {_SPACES}><wp:inline distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{int(Pt(width))}" cy="{int(Pt(height))}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
            f'<wp:docPr id="{1000 + self.count}" name="Chart {self.count}"/><wp:cNvGraphicFramePr/><a:graphic>'
            '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
            f'<c:chart r:id="{place}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
        )
        inline.find(".//{*}docPr").set("descr", describe(chart))
        paragraph.add_run()._r.append(inline)
