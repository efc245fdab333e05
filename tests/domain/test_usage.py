"""Usage trends over daily, weekly and monthly points, full and sparse."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.usage import Trend, UsagePoint, trend

TODAY = date(2026, 3, 1)


def point(
    days_ago: int, value: str | int, days: int = 1, point_id: int | None = None, entitlement: int | None = None
) -> UsagePoint:
    """A point whose period ended `days_ago` days before today (1 = yesterday was its last day)."""
    on = TODAY - timedelta(days=days_ago + days - 1)
    bought = None if entitlement is None else Decimal(entitlement)
    return UsagePoint(point_id if point_id is not None else days_ago, on, days, Decimal(value), bought)


def daily(recent: str | int, before: str | int) -> list[UsagePoint]:
    return [point(ago, recent if ago <= 30 else before) for ago in range(1, 121)]


def of(points: list[UsagePoint], **more: bool) -> Trend:
    return trend("active users", points, TODAY, **more)


@pytest.mark.parametrize(
    ("recent", "before", "direction", "change"),
    [
        (110, 100, "up", 10),
        (90, 100, "down", -10),
        (100, 100, "flat", 0),
        (105, 100, "flat", 5),
        ("105.01", 100, "up", "5.01"),
        (95, 100, "flat", -5),
        ("94.99", 100, "down", "-5.01"),
        (0, 100, "down", -100),
        (0, 0, "flat", None),
        (3, 0, "up", None),
    ],
)
def test_the_last_30_days_against_the_90_before(
    recent: str | int, before: str | int, direction: str, change: str | int | None
) -> None:
    found = of(daily(recent, before))
    assert found.direction == direction
    assert found.change == (None if change is None else Decimal(change))
    assert (found.recent, found.before) == (Decimal(recent), Decimal(before))
    assert (found.as_of, found.age_days) == (TODAY - timedelta(days=1), 1)


@pytest.mark.parametrize(
    ("recent", "words"),
    [
        (74, "Active users down 26 % against"),
        (126, "Active users up 26 % against"),
        (97, "Active users flat -3 % against"),
        (100, "Active users flat against"),
    ],
)
def test_the_word_says_which_way(recent: int, words: str) -> None:
    assert of(daily(recent, 100)).sentence.startswith(words)


def test_a_period_that_is_not_over_does_not_count() -> None:
    running = UsagePoint(999, TODAY, 1, Decimal(0))
    month = UsagePoint(998, date(2026, 2, 20), 28, Decimal(0))
    assert of([*daily(100, 100), running, month]) == of(daily(100, 100))


def test_the_window_ends_with_the_data_and_the_age_is_told() -> None:
    found = of([point(ago + 10, 50) for ago in range(1, 121)])
    assert (found.direction, found.age_days) == ("flat", 11)


def test_missing_days_are_not_zeros() -> None:
    every_other = [one for one in daily(100, 100) if one.on.toordinal() % 2]
    assert of(every_other).direction == "flat"
    assert of(every_other).recent == 100
    workdays = [one for one in daily(80, 100) if one.on.weekday() < 5]
    assert of(workdays).direction == "down"


@pytest.mark.parametrize(
    ("points", "missing"),
    [
        ([], "no complete period has been recorded"),
        ([point(ago, 5) for ago in range(1, 15)], "only 14 of the last 30 days are covered (half are needed)"),
        ([point(ago, 5) for ago in range(1, 31)], "only 0 of the 90 days before are covered (half are needed)"),
        ([point(ago, 5) for ago in range(1, 75)], "only 44 of the 90 days before are covered (half are needed)"),
        ([point(1, 5, days=91), point(92, 5, days=91)], "its periods of 91 days are too long for a 30-day trend"),
    ],
)
def test_too_little_data_is_unknown_and_says_what_is_missing(points: list[UsagePoint], missing: str) -> None:
    found = of(points)
    assert (found.direction, found.change, found.missing) == ("unknown", None, missing)
    assert missing in found.sentence


def test_enough_data_is_half_of_each_window() -> None:
    assert of([point(ago, 5) for ago in range(1, 76)]).direction == "flat"


def months(*values: int) -> list[UsagePoint]:
    """Calendar months, oldest first, the last one being February 2026."""
    made: list[UsagePoint] = []
    after = TODAY
    for value in reversed(values):
        on = (after - timedelta(days=1)).replace(day=1)
        made.append(UsagePoint(len(made) + 1, on, (after - on).days, Decimal(value)))
        after = on
    return made


def test_calendar_months() -> None:
    found = of(months(100, 100, 100, 80))
    assert found.direction == "down"
    assert (found.change, found.recent) == (Decimal(-20), Decimal(80))
    assert [len(window.ids) for window in found.windows] == [1, 1, 1, 1]
    assert of(months(100, 80)).direction == "unknown"
    assert of(months(100, 100, 80)).direction == "down"


def test_a_short_february_is_no_fall_of_a_count() -> None:
    counted = months(3100, 3000, 3100, 3100, 2800)
    assert of(counted, counts=True).direction == "flat"
    assert of(counted).direction == "down"


def test_a_year_of_months_keeps_one_month_per_window() -> None:
    found = of(months(*range(1, 25)))
    assert [len(window.ids) for window in found.windows] == [1] * 13
    assert found.direction == "up"


def test_weeks() -> None:
    weeks = [point(1 + 7 * at, 70 if at < 4 else 100, days=7, point_id=at) for at in range(18)]
    assert of(weeks).direction == "down"


def test_a_streak_counts_falling_windows_and_a_gap_ends_it() -> None:
    assert of(months(100, 90, 80, 70)).falling == 3
    assert of(months(100, 100, 80, 70)).falling == 2
    assert of(months(70, 80, 90, 100)).falling == 0
    assert of([one for one in months(110, 100, 90, 80, 70) if one.value != 90]).falling == 1
    assert of(months(100)).falling == 0


@pytest.mark.parametrize(
    ("values", "fall"), [((100, 75), 25), ((100, 70), 30), ((100, 100), None), ((100, 120), None), ((100,), None)]
)
def test_the_fall_of_one_period(values: tuple[int, ...], fall: int | None) -> None:
    assert of(months(*values)).last_fall == fall


def test_seats_come_from_the_newest_point_that_knows_them() -> None:
    found = of([point(1, 90), point(2, 45, entitlement=50), point(3, 10, entitlement=50)])
    assert found.seats is not None
    assert (found.seats.used, found.seats.entitled, found.seats.share) == (Decimal(45), Decimal(50), Decimal(90))
    assert of([point(1, 90)]).seats is None
    nothing_bought = of([point(1, 3, entitlement=0)]).seats
    assert nothing_bought is not None
    assert nothing_bought.share is None


def test_the_newer_of_two_points_of_one_day_stands() -> None:
    twice = [*daily(100, 100), point(1, 4000, point_id=10_000)]
    recent = of(twice).recent
    assert recent == (Decimal(29 * 100 + 4000) / 30)


@given(st.lists(st.integers(0, 1000), min_size=120, max_size=120), st.randoms(use_true_random=False))
def test_the_order_of_points_does_not_matter(values: list[int], shuffler: random.Random) -> None:
    points = [point(ago + 1, value) for ago, value in enumerate(values)]
    shuffled = points.copy()
    shuffler.shuffle(shuffled)
    assert of(points) == of(shuffled)


@given(
    st.lists(
        st.builds(
            UsagePoint,
            id=st.integers(1, 1000),
            on=st.dates(date(2025, 6, 1), date(2026, 3, 5)),
            days=st.integers(-1, 120),
            value=st.integers(0, 10**9).map(Decimal),
            entitlement=st.none() | st.integers(0, 100).map(Decimal),
        ),
        max_size=60,
        unique_by=lambda one: one.id,
    ),
    st.booleans(),
)
def test_any_points_give_a_trend_or_say_what_is_missing(points: list[UsagePoint], counts: bool) -> None:
    found = of(points, counts=counts)
    assert (found.direction == "unknown") == (found.missing is not None)
    assert found.sentence
    assert found.last_fall is None or found.last_fall > 0
    if found.direction == "down":
        assert found.recent is not None
        assert found.before is not None
        assert found.recent < found.before
