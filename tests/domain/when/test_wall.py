"""Wall times over clock changes: half hours, whole days, and zones that never change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.when.recurrence import Schedule, next_after, next_n
from bot.domain.when.wall import local_day, local_time, resolve

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


class Change(NamedTuple):
    """A change of the clocks: `local` lies in the middle of what is skipped or lived twice, `instant` is its moment."""

    zone: str
    local: str
    instant: str


# In a gap the instant is the first moment after it, in a fold the first of the two.
GAPS = [
    Change("Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:00"),
    Change("America/New_York", "2026-03-08T02:30", "2026-03-08T07:00"),
    Change("America/Sao_Paulo", "2018-11-04T00:30", "2018-11-04T03:00"),
    Change("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:30"),
    Change("Pacific/Apia", "2011-12-30T09:00", "2011-12-30T10:00"),
    Change("Africa/Casablanca", "2026-03-22T02:30", "2026-03-22T02:00"),
]
FOLDS = [
    Change("Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30"),
    Change("America/New_York", "2026-11-01T01:30", "2026-11-01T05:30"),
    Change("America/Sao_Paulo", "2019-02-16T23:30", "2019-02-17T01:30"),
    Change("Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45"),
    Change("Pacific/Apia", "2012-04-01T03:30", "2012-03-31T13:30"),
    Change("Africa/Casablanca", "2026-02-15T02:30", "2026-02-15T01:30"),
]
SHOWN_AFTER_THE_GAP = {
    "Europe/Berlin": "2026-03-29T03:00",
    "America/New_York": "2026-03-08T03:00",
    "America/Sao_Paulo": "2018-11-04T01:00",
    "Australia/Lord_Howe": "2026-10-04T02:30",
    "Pacific/Apia": "2011-12-31T00:00",
    "Africa/Casablanca": "2026-03-22T03:00",
}
ZONES = ["Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Australia/Lord_Howe", "Pacific/Apia"]
ZONES += ["Asia/Kolkata", "Africa/Casablanca", "UTC", "America/St_Johns", "Pacific/Kiritimati", "Antarctica/Troll"]


@pytest.mark.parametrize("change", GAPS, ids=lambda change: change.zone)
def test_a_missing_time_is_the_first_moment_after_it(change: Change) -> None:
    zone = ZoneInfo(change.zone)
    instant = resolve(wall(change.local), zone)
    assert instant == at(change.instant)
    assert local_time(instant, zone) == wall(SHOWN_AFTER_THE_GAP[change.zone])
    assert local_time(instant - MINUTE, zone) < wall(change.local)


@pytest.mark.parametrize("change", FOLDS, ids=lambda change: change.zone)
def test_a_time_that_exists_twice_is_the_first(change: Change) -> None:
    zone = ZoneInfo(change.zone)
    instant = resolve(wall(change.local), zone)
    assert instant == at(change.instant)
    later = resolve(wall(change.local).replace(fold=1), zone)
    assert later > instant
    assert local_time(later, zone) == wall(change.local)


@pytest.mark.parametrize("change", [*GAPS, *FOLDS], ids=lambda change: f"{change.zone} {change.local}")
def test_a_daily_time_fires_once_a_day_around_a_change(change: Change) -> None:
    """The day before, the day of the change and the day after: three days, three moments, each at the wall time."""
    zone = ZoneInfo(change.zone)
    local = wall(change.local)
    fired = next_n(Schedule("FREQ=DAILY", local - 2 * DAY, change.zone), resolve(local - 2 * DAY, zone), 4)
    assert len(set(fired)) == 4
    assert fired[1] == at(change.instant)
    assert [local_time(instant, zone) for instant in (fired[0], *fired[2:])] == [
        local - DAY,
        local + DAY,
        local + 2 * DAY,
    ]


@pytest.mark.parametrize("change", [*GAPS, *FOLDS], ids=lambda change: f"{change.zone} {change.local}")
@pytest.mark.parametrize("minutes", range(-90, 91, 15))
def test_asking_at_any_moment_of_a_change_neither_skips_nor_repeats(change: Change, minutes: int) -> None:
    """What comes after any moment is the first of all the moments that lies after it."""
    local = wall(change.local)
    schedule = Schedule("FREQ=DAILY", local - 5 * DAY, change.zone)
    every = [resolve(local + day * DAY, ZoneInfo(change.zone)) for day in range(-5, 6)]
    asked = at(change.instant) + minutes * MINUTE
    assert next_after(schedule, asked) == min(instant for instant in every if instant > asked)


@pytest.mark.parametrize(
    ("zone", "before", "after"),
    [("Europe/Berlin", "2026-03-28", "2026-03-30"), ("America/New_York", "2026-10-31", "2026-11-02")],
)
def test_nine_o_clock_stays_nine_o_clock(zone: str, before: str, after: str) -> None:
    first = wall(f"{before}T09:00")
    fired = next_n(Schedule("FREQ=DAILY", first, zone), resolve(first, ZoneInfo(zone)) - MINUTE, 3)
    assert {local_time(instant, ZoneInfo(zone)).time() for instant in fired} == {first.time()}
    assert fired[2] - fired[0] != 2 * DAY
    assert local_day(fired[2], ZoneInfo(zone)).isoformat() == after


def test_a_zone_without_changes() -> None:
    assert resolve(wall("2026-03-29T02:30"), ZoneInfo("Asia/Kolkata")) == at("2026-03-28T21:00")


def test_the_day_in_a_zone() -> None:
    assert local_day(at("2026-03-04T23:30"), ZoneInfo("Europe/Berlin")).isoformat() == "2026-03-05"
    assert local_day(at("2011-12-30T09:59"), ZoneInfo("Pacific/Apia")).isoformat() == "2011-12-29"
    assert local_day(at("2011-12-30T10:00"), ZoneInfo("Pacific/Apia")).isoformat() == "2011-12-31"


def test_wall_times_have_no_zone_and_instants_do() -> None:
    with pytest.raises(ValueError, match="naive"):
        resolve(at("2026-03-04T10:00"), ZoneInfo("UTC"))
    with pytest.raises(ValueError, match="aware"):
        local_day(wall("2026-03-04T10:00"), ZoneInfo("UTC"))


@given(st.datetimes(datetime(2009, 1, 1), datetime(2030, 1, 1)), st.sampled_from(ZONES))  # noqa: DTZ001 - wall times
def test_every_wall_time_is_one_instant_that_shows_it_or_the_end_of_its_gap(local: datetime, name: str) -> None:
    zone = ZoneInfo(name)
    instant = resolve(local, zone)
    shown = local_time(instant, zone)
    assert shown >= local
    if shown > local:
        assert local_time(instant - timedelta(microseconds=1), zone) < local  # nothing earlier would do


@given(
    st.datetimes(datetime(2009, 1, 1), datetime(2030, 1, 1)),  # noqa: DTZ001 - wall times
    st.timedeltas(timedelta(0), timedelta(days=2)),
    st.sampled_from(ZONES),
)
def test_later_wall_times_are_never_earlier_instants(local: datetime, later: timedelta, name: str) -> None:
    assert resolve(local, ZoneInfo(name)) <= resolve(local + later, ZoneInfo(name))
