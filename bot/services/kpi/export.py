"""Figures as a file: a sheet of figures, the rows behind each, and how each is defined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from bot.documents.sheets import Cell, Table, comma_separated, workbook
from bot.domain.audience import Audience
from bot.domain.ids import id_text
from bot.domain.kpi.base import Kpi, rounded
from bot.domain.kpi.catalogue import CATALOGUE, Entry, entry_called
from bot.domain.policy import KpiPolicy
from bot.services.errors import BadInput
from bot.services.kpi.ask import KpiQuestion, period_for
from bot.services.kpi.asked import split, whose
from bot.services.kpi.evidence import COLUMNS, every_row
from bot.services.kpi.figures import BY_PRODUCT, Sheet, figures
from bot.services.lookup import require_internal
from bot.services.results import KpiFile
from bot.storage.database import Database

Form = Literal["xlsx", "csv"]
ALL = "all"
"""Every figure, in place of one's name."""
_FIGURES = (
    "figure", "currency", "value", "unit", "as shown", "numerator", "denominator", "counted", "of what", "made of",
    "left out", "note", "whose", "from", "to", "definition",
)  # fmt: skip
_DEFINITIONS = ("figure", "definition", "formula", "source", "needs", "left out here")
_Sheets = Sequence[tuple[Entry, Sheet, tuple[Kpi, ...]]]


def kpi_export(
    database: Database, audience: Audience, asked: KpiQuestion, form: Form, policy: KpiPolicy, now: datetime,
    zone: ZoneInfo,
) -> KpiFile:  # fmt: skip
    """One figure, or with the name `all` every one, for a scope over a period. CSV is the sheet of figures with its
    definitions; a workbook also has the rows. Raises BadInput as `ask.kpi` does."""
    chosen = _entries(asked.name)
    today = now.astimezone(zone).date()
    scope, days = (asked.scope, asked.period) if asked.rest is None else split(asked.rest.split(), today)
    require_internal(audience)
    with database.reading(audience) as reader:
        about = whose(reader, audience, scope)
        if asked.name.casefold() == ALL and about.within.product is not None:
            chosen = tuple(entry for entry in chosen if entry.key in BY_PRODUCT)
        sheets: dict[object, Sheet] = {}
        found = []
        for entry in chosen:
            period = period_for(entry.key, days, today)
            sheet = sheets.setdefault(period, Sheet(reader, about, period, policy, zone))
            found.append((entry, sheet, figures(sheet, entry.key)))
        named: set[int] = set() if about.account_id is None else {about.account_id}
        content = _written(found, form, now, named)
    title = chosen[0].definition.name if len(chosen) == 1 else "Figures"
    name = chosen[0].key if len(chosen) == 1 else "figures"
    ids = tuple(id_text(one) for one in sorted(named))
    file = f"{name}-{today.isoformat()}.{form}"
    return KpiFile(name=file, title=f"{title}: {about.words}", content=content, account_ids=ids)


def _entries(name: str) -> tuple[Entry, ...]:
    if name.casefold() == ALL:
        return CATALOGUE
    entry = entry_called(name)
    if entry is None:
        raise BadInput(f"No figure is called {name!r}. There are {', '.join(one.key for one in CATALOGUE)}, and {ALL}.")
    return (entry,)


def _written(found: _Sheets, form: Form, now: datetime, named: set[int]) -> bytes:
    """The accounts that are named in it are added to `named`."""
    rows = [row for entry, sheet, kpis in found for row in _figures(entry, sheet, kpis)]
    if form == "csv":
        formulas = {entry.definition.version: entry.definition for entry, _, _ in found}
        more = [(*row, formulas[str(row[-1])].formula, formulas[str(row[-1])].source) for row in rows]
        return comma_separated(Table("Figures", (*_FIGURES, "formula", "source"), more))
    tables = [
        Table("Figures", _FIGURES, rows, (24, 9, 16, 9, 20, 16, 16, 9, 14, 40, 40, 40, 18, 11, 11, 16)),
        *(
            Table(entry.key, ("account", *COLUMNS[entry.key]), _behind(entry, sheet, named), (32,))
            for entry, sheet, _ in found
        ),
        Table("Definitions", _DEFINITIONS, [_definition(*one) for one in found], (24, 18, 90, 40, 36, 60)),
    ]
    return workbook(tables, now)


def _figures(entry: Entry, sheet: Sheet, kpis: Sequence[Kpi]) -> Iterator[tuple[Cell, ...]]:
    for kpi in kpis:
        value = rounded(kpi.value, kpi.unit) if kpi.value is not None else None
        parts = "; ".join(f"{part.name} {part.shown}" for part in kpi.parts)
        left = "; ".join(f"{one.count:,} {one.why}" for one in kpi.left_out)
        period = sheet.period
        yield (
            entry.definition.name, kpi.currency, value, kpi.unit, kpi.shown, kpi.numerator, kpi.denominator,
            kpi.counted, kpi.counted_what, parts, left, kpi.note, sheet.whose.words, period.first, period.last,
            kpi.version,
        )  # fmt: skip


def _behind(entry: Entry, sheet: Sheet, named: set[int]) -> Iterator[tuple[Cell, ...]]:
    for name, row in every_row(sheet, entry.key):
        if name is not None and row.account is not None:
            named.add(row.account)
        yield (name or "no account", *row.cells)


def _definition(entry: Entry, _sheet: Sheet, kpis: Sequence[Kpi]) -> tuple[Cell, ...]:
    one = entry.definition
    left = "; ".join(f"{left.count:,} {left.why}" for kpi in kpis for left in kpi.left_out)
    return one.name, one.version, one.formula, one.source, entry.from_rows, left or "nothing"
