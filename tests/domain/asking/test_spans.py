"""Spans of days in questions: how they are said, and which days they are."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.asking.said_spans import find
from bot.domain.asking.spans import Facing, Span, SpanError, span_of

TODAY = date(2026, 11, 18)  # a Wednesday


@pytest.mark.parametrize(
    ("said", "phrase"),
    [
        ("next month", "next month"),
        ("in the next 90 days", "next 90 days"),
        ("over the past two weeks", "last 2 weeks"),
        ("by 31.3.2027", "until 2027-03-31"),
        ("bis 31.12.2026", "until 2026-12-31"),
        ("until 03/31/2027", "until 2027-03-31"),
        ("before 15 march", "until 03-15"),
        ("since 1st of september 2026", "since 2026-09-01"),
        ("in q1 27", "2027-Q1"),
        ("first half of 2027", "2027-H1"),
        ("from january to june 2026", "2026-01..2026-06"),
        ("since last quarter", "since last quarter"),
        ("nächsten monat", "next month"),
        ("by the end of the year", "until end of year"),
        ("year to date", "ytd"),
    ],
)
def test_finds_what_is_said(said: str, phrase: str) -> None:
    found = find(f"what renews {said} for us")
    assert found is not None
    assert found[0] == phrase
    span_of(phrase, TODAY, "ahead")


@pytest.mark.parametrize("said", ["what did acme say", "24/7 support", "who may churn", "45.13.2026", "version 2.0"])
def test_finds_no_days_where_there_are_none(said: str) -> None:
    assert find(said) is None


@pytest.mark.parametrize(
    ("phrase", "facing", "first", "last"),
    [
        ("next month", "ahead", date(2026, 12, 1), date(2026, 12, 31)),
        ("this quarter", "back", date(2026, 10, 1), date(2026, 12, 31)),
        ("next week", "ahead", date(2026, 11, 23), date(2026, 11, 29)),
        ("next 90 days", "ahead", TODAY, date(2027, 2, 16)),
        ("last 7 days", "back", date(2026, 11, 12), TODAY),
        ("march", "ahead", date(2027, 3, 1), date(2027, 3, 31)),
        ("march", "back", date(2026, 3, 1), date(2026, 3, 31)),
        ("Q4", "ahead", date(2026, 10, 1), date(2026, 12, 31)),
        ("2027-H2", "ahead", date(2027, 7, 1), date(2027, 12, 31)),
        ("until 03-31", "ahead", None, date(2027, 3, 31)),
        ("since friday", "back", date(2026, 11, 13), None),
        ("02-29", "ahead", date(2028, 2, 29), date(2028, 2, 29)),
        ("2026-01..2026-06", "back", date(2026, 1, 1), date(2026, 6, 30)),
    ],
)
def test_counts_the_days(phrase: str, facing: Facing, first: date | None, last: date | None) -> None:
    assert span_of(phrase, TODAY, facing) == Span(first, last)


@pytest.mark.parametrize("phrase", ["", "someday", "2026-02-30", "9999", "2027-01..2026-01", "next 9999 years", "Q9"])
def test_says_what_is_no_span(phrase: str) -> None:
    with pytest.raises(SpanError):
        span_of(phrase, TODAY, "ahead")


@given(
    st.text(alphabet="0123456789./- qhnextlastweekmonthyear", max_size=30), st.dates(date(2020, 1, 1), date(2060, 1, 1))
)
def test_what_is_found_is_a_span_of_days_or_refused(text: str, today: date) -> None:
    found = find(text)
    if found is None:
        return
    try:
        span = span_of(found[0], today, "ahead")
    except SpanError:
        return
    assert span.first is not None or span.last is not None
