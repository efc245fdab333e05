"""An account falls: its owner hears what changed, why, since when and what to do, once and in working hours."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.preferences import Choices
from bot.services.preferences import save_preferences
from bot.storage.database import Database
from tests.services.clerk import Clerk
from tests.services.reminders.posted import MAYA
from tests.slack.reminders.office import Office, aloud, office

CALLS = "id,account_id,at,kind,author_email,subject\n10,1,2026-03-03T10:00:00Z,call,maya@northlight.example,Plans\n"
TICKETS = "ticket_id,account_id,opened at,status,priority,subject\nT0,1,2026-03-02T08:00:00Z,solved,normal,Old\n"
DOWN = f"{TICKETS}T1,1,2026-03-04T08:00:00Z,open,urgent,Down\nT2,1,2026-03-04T09:00:00Z,open,urgent,Slow\n"


@pytest.fixture
async def it(sqlite_database: Database, tmp_path: Path) -> AsyncIterator[Office]:
    async with office(Clerk(sqlite_database, tmp_path / "files")) as found:
        found.clerk.bring({"calls.csv": CALLS, "tickets.csv": TICKETS})
        yield found


async def night(it: Office, at: datetime) -> int:
    """Let that moment come, and the pass of its day."""
    it.slack.advance(at - it.now)
    return it.desk.keep_health().alerts


async def fallen(it: Office) -> None:
    await night(it, datetime(2026, 3, 4, 23, 30, tzinfo=UTC))
    it.clerk.bring({"tickets.csv": DOWN})
    assert await night(it, datetime(2026, 3, 5, 23, 30, tzinfo=UTC)) == 1


async def test_four_lines_in_working_hours(it: Office) -> None:
    await fallen(it)
    await it.deliver()
    assert it.heard() == [], "it is night"
    await it.deliver(timedelta(hours=7, minutes=30))
    [message] = it.heard()
    assert message.splitlines()[:4] == [
        "Nordwind: health fell from 92 (healthy) to 71 (watch).",
        "Support -21 (100 → 20)",
        "Next: Look at their open tickets before they ask you.",
        "21 points overnight, since 5 Mar 2026",
    ]
    assert await night(it, datetime(2026, 3, 6, 23, 30, tzinfo=UTC)) == 0
    [row] = [row for row in it.clerk.rows_of("reminder") if row.rule == "alert"]
    because = {one.label: one.sentence for one in it.desk.reminders.why(MAYA, row.id).because}
    assert because["Rule"].startswith("Told when an account falls into a worse band, or by 10 points within 7 days")


async def test_who_recovered_before_it_was_said_is_left_alone(it: Office) -> None:
    await fallen(it)
    it.clerk.bring({"tickets.csv": DOWN.replace(",open,", ",solved,")})
    await night(it, datetime(2026, 3, 6, 6, tzinfo=UTC))
    assert await night(it, datetime(2026, 3, 6, 23, 30, tzinfo=UTC)) == 0
    await it.deliver(timedelta(days=2))
    assert [one for one in it.heard() if "fell" in one] == []


async def test_who_wants_no_alerts_hears_none(it: Office) -> None:
    save_preferences(it.clerk.database, MAYA, Choices(alerts=False), it.now)
    await fallen(it)
    await it.deliver(timedelta(hours=7, minutes=30))
    assert it.heard() == []
    [row] = [row for row in it.clerk.rows_of("reminder") if row.rule == "alert"]
    assert (row.state, row.reason) == ("cancelled", "whoever it would go to wants no alerts")
    assert "no alerts" in aloud(await it.ask("settings", channel="dm"))
