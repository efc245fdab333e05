"""Check-ins: from the last touch, one tier closer for a reason, and an end to asking."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.reminders.checkins import Silence, Standing, check_ins, must_look, reasons_to_be_closer
from bot.domain.reminders.course import Course
from tests.domain.reminders.books import POLICIES, day, place, policies, shown, told
from tests.domain.reminders.people import at

TOUCHED = "2026-03-02"  # a Monday


def silence(since: str | None = TOUCHED, **more: Any) -> Silence:
    more.setdefault("segment", "mid-market")
    return Silence(7, place=more.pop("place", place()), since=day(since) if since else None, **more)


def course(one: Silence, now: str = "2026-03-02T12:00") -> Course:
    return check_ins(one, POLICIES.cadence, POLICIES.reminders, at(now))


def test_a_cadence_after_the_last_touch_and_then_again_and_then_it_stops() -> None:
    """30 days after Monday 2 March is Wednesday 1 April; then Friday, then Sunday told on Monday."""
    found = course(silence())
    assert told(found.ahead) == [
        (0, "Wed 2026-04-01 09:00"), (1, "Fri 2026-05-01 09:00"), (2, "Mon 2026-06-01 09:00")
    ]  # fmt: skip
    assert {one.carrier for one in found.ahead} == {"morning"}
    assert {one.anchor_on for one in found.ahead} == {day(TOUCHED)}


@pytest.mark.parametrize(
    ("segment", "first"),
    [("strategic", "Mon 2026-03-16 09:00"), ("SMB", "Mon 2026-06-01 09:00"), (None, "Wed 2026-04-01 09:00")],
)
def test_the_segment_chooses_the_cadence(segment: str | None, first: str) -> None:
    """14, 90 (a Sunday, so Monday) and 30 days."""
    assert told(course(silence(segment=segment)).ahead)[0] == (0, first)


@pytest.mark.parametrize(
    ("more", "reasons"),
    [
        ({"renewal_on": "2026-05-20"}, ("the renewal is 79 days away",)),
        ({"renewal_on": "2026-06-01"}, ()),
        ({"renewal_on": "2026-03-01"}, ()),
        ({"standing": Standing(64.4, None)}, ("health is 64",)),
        ({"standing": Standing(65, 3)}, ()),
        ({"standing": Standing(None, 4)}, ("a risk of severity 4 is open",)),
        ({"standing": Standing(None, None)}, ()),
    ],
)
def test_one_tier_closer_for_a_reason(more: dict[str, Any], reasons: tuple[str, ...]) -> None:
    if "renewal_on" in more:
        more["renewal_on"] = day(more["renewal_on"])
    one = silence(**more)
    assert reasons_to_be_closer(one, POLICIES.cadence, day(TOUCHED)) == reasons
    first = "Mon 2026-03-16 09:00" if reasons else "Wed 2026-04-01 09:00"
    assert told(course(one).ahead)[0] == (0, first)


def test_health_is_only_asked_for_where_it_decides() -> None:
    def asks(now: str, **more: Any) -> bool:
        return must_look(silence(**more), POLICIES.cadence, at(now))

    assert not asks("2026-03-10T12:00")  # not due by any cadence
    assert asks("2026-03-20T12:00")  # due if it is closer
    assert not asks("2026-04-02T12:00")  # due anyway
    assert not asks("2026-03-20T12:00", standing=Standing(20, 5))  # known
    assert not asks("2026-03-20T12:00", renewal_on=day("2026-04-20"))  # closer anyway
    assert not asks("2026-03-20T12:00", since=None)


def test_bad_health_makes_it_due_the_next_morning() -> None:
    found = course(silence(standing=Standing(30, None)), "2026-03-20T12:00")  # a Friday
    assert found.passed is not None
    assert found.catch_up is not None
    assert shown(found.catch_up.due_at, "UTC") == "Mon 2026-03-23 09:00"
    assert [one.milestone for one in found.ahead] == [1, 2]


def test_it_says_when_to_look_again() -> None:
    """When health could decide; then every day; when the renewal comes near, and when it has passed."""
    assert course(silence()).again_at == at("2026-03-16T00:00")
    assert course(silence(), "2026-03-20T12:00").again_at == at("2026-03-21T00:00")
    assert course(silence(renewal_on=day("2026-06-08"))).again_at == at("2026-03-10T00:00")
    assert course(silence(renewal_on=day("2026-05-08"))).again_at == at("2026-05-09T00:00")


def test_what_was_told_moves_the_next() -> None:
    """Asked two days late because the owner was away: the next comes a cadence after that."""
    found = course(silence(told={0: day("2026-04-03")}), "2026-04-03T12:00")
    assert told(found.ahead) == [(1, "Mon 2026-05-04 09:00"), (2, "Wed 2026-06-03 09:00")]


def test_after_the_last_nothing_more_is_said() -> None:
    asked = {0: day("2026-04-01"), 1: day("2026-05-01"), 2: day("2026-06-01")}
    found = course(silence(told=asked), "2026-09-01T12:00")
    assert (found.ahead, found.passed, found.again_at) == ((), None, None)


def test_a_long_silence_at_first_sight_is_one_check_in() -> None:
    """Not three at once, and not the one that says that it stops."""
    found = course(silence("2021-01-04"), "2026-03-04T12:00")
    assert found.catch_up is not None
    assert (found.catch_up.milestone, shown(found.catch_up.due_at, "UTC")) == (0, "Thu 2026-03-05 09:00")
    assert told(found.ahead)[0] == (1, "Mon 2026-04-06 09:00")


def test_without_a_touch_there_is_nothing_to_count_from() -> None:
    assert course(silence(None)) == Course("check-in", 7, before=silence().touched)


def test_how_often_it_asks_is_data() -> None:
    stubborn = policies(cadence=("missed: 2", "missed: 1"))
    found = check_ins(silence(), stubborn.cadence, stubborn.reminders, at("2026-03-02T12:00"))
    assert [one.milestone for one in found.ahead] == [0, 1]


@given(
    since=st.dates(date(2024, 1, 1), date(2026, 12, 31)),
    later=st.integers(0, 400),
    segment=st.sampled_from(["strategic", "mid-market", "small"]),
    health=st.none() | st.floats(0, 100),
    country=st.sampled_from([None, "DE", "JP"]),
)
def test_never_early_never_twice_and_on_working_days(
    since: date, later: int, segment: str, health: float | None, country: str | None
) -> None:
    where = place("Asia/Tokyo", country)
    one = silence(since.isoformat(), segment=segment, place=where, standing=Standing(health, None))
    now = where.instant(since + timedelta(days=later), POLICIES.cadence.at)
    found = check_ins(one, POLICIES.cadence, POLICIES.reminders, now)
    everything = [*([found.catch_up] if found.catch_up else []), *found.ahead]
    assert [wish.milestone for wish in everything] == [0, 1, 2]
    days = [where.today(wish.due_at) for wish in everything]
    assert all(where.workdays.is_working(on) for on in days)
    assert days[0] >= since + timedelta(days=7)
    assert all((second - first).days >= 7 for first, second in pairwise(days))
