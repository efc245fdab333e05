"""What buttons carry survives the way to Slack and back; anything else is refused."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.errors import BadInput
from bot.services.results import SECTIONS
from bot.slack.asks import MAX_DAYS, SORTS, Book, Card, People, Renewals, Timeline, View, Why
from bot.slack.stamps import Stamp
from bot.slack.values import (
    decode,
    decode_menu,
    decode_pick,
    decode_section,
    decode_shareable,
    decode_sort,
    encode,
    menu_value,
    stamp_of,
)

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=12,
)


ids = st.integers(0, 2**63 - 1)
pages = st.integers(1, 10_000)
views = (
    st.builds(Card, ids)
    | st.builds(Timeline, ids, st.sampled_from(SECTIONS), pages)
    | st.builds(People, ids, pages)
    | st.builds(Why, ids)
    | st.builds(
        Book,
        st.none() | st.text(min_size=1, max_size=200),
        st.sampled_from(SORTS),
        st.none() | st.text(min_size=1, max_size=60),
        st.integers(1, 10_000),
    )
    | st.builds(Renewals, st.integers(1, MAX_DAYS), st.none() | st.just("team"), st.integers(1, 10_000))
)
stamps = st.builds(Stamp, st.integers(1, 2**40 - 1), st.text("0123456789abcdef", min_size=10, max_size=10))


@given(views, st.none() | stamps)
def test_round_trip(view: View, stamp: Stamp | None) -> None:
    value = encode(view, stamp)
    assert len(value) <= 2000
    assert (decode(value), stamp_of(value)) == (view, stamp)
    assert decode_menu(menu_value("steward.turn", value)) == ("steward.turn", value)


@given(st.builds(Timeline, ids, st.sampled_from(SECTIONS), pages) | st.builds(People, ids, pages), stamps)
def test_every_view_of_an_account_fits_into_a_menu(view: View, stamp: Stamp) -> None:
    assert len(menu_value("steward.remind", encode(view, stamp))) <= 150


@given(json_values | st.binary().map(repr))
def test_foreign_values_are_read_or_refused_but_never_crash(value: object) -> None:
    reads = (
        decode,
        decode_menu,
        stamp_of,
        Stamp.read,
        lambda chosen: decode_pick(value, chosen),
        lambda state: decode_sort(state, "risk"),
        lambda state: decode_section(state, "tickets"),
    )
    for read in reads:
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


def test_a_filter_starts_at_the_first_page() -> None:
    assert decode_section(encode(Timeline(1, "all", 4)), "tickets") == Timeline(1, "tickets", 1)
    for state, chosen in ((encode(Card(1)), "tickets"), (encode(Timeline(1)), "secrets"), (None, "tickets")):
        with pytest.raises(BadInput):
            decode_section(state, chosen)


def test_only_what_everybody_may_see_is_shareable() -> None:
    assert decode_shareable(encode(Card(1))) == Card(1)
    for view in (Timeline(1), People(1), Why(1)):
        with pytest.raises(BadInput):
            decode_shareable(encode(view))


@pytest.mark.parametrize(
    "stamp", [None, 5, {}, {"t": 5}, {"t": "5", "p": "x"}, {"t": True, "p": "x"}, {"t": -1, "p": "x"},
              {"t": 2**41, "p": "x"}, {"t": 5, "p": "x" * 99}],
)  # fmt: skip
def test_a_stamp_that_is_none(stamp: object) -> None:
    assert Stamp.read(stamp) is None


def test_the_search_menu_says_what_to_show() -> None:
    assert decode_pick("people", "2a") == People(74)
    assert decode_pick(None, "2a") == decode_pick("nonsense", "2a") == Card(74)
