"""What a plan lacks, and what it was worth."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.money import Money
from bot.domain.plans import Action, Objective, Outcome, PlanFacts, Return, gaps, returns

TODAY = date(2026, 3, 4)
SOON = TODAY + timedelta(days=30)
WHOLE = PlanFacts(
    why_bought=True,
    objectives=[Objective("Close faster", "days", SOON, agreed=True)],
    outcomes=[Outcome(Money(Decimal(10), "EUR"), TODAY, confirmed=True)],
    actions=[Action("Train the plant", due_on=SOON)],
    reviewed_on=TODAY,
    next_review_on=SOON,
)


def _with(**changes: object) -> PlanFacts:
    return PlanFacts(**{name: getattr(WHOLE, name) for name in WHOLE.__slots__} | changes)


def test_a_whole_plan_lacks_nothing() -> None:
    assert gaps(WHOLE, TODAY) == ()


def test_an_empty_plan_says_all_that_is_missing() -> None:
    assert gaps(PlanFacts(people=("No champion is known.",)), TODAY) == (
        "Why they bought is not written down.",
        "No objective is known: ask what they want to reach.",
        "No champion is known.",
        "No value delivered in the last year is written down.",
        "No action is planned.",
        "The plan was never reviewed, and no review is planned.",
    )


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"objectives": [Objective("x", "m", SOON)]}, "No objective is agreed with the customer."),
        ({"objectives": [Objective("x", None, SOON, agreed=True)]}, "The objective “x” has no measure."),
        (
            {"objectives": [Objective("x", "m", TODAY - timedelta(days=1), agreed=True)]},
            "The objective “x” was due on 3 Mar 2026: was it met?",
        ),
        (
            {"objectives": [Objective("x", "m", agreed=True, open=False)]},
            "No objective is known: ask what they want to reach.",
        ),
        (
            {"outcomes": [Outcome(None, TODAY, confirmed=True)]},
            "No value delivered has an amount: the return is not known.",
        ),
        (
            {"outcomes": [Outcome(Money(Decimal(1), "EUR"), TODAY)]},
            "No value delivered is confirmed by the customer.",
        ),
        ({"actions": [Action("x", owned=False, due_on=SOON)]}, "The action “x” has no owner."),
        ({"actions": [Action("x")]}, "The action “x” has no date."),
        ({"actions": [Action("x", due_on=TODAY - timedelta(days=1))]}, "1 action is overdue."),
        ({"next_review_on": TODAY - timedelta(days=1)}, "The review was due on 3 Mar 2026."),
        (
            {"next_review_on": None, "reviewed_on": TODAY - timedelta(days=90)},
            "The plan was last reviewed on 4 Dec 2025, and no review is planned.",
        ),
    ],
)
def test_one_thing_that_is_missing_is_one_sentence(change: dict[str, object], sentence: str) -> None:
    assert gaps(_with(**change), TODAY) == (sentence,)


def test_a_review_of_late_needs_no_date() -> None:
    assert gaps(_with(next_review_on=None), TODAY) == ()


def test_the_return_is_confirmed_value_over_the_yearly_price_and_never_across_currencies() -> None:
    outcomes = [
        Outcome(Money(Decimal(30), "EUR"), TODAY, confirmed=True),
        Outcome(Money(Decimal(50), "EUR"), TODAY),
        Outcome(Money(Decimal(99), "EUR"), TODAY - timedelta(days=365), confirmed=True),
        Outcome(Money(Decimal(70), "USD"), TODAY, confirmed=True),
        Outcome(Money(Decimal(1), "EUR"), None, confirmed=True),
        Outcome(None, TODAY, confirmed=True),
    ]
    found = returns(outcomes, [Money(Decimal(20), "EUR")], TODAY)
    assert found == (
        Return("EUR", Decimal(30), Decimal(50), Decimal(20)),
        Return("USD", Decimal(70), Decimal(0), None),
    )
    assert [one.times for one in found] == [Decimal("1.5"), None]


def test_a_price_of_zero_gives_no_return() -> None:
    assert Return("EUR", Decimal(1), Decimal(0), Decimal(0)).times is None


@given(st.lists(st.tuples(st.integers(0, 10**6), st.sampled_from(["EUR", "USD"]), st.booleans())))
def test_nothing_is_lost_and_order_does_not_matter(rows: list[tuple[int, str, bool]]) -> None:
    outcomes = [Outcome(Money(Decimal(n), code), TODAY, confirmed=sure) for n, code, sure in rows]
    found = returns(outcomes, (), TODAY)
    assert found == returns(reversed(outcomes), (), TODAY)
    assert sum(one.confirmed + one.stated for one in found) == sum(n for n, _, _ in rows)
