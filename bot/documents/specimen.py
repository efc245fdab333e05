"""One of every kind of block, about a customer that does not exist: to see a look before a customer does."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from bot.documents.brand import Brand
from bot.documents.files import File, write_files
from bot.documents.model import (
    AnyBlock,
    Cell,
    Chart,
    Column,
    Columns,
    Definition,
    Figure,
    Figures,
    Period,
    Plan,
    PlanItem,
    Points,
    Promise,
    Promises,
    Quote,
    Quotes,
    Readers,
    Review,
    Row,
    Section,
    Series,
    Statement,
    Table,
    client_safe,
)

_SHOWN = client_safe("a specimen")
_QUARTERS = ("Q1", "Q2", "Q3", "Q4")


def specimen(brand: Brand) -> tuple[File, ...]:
    """Slides, paper and Markdown in this look; raises `BrandError` when a template cannot be used."""
    day = datetime(2026, 1, 1, tzinfo=UTC)
    review = Review(
        title="Specimen",
        account="Example Ltd",
        period=Period(label="2026", first=day.date(), last=day.date().replace(month=12, day=31)),
        made_at=day,
        prepared_by="Steward",
        sections=tuple(
            Section(key=title, title=title, blocks=(block,), marking=_SHOWN) for title, block in _blocks().items()
        ),
        definitions=(Definition(term="Specimen", meaning="A page to look at", marking=_SHOWN),),
    )
    return write_files(review, Readers.EXEC, brand)


def _blocks() -> dict[str, AnyBlock]:
    lists = tuple(
        Points(heading=title, points=(_said(f"A point under {title.casefold()}, in one sentence."),), marking=_SHOWN)
        for title in ("Wins", "Concerns", "The ask")
    )
    promise = Promise(text="Something that was promised", state="kept", owner="Somebody", marking=_SHOWN)
    return {
        "Points": Points(says="A slide says one thing", points=(_said("A point."), _said("Another.")), marking=_SHOWN),
        "Columns": Columns(says="Three lists stand side by side", columns=lists, marking=_SHOWN),
        "Figures": Figures(
            says="A few numbers are large",
            figures=tuple(
                Figure(label=name, value=value, marking=_SHOWN) for name, value in (("Seats", "240"), ("Used", "91 %"))
            ),
            marking=_SHOWN,
        ),
        "Lines": _chart("A line shows how it went", "line"),
        "Bars": _chart("Bars compare", "bar"),
        "Stacked": _chart("Stacked bars show parts", "stacked"),
        "Waterfall": Chart(
            says="A waterfall shows what a sum is made of",
            form="waterfall",
            categories=("Saved", "Won", "Spent", "Net"),
            series=(Series(name="Value", values=tuple(map(Decimal, (60, 25, -15, 70))), marking=_SHOWN),),
            totals=frozenset({"Net"}),
            marking=_SHOWN,
        ),
        "Promises": Promises(says="Promises tell what became of them", promises=(promise,), marking=_SHOWN),
        "Plan": Plan(
            says="A plan has owners", items=(PlanItem(text="Something to do", marking=_SHOWN),), marking=_SHOWN
        ),
        "Table": Table(
            says="A table is a table",
            columns=(Column(title="Name", marking=_SHOWN), Column(title="Number", is_number=True, marking=_SHOWN)),
            rows=(Row(cells=(Cell(text="First", marking=_SHOWN), Cell(text="1", marking=_SHOWN)), marking=_SHOWN),),
            marking=_SHOWN,
        ),
        "Quotes": Quotes(
            says="People speak", quotes=(Quote(text="It works.", who="Somebody", marking=_SHOWN),), marking=_SHOWN
        ),
    }


def _said(text: str) -> Statement:
    return Statement(text=text, marking=_SHOWN)


def _chart(says: str, form: str) -> Chart:
    shown = {"This year": (12, 15, 19, 24), "Last year": (10, 11, 13, 14)}
    series = tuple(Series(name=name, values=tuple(map(Decimal, row)), marking=_SHOWN) for name, row in shown.items())
    return Chart.model_validate(
        {"says": says, "form": form, "categories": _QUARTERS, "series": series, "unit": "people", "marking": _SHOWN}
    )
