"""Dates: a column written in one order is read back; one that two orders fit is never decided by luck."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.importers.dates import classify, date_parser, decide_order, instant_parser
from bot.importers.errors import BadCellError

Order = Literal["dmy", "mdy", "ymd"]
days = st.dates(date(1970, 1, 1), date(2068, 12, 31))
PATTERNS: dict[Order, list[str]] = {
    "dmy": ["{d}/{m}/{y}", "{d:02}/{m:02}/{y}", "{d:02}.{m:02}.{y}", "{d}-{m}-{y}", "{d:02}.{m:02}.{y} 09:30"],
    "mdy": ["{m}/{d}/{y}", "{m:02}-{d:02}-{y}", "{m:02}/{d:02}/{y} 3:05 PM"],
}


@given(st.lists(days, min_size=1, max_size=15), st.sampled_from(["dmy", "mdy"]), st.data())
def test_a_decided_column_is_read_back_and_a_swappable_one_is_not_decided(
    values: list[date], order: Order, data: st.DataObject
) -> None:
    pattern = data.draw(st.sampled_from(PATTERNS[order]))
    cells = [pattern.format(d=v.day, m=v.month, y=v.year) for v in values]
    found, state = decide_order(Counter(map(classify, cells)))
    if all(v.day <= 12 for v in values) and any(v.day != v.month for v in values) and "." not in pattern:
        assert (found, state) == (None, "undecidable")
    else:
        assert state in {"decided", "dots", "iso"}
        assert [date_parser(found)(cell) for cell in cells] == values


@given(
    st.lists(days, min_size=1),
    st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%d %b %Y", "%B %d, %Y", "%Y-%m-%d %H:%M"]),
)
def test_dates_with_a_fixed_order_need_none(values: list[date], pattern: str) -> None:
    cells = [v.strftime(pattern) for v in values]
    assert decide_order(Counter(map(classify, cells)))[1] == "iso"
    assert [date_parser(None)(cell) for cell in cells] == values


@given(
    st.datetimes(),
    st.sampled_from(["UTC", "Europe/Berlin", "Asia/Tokyo"]),
)
def test_instants_are_aware_utc(value: datetime, name: str) -> None:
    zone = ZoneInfo(name)
    whole = value.replace(year=1970 + value.year % 130, day=min(value.day, 28), microsecond=0)
    found = instant_parser(None, zone)(whole.isoformat(sep=" "))
    assert found is not None
    assert found.utcoffset() == timedelta(0)
    assert found == whole.replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2024-01-05", "2024-01-05T00:00"), ("2023-07-28 3:00", "2023-07-28T03:00"), ("2024-01-05T10:00:00Z",
        "2024-01-05T10:00"),
        ("2024-01-05T10:00:00+02:00", "2024-01-05T08:00"), ("2024-01-01T10:00:00.000+0000", "2024-01-01T10:00"),
        ("5 Mar 2024 3:05 PM", "2024-03-05T15:05"), ("5. März 2024 um 15:05 Uhr", "2024-03-05T15:05"),
        ("le 5 mars 2024", "2024-03-05T00:00"), ("5 de março de 2024", "2024-03-05T00:00"), ("2024年3月5日",
        "2024-03-05T00:00"),
        ("2020-01-14 17:59:01.173", "2020-01-14T17:59:01.173"), ("2023-11-11 08:18:16.519000 UTC",
        "2023-11-11T08:18:16.519"),
        ("12/31/2024 12:00 AM", None), ("20240305", "2024-03-05T00:00"), ("Tuesday, March 5, 2024", "2024-03-05T00:00"),
        ("2024-01-01 24:00", None), ("2024-W05-1", "2024-01-29T00:00"),
    ],
)  # fmt: skip
def test_instants_as_programs_write_them(cell: str, expected: str | None) -> None:
    parse = instant_parser(None, UTC)
    if expected is None:
        with pytest.raises(BadCellError):
            parse(cell)
    else:
        assert parse(cell) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize("cell", ["2021-02-30", "31/04/2023", "2024-13-01", "0000-00-00", "1/1", "9999-12-31", "soon"])
def test_impossible_dates_say_so(cell: str) -> None:
    with pytest.raises(BadCellError):
        date_parser("dmy")(cell)


def test_two_digit_years_are_read_as_posix_does() -> None:
    assert date_parser("dmy")("05/03/68") == date(2068, 3, 5)
    assert date_parser("dmy")("05/03/69") == date(1969, 3, 5)


def test_two_digit_years_that_may_stand_first_are_not_decided() -> None:
    assert decide_order(Counter(map(classify, ["31/01/24", "28/02/24"]))) == (None, "undecidable")
    assert decide_order(Counter(map(classify, ["31/01/24", "28/02/99"]))) == ("dmy", "decided")
    assert decide_order(Counter(map(classify, ["24/01/31", "99/02/03"]))) == ("ymd", "decided")


def test_bare_numbers_are_dates_only_when_told() -> None:
    assert date_parser(None, "serial")("45292") == date(2024, 1, 1)
    assert date_parser(None, "millis")("1704067200000") == date(2024, 1, 1)
    with pytest.raises(BadCellError):
        date_parser(None)("45292")


def test_two_orders_in_one_column_are_a_contradiction() -> None:
    assert decide_order(Counter(map(classify, ["31/01/2024", "30/01/2024", "12/31/2024"]))) == ("dmy", "contradictory")


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_an_error(cell: str) -> None:
    classify(cell)
    for order in ("dmy", "mdy", "ymd", None):
        try:
            value = instant_parser(order, UTC)(cell)
        except BadCellError:
            continue
        assert value is None or value.tzinfo is UTC
