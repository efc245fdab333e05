"""A copy becomes a paper: the review told in full, where the slides show it."""

from __future__ import annotations

import io
from collections.abc import Sequence

from docx.document import Document as Paper
from docx.enum.dml import MSO_THEME_COLOR
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph as Line

from bot.documents.brand import PLAIN, Brand
from bot.documents.copies import Copy
from bot.documents.grids import Grid, definitions_grid, missing_grid, plan_grid, promises_grid, table_grid
from bot.documents.model import (
    AnyBlock,
    Chart,
    Citation,
    Columns,
    Figures,
    Paragraph,
    Plan,
    Points,
    Promises,
    Quote,
    Quotes,
    Section,
    Statement,
    Table,
)
from bot.documents.package import settled
from bot.documents.paper.charts import Charts
from bot.documents.paper.look import Styles, colour, numbered_foot, paper_of
from bot.documents.paper.tables import add_table, set_direction
from bot.documents.text import clean
from bot.documents.words import TO_WRITE, Sources, day, heading, meant_for, prepared, taken_from, why_internal


def write_paper(copy: Copy, brand: Brand = PLAIN) -> bytes:
    """The paper as a .docx; the same copy and brand give the same bytes. Raises `BrandError`."""
    return _Writer(copy, brand).written()


class _Writer:
    def __init__(self, copy: Copy, brand: Brand) -> None:
        self.copy = copy
        self.brand = brand
        self.locale = copy.review.locale
        self.paper: Paper = paper_of(brand)
        self.styles = Styles(self.paper)
        self.sources = Sources(self.locale)
        self.charts = Charts(self.paper)
        section = self.paper.sections[0]
        self.room = float((section.page_width - section.left_margin - section.right_margin) / 12_700)

    def written(self) -> bytes:
        review = self.copy.review
        self._front()
        for section in review.sections:
            self._section(section)
        if review.missing:
            self._line("What we do not know", "Heading 1")
            add_table(self.paper, missing_grid(review.missing), self.room, self.brand)
        if review.definitions:
            self._line("How the figures are made", "Heading 1")
            add_table(self.paper, definitions_grid(review.definitions), self.room, self.brand)
        self._sources()
        properties = self.paper.core_properties
        properties.title = f"{clean(review.account)}: {heading(self.copy)}"[:250]
        properties.author = properties.last_modified_by = clean(review.prepared_by)[:250] or "Steward"
        properties.created = properties.modified = review.made_at.replace(tzinfo=None)
        properties.comments = properties.keywords = properties.subject = properties.category = ""
        properties.revision = 1
        out = io.BytesIO()
        self.paper.save(out)
        return settled(out.getvalue(), review.made_at)

    def _front(self) -> None:
        review = self.copy.review
        if self.brand.logo is not None:
            self.paper.add_picture(io.BytesIO(self.brand.logo), height=Pt(32))
            self.paper.inline_shapes[0]._inline.docPr.set(
                "descr", f"Logo of {clean(self.brand.footer) or 'the sender'}"
            )
        self._line(clean(review.account), "Title")
        self._line(heading(self.copy), "Subtitle", "Normal")
        period = f"{day(review.period.first, self.locale)} to {day(review.period.last, self.locale)}"
        self._line(f"{period}. {prepared(self.copy)}.")
        if meant_for(self.copy):
            self._warning(meant_for(self.copy))
        told = [clean(self.brand.footer), clean(review.account), heading(self.copy)]
        foot = "  ·  ".join(part for part in (["INTERNAL"] if self.copy.is_internal else []) + told if part)
        numbered_foot(self.paper, foot[:90])

    def _section(self, section: Section) -> None:
        self._line(clean(section.title), "Heading 1")
        if section.is_internal:
            self._warning(why_internal(section))
        if section.headline is not None and not section.headline.is_empty:
            self._said(section.headline, bold=True)
        for block in section.blocks:
            if block.says.strip():
                self._line(clean(block.says), "Heading 2")
            if block.is_internal and not section.is_internal:
                self._warning(why_internal(block))
            self._block(block, tagged=not (block.is_internal or section.is_internal))

    def _block(self, block: AnyBlock, *, tagged: bool) -> None:
        match block:
            case Paragraph():
                self._said(block.statement, tagged=tagged)
            case Points():
                self._points(block.points, clean(block.heading), tagged=tagged)
            case Columns():
                for column in block.columns:
                    self._points(column.points, clean(column.heading), tagged=tagged)
            case Figures():
                self._figures(block)
            case Chart():
                self._chart(block, tagged=tagged)
            case Quotes():
                for quote in block.quotes:
                    self._quote(quote)
            case Table():
                self._grid(table_grid(block, self.locale))
            case Promises():
                self._grid(promises_grid(block, self.sources, self.locale))
            case Plan():
                self._grid(plan_grid(block, self.locale))
            case _:
                self._warning(f"{TO_WRITE} {clean(block.prompt)}")

    def _figures(self, block: Figures) -> None:
        for figure in block.figures:
            line = self._line("")
            run = line.add_run(clean(figure.value))
            run.font.bold, run.font.size = True, Pt(15)
            colour(run, MSO_THEME_COLOR.ACCENT_1, self.brand)
            told = [clean(figure.change), taken_from(figure.source, figure.as_of, self.locale)]
            after = "; ".join(part for part in told if part)
            line.add_run(f"  {clean(figure.label)}{f' ({after})' if after else ''}")

    def _chart(self, block: Chart, *, tagged: bool) -> None:
        line = self._line("")
        line.paragraph_format.keep_with_next = True
        self.charts.add(line, block, self.copy.review.made_at, self.room, self.room * 0.5)
        unit = f" ({clean(block.unit)})" if clean(block.unit) else ""
        source = taken_from(block.source, block.as_of, self.locale)
        self._line(f"Figure {self.charts.count}{unit}. {source}".strip(), "Caption", "Normal")
        self._points(block.meaning, "", tagged=tagged)

    def _quote(self, quote: Quote) -> None:
        line = self._line(f"“{clean(quote.text)}”", "Quote", "Normal")
        line.paragraph_format.left_indent = Pt(14)
        line.paragraph_format.keep_with_next = True
        who = ", ".join(part for part in (clean(quote.who), day(quote.at, self.locale)) if part)
        line = self._line(who, "Caption", "Normal")
        line.paragraph_format.left_indent = Pt(14)
        self._mark(line, quote.citations)

    def _grid(self, grid: Grid) -> None:
        add_table(self.paper, grid, self.room, self.brand)
        if grid.source:
            self._line(grid.source, "Caption", "Normal")

    def _points(self, points: Sequence[Statement], title: str, *, tagged: bool) -> None:
        if title:
            self._line(title, "Heading 3", "Heading 2")
        for point in points:
            if not point.is_empty:
                self._said(point, "List Bullet", "List Paragraph", tagged=tagged)

    def _said(self, statement: Statement, *styles: str, bold: bool = False, tagged: bool = False) -> None:
        line = self._line(clean(statement.text), *styles)
        if bold:
            line.runs[0].font.bold = True
        self._mark(line, statement.citations)
        if tagged and statement.is_internal:
            self._in_amber(line, "   internal")

    def _warning(self, text: str) -> None:
        self._in_amber(self._line(""), text)

    def _in_amber(self, line: Line, text: str) -> None:
        run = line.add_run(text)
        run.font.bold = True
        colour(run, MSO_THEME_COLOR.ACCENT_5, self.brand)

    def _mark(self, line: Line, citations: Sequence[Citation]) -> None:
        if citations:
            line.add_run(f" {self.sources.cite(citations)}").font.superscript = True

    def _line(self, text: str, *styles: str) -> Line:
        line = self.paper.add_paragraph()
        self.styles.give(line, *styles)
        if text:
            line.add_run(text)
            set_direction(line, text)
        return line

    def _sources(self) -> None:
        if not self.sources.lines():
            return
        self._line("Sources", "Heading 1")
        for at, told, citation in self.sources.lines():
            line = self._line(f"{at}  {told}")
            line.paragraph_format.space_after = Pt(2)
            if citation.url and citation.url.startswith(("https://", "http://")):
                self._link(line, citation.url)

    def _link(self, line: Line, url: str) -> None:
        line.add_run("  ")
        link = OxmlElement("w:hyperlink")
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
        link.set(qn("r:id"), self.paper.part.relate_to(url, kind, is_external=True))
        run = line.add_run("open")
        colour(run, MSO_THEME_COLOR.ACCENT_1, self.brand)
        link.append(run._r)
        line._p.append(link)
