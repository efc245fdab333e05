"""What buttons and forms about logging carry, and what of it is believed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import id_text
from bot.services.errors import BadInput
from bot.services.logbook.entry import Message
from bot.slack.form_fields import Fields
from bot.slack.log_values import (
    MAX_VALUE,
    Blank,
    Details,
    FormState,
    LogTo,
    Pressed,
    Undo,
    decode,
    decode_state,
    encode,
    encode_state,
)

ids = st.integers(1, 2**63 - 1)
pressed = st.one_of(
    st.builds(LogTo, ids, st.text(min_size=1, max_size=20), st.text()),
    st.builds(Undo, ids.map(id_text)),
    st.builds(Blank, st.none() | ids, st.text()),
    st.builds(Details, ids),
)
messages = st.builds(
    Message, st.sampled_from(["team", "customer", "external channel"]), st.none() | ids, st.none() | st.text()
)
states = st.builds(
    FormState,
    st.text(min_size=1, max_size=20),
    st.none() | st.text(max_size=20),
    st.none() | st.text(max_size=20),
    st.none() | messages,
    st.none() | ids,
    st.none() | ids,
)


@given(pressed)
def test_what_is_pressed_comes_back_or_does_not_fit(given_one: Pressed) -> None:
    value = encode(given_one)
    assert value is None or decode(value) == given_one


@given(states)
def test_what_a_form_remembers_comes_back(state: FormState) -> None:
    assert decode_state(encode_state(state)) == state


def test_a_text_that_does_not_fit_is_not_cut() -> None:
    assert encode(LogTo(1, "k", "x" * MAX_VALUE)) is None
    assert encode(Blank(None, "x" * 1900)) is not None


junk: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(junk.filter(lambda value: not isinstance(value, list) or len(value) != 6))
def test_nothing_else_is_believed(value: Any) -> None:
    """Six things, the first of them a text, are what a form remembers."""
    for read in (decode, decode_state):
        for given_one in (value, json.dumps(value)):
            with pytest.raises(BadInput):
                read(given_one)


@pytest.mark.parametrize(
    "value",
    [
        '["to","!","k","x"]', '["to","1","","x"]', '["undo",7]', '["undo","../.."]', '["form","!",""]',
        '["form",null,7]', '["details",null]', "[" * 1999, "x" * 2001,
    ],
)  # fmt: skip
def test_nor_is_what_only_looks_like_it(value: str) -> None:
    with pytest.raises(BadInput, match="older message"):
        decode(value)


@given(junk)
def test_fields_of_anything_are_empty_or_right(view: Any) -> None:
    for given_one in (view, {"state": view}, {"state": {"values": view}}, {"state": {"values": {"a": view}}}):
        fields = Fields(given_one)
        for found in (fields.text("a"), fields.choice("a"), fields.user("a"), fields.day("a"), fields.instant("a")):
            assert found is None


def test_fields_are_read() -> None:
    entries = {
        "t": {"value": " x "}, "blank": {"value": "  "}, "c": {"selected_option": {"value": "v"}},
        "u": {"selected_user": "U1"}, "d": {"selected_date": "2026-03-04"}, "bad": {"selected_date": "2026-13-04"},
        "i": {"selected_date_time": 0}, "far": {"selected_date_time": 10**18}, "yes": {"selected_date_time": True},
    }  # fmt: skip
    fields = Fields({"state": {"values": {name: {"action": entry} for name, entry in entries.items()}}})
    assert (fields.text("t"), fields.text("blank"), fields.choice("c"), fields.user("u")) == (" x ", None, "v", "U1")
    assert (str(fields.day("d")), fields.day("bad"), fields.day("t")) == ("2026-03-04", None, None)
    assert str(fields.instant("i")) == "1970-01-01 00:00:00+00:00"
    assert (fields.instant("far"), fields.instant("yes")) == (None, None)
