"""Phrases: two tables by hand, and what must hold for anything that is typed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.when.calendars import Workdays
from bot.domain.when.phrases import read
from bot.domain.when.plain import say
from bot.domain.when.readings import Anchored, Ask, Definite, Once, Reading, Refused, Repeating
from bot.domain.when.recurrence import local_times, next_after
from bot.domain.when.stored import from_text, to_text
from bot.domain.when.wall import resolve

from .phrase_table import (
    NOW,
    SHARED,
    WORKDAYS,
    ZONE,
    Expected,
    at_other_moments,
    fits,
    kind_of,
    mutants_by_hand,
    own,
    reading_of,
    shared,
    shared_verdict,
    value_of,
)

WORDS = [
    "in",
    "on",
    "at",
    "by",
    "every",
    "other",
    "next",
    "last",
    "this",
    "the",
    "a",
    "an",
    "and",
    "or",
    "of",
    "from",
    "until",
    "starting",
    "before",
    "after",
    "to",
    "first",
    "second",
    "3rd",
    "15th",
    "31st",
    "two",
    "3",
    "9",
    "12",
    "30",
    "2026",
    "9:00",
    "17:15",
    "3pm",
    "9am",
    "noon",
    "midnight",
    "today",
    "tomorrow",
    "yesterday",
    "monday",
    "tue",
    "friday",
    "weekday",
    "weekend",
    "march",
    "april",
    "feb",
    "29",
    "2026-03-15",
    "15/03",
    "03/04",
    "30",
    "minutes",
    "hours",
    "days",
    "weeks",
    "months",
    "quarter",
    "year",
    "business",
    "day",
    "end",
    "start",
    "mid",
    "week",
    "month",
    "morning",
    "tonight",
    "eod",
    "renewal",
    "notice",
    "qbr",
    "contract",
    "daily",
    "weekly",
    "monthly",
    "quarterly",
    "half",
    "couple",
    "ago",
    "not",
    "soon",
]
ZONES = st.sampled_from(
    ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Africa/Casablanca"]
)
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - with zone
PHRASES = st.one_of(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=7).map(" ".join),
    st.sampled_from([expected.phrase for expected in own()]),
    st.text(max_size=40),
)


@pytest.mark.parametrize("expected", own(), ids=lambda expected: expected.phrase)
def test_our_table(expected: Expected) -> None:
    assert fits(expected), f"{kind_of(expected.reading)} {value_of(expected.reading, expected.workdays)}"


@pytest.mark.parametrize("expected", at_other_moments(), ids=lambda expected: f"{expected.now} {expected.phrase}")
def test_other_moments(expected: Expected) -> None:
    assert fits(expected), f"{kind_of(expected.reading)} {value_of(expected.reading, expected.workdays)}"


def test_our_table_is_large() -> None:
    assert len({expected.phrase for expected in own()}) >= 150


@pytest.mark.skipif(not SHARED.exists(), reason=f"{SHARED.parent} is not there")
def test_the_shared_table() -> None:
    rows = list(shared())
    verdicts = {row.phrase: shared_verdict(row, read(row.phrase, row.now, row.zone, Workdays("US"))) for row in rows}
    assert [phrase for phrase, verdict in verdicts.items() if verdict != "right"] == []
    assert len(rows) >= 48


def mutants(phrase: str) -> Iterator[str]:
    """The phrase with each word left out, doubled, or swapped with the next."""
    words = phrase.split()
    for at in range(len(words)):
        yield " ".join(words[:at] + words[at + 1 :])
        yield " ".join(words[: at + 1] + words[at:])
        yield " ".join(words[:at] + words[at : at + 2][::-1] + words[at + 2 :])


def test_a_phrase_with_a_slip_in_it_means_the_same_or_is_asked_about() -> None:
    """What a slip turns into something else was looked at by hand: it must be what the words now say."""
    by_hand, tables = mutants_by_hand(), {expected.phrase.casefold() for expected in own()}
    found = {}
    for expected in own():
        for mutant in mutants(expected.phrase):
            reading = reading_of(mutant)
            if not isinstance(reading, Ask | Refused) and reading != expected.reading:
                found[mutant] = f"{kind_of(reading)} {value_of(reading)}"
    others = {mutant: means for mutant, means in found.items() if mutant.casefold() not in tables}
    assert {mutant: means for mutant, means in others.items() if by_hand.get(mutant) != means} == {}


def definite(reading: Reading) -> list[Definite]:
    """A reading, or those that a question offers."""
    if isinstance(reading, Ask):
        return [choice.reading for choice in reading.choices]
    return [] if isinstance(reading, Refused) else [reading]


@given(PHRASES, MOMENTS, ZONES, st.sampled_from([None, "US", "SA"]), st.times())
def test_nothing_that_is_typed_leads_to_the_past(
    text: str, now: datetime, zone: str, country: str | None, default: time
) -> None:
    """Any text gives a reading, a question or a sentence; what it leads to, chosen or not, lies ahead."""
    reading = read(text, now, ZoneInfo(zone), Workdays(country), default_time=default)
    for each in definite(reading):
        match each:
            case Once():
                assert resolve(each.local, ZoneInfo(zone)) > now
            case Repeating():
                schedule = each.schedule
                assert resolve(schedule.first, ZoneInfo(zone)) > now
                assert next_after(schedule, now, Workdays(country)) == resolve(schedule.first, ZoneInfo(zone))
                assert from_text(to_text(schedule)) == schedule
            case Anchored():
                assert each.count >= 0
    if isinstance(reading, Ask):
        assert reading.question.endswith(("?", "."))
        assert len(reading.choices) <= 5
        assert len({choice.reading for choice in reading.choices}) == len(reading.choices)
    if isinstance(reading, Refused):
        assert reading.sentence.endswith(".")


@given(PHRASES, MOMENTS, ZONES, st.sampled_from([None, "US", "SA"]))
def test_what_is_said_back_means_the_same(text: str, now: datetime, zone: str, country: str | None) -> None:
    """The plain words of a reading, typed again, give that reading; so the echo cannot say something else."""
    workdays = Workdays(country)
    now = now.replace(second=0, microsecond=0)
    reading = read(text, now, ZoneInfo(zone), workdays)
    for each in definite(reading):
        if isinstance(each, Once) and (each.local.second or each.local.fold):
            continue  # seconds and the second pass of a repeated hour are not said
        if isinstance(each, Repeating):
            again = read(said_with_start(each), now, ZoneInfo(zone), workdays)
            assert isinstance(again, Repeating), (say(each), again)
            assert same_times(each, again, workdays), say(each)
        else:
            again = read(say(each), now, ZoneInfo(zone), workdays)
            assert say(again) == say(each) if isinstance(again, Definite) else False, (say(each), again)


def said_with_start(reading: Repeating) -> str:
    words, _, first = say(reading).partition(", first ")
    rhythm, until, end = words.partition(" until ")
    return f"{rhythm} starting {first}{until}{end}"


def same_times(one: Repeating, other: Repeating, workdays: Workdays) -> bool:
    before = one.schedule.first - timedelta(days=1)
    times = [list(islice(local_times(each.schedule, before, workdays), 12)) for each in (one, other)]
    return times[0] == times[1]


def test_the_time_zone_is_the_speakers() -> None:
    late = datetime(2026, 3, 4, 23, 30, tzinfo=UTC)
    tomorrow = [read("tomorrow", late, ZoneInfo(zone), Workdays()) for zone in ("America/New_York", "Asia/Tokyo")]
    assert [each.local.date() for each in tomorrow if isinstance(each, Once)] == [date(2026, 3, 5), date(2026, 3, 6)]


def test_two_hours_are_two_hours_when_the_clocks_change() -> None:
    before = datetime(2026, 3, 8, 6, 30, tzinfo=UTC)  # 01:30 in New York, half an hour before the gap
    reading = read("in 2 hours", before, ZONE, WORKDAYS)
    assert isinstance(reading, Once)
    assert reading.local == datetime(2026, 3, 8, 4, 30)  # noqa: DTZ001 - a wall time
    assert resolve(reading.local, ZONE) - before == timedelta(hours=2)


def test_the_second_pass_of_a_repeated_hour_is_meant_when_it_is_that_far_away() -> None:
    before = datetime(2026, 11, 1, 5, 15, tzinfo=UTC)  # the first 01:15 in New York
    reading = read("in 1 hour", before, ZONE, WORKDAYS)
    assert isinstance(reading, Once)
    assert (reading.local.hour, reading.local.minute, reading.local.fold) == (1, 15, 1)
    assert resolve(reading.local, ZONE) - before == timedelta(hours=1)


def test_a_default_time_is_for_days_without_one() -> None:
    reading = read("tomorrow", NOW, ZONE, WORKDAYS, default_time=time(8, 30))
    assert reading == Once(datetime(2026, 3, 5, 8, 30), time_explicit=False)  # noqa: DTZ001 - a wall time
    assert read("tomorrow at 10", NOW, ZONE, WORKDAYS, default_time=time(8, 30)) == reading_of("tomorrow at 10")


def test_holidays_are_no_business_days() -> None:
    before_easter = datetime(2026, 4, 2, 12, tzinfo=UTC)
    germany = read("next business day", before_easter, ZoneInfo("Europe/Berlin"), Workdays("DE"))
    unknown = read("next business day", before_easter, ZoneInfo("Europe/Berlin"), Workdays())
    assert (value_of(germany), value_of(unknown)) == ("2026-04-07T09:00?", "2026-04-03T09:00?")


@pytest.mark.parametrize(
    ("phrase", "anchor", "local"),
    [
        ("30 days before renewal", "2026-06-30", "2026-05-31T09:00"),
        ("2 weeks before renewal at 9am", "2026-06-30", "2026-06-16T09:00"),
        ("2 business days before renewal", "2026-07-06", "2026-07-01T09:00"),  # Friday 3 July is a holiday
        ("a month before renewal", "2026-03-31", "2026-02-28T09:00"),
        ("a month after the QBR", "2026-01-31", "2026-02-28T09:00"),
        ("on the day of the QBR at 8", "2026-04-04", "2026-04-04T08:00"),
        ("the day after renewal", "2026-06-30", "2026-07-01T09:00"),
    ],
)
def test_where_an_anchored_reading_falls(phrase: str, anchor: str, local: str) -> None:
    reading = reading_of(phrase)
    assert isinstance(reading, Anchored)
    assert reading.local(date.fromisoformat(anchor), WORKDAYS).isoformat(timespec="minutes") == local


@pytest.mark.parametrize(
    ("phrase", "question"),
    [
        ("next Friday", "Which day is meant?"),
        ("tomorrow at 3", "At which time?"),
        ("quarterly", "Which day of the quarter?"),
        ("biweekly", "Every two weeks, or twice a week?"),
        ("03/04", "Is the day first, or the month?"),
        ("tommorow at 9", "Is “tomorrow at 9” meant?"),
        ("tomorrow at 3pm ET", "“et” is not understood here. Is it meant without?"),
        ("the 31st of next blue moon", "No time is read from that."),
    ],
)
def test_questions(phrase: str, question: str) -> None:
    reading = reading_of(phrase)
    assert isinstance(reading, Ask)
    assert reading.question.startswith(question)


def test_a_very_long_text_is_not_searched() -> None:
    reading = reading_of("tomorrow " * 500)
    assert isinstance(reading, Ask)
    assert reading.choices == ()
