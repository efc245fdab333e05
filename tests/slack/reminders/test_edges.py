"""Delivery beside its surroundings: shutting down, a database that does not take it, few calls for many people."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from bot.scheduler.ticks import Ticks, start_ticks
from bot.services.errors import Busy
from bot.services.reminders.outbox import Outbox
from bot.services.reminders.outcomes import Outcome
from bot.storage.database import Database
from tests.services.clerk import Clerk
from tests.slack.reminders.postroom import SELF, Postroom, postroom, seconds


async def test_what_waits_is_given_back_when_the_bot_stops(sqlite_database: Database, tmp_path: Path) -> None:
    """Nobody has to wait for a lease to end after a restart."""
    async with postroom(Clerk(sqlite_database, tmp_path / "files")) as room:
        one = room.own("in a moment", at=room.now + seconds(0.5))
        await room.delivery.round()
        assert room.row(one).state == "claimed"
        await room.delivery.close()
        row = room.row(one)
        assert (row.state, row.claimed_by, row.due_at) == ("planned", None, room.now + seconds(0.5))
        assert room.posts() == 0


async def test_what_was_sent_is_written_down_however_long_the_database_takes(
    room: Postroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusals, settle = ["not now", "not yet"], Outbox.settle

    def reluctant(self: Outbox, outcomes: Sequence[Outcome]) -> int:
        if outcomes and refusals:
            raise Busy(refusals.pop())
        return settle(self, outcomes)

    monkeypatch.setattr(Outbox, "settle", reluctant)
    room.own("call Tom")
    await room.deliver()
    assert room.states() == ["sent"]
    assert room.posts() == 1


async def test_a_locked_database_is_waited_for(room: Postroom) -> None:
    room.own("call Tom")
    with room.database.writing(SELF, room.now) as writer:
        writer.connection.exec_driver_sql("UPDATE schedule SET phrase = 'later'")
        holding = asyncio.create_task(asyncio.to_thread(_settle_nothing, room))
        await asyncio.sleep(0)
    await holding
    await room.deliver()
    assert room.states() == ["sent"]


def _settle_nothing(room: Postroom) -> None:
    room.box.settle([])


async def test_many_people_cost_few_calls(room: Postroom) -> None:
    """Whoever is known is not asked about again; pauses are asked about fifty people at once."""
    for number in range(40):
        room.own(f"item {number}", to=("U0MAYA", "U0JONAS", "U0PRIYA", "U0TOMAS", "U0INGRID")[number % 5])
    await room.deliver()
    assert room.states() == ["sent"] * 40
    assert len(room.slack.calls("users.info")) == 5
    assert len(room.slack.calls("dnd.teamInfo")) == 1
    room.own("one more")
    await room.deliver(seconds(61))
    assert len(room.slack.calls("users.info")) == 5
    assert len(room.slack.calls("dnd.teamInfo")) == 2


async def test_a_channel_is_looked_at_once_for_all_that_goes_there(room: Postroom) -> None:
    for number in range(20):
        room.own(f"item {number}", channel="C0ACCOUNTS")
    await room.deliver()
    assert len(room.slack.calls("conversations.info")) == 1
    room.own("one more", channel="C0ACCOUNTS")
    await room.deliver(seconds(11))
    assert len(room.slack.calls("conversations.info")) == 2


async def test_leases_are_renewed_while_a_message_waits_for_its_turn(room: Postroom) -> None:
    room.own("call Tom", at=room.now + seconds(1))
    await room.delivery.round()
    (claimed,) = room.rows()
    room.slack.clock.on_moved = lambda: None
    before = claimed.claimed_until
    # Half the lease passes in the clock of the outbox only.
    room.delivery._hands[claimed.id].until = room.now + timedelta(seconds=44)
    await room.delivery._keep()
    assert room.row(claimed.id).claimed_until >= before
    assert room.delivery._hands[claimed.id].until == room.now + timedelta(seconds=90)
    await room.deliver(seconds(1))
    assert room.states() == ["sent"]


async def test_ticks_go_on_whatever_one_of_them_does() -> None:
    delivered, kept = asyncio.Event(), asyncio.Event()
    scheduler = start_ticks(Ticks(delivered.set, kept.set, lambda: None))
    try:
        async with asyncio.timeout(20):
            await asyncio.gather(delivered.wait(), kept.wait())
            delivered.clear()
            await delivered.wait()
    finally:
        scheduler.shutdown(wait=False)
