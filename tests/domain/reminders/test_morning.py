"""The morning message: what leads, what is merged, what is left out."""

from __future__ import annotations

import random
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.reminders.morning import Item, Kind, morning


def item(kind: Kind, account: int, *, days: int = 0, arr: int = 0, rows: tuple[int, ...] = ()) -> Item:
    name = f"Account {account}"
    return Item(kind, account, name, f"{kind} of {name}", f"do {kind}", f"{kind} too", days, Decimal(arr), rows)


def names(items: list[Item], most: int = 10) -> list[str]:
    message = morning(items, most)
    assert message is not None
    return [f"{line.kind} {line.account_id}" for line in message.lines]


def test_nothing_to_say_is_no_message() -> None:
    assert morning([], 10) is None


def test_what_matters_comes_first() -> None:
    shuffled = [
        item("change", 6), item("check-in", 5), item("renewal", 4), item("promise", 3), item("deadline", 2, days=9),
        item("overdue promise", 1, days=-3),
    ]  # fmt: skip
    assert names(shuffled) == [
        "overdue promise 1", "deadline 2", "promise 3", "renewal 4", "check-in 5", "change 6"
    ]  # fmt: skip


def test_the_most_overdue_promise_leads() -> None:
    late = [item("overdue promise", 1, days=-1, arr=900_000), item("overdue promise", 2, days=-9)]
    assert names(late) == ["overdue promise 2", "overdue promise 1"]


def test_dates_to_act_on_weigh_stake_against_days() -> None:
    """Missed and today's first, whatever they are worth; then 50,000 in 9 days before 90,000 in 29."""
    dates = [
        item("deadline", 1, days=29, arr=90_000),
        item("deadline", 2, days=9, arr=50_000),
        item("deadline", 3, days=-1, arr=10),
        item("deadline", 4, days=0, arr=400),
        item("deadline", 5, days=1),
    ]
    assert names(dates) == ["deadline 4", "deadline 3", "deadline 2", "deadline 1", "deadline 5"]


def test_a_near_renewal_comes_before_one_far_away() -> None:
    """Whoever reads the list sees the days, not what is at stake."""
    far, near = item("renewal", 1, days=160, arr=900_000), item("renewal", 2, days=44, arr=60_000)
    assert names([far, near, item("renewal", 3, days=44, arr=70_000)]) == ["renewal 3", "renewal 2", "renewal 1"]


def test_an_account_has_one_line() -> None:
    message = morning(
        [item("check-in", 1, rows=(11,)), item("deadline", 1, rows=(12,)), item("check-in", 1, rows=(13,))], 10
    )
    assert message is not None
    (line,) = message.lines
    assert (line.reason, line.step, line.also) == ("deadline of Account 1", "do deadline", ("check-in too",))
    assert sorted(message.carried) == [11, 12, 13]


def test_what_does_not_fit_is_counted_and_waits() -> None:
    items = [item("renewal", number, arr=number, rows=(number,)) for number in range(1, 5)]
    items += [item("check-in", number, rows=(number,)) for number in range(5, 7)]
    message = morning(items, 3)
    assert message is not None
    assert message.left_out == "3 more: 1 renewal and 2 check-ins."
    assert sorted(message.carried) == [2, 3, 4]
    alone = morning([item("check-in", number) for number in range(12)], 10)
    assert alone is not None
    assert alone.left_out == "2 more check-ins."


ITEMS = st.lists(
    st.builds(
        item,
        st.sampled_from(["overdue promise", "deadline", "promise", "renewal", "check-in", "change"]),
        st.integers(1, 15),
        days=st.integers(-5, 40),
        arr=st.integers(0, 3),
        rows=st.tuples(st.integers(1, 10**6)),
    ),
    min_size=1,
    max_size=40,
    unique_by=lambda one: one.reminders,
)


@given(ITEMS, st.randoms(use_true_random=False), st.integers(1, 12))
def test_order_does_not_matter_and_nothing_disappears(items: list[Item], draw: random.Random, most: int) -> None:
    message = morning(items, most)
    assert message is not None
    accounts = {one.account_id for one in items}
    assert len(message.lines) == min(most, len(accounts))
    shown = {line.account_id for line in message.lines}
    assert set(message.carried) == {row for one in items if one.account_id in shown for row in one.reminders}
    assert (message.left_out is None) == (len(accounts) <= most)
    draw.shuffle(items)
    again = morning(items, most)
    assert again is not None
    assert [(line.kind, line.account_id) for line in again.lines] == [
        (line.kind, line.account_id) for line in message.lines
    ]
