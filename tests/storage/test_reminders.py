"""Planning rows: any number of times, by anybody, and nothing that was said is said again."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.domain.audience import Audience
from bot.storage import outbox, reminders
from bot.storage.database import AnyRow, Database
from bot.storage.tables import reminder
from tests.storage.wanting import DUE, LEASE, wanted


def rows(database: Database, audience: Audience) -> list[AnyRow]:
    with database.reading(audience) as reader:
        return list(reader.connection.execute(sa.select(reminder).order_by(reminder.c.due_at, reminder.c.id)))


def test_planning_twice_is_planning_once(database: Database, audience: Audience) -> None:
    several = [wanted(number) for number in range(1, 8)]
    with database.writing(audience, DUE) as writer:
        assert reminders.insert(writer, several[:5]) == 5
    with database.writing(audience, DUE) as writer:
        assert reminders.insert(writer, several) == 2
        assert reminders.insert(writer, []) == 0
    found = rows(database, audience)
    assert [row.key for row in found] == [one.key for one in several]
    assert {(row.state, row.attempts) for row in found} == {("planned", 0)}
    assert [row.due_at for row in found] == [row.wanted_at for row in found] == [one.due_at for one in several]


@pytest.mark.parametrize(("state", "back"), [("superseded", 1), ("cancelled", 0)])
def test_only_what_was_superseded_comes_back(
    database: Database, audience: Audience, state: reminders.Unwanted, back: int
) -> None:
    later = wanted(due_at=DUE + timedelta(days=1))
    with database.writing(audience, DUE) as writer:
        reminders.insert(writer, [wanted()])
    (row,) = rows(database, audience)
    with database.writing(audience, DUE) as writer:
        assert reminders.end(writer, [row.id], state, "the date changed") == 1
        assert reminders.end(writer, [row.id], state, "again") == 0
        assert reminders.end(writer, [], state, "nothing") == 0
    with database.writing(audience, DUE) as writer:
        assert reminders.insert(writer, [later]) == back
    (row,) = rows(database, audience)
    kept = ("planned", None, later.due_at) if back else (state, "the date changed", DUE)
    assert (row.state, row.reason, row.due_at) == kept


def test_what_is_being_sent_is_neither_ended_nor_moved(database: Database, audience: Audience) -> None:
    with database.writing(audience, DUE) as writer:
        reminders.insert(writer, [wanted()])
        (mine,) = outbox.claim(writer, "a", DUE, DUE + LEASE, 5)
    with database.writing(audience, DUE) as writer:
        assert reminders.end(writer, [mine.id], "superseded", "too late") == 0
        assert reminders.move(writer, [(mine.id, wanted(due_at=DUE + LEASE))]) == 0
        assert reminders.insert(writer, [wanted()]) == 0


def test_moving_sets_the_instant_and_its_zone(database: Database, audience: Audience) -> None:
    with database.writing(audience, DUE) as writer:
        reminders.insert(writer, [wanted(1), wanted(2)])
    first, second = rows(database, audience)
    at = DUE + timedelta(hours=3)
    with database.writing(audience, DUE) as writer:
        assert reminders.move(writer, [(first.id, wanted(due_at=at, zone="America/New_York"))]) == 1
        assert reminders.move(writer, []) == 0
    still, moved = rows(database, audience)
    assert (moved.id, moved.due_at, moved.wanted_at, moved.zone) == (first.id, at, at, "America/New_York")
    assert (still.id, still.due_at) == (second.id, second.due_at)


def test_a_follower_is_a_reminder_of_its_own(database: Database, audience: Audience) -> None:
    with database.writing(audience, DUE) as writer:
        reminders.insert(writer, [wanted()])
    (row,) = rows(database, audience)
    again = wanted(due_at=DUE + timedelta(days=3))
    with database.writing(audience, DUE) as writer:
        assert reminders.insert_follower(writer, again, row.id, 1) == 1
        assert reminders.insert_follower(writer, again, row.id, 1) == 0
        assert reminders.insert_follower(writer, again, row.id, 2) == 1
    assert [one.follows for one in rows(database, audience)] == [None, row.id, row.id]
