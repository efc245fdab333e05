"""Recurrences: the same occurrences as plain dateutil, found near the moment, and stored as text."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.when.calendars import Workdays
from bot.domain.when.recurrence import Schedule, last_day_if_shorter, local_times, next_after, next_n, yearly_on
from bot.domain.when.stored import from_text, to_text
from bot.domain.when.wall import resolve

BERLIN = "Europe/Berlin"


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def days(schedule: Schedule, after: str, count: int, workdays: Workdays | None = None) -> list[str]:
    return [f"{local:%Y-%m-%d}" for local in islice(local_times(schedule, wall(after), workdays), count)]


WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
INTERVALS = st.integers(1, 7)
RULES = st.one_of(
    st.builds("FREQ=DAILY;INTERVAL={}".format, INTERVALS),
    st.builds("FREQ=WEEKLY;INTERVAL={}".format, INTERVALS),
    st.builds(
        lambda interval, on: f"FREQ=WEEKLY;INTERVAL={interval};BYDAY={','.join(on)}",
        INTERVALS,
        st.lists(st.sampled_from(WEEKDAYS), min_size=1, unique=True),
    ),
    st.builds("FREQ=MONTHLY;INTERVAL={}".format, INTERVALS),
    st.builds(
        lambda interval, day: f"FREQ=MONTHLY;INTERVAL={interval};{last_day_if_shorter(day)}",
        INTERVALS,
        st.integers(1, 31),
    ),
    st.builds(
        "FREQ=MONTHLY;INTERVAL={};BYDAY={}{}".format,
        INTERVALS,
        st.sampled_from([1, 2, 3, -1]),
        st.sampled_from(WEEKDAYS),
    ),
    st.builds("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY=MO,TU,WE,TH,FR;BYSETPOS={}".format, st.sampled_from([1, 2, -1])),
    st.builds("FREQ=YEARLY;INTERVAL={}".format, st.integers(1, 3)),
    st.builds(yearly_on, st.integers(1, 12), st.integers(1, 28)),
)
FIRSTS = st.datetimes(datetime(2016, 1, 1), datetime(2018, 1, 1)).map(lambda moment: moment.replace(microsecond=0))  # noqa: DTZ001


@given(RULES, FIRSTS, st.integers(-30, 4_000), st.integers(0, 86_399))
def test_the_same_as_plain_dateutil(rule: str, first: datetime, later: int, seconds: int) -> None:
    plain = rrulestr(rule, dtstart=first)
    anchored = next(iter(plain))
    after = first + timedelta(days=later, seconds=seconds)
    expected = list(islice(plain.xafter(after), 4))
    assert list(islice(local_times(Schedule(rule, anchored, "UTC"), after), 4)) == expected


@given(RULES, FIRSTS, st.integers(0, 2_000), st.sampled_from([None, "DE", "US"]))
def test_on_working_days_it_is_the_rule_without_the_other_days(
    rule: str, first: datetime, later: int, country: str | None
) -> None:
    """Without a choice the working days are those of the plain rule; with one they are chosen among working days."""
    workdays = Workdays(country)
    anchored = next(iter(rrulestr(rule, dtstart=first)))
    after = first + timedelta(days=later)
    found = list(islice(local_times(Schedule(rule, anchored, "UTC", workdays_only=True), after, workdays), 3))
    assert all(workdays.is_working(local.date()) for local in found)
    if "BYSETPOS" not in rule:
        plain = islice(rrulestr(rule, dtstart=anchored).xafter(after), 200)
        worked = [local for local in plain if workdays.is_working(local.date())][:3]
        assert found[: len(worked)] == worked


@given(RULES, FIRSTS, st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]))
def test_each_occurrence_fires_once_and_in_order(rule: str, first: datetime, zone: str) -> None:
    schedule = Schedule(rule, next(iter(rrulestr(rule, dtstart=first))), zone)
    fired = next_n(schedule, at("2026-01-01"), 12)
    assert fired == sorted(set(fired))
    locals_ = list(islice(local_times(schedule, wall("2025-12-25")), 40))
    expected = [instant for local in locals_ if (instant := resolve(local, ZoneInfo(zone))) > at("2026-01-01")]
    assert fired == expected[:12]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (31, ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]),
        (30, ["2026-01-30", "2026-02-28", "2026-03-30", "2026-04-30"]),
        (29, ["2026-01-29", "2026-02-28", "2026-03-29", "2026-04-29"]),
        (28, ["2026-01-28", "2026-02-28", "2026-03-28", "2026-04-28"]),
    ],
)
def test_the_end_of_short_months(day: int, expected: list[str]) -> None:
    schedule = Schedule(f"FREQ=MONTHLY;{last_day_if_shorter(day)}", wall(f"2026-01-{day}T09:00"), BERLIN)
    assert days(schedule, "2026-01-01", 4) == expected


def test_the_29th_of_february_in_a_leap_year() -> None:
    schedule = Schedule(f"FREQ=MONTHLY;{last_day_if_shorter(31)}", wall("2028-01-31T09:00"), BERLIN)
    assert days(schedule, "2028-02-01", 1) == ["2028-02-29"]


def test_yearly_on_the_29th_of_february_is_the_last_of_february() -> None:
    schedule = Schedule(yearly_on(2, 29), wall("2024-02-29T09:00"), BERLIN)
    assert days(schedule, "2024-01-01", 5) == ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]


@pytest.mark.parametrize(
    ("rule", "first", "expected"),
    [
        # Friday 1 May is a holiday, so is Monday 25 May (Whit Monday); Thursday 31 December is none.
        ("BYSETPOS=1", "2026-04-01", ["2026-04-01", "2026-05-04", "2026-06-01"]),
        ("BYSETPOS=-1", "2026-04-30", ["2026-04-30", "2026-05-29", "2026-06-30"]),
        ("BYSETPOS=3", "2026-04-07", ["2026-04-07", "2026-05-06", "2026-06-03"]),  # Easter in between
    ],
)
def test_business_days_of_the_month_count_past_holidays(rule: str, first: str, expected: list[str]) -> None:
    schedule = Schedule(f"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;{rule}", wall(f"{first}T09:00"), BERLIN, workdays_only=True)
    assert days(schedule, "2026-03-31T10:00", 3, Workdays("DE")) == expected


def test_the_last_business_day_before_a_holiday_at_the_end() -> None:
    schedule = Schedule(
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", wall("2027-04-30T09:00"), BERLIN, workdays_only=True
    )
    assert days(schedule, "2027-05-01", 1, Workdays("US")) == ["2027-05-28"]  # the 31st is Memorial Day
    assert days(schedule, "2027-05-01", 1) == ["2027-05-31"]


def test_the_end_of_a_rule_on_business_days_does_not_change_the_choice() -> None:
    rule = "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;UNTIL=20260615T235959"
    schedule = Schedule(rule, wall("2026-03-31T09:00"), BERLIN, workdays_only=True)
    assert days(schedule, "2026-03-01", 9) == ["2026-03-31", "2026-04-30", "2026-05-29"]


def test_a_rule_that_never_meets_a_working_day_ends() -> None:
    schedule = Schedule("FREQ=WEEKLY;BYDAY=SU", wall("2026-03-08T09:00"), BERLIN, workdays_only=True)
    assert next_after(schedule, at("2026-03-04")) is None


def test_once_is_once() -> None:
    schedule = Schedule(None, wall("2026-03-05T09:00"), BERLIN)
    assert next_n(schedule, at("2026-03-04"), 3) == [at("2026-03-05T08:00")]
    assert next_after(schedule, at("2026-03-05T08:00")) is None


def test_once_in_the_second_pass_of_a_repeated_hour() -> None:
    schedule = Schedule(None, wall("2026-10-25T02:30").replace(fold=1), BERLIN)
    assert next_after(schedule, at("2026-10-25T00:45")) == at("2026-10-25T01:30")
    assert next_after(schedule, at("2026-10-25T01:30")) is None
    assert from_text(to_text(schedule)).first.fold == 1


def test_a_rule_with_an_end() -> None:
    schedule = Schedule("FREQ=DAILY;UNTIL=20260306T235959", wall("2026-03-04T09:00"), BERLIN)
    assert len(next_n(schedule, at("2026-03-04"), 10)) == 3


def test_the_end_of_the_calendar_is_the_end() -> None:
    schedule = Schedule("FREQ=DAILY", wall("2026-03-04T09:00"), "America/New_York")
    assert len(next_n(schedule, datetime(9999, 12, 30, 20, tzinfo=UTC), 5)) <= 1


def test_an_old_rule_costs_no_more_than_a_new_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten years of days are not walked: the start handed to dateutil lies within two intervals of the moment."""
    starts: list[datetime] = []

    def spy(text: str, dtstart: datetime) -> object:
        starts.append(dtstart)
        return rrulestr(text, dtstart=dtstart)

    monkeypatch.setattr("bot.domain.when.recurrence.rrulestr", spy)
    schedule = Schedule("FREQ=DAILY;INTERVAL=3", wall("2016-01-02T09:00"), BERLIN)
    assert next_after(schedule, at("2026-03-04")) == at("2026-03-04T08:00")
    assert [date(2026, 3, 4) - start.date() <= timedelta(days=6) for start in starts] == [True]


