"""Spans of days from the words people use."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.kpi.catalogue import CATALOGUE, KEYS, entry_called, leading_entry
from bot.domain.kpi.period import PeriodError, parse_period

TODAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("words", "first", "last", "until", "shown"),
    [
        (None, "2025-03-05", "2026-03-04", "2027-03-04", "12 months to date"),
        ("", "2025-03-05", "2026-03-04", "2027-03-04", "12 months to date"),
        ("2025", "2025-01-01", "2025-12-31", "2025-12-31", "2025"),
        ("2026", "2026-01-01", "2026-03-04", "2026-12-31", "2026 to date"),
        ("2025-Q4", "2025-10-01", "2025-12-31", "2025-12-31", "2025-Q4"),
        ("q1", "2026-01-01", "2026-03-04", "2026-03-31", "Q1 to date"),
        ("Q4 2025", "2025-10-01", "2025-12-31", "2025-12-31", "Q4 2025"),
        ("2026-02", "2026-02-01", "2026-02-28", "2026-02-28", "2026-02"),
        ("Feb 2026", "2026-02-01", "2026-02-28", "2026-02-28", "feb 2026"),
        ("2025-01..2025-06", "2025-01-01", "2025-06-30", "2025-06-30", "2025-01..2025-06"),
        ("2025-01 to 2025-06", "2025-01-01", "2025-06-30", "2025-06-30", "2025-01 to 2025-06"),
        ("2025-q1..2026-q1", "2025-01-01", "2026-03-04", "2026-03-31", "2025-q1..2026-q1 to date"),
        ("2026-01-05..2026-01-09", "2026-01-05", "2026-01-09", "2026-01-09", "2026-01-05..2026-01-09"),
        ("ytd", "2026-01-01", "2026-03-04", "2026-05-05", "ytd"),
        ("last quarter", "2025-10-01", "2025-12-31", "2025-12-31", "last quarter"),
        ("this month", "2026-03-01", "2026-03-04", "2026-03-31", "this month to date"),
        ("previous year", "2025-01-01", "2025-12-31", "2025-12-31", "previous year"),
        ("90d", "2025-12-05", "2026-03-04", "2026-06-01", "90d"),
        ("last 6 months", "2025-09-05", "2026-03-04", "2026-08-31", "last 6 months"),
    ],
)
def test_a_period(words: str | None, first: str, last: str, until: str, shown: str) -> None:
    found = parse_period(words, TODAY)
    assert [str(one) for one in (found.first, found.last, found.until)] == [first, last, until]
    assert found.words == shown
    assert found.before == found.first - timedelta(days=1)


@pytest.mark.parametrize(
    "words",
    ["acme", "2026-13", "2026-02-30", "1066", "2027", "2026-06..2026-01", "2010..2025", "999 years", "q5", "0000-01",
     "2025..", "..", "2026-01-01..2026-01-01..2026-01-01"],
)  # fmt: skip
def test_what_is_no_period_says_what_to_write(words: str) -> None:
    with pytest.raises(PeriodError) as caught:
        parse_period(words, TODAY)
    assert str(caught.value).endswith(".")


@given(st.text(max_size=30) | st.from_regex(r"[0-9q.\- ]{1,20}", fullmatch=True), st.dates(date(2000, 1, 1), date(2190, 1, 1)))  # fmt: skip # noqa: E501
def test_any_text_is_a_span_up_to_today_or_an_error(words: str, today: date) -> None:
    try:
        found = parse_period(words, today)
    except PeriodError:
        return
    assert found.first <= found.last <= today
    assert found.last <= found.until


def test_figures_are_found_by_the_names_people_use() -> None:
    assert {one.key for one in CATALOGUE} == set(KEYS)
    for words, key in (("NRR", "nrr"), ("net new MRR", "net-new-mrr"), ("logo_retention", "retention"), ("ltv", "clv")):
        entry = entry_called(words)
        assert entry is not None
        assert entry.key == key
    assert entry_called("acme") is None
    found = leading_entry(["renewal", "rate", "acme", "2025"])
    assert found is not None
    assert (found[0].key, found[1]) == ("renewal-rate", ["acme", "2025"])
    assert leading_entry(["acme"]) is None
    assert len({one.definition.version for one in CATALOGUE}) == len(CATALOGUE)
    assert len({name for one in CATALOGUE for name in (one.key, *one.also)}) == sum(
        1 + len(one.also) for one in CATALOGUE
    )
