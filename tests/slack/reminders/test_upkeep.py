"""Planning and drawing, round by round: what a fact changes is moved, ended, and said where it stands already."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.services.errors import Busy
from bot.services.logbook.entry import LogEntry
from bot.services.reminders.promises import end_one
from bot.slack.reminders.upkeep import Upkeep
from bot.slack.runner import InlineRunner
from bot.storage.database import Database
from tests.services.clerk import SELF, Clerk
from tests.services.reminders.posted import BERLIN, BOOK
from tests.slack.reminders.office import Office, office


@pytest.fixture
async def it(sqlite_database: Database, tmp_path: Path) -> AsyncIterator[Office]:
    async with office(Clerk(sqlite_database, tmp_path / "files")) as found:
        yield found


def upkeep_of(it: Office) -> Upkeep:
    return Upkeep(it.app.desk, it.desk.reminders.plan, InlineRunner(), it.slack.clock.now)


async def test_a_round_a_minute_and_at_once_when_the_clock_was_moved(it: Office) -> None:
    rounds = 0

    def count() -> None:
        nonlocal rounds
        rounds += 1
        if rounds == 2:
            raise Busy("An import is writing.")

    upkeep = Upkeep(it.app.desk, count, InlineRunner(), it.slack.clock.now)
    for seconds in (0, 1, 58, 2, 1, 86_400):
        it.slack.advance(seconds)
        upkeep.tick()
        await upkeep.close()
    assert rounds == 3


async def test_what_the_book_says_is_planned_and_said(it: Office) -> None:
    await upkeep_of(it).round()
    planned = {row.rule for row in it.clerk.rows_of("reminder") if row.state == "planned"}
    assert {"renewal", "promise", "morning"} <= planned
    renewals = [row for row in it.clerk.rows_of("reminder") if row.rule == "renewal" and row.carrier == "own"]
    first = min(renewals, key=lambda row: row.due_at)
    await it.deliver(first.due_at - it.now)
    assert it.last().splitlines()[0].startswith("Nordwind: notice deadline Fri 3 Apr 2026")


async def test_a_promise_that_is_kept_elsewhere_is_said_to_be_kept_where_it_was_reminded(it: Office) -> None:
    it.post.promise()
    promise_id = it.post.promise_id()
    end_one(it.clerk.database, SELF, promise_id, "kept", BERLIN, it.now)
    await upkeep_of(it).round()
    [row] = [row for row in it.clerk.rows_of("reminder") if row.rule == "promise" and row.ts is not None]
    assert (row.acted, row.reason) == ("done", "the promise was kept")


async def test_a_touch_settles_the_check_in_that_stands_there(it: Office) -> None:
    await upkeep_of(it).round()
    one = it.post.check_in(recipient="slack:U0MAYA")
    entry = LogEntry("k", "call", it.now, "talked to Ana")
    it.desk.log_touch(SELF, it.post.account_id, entry)
    it.slack.advance(timedelta(minutes=1))
    await upkeep_of(it).round()
    row = it.post.row(one)
    assert (row.acted, row.reason) == ("done", "somebody spoke with them")
    assert row.redraw is None  # drawn, or found to be gone


async def test_a_moved_contract_ends_what_was_planned_and_says_so_where_it_stands(it: Office) -> None:
    await upkeep_of(it).round()
    one = it.post.renewal(recipient="slack:U0MAYA")
    it.clerk.bring({"contracts.csv": BOOK["contracts.csv"].replace("2026-06-30", "2027-06-30")})
    await upkeep_of(it).round()
    row = it.post.row(one)
    assert (row.acted, row.reason) == ("overtaken", "the dates of the contract changed")
    assert not [row for row in it.clerk.rows_of("reminder") if row.rule == "renewal" and row.state == "planned"
                and row.anchor_on.year == 2026]  # fmt: skip
