"""What a review says, before anybody decides who reads it.

Every part carries a `Marking`: internal or client-safe, and why. Nothing is client-safe by default. A review is cut for
its readers in `copies`; writers take only such a copy. Models are frozen and survive `model_dump_json`.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, Field, model_validator

from bot.documents.marking import UNSAID, Frozen, Marked, Marking, Readers, client_safe, internal

__all__ = ["UNSAID", "Frozen", "Marked", "Marking", "Readers", "client_safe", "internal"]


class Citation(Marked):
    """Where a sentence comes from: "Call with Ana Ruiz", its day, who wrote it down.

    `url` leads into tools of the team (Slack, the CRM); the customer's copy has it only when `opens_for_customer`.
    """

    label: str
    at: date | None = None
    who: str = ""
    url: str | None = None
    opens_for_customer: bool = False


class Statement(Marked):
    """A sentence or a point, and what it rests on. `by` names the person who worded it, when a person did."""

    text: str
    citations: tuple[Citation, ...] = ()
    by: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.text.strip()


class Block(Marked):
    """A part of a section.

    `says` is the "so what" in one sentence: the title of its slide. It must hold for whoever may see the block at all,
    so a client-safe block says nothing about its internal rows or series. `only_for`: empty means every reader.
    """

    says: str = ""
    only_for: frozenset[Readers] = frozenset()


class Paragraph(Block):
    kind: Literal["paragraph"] = "paragraph"
    statement: Statement

    @property
    def is_empty(self) -> bool:
        return self.statement.is_empty


class Points(Block):
    kind: Literal["points"] = "points"
    heading: str = ""
    points: tuple[Statement, ...]

    @property
    def is_empty(self) -> bool:
        return all(point.is_empty for point in self.points)


class Columns(Block):
    """Two or three lists side by side, such as wins, concerns and the ask."""

    kind: Literal["columns"] = "columns"
    columns: Annotated[tuple[Points, ...], Field(max_length=3)]

    @property
    def is_empty(self) -> bool:
        return all(column.is_empty for column in self.columns)


class Figure(Marked):
    """One number as it is to be shown ("1,240", "98 %"), its label, and how it moved ("+ 12 % on Q2 2026")."""

    label: str
    value: str
    change: str = ""
    source: str = ""
    as_of: date | None = None


class Figures(Block):
    kind: Literal["figures"] = "figures"
    figures: tuple[Figure, ...]

    @property
    def is_empty(self) -> bool:
        return not self.figures


class Column(Marked):
    """`is_number` sets it to the right."""

    title: str
    is_number: bool = False


class Cell(Marked):
    """Of an internal cell in a client-safe row the customer's copy has an empty one."""

    text: str


class Row(Marked):
    cells: tuple[Cell, ...]


class Table(Block):
    kind: Literal["table"] = "table"
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    source: str = ""
    as_of: date | None = None

    @model_validator(mode="after")
    def _is_square(self) -> Self:
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                raise ValueError(f"a row has {len(row.cells)} cells, the table {len(self.columns)} columns")
        return self

    @property
    def is_empty(self) -> bool:
        return not self.columns or not self.rows


class Series(Marked):
    """A line of a chart: one value for each category, None where it is not known."""

    name: str
    values: tuple[Decimal | None, ...]


class Chart(Block):
    """Data of a native chart.

    `form` waterfall has one series of movements; categories named in `totals` are levels, the others go up or down
    from there. `meaning` stands beside the picture: what follows from it, and what to do. A unit such as "seats",
    "%" or "EUR" labels the axis.
    """

    kind: Literal["chart"] = "chart"
    form: Literal["line", "bar", "stacked", "waterfall"]
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    totals: frozenset[str] = frozenset()
    source: str = ""
    as_of: date | None = None
    meaning: tuple[Statement, ...] = ()

    @model_validator(mode="after")
    def _fits(self) -> Self:
        for series in self.series:
            if len(series.values) != len(self.categories):
                raise ValueError(
                    f"series {series.name!r} has {len(series.values)} values for {len(self.categories)} categories"
                )
        if self.form == "waterfall" and len(self.series) > 1:
            raise ValueError("a waterfall has one series of movements")
        return self

    @property
    def is_empty(self) -> bool:
        return all(value is None for series in self.series for value in series.values)


class Promise(Marked):
    """What somebody promised, and what became of it."""

    text: str
    state: Literal["kept", "late", "missed", "open"]
    owner: str = ""
    due: date | None = None
    settled: date | None = None
    citations: tuple[Citation, ...] = ()


class Promises(Block):
    kind: Literal["promises"] = "promises"
    promises: tuple[Promise, ...]

    @property
    def is_empty(self) -> bool:
        return not self.promises


class PlanItem(Marked):
    """What will be done, by whom (of either side), until when, and how one will know."""

    text: str
    owner: str = ""
    due: date | None = None
    measure: str = ""


class Plan(Block):
    kind: Literal["plan"] = "plan"
    items: tuple[PlanItem, ...]

    @property
    def is_empty(self) -> bool:
        return not self.items


class Quote(Marked):
    """Words of the customer, exactly as said."""

    text: str
    who: str
    at: date | None = None
    citations: tuple[Citation, ...] = ()


class Quotes(Block):
    kind: Literal["quotes"] = "quotes"
    quotes: tuple[Quote, ...]

    @property
    def is_empty(self) -> bool:
        return not self.quotes


class ToWrite(Block):
    """A place that is left to a person, with what belongs there. Internal unless marked: a customer gets no blanks."""

    kind: Literal["to-write"] = "to-write"
    prompt: str


AnyBlock = Annotated[
    Paragraph | Points | Columns | Figures | Table | Chart | Promises | Plan | Quotes | ToWrite,
    Field(discriminator="kind"),
]


class Section(Marked):
    """A chapter: its name ("Usage and adoption"), what it says in one sentence, and its blocks."""

    key: str
    title: str
    headline: Statement | None = None
    blocks: tuple[AnyBlock, ...] = ()
    only_for: frozenset[Readers] = frozenset()

    @property
    def is_empty(self) -> bool:
        return not self.blocks


class Missing(Marked):
    """What is not known, and what would fill it."""

    what: str
    fills: str = ""


class Definition(Marked):
    """How a figure is made."""

    term: str
    meaning: str


class Period(Frozen):
    """First and last day, both counted, and the name people use ("Q3 2026")."""

    label: str
    first: date
    last: date


class Review(Frozen):
    """The common source of the internal brief and of the customer's copy.

    `made_at` comes from the clock and is the only time in the files. `locale` is for dates ("en_GB").
    """

    title: str
    account: str
    period: Period
    made_at: AwareDatetime
    prepared_by: str = ""
    locale: str = "en_GB"
    sections: tuple[Section, ...]
    missing: tuple[Missing, ...] = ()
    definitions: tuple[Definition, ...] = ()

    @property
    def made_on(self) -> date:
        made: datetime = self.made_at
        return made.date()
