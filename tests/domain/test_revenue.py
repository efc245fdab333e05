"""ARR: worked examples, what is left out and why, and what never matters."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.money import Money
from bot.domain.revenue import Line, Period, annual_value, arr
from bot.domain.terms import add_months

TODAY = date(2026, 3, 4)


def usd(amount: str | int) -> Money:
    return Money(Decimal(amount), "USD")


def line(
    line_id: int = 1,
    amount: Money | None = None,
    *,
    contract_id: int | None = 1,
    product_id: int | None = 1,
    unit: str | None = None,
    period: Period | None = "year",
    recurring: bool = True,
    starts_on: date | None = date(2026, 1, 1),
    ends_on: date | None = date(2026, 12, 31),
    trial: bool = False,
) -> Line:
    return Line(line_id, contract_id, product_id, unit, amount, period, recurring, starts_on, ends_on, trial)


@pytest.mark.parametrize(
    ("amount", "period", "starts", "ends", "year"),
    [
        ("100", "month", "2026-01-01", None, "1200"),
        ("100", "quarter", "2026-01-01", None, "400"),
        ("100", "year", "2026-01-01", "2026-06-30", "100"),
        ("250", "term", "2019-06-15", "2022-06-14", "83.33"),  # Mattermost handbook
        ("1200", "term", "2026-01-01", "2026-06-30", "2400"),
        ("1200", "term", "2024-02-29", "2025-02-28", "1200"),
        ("365", "term", "2026-01-01", "2026-01-10", "13322.50"),
        ("0", "year", "2026-01-01", None, "0"),
    ],
)
def test_annual_value(amount: str, period: Period, starts: str, ends: str | None, year: str) -> None:
    one = line(
        amount=usd(amount),
        period=period,
        starts_on=date.fromisoformat(starts),
        ends_on=date.fromisoformat(ends) if ends else None,
    )
    value = annual_value(one)
    assert value is not None
    assert value.rounded() == usd(year).rounded()


def test_what_has_no_annual_value() -> None:
    assert annual_value(line(amount=None)) is None
    assert annual_value(line(amount=usd(10), period="once")) is None
    assert annual_value(line(amount=usd(10), recurring=False)) is None
    assert annual_value(line(amount=usd(10), period=None)) is None
    assert annual_value(line(amount=usd(10), period="term", ends_on=None)) is None
    assert annual_value(line(amount=usd(10), period="term", ends_on=date(2025, 1, 1))) is None


def test_lines_of_one_contract_add_up_and_currencies_stay_apart() -> None:
    found = arr([line(1, usd(100)), line(2, usd(50)), line(3, Money(Decimal(70), "EUR"))], TODAY)
    assert found.totals == (usd(150), Money(Decimal(70), "EUR"))
    assert [one.id for one in found.counted] == [1, 2, 3]
    assert found.known
    assert found.complete


@pytest.mark.parametrize(
    ("starts", "ends", "why"),
    [
        (date(2026, 3, 4), None, None),
        (date(2026, 3, 5), None, "not started"),
        (date(2025, 3, 5), date(2026, 3, 4), None),
        (date(2025, 3, 4), date(2026, 3, 3), "ended"),
    ],
)
def test_the_last_paid_day_counts_and_the_next_does_not(starts: date, ends: date | None, why: str | None) -> None:
    """Churn falls on term end + 1 day (Sourcegraph)."""
    found = arr([line(1, usd(100), starts_on=starts, ends_on=ends)], TODAY)
    assert [one.why for one in found.left_out] == ([why] if why else [])
    assert found.totals == (() if why else (usd(100),))


@pytest.mark.parametrize(
    ("one", "why", "known"),
    [
        (line(amount=usd(9), trial=True), "trial", True),
        (line(amount=usd(9), period="once"), "one-time", True),
        (line(amount=usd(9), recurring=False), "one-time", True),
        (line(amount=None), "no amount", False),
        (line(amount=usd(9), starts_on=None), "no start", False),
        (line(amount=usd(9), period=None), "no period", False),
        (line(amount=usd(9), period="term", ends_on=None), "term without an end", False),
        (line(amount=None, ends_on=date(2025, 1, 1), starts_on=date(2024, 1, 1)), "ended", True),
    ],
)
def test_each_line_left_out_has_a_reason(one: Line, why: str, known: bool) -> None:
    found = arr([one], TODAY)
    assert found.totals == ()
    assert [(out.line, out.why) for out in found.left_out] == [(one, why)]
    assert f"Line {one.id} " in found.left_out[0].reason
    assert found.known is known


def test_no_lines_is_unknown_and_a_line_that_says_zero_is_zero() -> None:
    assert not arr([], TODAY).known
    assert arr([], TODAY).sentence == "ARR is unknown: no contract lines."
    zero = arr([line(amount=usd(0))], TODAY)
    assert zero.known
    assert zero.totals == (usd(0),)


def test_a_partial_total_says_that_it_is_partial() -> None:
    found = arr([line(1, usd(100)), line(2, None)], TODAY)
    assert found.known
    assert not found.complete
    assert found.sentence == "1 line active on 4 Mar 2026; 1 line left out for missing data."


def test_only_the_contract_that_started_last_counts_when_two_overlap() -> None:
    old = line(1, usd(100), contract_id=1, starts_on=date(2025, 6, 1))
    new = line(2, usd(120), contract_id=2, starts_on=date(2026, 2, 1))
    found = arr([old, new], TODAY)
    assert found.totals == (usd(120),)
    assert found.counted == (new,)
    (overlap,) = found.overlaps
    assert (overlap.counted, overlap.ignored) == ((new,), (old,))
    assert [out.why for out in found.left_out] == ["overlap"]
    assert "started last" in found.left_out[0].reason
    assert found.complete


def test_all_lines_of_the_latest_contract_count() -> None:
    found = arr(
        [
            line(1, usd(100), contract_id=1),
            line(2, usd(30), contract_id=2, starts_on=date(2026, 1, 15)),
            line(3, usd(40), contract_id=2, starts_on=date(2026, 2, 1)),
        ],
        TODAY,
    )
    assert found.totals == (usd(70),)


@pytest.mark.parametrize(
    ("other", "overlapping"),
    [
        (line(2, usd(50), contract_id=2), True),
        (line(2, usd(50), contract_id=2, product_id=2), False),
        (line(2, usd(50), contract_id=2, unit="Berlin"), False),
        (line(2, usd(50), contract_id=1), False),
        (line(2, usd(50), contract_id=2, ends_on=date(2026, 2, 1)), False),
        (line(2, usd(50), contract_id=2, trial=True), False),
        (line(2, None, contract_id=2), False),
        (line(2, usd(50), contract_id=None), True),
    ],
)
def test_what_overlaps(other: Line, overlapping: bool) -> None:
    assert bool(arr([line(1, usd(100)), other], TODAY).overlaps) is overlapping


def test_units_are_compared_as_people_write_them() -> None:
    pair = [line(1, usd(1), unit="Berlin "), line(2, usd(2), contract_id=2, unit="BERLIN")]
    assert arr(pair, TODAY).overlaps
    assert arr([replace(one, product_id=None) for one in pair], TODAY).overlaps


days = st.dates(date(2025, 1, 1), date(2027, 1, 1))
some_lines = st.lists(
    st.builds(
        Line,
        id=st.integers(1, 10_000),
        contract_id=st.none() | st.integers(1, 4),
        product_id=st.none() | st.integers(1, 2),
        unit=st.sampled_from([None, "North", "South"]),
        amount=st.none() | st.builds(Money, st.integers(0, 10_000).map(Decimal), st.sampled_from(["USD", "EUR"])),
        period=st.sampled_from(["month", "quarter", "year", "term", "once", None]),
        recurring=st.booleans(),
        starts_on=st.none() | days,
        ends_on=st.none() | days,
        trial=st.booleans(),
    ),
    max_size=8,
    unique_by=lambda one: one.id,
)


@given(some_lines, st.randoms(use_true_random=False))
def test_the_order_of_lines_never_matters(lines: list[Line], shuffler: random.Random) -> None:
    shuffled = lines.copy()
    shuffler.shuffle(shuffled)
    one, other = arr(lines, TODAY), arr(shuffled, TODAY)
    assert one.totals == other.totals
    assert one.counted == other.counted
    assert set(one.left_out) == set(other.left_out)
    assert one.sentence == other.sentence


@given(some_lines)
def test_every_line_either_counts_or_has_a_reason(lines: list[Line]) -> None:
    found = arr(lines, TODAY)
    accounted = [one.id for one in found.counted] + [out.line.id for out in found.left_out]
    assert sorted(accounted) == sorted(one.id for one in lines)
    assert all(annual_value(one) is not None for one in found.counted)


@given(some_lines, st.data())
def test_splitting_a_line_changes_nothing(lines: list[Line], data: st.DataObject) -> None:
    whole = arr(lines, TODAY)
    priced = [one for one in lines if one.amount is not None and one.contract_id is not None]
    if not priced:
        return
    chosen = data.draw(st.sampled_from(priced))
    assert chosen.amount is not None
    part = chosen.amount.scaled(Decimal("0.25"))
    rest = chosen.amount.scaled(Decimal("0.75"))
    halves = [replace(chosen, amount=part), replace(chosen, id=20_000, amount=rest)]
    split = arr([one for one in lines if one.id != chosen.id] + halves, TODAY)
    assert [one.rounded() for one in split.totals] == [one.rounded() for one in whole.totals]


@given(st.integers(1, 1_000_000), st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 48))
def test_a_term_is_worth_its_price_over_its_own_length(cents: int, start: date, months: int) -> None:
    """A year's worth over the months of the term is the price again: nothing is lost in the normalisation."""
    ends = add_months(start, months) - timedelta(days=1)
    value = annual_value(line(amount=usd(cents), period="term", starts_on=start, ends_on=ends))
    assert value is not None
    assert abs(value.amount * months / 12 - cents) < Decimal("0.0001")
