"""Morning messages and weekly lines: one each, on days that are worked, on the reader's clock."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.preferences import Choices, resolve
from bot.domain.reminders.course import Course
from bot.domain.reminders.rounds import Member, rounds
from tests.domain.reminders.books import POLICIES, shown
from tests.domain.reminders.people import at

WEDNESDAY = at("2026-03-04T10:15")


def member(*, zone: str = "UTC", owns: bool = True, leads: bool = False, **choices: object) -> Member:
    held = resolve(Choices(**choices), zone, ZoneInfo("UTC"))  # type: ignore[arg-type]  # fields by name
    return Member(3, held, owns, leads)


def morning(one: Member, now: datetime = WEDNESDAY, *, late: bool = False) -> Course:
    return rounds(one, POLICIES.reminders, {"morning"} if late else (), now)[0]


def test_the_next_morning_at_work() -> None:
    assert [shown(one.due_at, "UTC") for one in morning(member()).ahead] == ["Thu 2026-03-05 08:30"]
    friday = at("2026-03-06T09:00")
    assert [shown(one.due_at, "UTC") for one in morning(member(), friday).ahead] == ["Mon 2026-03-09 08:30"]
    early = at("2026-03-04T05:00")
    assert [shown(one.due_at, "UTC") for one in morning(member(), early).ahead] == ["Wed 2026-03-04 08:30"]


def test_their_clock_their_days_their_holidays() -> None:
    berlin = member(zone="Europe/Berlin", country="DE", digest_at=time(7))
    found = morning(berlin, at("2026-04-02T10:00"))  # Maundy Thursday
    assert [shown(one.due_at, "Europe/Berlin") for one in found.ahead] == ["Tue 2026-04-07 07:00"]
    away = member(away_from=date(2026, 3, 5), away_until=date(2026, 3, 13))
    assert [shown(one.due_at, "UTC") for one in morning(away).ahead] == ["Mon 2026-03-16 08:30"]


def test_who_wants_none_or_has_no_accounts_gets_none() -> None:
    for nobody in (member(digest=False), member(owns=False)):
        found = morning(nobody)
        assert (found.ahead, found.over is not None) == ((), True)


def test_todays_is_said_late_only_where_one_was_missed() -> None:
    assert morning(member()).catch_up is None
    late = morning(member(), late=True)
    assert late.catch_up == late.passed
    assert late.passed is not None
    assert shown(late.passed.due_at, "UTC") == "Wed 2026-03-04 08:30"


def test_on_sunday_nothing_of_friday_is_said() -> None:
    assert morning(member(), at("2026-03-08T12:00"), late=True).passed is None


def test_leads_get_a_line_on_mondays() -> None:
    weekly = rounds(member(leads=True, zone="America/New_York"), POLICIES.reminders, (), WEDNESDAY)[1]
    assert [shown(one.due_at, "America/New_York") for one in weekly.ahead] == ["Mon 2026-03-09 08:00"]
    assert rounds(member(), POLICIES.reminders, (), WEDNESDAY)[1].ahead == ()


@given(st.integers(0, 365 * 24 * 4), st.frozensets(st.integers(1, 7), min_size=1), st.sampled_from(["NZ", "DE", None]))
def test_walking_from_one_to_the_next_meets_every_working_day_once(
    quarters: int, days: frozenset[int], country: str | None
) -> None:
    one = member(zone="Pacific/Auckland", working_days=days, country=country)
    now = at("2026-01-01T00:00") + timedelta(minutes=15 * quarters)
    met = []
    for _ in range(8):
        (ahead,) = morning(one, now).ahead
        assert ahead.due_at > now
        met.append(ahead.anchor_on)
        now = ahead.due_at
    first = met[0]
    worked = [first + timedelta(days=each) for each in range((met[-1] - first).days + 1)]
    assert met == [each for each in worked if one.preferences.works_on(each)]