@given(RULES, FIRSTS, st.booleans(), st.sampled_from([BERLIN, "America/New_York", "UTC"]))
def test_stored_and_read_back(rule: str, first: datetime, workdays_only: bool, zone: str) -> None:
    schedule = Schedule(rule, next(iter(rrulestr(rule, dtstart=first))), zone, workdays_only)
    assert from_text(to_text(schedule)) == schedule


@given(RULES, FIRSTS)
def test_what_is_stored_is_read_by_others(rule: str, first: datetime) -> None:
    schedule = Schedule(f"{rule};UNTIL=20300101T120000", next(iter(rrulestr(rule, dtstart=first))), BERLIN)
    theirs = [local.replace(tzinfo=None) for local in islice(rrulestr(to_text(schedule)), 400)]
    assert theirs == list(islice(local_times(schedule, wall("2015-12-31")), 400))
    assert from_text(to_text(schedule)) == schedule


def test_the_first_business_day_is_stored_although_the_plain_rule_has_the_holiday_before() -> None:
    rule = "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1"
    schedule = Schedule(rule, wall("2026-01-02T09:00"), BERLIN, workdays_only=True)
    assert days(schedule, "2025-12-31", 2, Workdays("DE")) == ["2026-01-02", "2026-02-02"]
    assert from_text(to_text(schedule)) == schedule


