"""What must hold for any book."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.kpi import movements, retention
from bot.domain.kpi.base import Kpi
from bot.domain.kpi.holdings import Holding, Step, at_customers, customers, holdings_of, steps_of, tops
from bot.domain.revenue import Line, arr
from tests.domain.kpi.playbook import line

TODAY = date(2026, 3, 4)
START = date(2025, 1, 1)
amounts = st.integers(0, 10**7).map(lambda cents: Decimal(cents) / 100)
holdings = st.lists(
    st.builds(Holding, st.integers(1, 6), st.sampled_from(["core", "flow", None]), amounts, amounts), max_size=25
)
days = st.integers(0, 400).map(lambda offset: START + timedelta(days=offset))
steps = st.lists(st.builds(Step, st.integers(1, 6), days, amounts | amounts.map(lambda one: -one)), max_size=30)
parents = st.dictionaries(st.integers(1, 6), st.integers(1, 6), max_size=4)


@st.composite
def lines(draw: st.DrawFn) -> list[Line]:
    found = []
    for number in range(draw(st.integers(0, 6))):
        starts = draw(days)
        lasts = draw(st.none() | st.integers(1, 200))
        ends = None if lasts is None else starts + timedelta(days=lasts)
        product, contract = draw(st.integers(1, 3)), draw(st.integers(1, 4))
        found.append(line(number, starts, ends, str(draw(amounts)), product=product, contract=contract))
    return found


def every(held: list[Holding], top: dict[int, int]) -> list[Kpi]:
    found, by_customer = customers(held, top), at_customers(held, top)
    return [
        retention.nrr(found, TODAY), retention.grr(found, TODAY), retention.retention(found, TODAY),
        retention.churn(found, TODAY, 90), retention.clv(found, TODAY, 365, "USD"),
        movements.recurring(found, TODAY, "USD", monthly=True), movements.upsell_rate(by_customer, TODAY),
        movements.cross_sell_rate(by_customer, TODAY),
    ]  # fmt: skip


@given(holdings, parents)
def test_grr_is_never_above_a_hundred_nor_above_nrr(held: list[Holding], parent: dict[int, int]) -> None:
    found = customers(held, tops(parent))
    gross, net = retention.grr(found, TODAY).value, retention.nrr(found, TODAY).value
    assert (gross is None) == (net is None)
    if gross is not None and net is not None:
        assert 0 <= gross <= 100
        assert gross <= net


@given(holdings, steps, parents, st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(
    held: list[Holding], moved: list[Step], parent: dict[int, int], draw: Random
) -> None:
    top = tops(parent)
    before = every(held, top)
    opening = {one.id: one.before for one in customers(held, {})}
    first = movements.movements(opening, moved, top)
    draw.shuffle(held)
    draw.shuffle(moved)
    assert every(held, top) == before
    assert movements.movements(opening, moved, top) == first


@given(holdings, steps)
def test_splitting_an_account_changes_nothing_for_its_parent(held: list[Holding], moved: list[Step]) -> None:
    """Every other row goes to a subsidiary of its account."""
    split = [one._replace(account=one.account + 100) if at % 2 else one for at, one in enumerate(held)]
    moved_apart = [one._replace(account=one.account + 100) if at % 2 else one for at, one in enumerate(moved)]
    top = tops({one + 100: one for one in range(1, 7)})
    assert every(split, top) == every(held, {})
    opening = {one.id: one.before for one in customers(held, {})}
    apart: dict[int, Decimal] = {}
    for one in split:
        apart[one.account] = apart.get(one.account, Decimal(0)) + one.before
    assert movements.movements(apart, moved_apart, top) == movements.movements(opening, moved, {})


@given(steps, st.dictionaries(st.integers(1, 6), amounts, max_size=6), parents)
def test_movements_add_up_to_the_difference(
    moved: list[Step], opening: dict[int, Decimal], parent: dict[int, int]
) -> None:
    found = movements.movements(opening, moved, tops(parent))
    assert sum((one.amount for one in found), Decimal(0)) == sum((one.amount for one in moved), Decimal(0))
    by_kind = movements.Moved.of(found).by_kind
    assert all(amount >= 0 for kind, (_, amount) in by_kind.items() if kind in ("new", "expansion", "reactivation"))
    assert all(amount <= 0 for kind, (_, amount) in by_kind.items() if kind in ("contraction", "churn"))


@given(lines(), days, days)
def test_steps_lead_from_one_day_of_the_card_to_another(found: list[Line], one: date, other: date) -> None:
    first, last = min(one, other), max(one, other)

    def level(on: date) -> Decimal:
        return sum((money.amount for money in arr(found, on).totals), Decimal(0))

    between = sum((step.amount for step in steps_of(1, found, "USD") if first < step.on <= last), Decimal(0))
    assert between == level(last) - level(first)
    held = holdings_of(1, found, first, last, "USD")
    assert sum((row.before for row in held), Decimal(0)) == level(first)
    assert sum((row.after for row in held), Decimal(0)) == level(last)
