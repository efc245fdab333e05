"""Which days a review covers, and which it compares with."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.kpi.period import PeriodError
from bot.domain.qbr.period import before_of, review_period

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("words", "title", "first", "last", "before"),
    [
        (None, "Q3 2026", date(2026, 7, 1), date(2026, 9, 30), "Q2 2026"),
        ("last quarter", "Q3 2026", date(2026, 7, 1), date(2026, 9, 30), "Q2 2026"),
        ("Q3 2026", "Q3 2026", date(2026, 7, 1), date(2026, 9, 30), "Q2 2026"),
        ("2026-Q1", "Q1 2026", date(2026, 1, 1), date(2026, 3, 31), "Q4 2025"),
        ("2026-07..2026-09", "Q3 2026", date(2026, 7, 1), date(2026, 9, 30), "Q2 2026"),
        ("this quarter", "Q4 2026 to date", date(2026, 10, 1), TODAY, "the period before"),
        ("2025", "2025", date(2025, 1, 1), date(2025, 12, 31), "the period before"),
    ],
)
def test_periods_have_a_title_and_one_before(
    words: str | None, title: str, first: date, last: date, before: str
) -> None:
    found = review_period(words, TODAY)
    assert (found.words, found.this.first, found.this.last, found.before.words) == (title, first, last, before)


def test_the_period_before_is_as_long_and_ends_the_day_before() -> None:
    half = before_of(date(2026, 7, 1), date(2026, 12, 31))
    assert (half.first, half.last) == (date(2026, 1, 1), date(2026, 6, 30))
    days = before_of(date(2026, 10, 1), date(2026, 11, 22))
    assert (days.last, days.days) == (date(2026, 9, 30), 53)


def test_months_run_through_both_periods() -> None:
    months = review_period("Q1 2026", TODAY).months
    assert months[0] == date(2025, 10, 1)
    assert months[-1] == date(2026, 3, 1)
    assert len(months) == 6


@pytest.mark.parametrize("words", ["Q3 2031", "soon", "2026-13", "Q5 2026"])
def test_what_is_no_period_is_refused(words: str) -> None:
    with pytest.raises(PeriodError):
        review_period(words, TODAY)
