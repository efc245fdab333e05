"""Texts of the record made harmless, whatever they carry."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skills.gates.figures import has_number
from skills.hygiene import cleaned, has_markup, quotable

_PIECES = (
    "https:// evil.com <!channel> <@U012AB> [a]( ) &lt; &#64;here @everyone \u200b \u202e \U000e0041 ｈｔｔｐ :// "
    "a@b.com <b> </b> data: 1.2.3.4/x word Ана 契約 \ufe0f"
)
PIECES = st.sampled_from([*_PIECES.split(" "), " ", "\n"])
NASTY = st.lists(PIECES | st.text(max_size=6), max_size=12).map("".join)


@settings(max_examples=150)
@given(NASTY)
def test_what_is_clean_stays_as_it_is(text: str) -> None:
    once = cleaned(text)
    assert cleaned(once) == once
    assert quotable(quotable(once)) == quotable(once)


@settings(max_examples=150)
@given(NASTY)
def test_nothing_live_or_hidden_is_left(text: str) -> None:
    left = cleaned(text)
    assert not re.search(r"https?://|<!|<@U|@everyone\b|@here\b|evil\.com\b|a@b\.com\b", left, re.IGNORECASE)
    assert not re.search("[\u200b-\u200f\u202a-\u202e\ufe0f\U000e0000-\U000e007f]", left)


@pytest.mark.parametrize(
    "text",
    ["e.g. Node.js and report.pdf v2.0", "Q3 plan (draft), 5.30 pm.", "R&D asked: what's next?", "契約を更新する"],
)
def test_what_is_harmless_is_left_alone(text: str) -> None:
    assert cleaned(text) == text


@pytest.mark.parametrize("text", ["the renewal *now*", "a <b> c", "x | y", "see evil.com", "a\u200bb", "[link]"])
def test_marks_are_seen(text: str) -> None:
    assert has_markup(text)


@settings(max_examples=100)
@given(st.integers(0, 10**9), st.sampled_from(["0123456789", "٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९", "０１２３４５６７８９"]))
def test_digits_of_any_script_are_numbers(number: int, digits: str) -> None:
    written = "".join(digits[int(digit)] for digit in str(number))
    assert has_number(f"seats: {written} in all")
