"""Schedules in plain words."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from bot.domain.when.calendars import Workdays
from bot.domain.when.plain import describe, moment, next_three, rhythm, say
from bot.domain.when.readings import Anchored
from bot.domain.when.recurrence import Schedule

BERLIN = "Europe/Berlin"
NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def schedule(rule: str | None, first: str = "2026-03-10T09:00", *, workdays_only: bool = False) -> Schedule:
    return Schedule(rule, wall(first), BERLIN, workdays_only)


def test_the_words_and_the_next_three() -> None:
    every_other = schedule("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU")
    assert describe(every_other) == "every other Tuesday at 09:00 (Europe/Berlin)"
    assert next_three(every_other, NOW) == "Tue 10 Mar, Tue 24 Mar, Tue 7 Apr 2026"


def test_every_year_is_named_when_there_are_several() -> None:
    monthly = schedule("FREQ=MONTHLY;BYMONTHDAY=1", "2026-11-01T09:00")
    assert next_three(monthly, NOW) == "Sun 1 Nov 2026, Tue 1 Dec 2026, Fri 1 Jan 2027"


def test_fewer_than_three() -> None:
    assert next_three(schedule("FREQ=DAILY;UNTIL=20260311T235959"), NOW) == "Tue 10 Mar, Wed 11 Mar 2026"
    assert next_three(schedule(None), NOW) == "Tue 10 Mar 2026"
    assert next_three(schedule(None, "2026-03-01T09:00"), NOW) == ""


def test_the_next_three_know_the_holidays() -> None:
    first = schedule("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1", "2026-04-01T09:00", workdays_only=True)
    assert next_three(first, NOW, Workdays("DE")) == "Wed 1 Apr, Mon 4 May, Mon 1 Jun 2026"


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (None, "Tue 10 Mar 2026"),
        ("FREQ=DAILY", "every day"),
        ("FREQ=DAILY;INTERVAL=2", "every other day"),
        ("FREQ=DAILY;INTERVAL=10", "every 10 days"),
        ("FREQ=WEEKLY;BYDAY=TU", "every Tuesday"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every weekday"),
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR", "every Monday, Wednesday and Friday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", "every other Monday and Thursday"),
        ("FREQ=WEEKLY;INTERVAL=3;BYDAY=FR", "every 3 weeks on Friday"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "on the 15th of every month"),
        ("FREQ=MONTHLY;BYMONTHDAY=22", "on the 22nd of every month"),
        ("FREQ=MONTHLY;BYMONTHDAY=11", "on the 11th of every month"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "on the last day of every month"),
        ("FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1", "on the 30th of every month, or its last day"),
        ("FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=1", "on the 1st of every other month"),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1", "on the 1st of every 3 months"),
        ("FREQ=MONTHLY;BYDAY=2TU", "on the second Tuesday of every month"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "on the last Friday of every month"),
        ("FREQ=MONTHLY;BYMONTH=1,4,7,10;BYDAY=1MO", "on the first Monday of every quarter"),
        ("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1", "on the last day of every quarter"),
        ("FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=1", "on the first day of every quarter"),
        ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=15", "every year on 15 March"),
        ("FREQ=YEARLY;INTERVAL=2;BYMONTH=7;BYMONTHDAY=1", "every other year on 1 July"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1", "every year on 29 February, or its last day"),
    ],
)
def test_rhythms(rule: str | None, words: str) -> None:
    assert rhythm(schedule(rule)) == f"{words} at 09:00"


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every business day"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "on the last business day of every month"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=10", "on the 10th business day of every month"),
        ("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "on the last business day of every quarter"),
    ],
)
def test_rhythms_of_business_days(rule: str, words: str) -> None:
    assert rhythm(schedule(rule, workdays_only=True)) == f"{words} at 09:00"


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=MONTHLY;BYMONTHDAY=31",  # leaves out short months
        "FREQ=MONTHLY;BYMONTHDAY=1,15",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",  # counts holidays
        "FREQ=MONTHLY;BYDAY=MO,TU;BYMONTHDAY=13",
        "FREQ=MONTHLY;BYMONTH=1,4,7,10;BYDAY=-1FR",  # the last of January, not of the quarter
        "FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=15",
        "FREQ=MONTHLY;BYMONTH=1,2;BYMONTHDAY=1",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",  # leaves out common years
        "FREQ=YEARLY;BYMONTH=1,2;BYMONTHDAY=1",
        "FREQ=YEARLY;BYWEEKNO=20",
        "FREQ=DAILY;BYDAY=MO",
    ],
)
def test_words_that_would_say_less_than_the_rule_are_not_used(rule: str) -> None:
    assert rhythm(schedule(rule)) == f"by the rule {rule} at 09:00"


def test_an_end() -> None:
    assert rhythm(schedule("FREQ=DAILY;UNTIL=20260331T235959")) == "every day at 09:00 until Tue 31 Mar 2026"


def test_the_second_pass_of_a_repeated_hour_is_said() -> None:
    words = moment(wall("2026-10-25T02:30").replace(fold=1))
    assert words == "Sun 25 Oct 2026 at 02:30, the second time that night"


@pytest.mark.parametrize(
    ("reading", "words"),
    [
        (Anchored("renewal", 30, "days", "before", time(9), time_explicit=False), "30 days before renewal at 09:00"),
        (Anchored("notice", 1, "business days", "before", time(9), time_explicit=False),
         "1 business day before the notice deadline at 09:00"),
        (Anchored("qbr", 1, "months", "after", time(14, 30), time_explicit=True), "1 month after the QBR at 14:30"),
        (Anchored("contract end", 0, "days", "before", time(9), time_explicit=False),
         "on the day of the contract end at 09:00"),
    ],
)  # fmt: skip
def test_anchored(reading: Anchored, words: str) -> None:
    assert say(reading) == words
