"""Working days: countries, people's own weeks, and what is said when holidays are not known."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.when.calendars import MONDAY_TO_FRIDAY, Workdays

PLAIN = Workdays()
GERMANY = Workdays("DE")
DAYS = st.dates(date(2020, 1, 1), date(2031, 12, 31))
WEEKS = st.frozensets(st.integers(0, 6), min_size=1)
CALENDARS = st.builds(
    Workdays, st.sampled_from([None, "DE", "US", "SA", "CN", "nowhere"]), st.none(), WEEKS | st.none()
)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("workdays", "when", "worked"),
    [
        (PLAIN, "2026-03-06", True),
        (PLAIN, "2026-03-07", False),
        (PLAIN, "2026-12-25", True),  # no country: a Friday is a Friday
        (GERMANY, "2026-12-25", False),
        (GERMANY, "2026-01-06", True),
        (Workdays("DE", "BY"), "2026-01-06", False),
        (Workdays("DE", "Bayern"), "2026-01-06", False),
        (Workdays("US", "ca"), "2026-03-31", False),  # Cesar Chavez Day
        (Workdays("US"), "2026-06-19", False),
        (Workdays("SA"), "2026-03-06", False),  # the weekend is Friday and Saturday
        (Workdays("SA"), "2026-03-08", True),
        (Workdays("CN"), "2026-02-14", True),  # a Saturday worked before the Spring Festival
        (Workdays("DE", weekdays=frozenset({0, 1, 2})), "2026-03-05", False),  # works Monday to Wednesday
        (Workdays("DE", weekdays=frozenset({0, 1, 2})), "2026-04-06", False),  # Easter Monday all the same
        (Workdays(weekdays=frozenset({5, 6})), "2026-03-07", True),
    ],
)
def test_is_working(workdays: Workdays, when: str, worked: bool) -> None:
    assert workdays.is_working(day(when)) is worked


@pytest.mark.parametrize("name", ["DE", "de", "DEU", "Germany", " germany "])
def test_a_country_goes_by_its_codes_and_its_name(name: str) -> None:
    assert not Workdays(name).is_working(day("2026-05-01"))
    assert Workdays(name).caveat == ""


@pytest.mark.parametrize("name", ["GB", "UK", "United Kingdom", "Great Britain"])
def test_the_names_people_write(name: str) -> None:
    assert not Workdays(name).is_working(day("2026-12-28"))  # Boxing Day, moved


@pytest.mark.parametrize(
    ("workdays", "sentence"),
    [
        (PLAIN, "Public holidays are not left out: no country is known."),
        (Workdays("  "), "Public holidays are not left out: no country is known."),
        (Workdays("Atlantis"), "Public holidays are not left out: there is no calendar of Atlantis."),
        (Workdays("DE", "Texas"), "Regional holidays are not left out: Texas is no known part of DE."),
        (Workdays("DE", "BY"), ""),
    ],
)
def test_what_is_not_known_is_said(workdays: Workdays, sentence: str) -> None:
    assert workdays.caveat == sentence


def test_without_a_calendar_the_weekdays_are_left() -> None:
    assert Workdays("Atlantis").is_working(day("2026-12-25"))
    assert not Workdays("Atlantis").is_working(day("2026-12-26"))
    assert not Workdays("DE", "Texas").is_working(day("2026-05-01"))


def test_the_week() -> None:
    assert PLAIN.week == Workdays("Atlantis").week == GERMANY.week == MONDAY_TO_FRIDAY
    assert Workdays("SA").week == {6, 0, 1, 2, 3}
    assert Workdays("SA", weekdays=frozenset({1})).week == {1}


@pytest.mark.parametrize("week", [frozenset[int](), frozenset({7}), frozenset({-1, 3})])
def test_a_week_without_days_is_refused(week: frozenset[int]) -> None:
    with pytest.raises(ValueError, match="one to seven weekdays"):
        Workdays(weekdays=week)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-03-04", 0, "2026-03-04"),
        ("2026-03-04", 1, "2026-03-05"),
        ("2026-03-04", 3, "2026-03-09"),
        ("2026-03-04", -3, "2026-02-27"),
        ("2026-03-07", 0, "2026-03-09"),
        ("2026-03-07", 1, "2026-03-09"),
        ("2026-03-07", -1, "2026-03-06"),
        ("2026-04-02", 1, "2026-04-07"),  # over Good Friday and Easter Monday
        ("2026-12-23", 3, "2026-12-29"),
        ("2026-01-02", -1, "2025-12-31"),
    ],
)
def test_shift(start: str, days: int, end: str) -> None:
    assert GERMANY.shift(day(start), days) == day(end)


def test_neighbours() -> None:
    assert GERMANY.next_working(day("2026-04-02")) == day("2026-04-07")
    assert GERMANY.previous_working(day("2026-04-07")) == day("2026-04-02")


@given(CALENDARS, DAYS, st.integers(-60, 60))
def test_shifting_lands_on_working_days_and_is_undone_by_counting(workdays: Workdays, start: date, days: int) -> None:
    end = workdays.shift(start, days)
    assert workdays.is_working(end)
    if days:
        assert workdays.between(start, end) == days or (days < 0 and not workdays.is_working(start))
    if workdays.is_working(start):
        assert workdays.shift(end, -days) == start
        assert workdays.shift(start, workdays.between(start, end)) == end


@given(CALENDARS, DAYS, st.integers(-400, 400))
def test_counting_agrees_with_looking_at_every_day(workdays: Workdays, start: date, span: int) -> None:
    end = start + timedelta(days=span)
    walked = [min(start, end) + timedelta(days=at) for at in range(1, abs(span) + 1)]
    assert abs(workdays.between(start, end)) == sum(
        workdays.is_working(each if span > 0 else each - timedelta(days=1)) for each in walked
    )


def test_the_end_of_the_calendar_is_an_error_not_a_loop() -> None:
    with pytest.raises(OverflowError):
        PLAIN.shift(date(9999, 12, 30), 10)
