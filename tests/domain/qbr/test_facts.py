"""What became of promises, and use month by month."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bot.domain.qbr.adoption import adoption
from bot.domain.qbr.promises import Fate, fate
from bot.domain.usage import UsagePoint

END = date(2026, 9, 30)
DUE = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("status", "due", "kept", "expected"),
    [
        ("kept", DUE, date(2026, 8, 31), "kept"),
        ("kept", DUE, DUE, "kept"),
        ("kept", DUE, date(2026, 9, 2), "late"),
        ("kept", DUE, date(2026, 10, 2), "missed"),  # not by the end of the period
        ("kept", None, date(2026, 9, 2), "kept"),
        ("kept", DUE, None, "kept"),
        ("open", DUE, None, "missed"),
        ("open", END, None, "missed"),
        ("open", date(2026, 10, 1), None, "open"),
        ("open", None, None, "open"),
        ("missed", None, None, "missed"),
        ("cancelled", DUE, None, "dropped"),
    ],
)
def test_what_became_of_a_promise(status: str, due: date | None, kept: date | None, expected: Fate) -> None:
    assert fate(status, due, kept, END) == expected


MONTHS = (date(2026, 7, 1), date(2026, 8, 1), date(2026, 9, 1))


def _point(one: int, on: date, value: int, days: int = 7, bought: int | None = None) -> UsagePoint:
    return UsagePoint(one, on, days, Decimal(value), Decimal(bought) if bought is not None else None)


def test_a_level_is_averaged_a_count_is_summed_and_a_gap_stays_unknown() -> None:
    points = [_point(1, date(2026, 7, 6), 10), _point(2, date(2026, 7, 13), 20), _point(3, date(2026, 9, 7), 30)]
    level = adoption("active_users", points, MONTHS, END, counts=False)
    assert [month.value for month in level.months] == [15, None, 30]
    assert level.between(MONTHS[0], END) == Decimal("22.5")
    counted = adoption("logins", points, MONTHS, END, counts=True)
    assert [month.value for month in counted.months] == [30, None, 30]
    assert adoption("logins", [], MONTHS, END, counts=True).between(MONTHS[0], END) is None


def test_a_week_belongs_to_the_month_of_its_middle_and_what_is_under_way_does_not_count() -> None:
    over_the_edge = _point(1, date(2026, 7, 29), 10)  # 29 July to 4 August: its middle is 1 August
    unfinished = _point(2, date(2026, 9, 28), 99)
    found = adoption("active_users", [over_the_edge, unfinished], MONTHS, END, counts=False)
    assert [month.value for month in found.months] == [None, 10, None]


def test_the_longer_then_the_newer_measurement_of_a_day_stands() -> None:
    day = date(2026, 7, 1)
    points = [_point(1, day, 1, days=1), _point(2, day, 5, days=31), _point(3, day, 6, days=31)]
    found = adoption("active_users", points, MONTHS, END, counts=False)
    assert [month.ids for month in found.months] == [(3,), (), ()]


def test_the_newest_month_that_knows_what_was_bought() -> None:
    points = [_point(1, date(2026, 7, 6), 10, bought=40), _point(2, date(2026, 8, 3), 12)]
    found = adoption("active_users", points, MONTHS, END, counts=False)
    newest = found.newest
    assert newest is not None
    assert (newest.first, newest.value, newest.entitlement) == (MONTHS[0], Decimal(10), Decimal(40))
    assert found.words == "Active users"
