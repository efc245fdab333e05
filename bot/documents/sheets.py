"""Tables as a workbook or as CSV. What looks like a formula stays the text it is."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:  # loaded with the first workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Cell: TypeAlias = str | int | Decimal | date | None
_NO_NAME = re.compile(r"[\[\]:*?/\\']")
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_MOST_ROWS = 1_048_575
_MOST_CHARACTERS = 32_767
_LONGEST_EXACT = 15
"""Digits that a spreadsheet keeps of a number."""
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet. `rows` may be as long as it likes and is read once; `widths` are in characters."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    widths: Sequence[int] = field(default=())


def workbook(tables: Iterable[Table], made_at: datetime) -> bytes:
    """An .xlsx with a sheet for each table, row by row, so that memory does not grow with them.

    Numbers are numbers and days are days; a number too long for a spreadsheet to keep exactly is text. Rows beyond
    what a sheet holds are said to be missing in its last row.
    """
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": made_at.replace(tzinfo=None), "author": "Steward"})
    bold, day = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "yyyy-mm-dd"})
    taken: set[str] = set()
    for table in tables:
        sheet = book.add_worksheet(_sheet_name(table.name, taken))
        for column, width in enumerate(table.widths):
            sheet.set_column(column, column, width)
        for column, heading in enumerate(table.headings):
            sheet.write_string(0, column, heading, bold)
        sheet.freeze_panes(1, 0)
        _fill(sheet, table.rows, day)
    book.close()
    return out.getvalue()


def _fill(sheet: Worksheet, rows: Iterable[Sequence[Cell]], day: Format) -> None:
    for at, row in enumerate(rows, 1):
        if at >= _MOST_ROWS:
            sheet.write_string(at, 0, "more rows than a sheet can hold: ask for less at a time")
            return
        for column, cell in enumerate(row):
            _write(sheet, at, column, cell, day)


def _write(sheet: Worksheet, at: int, column: int, cell: Cell, day: Format) -> None:
    if cell is None:
        return
    if isinstance(cell, int | Decimal) and len(Decimal(cell).normalize().as_tuple().digits) <= _LONGEST_EXACT:
        sheet.write_number(at, column, float(cell))
    elif isinstance(cell, date) and not isinstance(cell, datetime) and cell.year >= 1900:
        sheet.write_datetime(at, column, datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001 - a day has no zone
    else:
        sheet.write_string(at, column, _NOT_IN_XML.sub("\ufffd", str(cell))[:_MOST_CHARACTERS])


def _sheet_name(name: str, taken: set[str]) -> str:
    """At most 31 characters, none of those that are forbidden, no name twice."""
    plain = _NO_NAME.sub(" ", name).strip()[:31] or "Sheet"
    number = 2
    while plain.casefold() in taken:
        plain, number = f"{plain[:27]} {number}", number + 1
    taken.add(plain.casefold())
    return plain


def comma_separated(table: Table) -> bytes:
    """The table as CSV for spreadsheets: UTF-8 with a mark that says so; texts that a spreadsheet would take for a
    formula have an apostrophe before them (OWASP, CSV injection)."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow([_harmless(heading) for heading in table.headings])
    rows.writerows([_harmless(cell) for cell in row] for row in table.rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def _harmless(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_STARTS_A_FORMULA) else cell
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
