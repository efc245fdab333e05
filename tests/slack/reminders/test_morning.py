"""Mornings as they come and are worked through: each line acted on, taken back, and said again where it was put off."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.domain.audience import Actor, Role, only_the_asker
from bot.domain.ids import id_text
from bot.domain.preferences import Choices
from bot.services.preferences import save_preferences
from bot.slack.deeds import block_of
from bot.slack.reminders.upkeep import Upkeep
from bot.slack.runner import InlineRunner
from bot.slack.values import MENU
from bot.storage.database import Database
from tests.services.clerk import Clerk
from tests.services.reminders.posted import BOOK
from tests.slack.reminders.office import Office, office

THURSDAY = datetime(2026, 3, 5, 7, 30, tzinfo=UTC)  # 08:30 in Berlin
TUESDAY = datetime(2026, 3, 10, 7, 30, tzinfo=UTC)


@pytest.fixture
async def it(sqlite_database: Database, tmp_path: Path) -> AsyncIterator[Office]:
    async with office(Clerk(sqlite_database, tmp_path / "files")) as found:
        yield found


async def come(it: Office, at: datetime) -> None:
    """Let that moment come, plan, and deliver."""
    upkeep = Upkeep(it.app.desk, it.desk.reminders.plan, InlineRunner(), it.slack.clock.now)
    await upkeep.round()
    it.slack.advance(at - it.now)
    await upkeep.round()
    await it.deliver()


def mornings(it: Office) -> list[str]:
    return [one for one in it.heard() if "/account settings" in one]


async def choose(it: Office, label: str, rule: str) -> None:
    """From the menu beside the line that leads with this."""
    one = max(row.id for row in it.clerk.rows_of("reminder") if row.rule == rule and row.state == "sent")
    await it.pick(MENU, label, block_id=block_of(id_text(one)))


async def test_one_line_of_an_account_with_what_matters_most(it: Office) -> None:
    await come(it, THURSDAY)
    [morning] = mornings(it)
    assert morning.splitlines() == [
        "Thu 5 Mar 2026: 1 thing to see to",
        "Nordwind: The notice deadline of contract C-3 is on 3 Apr, in 29 days.",
        "→ Find out whether they give notice, and record it. · also: a promise is due on 9 Mar, a check-in is due",
        "[1 Done / Snooze: next business morning / Not renewing… / Open account / Why this? v]",
        "Its time, or none at all: `/account settings`",
    ]
    sent = [row for row in it.clerk.rows_of("reminder") if row.state == "sent"]
    assert {row.rule for row in sent} == {"morning", "renewal", "promise", "check-in"}
    assert len({(row.channel, row.ts, row.told) for row in sent}) == 1
    [event] = [row for row in it.clerk.rows_of("audit_event") if row.action == "reminder"]
    assert (event.detail["to"], event.detail["rule"]) == ("U0MAYA", "morning")
    assert event.detail["accounts"] == [id_text(it.clerk.row("account", name="Nordwind").id)]
    await come(it, datetime(2026, 3, 5, 12, tzinfo=UTC))
    assert len(it.heard()) == 1, "it is said once"


async def test_a_line_is_worked_through_and_taken_back(it: Office) -> None:
    await come(it, THURSDAY)
    await choose(it, "Done", "renewal")
    [morning] = mornings(it)
    assert "Nordwind: “send the security questionnaire” is due on 9 Mar." in morning
    assert "also: a check-in is due" in morning
    assert "Undo what was done" in morning
    await choose(it, "Undo what was done", "promise")
    assert "The notice deadline of contract C-3" in mornings(it)[0]
    for label, rule in (("Done", "renewal"), ("Kept", "promise"), ("Done", "check-in")):
        await choose(it, label, rule)
    [morning] = mornings(it)
    assert morning.splitlines()[0] == "Thu 5 Mar 2026: all done"
    assert "✓ Done by Maya Lindqvist, 08:30" in morning
    assert it.clerk.row("commitment", status="kept").quote == "send the security questionnaire"
    await it.click("Undo")
    assert "1 thing to see to" in mornings(it)[0]


async def test_what_opens_from_a_line_leaves_the_message_where_it_is(it: Office) -> None:
    await come(it, THURSDAY)
    await choose(it, "Open account", "renewal")
    await choose(it, "Why this?", "renewal")
    assert len(mornings(it)) == 1
    assert len(it.heard()) == 3
    assert any("ARR" in one for one in it.heard())
    assert any("Why you were told" in one for one in it.heard())


async def test_a_touch_is_logged_from_a_line(it: Office) -> None:
    await come(it, THURSDAY)
    await choose(it, "Done", "renewal")
    await choose(it, "Kept", "promise")
    await choose(it, "Log a touch…", "check-in")
    form = it.slack.modal("maya")
    assert form is not None
    assert "Nordwind" in str(form)


async def test_a_promise_past_its_day_leads_and_stays_when_it_was_kept(it: Office) -> None:
    await come(it, TUESDAY)
    assert "“send the security questionnaire” was due on 9 Mar, 1 day ago." in it.last()
    await it.pick(MENU, "Kept")
    assert "Kept" in it.last() or "kept" in it.last()
    [morning] = mornings(it)
    assert "was due on 9 Mar" not in morning.splitlines()[1]
    await it.click("Undo")
    await it.redraw()
    assert "was due on 9 Mar, 1 day ago." in mornings(it)[0]


async def test_a_snoozed_line_comes_back_in_the_morning(it: Office) -> None:
    await come(it, THURSDAY)
    await choose(it, "Snooze: next business morning", "renewal")
    await come(it, datetime(2026, 3, 6, 7, 30, tzinfo=UTC))
    assert len(mornings(it)) == 2
    assert "The notice deadline of contract C-3 is on 3 Apr, in 28 days." in it.last()


async def test_who_wants_none_hears_one_by_one(it: Office) -> None:
    maya = int(it.clerk.row("member").id)
    actor = Actor(Role.MEMBER, "slack", maya, "U0MAYA", "Maya Lindqvist")
    save_preferences(it.clerk.database, only_the_asker(actor), Choices(digest=False), it.now)
    await come(it, THURSDAY)
    assert it.heard() == []
    await come(it, datetime(2026, 3, 5, 8, 0, 5, tzinfo=UTC))
    assert mornings(it) == []
    [message] = it.heard()
    assert message.splitlines()[0] == "Nordwind: 3 things to look at · €120,000 ARR"


async def test_nothing_to_say_is_not_said(it: Office) -> None:
    it.clerk.bring({name: text for name, text in BOOK.items() if name in {"accounts.csv", "members.csv"}} | {
        "contracts.csv": BOOK["contracts.csv"].replace("2026-06-30", "2028-06-30"),
        "promises.csv": BOOK["promises.csv"].replace("2026-03-09", "2026-06-09"),
        "interactions.csv": BOOK["interactions.csv"].replace("2026-01-20", "2026-03-04"),
    })  # fmt: skip
    await come(it, THURSDAY)
    assert it.heard() == []
    [row] = [row for row in it.clerk.rows_of("reminder") if row.rule == "morning" and row.state == "cancelled"]
    assert row.reason == "there was nothing to say"


async def test_the_lead_hears_on_monday_what_became_of_it(it: Office) -> None:
    it.clerk.bring({
        "members.csv": (
            "id,name,email,slack_user_id,role,manager_id\n"
            "7,Maya Lindqvist,maya@northlight.example,U0MAYA,Account Manager,8\n"
            "8,Ingrid Solberg,ingrid.solberg@steward.example,U0INGRID,Head of accounts,\n"
        )
    })  # fmt: skip
    await come(it, THURSDAY)
    await choose(it, "Done", "renewal")
    await come(it, datetime(2026, 3, 9, 7, 0, tzinfo=UTC))
    weekly = it.heard("ingrid")[-1]
    assert weekly.splitlines() == [
        "The week before Mon 9 Mar 2026: what I told your team, and what became of it",
        "Renewal reminders: 1 sent, 1 acted on.",
        "Check-in reminders: 1 sent, none acted on, 1 still open.",
        "Promise reminders: 1 sent, none acted on, 1 still open.",
    ]
