"""Snoozes come back at a working moment in the future."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.when.calendars import Workdays
from bot.domain.when.snooze import Offer, SnoozeError, offers, snooze
from bot.domain.when.wall import local_time

BERLIN = ZoneInfo("Europe/Berlin")
GERMANY = Workdays("DE")
NINE = time(9)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


def snoozed(choice: str, now: str, workdays: Workdays = GERMANY) -> str:
    return f"{local_time(snooze(choice, at(now), BERLIN, workdays, NINE), BERLIN):%Y-%m-%dT%H:%M}"


@pytest.mark.parametrize(
    ("choice", "now", "local"),
    [
        ("morning", "2026-03-04T10:15", "2026-03-05T09:00"),
        ("morning", "2026-03-04T07:00", "2026-03-04T09:00"),  # before work begins it is this morning
        ("morning", "2026-03-04T09:00", "2026-03-05T09:00"),
        ("morning", "2026-03-06T15:00", "2026-03-09T09:00"),  # Friday to Monday
        ("morning", "2026-03-07T07:00", "2026-03-09T09:00"),
        ("morning", "2026-04-02T15:00", "2026-04-07T09:00"),  # over Easter
        ("1 day", "2026-03-04T10:15", "2026-03-05T09:00"),
        ("3 days", "2026-03-04T10:15", "2026-03-09T09:00"),
        ("3 days", "2026-04-01T10:15", "2026-04-08T09:00"),
        ("monday", "2026-03-04T10:15", "2026-03-09T09:00"),
        ("monday", "2026-03-09T07:00", "2026-03-16T09:00"),  # next Monday is not today
        ("monday", "2026-04-02T10:15", "2026-04-07T09:00"),  # Easter Monday is free
        ("Friday", "2026-03-04T10:15", "2026-03-06T09:00"),
        ("2026-03-20", "2026-03-04T10:15", "2026-03-20T09:00"),
        ("2026-03-21", "2026-03-04T10:15", "2026-03-23T09:00"),
        ("2026-03-27", "2026-03-04T10:15", "2026-03-27T09:00"),
        ("2026-03-30", "2026-03-04T10:15", "2026-03-30T09:00"),  # after the clocks change it is nine all the same
    ],
)
def test_where_a_snooze_leads(choice: str, now: str, local: str) -> None:
    assert snoozed(choice, now) == local


@pytest.mark.parametrize(
    ("choice", "sentence"),
    [
        ("", "Choose “morning”"),
        ("later", "Choose “morning”"),
        ("0 days", "Choose “morning”"),
        ("2026-02-30", "Choose “morning”"),
        ("2026-03-03", "That day has passed"),
        ("2026-03-04", "That morning has passed"),
        ("2028-01-01", "more than a year away"),
        ("999 days", "more than a year away"),
    ],
)
def test_what_cannot_be_snoozed_to(choice: str, sentence: str) -> None:
    with pytest.raises(SnoozeError, match=sentence):
        snoozed(choice, "2026-03-04T10:15")


def test_the_offers_say_where_they_lead() -> None:
    assert offers(at("2026-03-03T10:15"), BERLIN, GERMANY, NINE) == [
        Offer("Next business morning (Wed 4 Mar 2026 at 09:00)", "morning"),
        Offer("In 3 business days (Fri 6 Mar 2026 at 09:00)", "3 days"),
        Offer("Next Monday (Mon 9 Mar 2026 at 09:00)", "monday"),
    ]


def test_two_offers_for_one_moment_are_one() -> None:
    assert [offer.value for offer in offers(at("2026-03-06T10:15"), BERLIN, GERMANY, NINE)] == ["morning", "3 days"]


@given(
    st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - with zone
    st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"]),
    st.sampled_from([None, "DE", "SA", "CN"]),
    st.frozensets(st.integers(0, 6), min_size=1) | st.none(),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.one_of(
        st.sampled_from(["morning", "monday", "sunday"]),
        st.integers(1, 30).map("{} days".format),
        st.dates(date(2025, 1, 1), date(2028, 12, 31)).map(date.isoformat),
    ),
)
def test_always_a_working_moment_in_the_future(
    now: datetime, zone: str, country: str | None, week: frozenset[int] | None, morning: time, choice: str
) -> None:
    workdays = Workdays(country, weekdays=week)
    try:
        instant = snooze(choice, now, ZoneInfo(zone), workdays, morning)
    except SnoozeError:
        assert choice[0].isdigit()  # only a date or many days can lead nowhere
        return
    assert instant > now
    assert workdays.is_working(local_time(instant, ZoneInfo(zone)).date())
    assert instant - now < timedelta(days=400)
