"""Which account comes first, and why."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.money import Money
from bot.domain.policy import BookPolicy, PolicyError, parse_policy
from bot.domain.ranking import Danger, Standing, at_least, danger, factor, first, lateness, nearness, reasons, sizes

POLICY = BookPolicy()
CALM = Danger(90, "healthy", 0, 0)


def _standing(
    days: int | None = 60, *, arr: int | None = 1000, silent: int | None = 0, renews: bool = True, notice: bool = False
) -> Standing:
    money = (Money(Decimal(arr), "EUR"),) if arr is not None else ()
    leads: Literal["notice", "end"] | None = None if days is None else "notice" if notice else "end"
    return Standing(leads, days, renews, money, silent, 30)


def _rank(standing: Standing, found: Danger = CALM, size: float = 0.5) -> float:
    return at_least(standing, size, POLICY) * factor(found, POLICY)


def test_a_worked_example() -> None:
    """90 of 180 days: 1 + 4 x 0.5; half the size: 1 + 3 x 0.5; health 50: 1 + 2 x 0.5; 15 of 30 days late: 1 + 0.5."""
    assert _rank(_standing(90, silent=45), Danger(50, "watch", 0, 0)) == pytest.approx(3 * 2.5 * 2 * 1.5)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (_rank(_standing(10)), _rank(_standing(20))),
        (_rank(_standing(10)), _rank(_standing(None))),
        (_rank(_standing(-5)), _rank(_standing(30))),
        (_rank(_standing(30)), _rank(_standing(-100))),
        (_rank(_standing(), size=0.9), _rank(_standing(), size=0.2)),
        (_rank(_standing(), Danger(20, "critical", 1, 2)), _rank(_standing())),
        (_rank(_standing(), Danger(90, "healthy", 1, 5)), _rank(_standing())),
        (_rank(_standing(), Danger(None, "unknown", 0, 0)), _rank(_standing())),
        (_rank(_standing(silent=60)), _rank(_standing(silent=40))),
        (_rank(_standing(silent=None)), _rank(_standing(silent=20))),
    ],
)
def test_what_presses_more_stands_higher(better: float, worse: float) -> None:
    assert better > worse


def test_an_account_of_which_nothing_is_known_still_has_a_rank() -> None:
    assert _rank(_standing(None, arr=None, silent=0), Danger(None, "unknown", 0, 0), size=0) > 1


def test_sizes_are_compared_within_a_currency_and_across_with_a_rate() -> None:
    books = {
        1: [Money(Decimal(100), "EUR")],
        2: [Money(Decimal(300), "EUR")],
        3: [Money(Decimal(200), "USD")],
        4: [],
    }
    assert sizes(books, POLICY) == {1: 0.5, 2: 1.0, 3: 1.0, 4: 0.0}
    rated = BookPolicy(base="EUR", rates={"USD": 0.5})
    assert sizes(books, rated) == {1: pytest.approx(2 / 3), 2: 1.0, 3: pytest.approx(2 / 3), 4: 0.0}


def test_reasons_are_words_that_a_person_accepts() -> None:
    at_risk = Danger(43, "at risk", 2, 4)
    standing = _standing(21, arr=120_000, silent=45)
    assert reasons(standing, at_risk, POLICY) == (
        "renews in 21 days",
        "120,000 EUR",
        "at risk",
        "nobody talked for 45 days, 15 too long",
    )


@pytest.mark.parametrize(
    ("standing", "found", "said"),
    [
        (_standing(1, notice=True), CALM, ("notice deadline tomorrow", "1,000 EUR")),
        (_standing(0, renews=False), CALM, ("ends today", "1,000 EUR")),
        (_standing(-1, arr=None), CALM, ("ended 1 day ago, and no renewal is known", "ARR not known")),
        (_standing(400), CALM, ("1,000 EUR",)),
        (
            _standing(None, silent=None),
            Danger(None, "unknown", 0, 0),
            ("no date is known", "1,000 EUR", "health unknown", "no conversation is known"),
        ),
        (_standing(400), Danger(70, "watch", 0, 0), ("1,000 EUR", "health: watch")),
        (_standing(400), Danger(90, "healthy", 1, 3), ("1,000 EUR", "1 risk")),
    ],
)
def test_each_reason(standing: Standing, found: Danger, said: tuple[str, ...]) -> None:
    assert reasons(standing, found, POLICY) == said


@given(
    st.lists(st.tuples(st.floats(1, 50), st.floats(1, 3)), max_size=60),
    st.integers(1, 70),
)
def test_the_first_are_those_that_all_would_give(rows: list[tuple[float, float]], count: int) -> None:
    """Looking only at those that may come first finds the same as looking at all."""
    least = {at: one for at, (one, _) in enumerate(rows)}
    asked: list[int] = []

    def exact(some: Sequence[int]) -> dict[int, float]:
        asked.extend(some)
        return {one: rows[one][1] for one in some}

    wanted = sorted(least, key=lambda one: (-least[one] * rows[one][1], one))[:count]
    found = first(least, 3.0, exact, count)
    assert [least[one] * rows[one][1] for one in found] == [least[one] * rows[one][1] for one in wanted]
    assert len(asked) == len(set(asked))


def test_not_all_are_looked_at() -> None:
    least = {at: 1000.0 - at * 10 for at in range(100)}
    asked: list[int] = []

    def exact(some: Sequence[int]) -> dict[int, float]:
        asked.extend(some)
        return dict.fromkeys(some, 1.0)

    assert first(least, 1.1, exact, 8) == list(range(8))
    assert len(asked) < 30


@given(st.integers(-1000, 1000), st.integers(0, 1000), st.integers(0, 100), st.integers(0, 5))
def test_parts_stay_between_nothing_and_all(days: int, silent: int, health: int, severity: int) -> None:
    standing = _standing(days, silent=silent)
    for part in (nearness(standing, POLICY), lateness(standing), danger(Danger(health, "", 1, severity), POLICY)):
        assert 0 <= part <= 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("rates: {USD: 0.9}", "`rates` need a `base`"),
        ("base: euro", "base"),
        ("weights: {renewal: -1}", "weights.renewal"),
        ("weights: {size: 1}", "weights.size: is not known"),
        ("horizon_days: 0", "horizon_days"),
    ],
)
def test_a_bad_file_says_what_is_wrong(text: str, sentence: str) -> None:
    with pytest.raises(PolicyError, match=sentence):
        parse_policy(text, "book.yml")
