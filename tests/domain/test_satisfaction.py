"""NPS and CSAT against published examples; scales never mix."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.satisfaction import (
    Answer,
    SurveyKind,
    drops,
    latest_csat,
    latest_nps,
    latest_per_person,
    least_satisfied,
)

TODAY = date(2026, 3, 4)


def answer(
    answer_id: int,
    score: str | int,
    *,
    kind: SurveyKind = "nps",
    scale: tuple[int, int] = (0, 10),
    days_ago: int = 10,
    person: int | None = None,
) -> Answer:
    return Answer(answer_id, kind, Decimal(score), *scale, TODAY - timedelta(days=days_ago), person)


def answers(*counts: tuple[int, int], kind: SurveyKind = "nps", scale: tuple[int, int] = (0, 10)) -> list[Answer]:
    """(score, how many) pairs."""
    scores = [score for score, times in counts for _ in range(times)]
    return [answer(at, score, kind=kind, scale=scale) for at, score in enumerate(scores)]


def test_one_answer_reads_like_one() -> None:
    one, two = latest_nps(answers((7, 1)), TODAY), latest_nps(answers((7, 2)), TODAY)
    assert one is not None
    assert two is not None
    assert one.sentence.startswith("NPS 0 from 1 answer, of ")
    assert two.sentence.startswith("NPS 0 from 2 answers, the newest of ")


@pytest.mark.parametrize(
    ("counts", "nps", "shown"),
    [
        (((10, 60), (8, 20), (3, 20)), 40, "+40"),  # palospublishing
        (((9, 30), (7, 50), (6, 20)), 10, "+10"),  # dela
        (((0, 1),), -100, "-100"),  # zykrr's page forgets that 0 is a detractor
        (((7, 3),), 0, "0"),
        (((10, 1), (0, 2)), None, "-33"),
        (((10, 2), (0, 1)), None, "+33"),
    ],
)
def test_nps(counts: tuple[tuple[int, int], ...], nps: int | None, shown: str) -> None:
    found = latest_nps(answers(*counts), TODAY)
    assert found is not None
    assert nps is None or found.value == nps
    assert found.shown == shown
    assert found.count == sum(times for _, times in counts)


def test_the_latest_answer_of_a_person_counts_and_the_nameless_count_each() -> None:
    given_twice = [answer(1, 0, person=7, days_ago=50), answer(2, 10, person=7, days_ago=5)]
    found = latest_nps([*given_twice, answer(3, 10), answer(4, 0)], TODAY)
    assert found is not None
    assert found.count == 3
    assert found.ids == (2, 4, 3)
    assert found.shown == "+33"
    assert (found.on, found.age_days) == (TODAY - timedelta(days=5), 5)


def test_of_two_answers_of_one_day_the_later_stands() -> None:
    same_day = [answer(2, 10, person=7), answer(1, 0, person=7)]
    assert [one.id for one in latest_per_person(same_day)] == [2]


def test_only_the_window_counts() -> None:
    old = answer(1, 0, days_ago=365)
    future = answer(2, 0, days_ago=-1)
    assert latest_nps([old, future], TODAY) is None
    assert latest_nps([replace(old, on=TODAY - timedelta(days=364))], TODAY) is not None
    assert latest_nps([answer(1, 9, days_ago=91)], TODAY, window_days=90) is None


def test_nobody_asked_is_unknown_not_zero() -> None:
    assert latest_nps([], TODAY) is None
    assert latest_csat([], TODAY) is None
    assert latest_nps(answers((5, 3), kind="csat", scale=(1, 5)), TODAY) is None


def test_nps_is_only_counted_on_its_own_scale() -> None:
    found = latest_nps([answer(1, 10), answer(2, 5, scale=(1, 5)), answer(3, 11)], TODAY)
    assert found is not None
    assert (found.count, found.left_out) == (1, 2)
    assert "2 on another scale left out" in found.sentence


def test_half_points_are_not_lost_between_detractor_and_passive() -> None:
    found = latest_nps([answer(1, "6.5")], TODAY)
    assert found is not None
    assert found.value == -100


@pytest.mark.parametrize(
    ("scale", "least"), [((1, 5), 4), ((1, 7), 6), ((1, 10), 9), ((0, 10), 9), ((0, 1), 1), ((1, 3), 3), ((1, 4), 3)]
)
def test_the_two_best_boxes_are_satisfied(scale: tuple[int, int], least: int) -> None:
    assert least_satisfied(*scale) == least


def test_csat_of_half_satisfied_is_fifty() -> None:
    found = latest_csat(answers((9, 5), (10, 5), (3, 10), kind="csat", scale=(1, 10)), TODAY)
    assert found is not None
    assert (found.shown, found.count) == ("50.0 %", 20)


def test_csat_of_the_public_sample_is_right_to_the_last_digit() -> None:
    """RavenStack: 66.298 % of 1,175 answers are 4 or 5 of 5."""
    found = latest_csat(answers((4, 400), (5, 379), (3, 396), kind="csat", scale=(1, 5)), TODAY)
    assert found is not None
    assert found.value.quantize(Decimal("0.001")) == Decimal("66.298")
    assert found.shown == "66.3 %"


def test_csat_counts_every_occasion_and_only_the_newest_scale() -> None:
    of_five = [
        answer(1, 5, kind="csat", scale=(1, 5), days_ago=3, person=1),
        answer(2, 1, kind="csat", scale=(1, 5), days_ago=9, person=1),
    ]
    of_ten = answer(3, 10, kind="csat", scale=(1, 10), days_ago=20)
    found = latest_csat([*of_five, of_ten], TODAY)
    assert found is not None
    assert (found.value, found.count, found.left_out, found.scale) == (Decimal(50), 2, 1, (1, 5))


@pytest.mark.parametrize("bad", [answer(1, 6, kind="csat", scale=(1, 5)), answer(1, 1, kind="csat", scale=(5, 1))])
def test_an_answer_off_its_scale_is_left_out(bad: Answer) -> None:
    assert latest_csat([bad], TODAY) is None
    found = latest_csat([bad, answer(2, 5, kind="csat", scale=(1, 5))], TODAY)
    assert found is not None
    assert (found.count, found.left_out) == (1, 1)


def test_few_answers_are_called_few() -> None:
    few, enough = latest_nps(answers((9, 9)), TODAY), latest_nps(answers((9, 10)), TODAY)
    assert few is not None
    assert enough is not None
    assert (few.small, enough.small) == (True, False)


def test_a_drop_is_between_two_answers_of_one_person_on_one_scale() -> None:
    fell = [answer(1, 9, person=1, days_ago=90), answer(2, 6, person=1, days_ago=5)]
    (found,) = drops(fell, 3)
    assert (found.earlier.id, found.later.id, found.points) == (1, 2, Decimal(3))
    assert drops(fell, 3.5) == ()
    assert drops([answer(1, 9, person=1), answer(2, 2, person=2)], 3) == ()
    assert drops([answer(1, 9), answer(2, 2)], 3) == ()
    assert drops([answer(1, 9, person=1), answer(2, 2, person=1, scale=(1, 5))], 3) == ()


def test_points_of_a_short_scale_are_stretched_to_ten() -> None:
    (found,) = drops([answer(at, score, person=1, kind="csat", scale=(1, 5)) for at, score in ((1, 5), (2, 3))], 3)
    assert found.points == 5


def test_a_drop_that_was_made_good_is_none() -> None:
    row = [answer(at, score, person=1, days_ago=30 - at) for at, score in ((1, 10), (2, 3), (3, 9))]
    assert drops(row, 3) == ()


some_answers = st.lists(
    st.builds(
        answer,
        st.integers(1, 10_000),
        st.integers(0, 10),
        kind=st.sampled_from(["nps", "csat"]),
        scale=st.sampled_from([(0, 10), (1, 5), (1, 7)]),
        days_ago=st.integers(0, 500),
        person=st.none() | st.integers(1, 5),
    ),
    max_size=15,
    unique_by=lambda one: one.id,
)


@given(some_answers, st.randoms(use_true_random=False))
def test_scores_are_in_range_and_do_not_depend_on_the_order(rows: list[Answer], shuffler: random.Random) -> None:
    shuffled = rows.copy()
    shuffler.shuffle(shuffled)
    nps, csat = latest_nps(rows, TODAY), latest_csat(rows, TODAY)
    assert nps == latest_nps(shuffled, TODAY)
    assert csat == latest_csat(shuffled, TODAY)
    assert drops(rows, 3) == drops(shuffled, 3)
    assert nps is None or (-100 <= nps.value <= 100 and nps.count == len(nps.ids) > 0)
    assert csat is None or 0 <= csat.value <= 100
