"""A contract that another one takes over from has nothing left to renew."""

from __future__ import annotations

from typing import Any

import pytest

from bot.domain.reminders.course import Over
from bot.domain.reminders.ladder import Contract
from bot.domain.reminders.succession import as_followed
from tests.domain.reminders.books import contract, day


def one(number: int, starts: str, ends: str | None, products: set[int] | None = None, **more: Any) -> Contract:
    made = contract(starts, ends, id=number, number=f"C-{number}", **more)
    return Contract(
        made.id, made.account_id, made.terms, made.segment, made.place, made.over, number=made.number,
        products=frozenset(products or ()),
    )  # fmt: skip


FIRST = one(1, "2025-07-01", "2026-06-30", {5})


def over(*others: Contract, today: str = "2026-03-04", first: Contract = FIRST) -> Over | None:
    return as_followed([first, *others], day(today))[0].over


def test_the_next_one_takes_over() -> None:
    assert over(one(2, "2026-07-01", "2027-06-30", {5, 6})) == Over("contract C-2 follows it", "done")
    assert over(one(2, "2026-07-01", None)) == Over("contract C-2 follows it", "done")


@pytest.mark.parametrize(
    ("starts", "ends", "products"),
    [
        ("2026-07-01", "2027-06-30", {6}),  # something else
        ("2026-01-01", "2026-12-31", {5}),  # beside it
        ("2026-08-02", "2027-06-30", {5}),  # too late to be the next
        ("2026-07-01", "2026-06-15", {5}),  # not even longer
    ],
)
def test_what_does_not_take_over(starts: str, ends: str, products: set[int]) -> None:
    assert over(one(2, starts, ends, products)) is None


def test_after_the_end_whatever_runs_on_makes_it_history() -> None:
    beside = one(2, "2026-01-01", "2026-12-31", {6})
    assert over(beside, today="2026-07-01") == Over("contract C-2 follows it", "done")


def test_a_contract_that_renewed_itself_is_not_history() -> None:
    rolling = one(1, "2024-07-01", "2025-06-30", {5}, auto_renew=True)
    assert over(one(2, "2026-01-01", "2026-12-31", {6}), first=rolling) is None


def test_a_cancelled_one_takes_over_nothing() -> None:
    cancelled = one(2, "2026-07-01", "2027-06-30", {5}, over=Over("the contract is cancelled"))
    assert over(cancelled) is None
