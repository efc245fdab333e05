"""Differences that add up, and what is an alert."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bootstrap import load_policies
from bot.domain.health import Reading, health
from bot.domain.health_past import Kept, apportioned, fall, is_same, kept, points, shifts
from bot.domain.policy import COMPONENTS, Component, Policies

POLICIES: Policies = load_policies(None)
TODAY = date(2026, 3, 4)

_values = st.dictionaries(st.sampled_from(COMPONENTS), st.floats(0, 100), min_size=3)


def reading(values: dict[Component, float], on: date = TODAY, segment: str | None = None) -> Kept:
    found = {one: Reading(value, "", 0, "csv") for one, value in values.items()}
    return kept(health(found, POLICIES.health, segment, on), POLICIES, on)


@given(st.lists(st.floats(-100, 100), min_size=1, max_size=6), st.integers(-300, 300))
def test_whole_numbers_add_up_and_stay_near(values: list[float], total: int) -> None:
    whole = apportioned(values, total)
    assert sum(whole) == total
    close = round(sum(values))
    assert all(abs(a - b) < 2 for a, b in zip(values, apportioned(values, close), strict=True))


@given(_values, _values, st.sampled_from([None, "small", "strategic"]))
def test_what_moved_a_score_adds_up_to_the_difference(
    before: dict[Component, float], after: dict[Component, float], segment: str | None
) -> None:
    then, now = reading(before, TODAY - timedelta(days=9), segment), reading(after, TODAY, segment)
    found = shifts(then, now)
    if then.computed is None or now.computed is None:
        assert found == ()
    else:
        assert sum(one.points for one in found) == now.computed - then.computed
        assert {one.component for one in found} <= before.keys() | after.keys()


@given(_values)
def test_points_to_one_decimal_add_up_to_the_score(values: dict[Component, float]) -> None:
    now = reading(values)
    if now.computed is not None:
        shown = points({one.component: one.points for one in now.parts}, now.computed)
        assert round(sum(shown.values()), 6) == now.computed
        assert all(abs(shown[one.component] - one.points) < 0.7 for one in now.parts)


def test_what_moved_is_named_largest_first() -> None:
    level: dict[Component, float] = dict.fromkeys(COMPONENTS, 80.0)
    now = reading({**level, "usage": 63.0, "support": 65.0})
    moved = [(one.component, one.points, one.before, one.after) for one in shifts(reading(level), now)]
    assert moved == [("usage", -6, 80, 63), ("support", -3, 80, 65)]
    gone = shifts(reading(level), reading({**level, "usage": 63.0}))
    assert [(one.component, one.points) for one in gone] == [("usage", -6)]


def test_a_day_that_says_the_same_is_the_same() -> None:
    level: dict[Component, float] = dict.fromkeys(COMPONENTS, 80.0)
    yesterday, today = reading(level, TODAY - timedelta(days=1)), reading(level)
    assert not is_same(yesterday, today), "its sources brought news"
    assert is_same(yesterday, replace(yesterday, on=TODAY))


LEVEL = reading(dict.fromkeys(COMPONENTS, 80.0), TODAY - timedelta(days=1))


def at(score: int | None, days_ago: int = 0, **more: object) -> Kept:
    band = POLICIES.health.band(score) if score is not None else "unknown"
    made = replace(LEVEL, on=TODAY - timedelta(days=days_ago), score=score, computed=score, band=band)
    return replace(made, **more)  # type: ignore[arg-type]  # fields of Kept by name


@pytest.mark.parametrize(
    ("past", "today", "how"),
    [
        ([], 10, None),
        ([at(66, 1)], 64, "crossed"),
        ([at(65, 1)], 66, None),
        ([at(64, 1)], 66, None),
        ([at(79, 1)], 70, None),
        ([at(79, 1)], 69, "dropped"),
        ([at(79, 7), at(72, 1)], 69, "dropped"),
        ([at(79, 8), at(72, 7)], 69, None),
        ([at(79, 90)], 69, "dropped"),  # it has stood since
        ([at(79, 90), at(72, 8)], 69, None),
        ([at(90, 1, overridden=True)], 40, None),
        ([at(90, 1, model="other")], 40, None),
        ([at(90, 1, parts=LEVEL.parts[1:])], 40, None),
        ([at(None, 1)], 40, None),
        ([at(90, 1)], None, None),
    ],
)
def test_what_is_an_alert(past: list[Kept], today: int | None, how: str | None) -> None:
    found = fall(past, at(today), POLICIES.health)
    assert (found.how if found else None) == how
    if found is not None:
        assert found.points == (today or 0) - (found.before.score or 0) < 0
