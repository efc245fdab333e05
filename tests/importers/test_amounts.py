"""Numbers: what is written in a format is read back, and what two formats could mean is never decided by luck."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.importers.amounts import currency_of, decide_mark, evidence, number_parser
from bot.importers.errors import BadCellError

Mark = Literal[".", ","]
amounts = st.decimals(min_value=-(10**9), max_value=10**9, places=2)
STYLES: list[tuple[str, Mark]] = [(",", "."), (".", ","), (" ", ","), ("'", "."), ("\u00a0", ","), ("", "."), ("", ",")]


def written(value: Decimal, group: str, mark: str) -> str:
    return f"{value:,.2f}".replace(",", "\0").replace(".", mark).replace("\0", group)


@given(st.lists(amounts, min_size=1, max_size=20), st.sampled_from(STYLES))
def test_a_column_written_in_one_style_is_read_back(values: list[Decimal], style: tuple[str, Mark]) -> None:
    cells = [written(value, *style) for value in values]
    mark, contradictory = decide_mark(Counter(map(evidence, cells)), None)
    assert not contradictory
    assert mark == style[1]
    assert [number_parser(mark)(cell) for cell in cells] == values


@given(st.lists(st.integers(1_000, 999_999), min_size=1), st.sampled_from([",", "."]))
def test_only_groups_of_three_are_never_decided(values: list[int], group: str) -> None:
    cells = [f"{value:,}".replace(",", group) for value in values]
    assert decide_mark(Counter(map(evidence, cells)), None) == (None, False)


@given(st.lists(amounts, min_size=1), st.sampled_from(STYLES), st.sampled_from(STYLES))
def test_a_wrong_mark_is_never_silent(values: list[Decimal], style: tuple[str, Mark], other: tuple[str, Mark]) -> None:
    mark, _ = decide_mark(Counter(evidence(written(value, *style)) for value in values), None)
    for value in values:
        cell = written(value, *other)
        try:
            found = number_parser(mark or ".")(cell)
        except BadCellError:
            continue
        assert found == value


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2.45E7", "24500000"), ("€1,234.56", "1234.56"), ("USD 1,234", "1234"), ("1,234 EUR", "1234"), ("250k",
        "250000"),
        ("1.2m", "1200000"), ("$9.5K", "9500"), ("(1,234.50)", "-1234.50"), ("-5", "-5"), ("- $5", "-5"), ("5-", "-5"),
        ("12 %", "12"), ("1'234.50", "1234.50"), ("US$ 12", "12"), ("1.5 Mio", "1500000"), ("3bn", "3000000000"),
        ("+7", "7"),
        ("0.5", "0.5"), ("$120/month", "120"), ("CHF 1'000.-", "1000"), ("₹12,34,567.00", "1234567"),
    ],
)  # fmt: skip
def test_amounts_as_people_write_them(cell: str, expected: str) -> None:
    assert number_parser(".")(cell) == Decimal(expected)


@pytest.mark.parametrize("cell", ["", " ", "#N/A", "nan", "NaT", "NULL", "None", "-", "n/a"])
def test_null_words_are_none(cell: str) -> None:
    assert number_parser(".")(cell) is None


@pytest.mark.parametrize(
    "cell",
    [
        "abc",
        "1.2.3",
        "12,34.5",
        "inf",
        "Infinity",
        "1e999",
        "1,23,4",
        "0x10",
        "1_0_x",
        "--5",
        "(5",
        "12 apples",
        "=1+1",
    ],
)
def test_what_is_no_number_says_so(cell: str) -> None:
    with pytest.raises(BadCellError):
        number_parser(".")(cell)


@pytest.mark.parametrize(
    ("cells", "file_mark", "expected"),
    [
        (["1,234", "0.5"], None, "."), (["1.234", "2500"], None, "."), (["1,234", "2500"], None, ","), (["1.234"],
        ",", ","),
        (["1.234.567"], None, ","), (["0,125"], None, ","), (["12345.678"], None, "."), (["12"], None, "."), (["5"],
        ",", ","),
    ],
)  # fmt: skip
def test_what_decides_a_mark(cells: list[str], file_mark: Mark | None, expected: str) -> None:
    assert decide_mark(Counter(map(evidence, cells)), file_mark) == (expected, False)


@pytest.mark.parametrize(
    ("cell", "code"), [("€5", "EUR"), ("USD 5", "USD"), ("5 kr", None), ("5", None), ("R$ 5", "BRL")]
)
def test_currencies_are_read_from_the_cell(cell: str, code: str | None) -> None:
    assert currency_of(cell) == code


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_an_error(cell: str) -> None:
    evidence(cell)
    try:
        value = number_parser(".")(cell)
    except BadCellError:
        return
    assert value is None or value.is_finite()
