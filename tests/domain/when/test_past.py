"""Days that lie behind, as people name them."""

from __future__ import annotations

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.when.past import PastError, past_day

TODAY = date(2026, 3, 4)  # a Wednesday


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2026-01-31", date(2026, 1, 31)),
        ("yesterday", date(2026, 3, 3)),
        ("Monday", date(2026, 3, 2)),
        ("wed", date(2026, 2, 25)),
        ("1 Oct", date(2025, 10, 1)),
        ("1 March", date(2026, 3, 1)),
        ("Oct 1, 2024", date(2024, 10, 1)),
        ("30 days", date(2026, 2, 2)),
        ("30 days ago", date(2026, 2, 2)),
        ("last month", date(2026, 2, 1)),
        ("last quarter", date(2025, 10, 1)),
        ("2026-01", date(2026, 1, 1)),
        ("ytd", date(2026, 1, 1)),
    ],
)
def test_a_day_behind_us(words: str, day: date) -> None:
    assert past_day(words, TODAY) == day


@pytest.mark.parametrize("words", ["", "whenever", "2026-03-04", "2027-01-01", "31 Feb", "9999 years", "Mondayish"])
def test_what_is_none_says_what_to_write(words: str) -> None:
    with pytest.raises(PastError, match="try 2026-10-01, 1 Oct, Monday"):
        past_day(words, TODAY)


@given(st.text(max_size=30))
def test_any_words_are_a_day_behind_us_or_an_error(words: str) -> None:
    with contextlib.suppress(PastError):
        assert past_day(words, TODAY) < TODAY