GOOD = "DTSTART;TZID=Europe/Berlin:20260310T090000"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Not a schedule"),
        ("RRULE:FREQ=DAILY", "Not a schedule"),
        ("DTSTART:20260310T090000Z", "Not a schedule"),
        (f"{GOOD}\nRRULE:FREQ=DAILY\nRRULE:FREQ=DAILY", "Not a schedule"),
        (f"{GOOD}\nEXDATE:20260311", "Not a schedule"),
        (f"{GOOD}\n{'x' * 600}", "Not a schedule"),
        ("DTSTART;TZID=Europe/Berlin:20260230T090000", "Not a schedule"),
        ("DTSTART;TZID=Mars/Olympus:20260310T090000", "Mars/Olympus is no known zone"),
        ("DTSTART;TZID=../../etc/passwd:20260310T090000", "no known zone"),
        ("DTSTART;TZID=Europe:20260310T090000", "no known zone"),
        (f"{GOOD}\nRRULE:FREQ=HOURLY", "Not a rule that is kept"),
        (f"{GOOD}\nRRULE:FREQ=DAILY;BYHOUR=9", "Not a rule that is kept"),
        (f"{GOOD}\nRRULE:FREQ=DAILY;COUNT=3", "Not a rule that is kept"),
        (f"{GOOD}\nRRULE:FREQ=DAILY;INTERVAL=0", "Not an interval: 0"),
        (f"{GOOD}\nRRULE:FREQ=DAILY;INTERVAL=x", "Not an interval: x"),
        (f"{GOOD}\nRRULE:FREQ=WEEKLY;BYDAY=XX", "Not a rule"),
        (f"{GOOD}\nRRULE:FREQ=WEEKLY;BYDAY", "Not a rule"),
        (f"{GOOD}\nRRULE:FREQ=MONTHLY;BYMONTHDAY=one", "Not a rule"),
        (f"{GOOD}\nRRULE:FREQ=MONTHLY;BYSETPOS=0;BYMONTHDAY=10", "Not a rule"),
        (f"{GOOD}\nRRULE:FREQ=WEEKLY;BYDAY=MO", "2026-03-10 is no day of the rule"),
        (f"{GOOD}\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "is no day of the rule"),
    ],
)
def test_what_is_no_schedule_is_refused_in_one_sentence(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        from_text(text)


@given(st.text(st.sampled_from("DTSARULEFQ;:=,0123456789-MOWKYB\n"), max_size=60))
def test_garbage_is_refused_and_nothing_else(garbage: str) -> None:
    for text in (garbage, f"{GOOD}\nRRULE:{garbage}", f"{GOOD}\nRRULE:FREQ=WEEKLY;{garbage}"):
        try:
            schedule = from_text(text)
        except ValueError:
            continue
        assert next_after(schedule, at("2026-03-01")) is not None


def test_a_first_occurrence_has_no_zone_of_its_own() -> None:
    with pytest.raises(ValueError, match="wall time"):
        Schedule(None, at("2026-03-05T09:00"), BERLIN)
