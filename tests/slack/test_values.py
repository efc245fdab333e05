"""What buttons carry survives the way to Slack and back; anything else is refused."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.errors import BadInput
from bot.slack.asks import MAX_DAYS, SORTS, Book, Card, Renewals
from bot.slack.values import decode, decode_pick, decode_sort, encode

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=12,
)


@given(
    st.builds(Card, st.integers(0, 2**63 - 1))
    | st.builds(
        Book,
        st.none() | st.text(min_size=1, max_size=200),
        st.sampled_from(SORTS),
        st.none() | st.text(min_size=1, max_size=60),
        st.integers(1, 10_000),
    )
    | st.builds(Renewals, st.integers(1, MAX_DAYS), st.none() | st.just("team"), st.integers(1, 10_000))
)
def test_round_trip(view: Card | Book | Renewals) -> None:
    assert len(encode(view)) <= 2000
    assert decode(encode(view)) == view


@given(json_values | st.binary().map(repr))
def test_foreign_values_are_read_or_refused_but_never_crash(value: object) -> None:
    for read in (decode, decode_pick, lambda state: decode_sort(state, "risk")):
        with contextlib.suppress(BadInput):
            read(value)


@pytest.mark.parametrize(
    "value",
    [
        None,
        7,
        "",
        "[" * 1999,
        "x" * 3000,
        '["c","!!"]',
        '["c",5]',
        '["b",null,"size",null,1]',
        '["b",null,"risk",null,true]',
        '["b","","risk",null,1]',
        '["r",0,null,1]',
        '["r",true,null,0]',
        '["z"]',
        '{"c":1}',
    ],
)
def test_stale(value: object) -> None:
    with pytest.raises(BadInput):
        decode(value)


def test_sorting_starts_at_the_first_page() -> None:
    assert decode_sort(encode(Book("x", "risk", "team", 4)), "touch") == Book("x", "touch", "team", 1)
    with pytest.raises(BadInput):
        decode_sort(encode(Card(1)), "touch")
    with pytest.raises(BadInput):
        decode_sort(encode(Book()), "size")
