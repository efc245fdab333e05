"""Promises: business days before they are due, once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.reminders.course import Over
from bot.domain.reminders.place import Place
from bot.domain.reminders.promises import Promised, promise
from tests.domain.reminders.books import POLICIES, day, place, shown, told
from tests.domain.reminders.people import at

POLICY = POLICIES.reminders


def promised(due: str | None, *, owner: int | None = None, where: Place | None = None, **more: Any) -> Promised:
    return Promised(5, 7, "We send the pricing.", owner, day(due) if due else None, where or place(), **more)


def test_three_and_one_business_days_before() -> None:
    found = promise(promised("2026-03-16"), POLICY, at("2026-03-01T00:00"))
    assert told(found.ahead) == [(3, "Wed 2026-03-11 09:00"), (1, "Fri 2026-03-13 09:00")]
    assert {one.carrier for one in found.ahead} == {"morning"}
    assert {one.recipient for one in found.ahead} == {"owner"}


def test_easter_is_no_business_day() -> None:
    berlin = place("Europe/Berlin", "DE")
    found = promise(promised("2026-04-07", where=berlin), POLICY, at("2026-03-01T00:00"))
    assert told(found.ahead) == [(3, "Tue 2026-03-31 09:00"), (1, "Thu 2026-04-02 09:00")]


def test_due_on_a_sunday_is_told_on_the_days_before() -> None:
    found = promise(promised("2026-03-15"), POLICY, at("2026-03-01T00:00"))
    assert told(found.ahead) == [(3, "Wed 2026-03-11 09:00"), (1, "Fri 2026-03-13 09:00")]


def test_who_promised_is_reminded() -> None:
    assert promise(promised("2026-03-16", owner=42), POLICY, at("2026-03-01T00:00")).ahead[0].recipient == "member:42"


def test_late_ones_collapse_and_overdue_ones_are_the_mornings_matter() -> None:
    late = promise(promised("2026-03-16"), POLICY, at("2026-03-13T10:00"))
    assert late.catch_up is not None
    assert (late.catch_up.milestone, shown(late.catch_up.due_at, "UTC")) == (1, "Mon 2026-03-16 09:00")
    today = promise(promised("2026-03-16"), POLICY, at("2026-03-16T10:00"))
    assert today.catch_up is not None
    assert (today.catch_up.due_at, today.catch_up.carrier) == (at("2026-03-16T10:00"), "own")
    assert promise(promised("2026-03-16"), POLICY, at("2026-03-17T10:00")).catch_up is None


def test_without_a_day_or_when_it_is_over_nothing_is_said() -> None:
    assert promise(promised(None), POLICY, at("2026-03-01T00:00")).ahead == ()
    kept = Over("the promise was kept", "done", "Maya")
    assert promise(promised("2026-03-16", over=kept), POLICY, at("2026-03-01T00:00")).over == kept


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.sampled_from([None, "DE", "AE", "NZ"]))
def test_always_before_the_day_and_on_working_days(due: date, country: str | None) -> None:
    where = place("Pacific/Auckland", country)
    found = promise(
        promised(due.isoformat(), where=where), POLICY, where.instant(due - timedelta(days=60), POLICY.promises_at)
    )
    days = [where.today(one.due_at) for one in found.ahead]
    assert [one.milestone for one in found.ahead] == [3, 1]
    assert all(on < due and where.workdays.is_working(on) for on in days)
    assert where.workdays.between(days[0], days[1]) == 2
