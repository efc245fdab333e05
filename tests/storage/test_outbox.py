"""Claims: nobody sends what somebody else holds, and what may have been posted is looked for first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.domain.audience import Audience
from bot.domain.reminders.reminder import Reminder
from bot.storage import outbox, reminders
from bot.storage.database import AnyRow, Database, Writer
from bot.storage.tables import reminder
from tests.storage.wanting import DUE, LEASE, SOON, wanted


class Office:
    """One database and a clock that is told the time."""

    def __init__(self, database: Database, audience: Audience) -> None:
        self.database, self.audience, self.now = database, audience, DUE

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        with self.database.writing(self.audience, self.now) as writer:
            yield writer

    def plan(self, *numbers: int, **changes: object) -> None:
        with self.writing() as writer:
            reminders.insert(writer, [wanted(number, **changes) for number in numbers])

    def claim(self, worker: str = "a", limit: int = 10, ahead: timedelta = SOON) -> list[Reminder]:
        with self.writing() as writer:
            return outbox.claim(writer, worker, self.now + ahead, self.now + LEASE, limit)

    def is_anything_due(self, ahead: timedelta = SOON) -> bool:
        with self.database.reading(self.audience) as reader:
            return outbox.is_anything_due(reader, self.now, self.now + ahead)

    def next_due(self) -> datetime | None:
        with self.database.reading(self.audience) as reader:
            return outbox.next_due(reader, self.now)

    def row(self, one: Reminder) -> AnyRow:
        with self.database.reading(self.audience) as reader:
            return reader.connection.execute(sa.select(reminder).where(reminder.c.id == one.id)).one()


@pytest.fixture
def office(database: Database, audience: Audience) -> Office:
    return Office(database, audience)


def test_nothing_is_due_before_its_instant(office: Office) -> None:
    office.plan(1, 2)
    office.now = DUE - timedelta(seconds=1, microseconds=1)
    assert not office.is_anything_due()
    assert office.claim() == []
    assert office.next_due() == DUE
    office.now = DUE - timedelta(seconds=1)
    assert office.is_anything_due()
    assert [one.anchor_id for one in office.claim()] == [1]
    assert not office.is_anything_due()


def test_oldest_first_and_no_more_than_asked(office: Office) -> None:
    office.plan(4, 3, 2, 1)
    office.now = DUE + timedelta(hours=1)
    assert [one.anchor_id for one in office.claim(limit=3)] == [1, 2, 3]
    assert [one.anchor_id for one in office.claim("b", limit=3)] == [4]
    assert office.claim("c") == []


def test_a_claim_reads_back_what_was_wanted(office: Office) -> None:
    office.plan(1)
    (one,) = office.claim()
    like = wanted(1)
    for name in ("rule", "account_id", "anchor_id", "anchor_on", "milestone", "recipient", "carrier", "zone", "due_at"):
        assert getattr(one, name) == getattr(like, name)
    assert (one.state, one.claimed_at, one.attempts, one.wanted_at) == ("claimed", DUE, 0, DUE)


def test_lines_of_the_morning_message_are_not_claimed(office: Office) -> None:
    office.plan(1, carrier="morning")
    assert not office.is_anything_due()
    assert office.claim() == []
    assert office.next_due() is None


def test_a_lease_that_ran_out_is_a_doubt(office: Office) -> None:
    office.plan(1)
    office.claim("dead")
    office.now += LEASE - SOON
    assert office.claim("b") == []
    office.now += SOON
    assert office.is_anything_due()
    (found,) = office.claim("b")
    assert (found.state, found.claimed_at) == ("doubt", DUE)
    with office.writing() as writer:
        assert outbox.mark_sent(writer, "dead", [(found.id, "D1", "1.1", DUE)]) == 0
        assert outbox.be_sure(writer, "b", [found.id], office.now + LEASE) == 1
    assert office.row(found).state == "claimed"


def test_who_is_still_there_keeps_the_claim(office: Office) -> None:
    office.plan(1)
    (mine,) = office.claim("a")
    office.now += LEASE - SOON
    with office.writing() as writer:
        assert outbox.renew(writer, "a", [mine.id], office.now + LEASE) == {mine.id}
        assert outbox.renew(writer, "b", [mine.id], office.now + LEASE) == set()
    office.now += SOON
    assert office.claim("b") == []


def test_what_was_sent_stays_sent(office: Office) -> None:
    office.plan(1)
    (mine,) = office.claim("a")
    with office.writing() as writer:
        assert outbox.mark_sent(writer, "a", [(mine.id, "D1", "1700000000.000100", DUE + SOON)]) == 1
    row = office.row(mine)
    assert (row.state, row.channel, row.ts, row.sent_at) == ("sent", "D1", "1700000000.000100", DUE + SOON)
    assert (row.claimed_by, row.claimed_until) == (None, None)
    office.now += 10 * LEASE
    assert office.claim("b") == []


@pytest.mark.parametrize(
    "late",
    [
        lambda writer, one: outbox.mark_sent(writer, "b", [(one, "D1", "1.1", DUE)]),
        lambda writer, one: outbox.defer(writer, "b", [(one, DUE + LEASE, None)]),
        lambda writer, one: outbox.doubt(writer, "b", [(one, DUE + LEASE, "D1", "timeout")]),
        lambda writer, one: outbox.close(writer, "b", [(one, "failed", "is_archived", None)]),
        lambda writer, one: outbox.be_sure(writer, "b", [one], DUE + LEASE),
        lambda writer, one: len(outbox.renew(writer, "b", [one], DUE + LEASE)),
    ],
)
def test_nobody_but_the_holder_changes_a_claim(office: Office, late: Callable[[Writer, int], int]) -> None:
    office.plan(1)
    (mine,) = office.claim("a")
    before = office.row(mine)
    with office.writing() as writer:
        assert late(writer, mine.id) == 0
    assert office.row(mine) == before


def test_a_doubt_is_looked_at_when_its_time_has_come(office: Office) -> None:
    office.plan(1)
    (mine,) = office.claim("a")
    look = DUE + timedelta(seconds=30)
    with office.writing() as writer:
        assert outbox.doubt(writer, "a", [(mine.id, look, "D1", "timeout")]) == 1
    assert office.claim("a") == []
    office.now = look
    (again,) = office.claim("b")
    assert (again.state, again.attempts, again.channel, again.claimed_at) == ("doubt", 1, "D1", DUE)


def test_coming_later_forgets_the_claim_unless_there_was_a_doubt(office: Office) -> None:
    office.plan(1, 2)
    office.now = DUE + timedelta(minutes=5)
    calm, doubted = office.claim("a")
    later = office.now + timedelta(hours=8)
    with office.writing() as writer:
        outbox.doubt(writer, "a", [(doubted.id, office.now, "D1", "timeout")])
    (doubted,) = office.claim("a")
    with office.writing() as writer:
        assert outbox.defer(writer, "a", [(calm.id, later, "quiet hours"), (doubted.id, later, None)]) == 2
    rows = [office.row(calm), office.row(doubted)]
    assert [(row.state, row.due_at, row.reason, row.claimed_at) for row in rows] == [
        ("planned", later, "quiet hours", None),
        ("planned", later, None, DUE + timedelta(minutes=5)),
    ]
    assert [row.wanted_at for row in rows] == [wanted(1).due_at, wanted(2).due_at]


@pytest.mark.parametrize("state", ["held", "failed", "cancelled"])
def test_what_is_closed_keeps_its_reason(office: Office, state: outbox.Closed) -> None:
    office.plan(1)
    (mine,) = office.claim("a")
    with office.writing() as writer:
        assert outbox.close(writer, "a", [(mine.id, state, "channel_not_found", "owner")]) == 1
        assert outbox.close(writer, "a", []) == 0
    row = office.row(mine)
    assert (row.state, row.reason, row.told, row.claimed_by) == (state, "channel_not_found", "owner", None)
    office.now += 10 * LEASE
    assert office.claim("a") == []


def test_what_is_aimed_at_says_where_and_holds_on(office: Office) -> None:
    office.plan(1, 2)
    office.now = DUE + timedelta(minutes=5)
    mine, lost = office.claim("a")
    office.now += LEASE
    office.claim("b", limit=1)  # the older of the two, as a doubt
    with office.writing() as writer:
        targets = [(one.id, "D1", "slack:U0MAYA") for one in (mine, lost)]
        assert outbox.aim(writer, "a", targets, office.now + LEASE) == {lost.id}
    row = office.row(lost)
    assert (row.channel, row.told, row.claimed_until) == ("D1", "slack:U0MAYA", office.now + LEASE)
    assert office.row(mine).channel is None


def test_what_is_left_to_the_morning_is_no_message_any_more(office: Office) -> None:
    office.plan(1)
    (mine,) = office.claim("a")
    with office.writing() as writer:
        outbox.aim(writer, "a", [(mine.id, "D1", "slack:U0MAYA")], DUE + LEASE)
        assert outbox.leave_to_morning(writer, "a", [(mine.id, DUE + timedelta(days=1), "enough for today")]) == 1
    row = office.row(mine)
    assert (row.state, row.carrier, row.reason, row.channel) == ("planned", "morning", "enough for today", None)
    office.now += 10 * LEASE
    assert office.claim("a") == []


def test_lines_are_carried_once(office: Office) -> None:
    office.plan(1, 2, carrier="morning")
    office.plan(3)
    with office.writing() as writer:
        ids = list(writer.execute(sa.select(reminder.c.id).order_by(reminder.c.anchor_id)).scalars())
        lines = [(one, ids[2], "D1", "1.1", DUE) for one in ids]
        assert outbox.mark_carried(writer, lines) == 2, "the third is a message of its own"
        assert outbox.mark_carried(writer, lines) == 0


def test_what_counts_against_a_budget(office: Office) -> None:
    """Sent since then or about to be, by rules that speak unasked, as messages of their own."""
    office.plan(1, 2, 3)
    office.plan(4, rule="own")
    office.now = DUE + timedelta(hours=1)
    early, late, under_way, own = office.claim("a")
    with office.writing() as writer:
        targets = [(one.id, "D1", "slack:U0MAYA") for one in (early, late, under_way, own)]
        outbox.aim(writer, "a", targets, office.now + LEASE)
        outbox.mark_sent(writer, "a", [(early.id, "D1", "1.1", DUE), (late.id, "D1", "1.2", office.now)])
        outbox.mark_sent(writer, "a", [(own.id, "D1", "1.3", office.now)])
    with office.writing() as writer:
        outbox.spend_in_turn(writer)
        told = outbox.told_since(writer, ["slack:U0MAYA", "slack:U0JONAS"], DUE + timedelta(minutes=30))
        assert outbox.told_since(writer, ["slack:U0JONAS"], DUE) == []
    assert sorted(row.id for row in told) == sorted([late.id, under_way.id])


def test_many_at_once_never_claim_the_same(office: Office) -> None:
    office.plan(*range(1, 201))
    office.now = DUE + timedelta(days=1)

    def work(name: int) -> list[int]:
        taken: list[int] = []
        while found := office.claim(f"worker {name}", limit=7):
            taken += [one.id for one in found]
        return taken

    with ThreadPoolExecutor(4) as pool:
        taken = [one for part in pool.map(work, range(4)) for one in part]
    assert len(taken) == 200
    assert len(set(taken)) == 200
