"""Who matters at a customer, who is named in a text, and who is missing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.contacts import Contact, Involvement, gaps, in_order, is_here, keys_of, named_in

TODAY = date(2026, 3, 4)
DANA = Contact(1, "Dana White", "Dana@Birch.example", role="champion")
RAY = Contact(2, "Ray Ólafsson", role="economic buyer")
SUE = Contact(3, "Sue Park")


def left(contact: Contact, days: int = 10) -> Contact:
    return Contact(contact.id, contact.name, role=contact.role, left_on=TODAY - timedelta(days=days))


@pytest.mark.parametrize(
    ("contacts", "expected"),
    [
        ([DANA, RAY], ()),
        ([], ("No contact is known: import people.",)),
        ([DANA, SUE], ("No economic buyer or decision maker is known.",)),
        ([RAY, SUE], ("No champion is known.",)),
        ([DANA, Contact(4, "Lee", role="decision-maker")], ()),
        ([left(DANA), RAY, SUE], ("No champion: Dana White left on 22 Feb 2026 and nobody has followed.",)),
        ([left(DANA), RAY, SUE, Contact(5, "Kim", role="champion")], ()),
        (
            [Contact(1, "Dana White", role="champion", active=False), RAY],
            (
                "No champion: Dana White left and nobody has followed.",
                "Single-threaded: Ray Ólafsson is the only active contact.",
            ),
        ),
        (
            [left(DANA)],
            (
                "No economic buyer or decision maker is known.",
                "No champion: Dana White left on 22 Feb 2026 and nobody has followed.",
                "Nobody known here is active any more.",
            ),
        ),
    ],
)
def test_gaps(contacts: list[Contact], expected: tuple[str, ...]) -> None:
    assert gaps(contacts, TODAY) == expected


def test_of_several_who_left_the_last_is_named() -> None:
    first = Contact(8, "Early", role="champion", left_on=date(2024, 1, 1))
    assert "Dana White left" in gaps([left(DANA), first, RAY, SUE], TODAY)[0]


def test_who_leaves_in_the_future_is_still_here() -> None:
    assert is_here(Contact(1, "Dana", left_on=TODAY + timedelta(days=1)), TODAY)
    assert not is_here(Contact(1, "Dana", left_on=TODAY), TODAY)
    assert not is_here(Contact(1, "Dana", active=False), TODAY)


def test_those_who_matter_come_first() -> None:
    heard = Contact(6, "Zed", involved=Involvement(TODAY, "survey"))
    older = Contact(7, "Abe", involved=Involvement(TODAY - timedelta(days=9), "conversation"))
    people = [SUE, older, heard, left(RAY), DANA, Contact(9, "Kay", role="something odd")]
    assert [one.name for one in in_order(people, TODAY)] == [
        "Dana White", "Zed", "Abe", "Kay", "Sue Park", "Ray Ólafsson"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Dana White", [1]),
        ("dana  WHITE; Ray Olafsson", [1, 2]),
        ("dana@birch.example, Sue Park", [1, 3]),
        ("Dana", []),
        ("Dana White and Sue Park", []),
        ("Dr. Dana White", []),
        ("", []),
        (";;,\n", []),
    ],
)
def test_only_full_names_and_addresses_count(text: str, ids: list[int]) -> None:
    assert list(named_in(text, keys_of([DANA, RAY, SUE]))) == ids


def test_two_of_one_name_count_for_nobody_but_their_addresses_do() -> None:
    twins = [Contact(1, "Kim Lee", "kim@a.example"), Contact(2, "Kim Lee", "lee@a.example")]
    assert list(named_in("Kim Lee, lee@a.example", keys_of(twins))) == [2]


@given(st.text(max_size=200), st.lists(st.builds(Contact, st.integers(1, 5), st.text(max_size=20)), max_size=5))
def test_any_text_can_be_read(text: str, contacts: list[Contact]) -> None:
    assert set(named_in(text, keys_of(contacts))) <= {one.id for one in contacts}
    assert len(in_order(contacts, TODAY)) == len(contacts)
    assert all(sentence.endswith(".") for sentence in gaps(contacts, TODAY))
