"""The same numbers for one book and for many."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.money import Money, totals
from bot.domain.policy import BookPolicy
from bot.domain.rollup import Held, in_base, numbers

RATED = BookPolicy(base="EUR", rates={"USD": 0.5})
HELD = st.builds(
    Held,
    arr=st.lists(
        st.builds(Money, st.integers(0, 10**6).map(Decimal), st.sampled_from(["EUR", "USD", "JPY"])), max_size=2
    ).map(tuple),
    arr_known=st.booleans(),
    soon=st.booleans(),
    danger=st.booleans(),
    health_known=st.booleans(),
    late=st.booleans(),
    overdue_promises=st.integers(0, 3),
    planned=st.booleans(),
)


def test_money_is_one_sum_only_with_every_rate() -> None:
    sums = (Money(Decimal(10), "EUR"), Money(Decimal(10), "USD"))
    assert in_base(sums, BookPolicy()) is None
    assert in_base(sums, RATED) == Money(Decimal("15.0"), "EUR")
    assert in_base((*sums, Money(Decimal(1), "JPY")), RATED) is None


@given(st.lists(HELD, max_size=12), st.integers(0, 12))
def test_parts_add_up_to_the_whole(held: list[Held], cut: int) -> None:
    one, other, whole = numbers(held[:cut], RATED), numbers(held[cut:], RATED), numbers(held, RATED)
    for name in ("accounts", "arr_unknown", "soon", "danger", "health_unknown", "late", "overdue_promises", "planned"):
        assert getattr(one, name) + getattr(other, name) == getattr(whole, name)
    for name in ("arr", "soon_arr", "danger_arr"):
        assert totals((*getattr(one, name), *getattr(other, name))) == getattr(whole, name)
