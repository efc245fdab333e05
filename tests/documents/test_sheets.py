"""Tables as files: what looks like a formula stays text, whatever it is read with."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents.sheets import Table, comma_separated, workbook

AT = datetime(2026, 3, 4, 9, tzinfo=UTC)
FORMULAS = ("=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "\n=1")


def read(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_numbers_days_and_texts_keep_their_kind() -> None:
    long = Decimal("1234567890123456.78")
    row = ("=1+1", 5, Decimal("12.5"), date(2026, 3, 4), None, long, date(1066, 10, 14), "http://x.example")
    cells = read(workbook([Table("One", ("h",), [row])], AT))["One"][2]
    assert [cell.value for cell in cells] == [
        "=1+1", 5, 12.5, datetime(2026, 3, 4), None,  # noqa: DTZ001 - as a spreadsheet has days
        "1234567890123456.78", "1066-10-14", "http://x.example",
    ]  # fmt: skip
    assert cells[0].data_type == "s"
    assert cells[7].hyperlink is None


def test_names_of_sheets_are_made_to_fit() -> None:
    names = ["a/b:c?", "A b c ", "x" * 40, "x" * 40, "", "[]"]
    assert read(workbook([Table(name, ("h",), []) for name in names], AT)).sheetnames == [
        "a b c", "A b c 2", "x" * 31, f"{'x' * 27} 2", "Sheet", "Sheet 2",
    ]  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=40) | st.sampled_from(FORMULAS), min_size=1, max_size=5))
def test_any_text_can_be_written_and_none_is_run(texts: list[str]) -> None:
    cells = read(workbook([Table("One", ("h",), [texts])], AT))["One"][2]
    assert all(cell.data_type in ("s", "n") and (cell.data_type == "s" or cell.value is None) for cell in cells)
    again = list(
        csv.reader(io.StringIO(comma_separated(Table("One", ("h",), [texts])).decode("utf-8-sig"), newline=""))
    )
    assert not any(text.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for text in again[1])


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas_in_csv_have_an_apostrophe(text: str) -> None:
    (_, row) = csv.reader(
        io.StringIO(comma_separated(Table("One", ("h",), [(text, Decimal("-5"))])).decode("utf-8-sig"), newline="")
    )
    assert row == [f"'{text}", "-5"]
