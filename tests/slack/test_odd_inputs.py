"""Inputs that nobody expects: nothing visible, far too much, and facts that move while a form is open."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.domain.audience import Actor, Role, only_the_asker
from bot.services.logbook.entry import LogEntry, problems
from bot.slack.form_fields import Fields
from bot.storage.database import Database
from tests.services.clerk import Clerk
from tests.slack.conftest import said
from tests.slack.test_logging import BOOK, Logging, logging

RENAMED = BOOK["accounts.csv"].replace("Acme Corp", "Acme Holding")


@pytest.fixture
def clerk(sqlite_database: Database, tmp_path: Path) -> Clerk:
    return Clerk(sqlite_database, tmp_path / "files")


@pytest.fixture
async def at(clerk: Clerk) -> AsyncIterator[Logging]:
    async with logging(clerk) as found:
        yield found


@pytest.mark.parametrize("text", ["   ", "\u200b\u200b", "\u2060 \ufeff\n\u200e", "\x07\x00", "\u3164", "\u2800"])
async def test_what_nobody_can_see_is_no_summary(at: Logging, text: str) -> None:
    await at.open()
    left = await at.submit({"kind": "call", "text": text})
    assert left is not None
    assert left["errors"] == {"text": "Say in a sentence what happened."}
    assert at.logged() == []


async def test_an_account_renamed_while_its_form_is_open(at: Logging) -> None:
    await at.open()
    at.clerk.bring({"accounts.csv": RENAMED})
    assert await at.submit({"kind": "call", "text": "Spoke"}) is None
    assert "Logged a call with Acme Holding" in at.heard("maya", "#accounts")


async def test_an_account_that_goes_while_its_form_is_open(at: Logging) -> None:
    more = at.clerk.bring({"accounts.csv": "id,name,domain,segment,owner email\n77,Brief Ltd,,mid,\n"})
    await at.open("/account log brief ltd")
    at.clerk.undo(more)
    left = await at.submit({"kind": "call", "text": "Spoke"})
    assert left is not None
    [sentence] = left["errors"].values()
    assert sentence == "The import that brought this account in was taken back. Ask for it by name again."
    assert at.filled("text") == "Spoke"
    assert at.logged() == []
    await at.choose_account("Acme Corp")
    assert await at.submit() is None
    assert at.one().account_id == at.account()


async def test_an_older_message_opens_the_entry_as_it_is_now(at: Logging) -> None:
    await at.ask("/account log acme met Ana")
    logged = at.slack.messages("#accounts", "maya")[0]["ts"]
    await at.press("Add details")
    assert await at.submit({"text": "met Ana and Bo"}) is None
    await at.press("Add details", ts=logged)
    assert at.filled("text") == "met Ana and Bo"


async def test_of_two_who_edit_one_entry_the_second_is_told(at: Logging) -> None:
    await at.ask("/account log acme met Ana")
    await at.press("Add details")
    lead = only_the_asker(Actor(Role.LEAD, "slack", slack_user_id="U0INGRID", name="Ingrid Solberg"))
    corrected = LogEntry("correction", "meeting", at.one().at, "met Ana and Bo")
    at.desk.add_details(lead, at.one().id, at.account(), corrected)
    left = await at.submit({"text": "met Ana, twice"})
    assert left is not None
    assert "was changed while your form was open" in left["errors"]["text"]
    assert at.filled("text") == "met Ana, twice"
    assert at.one().text == "met Ana and Bo"


async def test_a_bound_channel_may_be_renamed(at: Logging) -> None:
    await at.ask("/account bind acme")
    at.slack.changes.rename("#accounts", "key-accounts")
    answer = await at.ask("/account log met Ana", channel="#key-accounts")
    assert "Logged a meeting with Acme Corp" in said([answer])


@pytest.mark.parametrize("typed", ['remind acme "{}" tomorrow at 9', 'promise acme "{}" by friday', "log acme {}"])
async def test_nor_a_reminder_a_promise_or_a_line(at: Logging, typed: str) -> None:
    written = ("interaction", "commitment", "schedule")
    await at.bot.ask("maya", "#accounts", "/account " + typed.format("\u200b\u2060"))
    assert [rows for name, rows in at.clerk.dump().items() if name in written] == [[], [], []]
    assert not at.slack.failures


async def test_somebody_moves_to_another_zone(at: Logging) -> None:
    at.slack.changes.move("maya", "Asia/Tokyo")
    now = at.slack.clock.now()
    answer = said([await at.ask("/account log acme met Ana")])
    assert f"Today {now.astimezone(ZoneInfo('Asia/Tokyo')):%H:%M}" in answer


async def test_the_night_the_clocks_change(at: Logging) -> None:
    """On 28 March 2027 Stockholm goes from 02:00 to 03:00."""
    at.slack.advance((datetime(2027, 3, 28, 0, 59, 30, tzinfo=UTC) - at.slack.clock.now()).total_seconds())
    before = said([await at.ask("/account log acme met Ana")])
    assert "Today 01:59" in before
    assert "Undo works until 03:09" in before
    at.slack.advance(60)
    assert "Today 03:00" in said([await at.ask("/account log acme met Bo")])
    at.slack.advance(500)
    await at.press("Undo", ts=at.slack.messages("#accounts", "maya")[0]["ts"])
    assert [row.text for row in at.logged()] == ["met Bo"]


@pytest.mark.parametrize("field", ["people", "next_step", "promise"])
async def test_more_characters_than_the_form_allows(at: Logging, field: str) -> None:
    """A client that does not know the form's own limits is answered under the field, and nothing is kept."""
    await at.open()
    for block in at.slack.world.views.stack("U0MAYA")[-1].body["blocks"]:
        block["element"].pop("max_length", None)
    left = await at.submit({"kind": "call", "text": "Spoke", field: "x" * 2_900})
    assert left is not None
    assert "this has 2,900. Shorten it." in left["errors"][field]
    assert at.filled(field) == "x" * 2_900
    assert at.logged() == []
    assert await at.submit({field: "short"}) is None


def test_twelve_thousand_characters_are_read_and_refused_with_their_number() -> None:
    text = "x" * 12_000
    fields = Fields({"state": {"values": {"text": {"any": {"type": "plain_text_input", "value": text}}}}})
    entry = LogEntry("key", "call", datetime(2027, 1, 1, tzinfo=UTC), fields.text("text") or "")
    assert problems(entry, entry.at) == {"text": "A summary has at most 3,000 characters; this has 12,000. Shorten it."}
