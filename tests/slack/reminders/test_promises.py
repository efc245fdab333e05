"""Promises in Slack: by command, from a message, listed, ended, taken back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.slack.own_values import PROMISE_ACCOUNT, TRACK_MESSAGE
from bot.storage.database import Database
from tests.services.clerk import Clerk
from tests.slack.reminders.office import Office, aloud, office


@pytest.fixture
async def it(sqlite_database: Database, tmp_path: Path) -> AsyncIterator[Office]:
    async with office(Clerk(sqlite_database, tmp_path / "files")) as found:
        yield found


@pytest.mark.parametrize(
    ("typed", "channel"),
    [
        ('/account promise nordwind "send the offer" by Friday', "#accounts"),
        ('<@U0STEWARD> promise nordwind "send the offer" by Friday', "#accounts"),
        ('promise nordwind "send the offer" by Friday', "dm"),
        ("promise nordwind send the offer by Friday", "dm"),
    ],
)
async def test_tracked_read_back_and_taken_back(it: Office, typed: str, channel: str) -> None:
    text = aloud(await it.ask(typed, channel=channel))
    expected = "Tracked: Maya Lindqvist promised Nordwind “send the offer”, due Fri 6 Mar 2026 (in 2 days)"
    assert text.splitlines()[0] == expected
    assert len(it.clerk.rows("commitment")) == 2
    await it.click("Undo", channel=channel)
    assert len(it.clerk.rows("commitment")) == 1


async def test_theirs_and_a_colleagues(it: Office) -> None:
    text = aloud(await it.ask('/account promise nordwind "send the logs" by Friday them'))
    assert text.splitlines()[0].startswith("Tracked: Nordwind promised “send the logs”, due Fri 6 Mar 2026")
    text = aloud(await it.ask('/account promise nordwind "call Ana" tomorrow owner <@U0MAYA>', "jonas"))
    assert text.splitlines()[0].startswith("Tracked: Maya Lindqvist promised Nordwind “call Ana”")
    text = aloud(await it.ask('/account promise nordwind "call Ana" tomorrow owner <@U0JONAS>'))
    assert "jonas is not in the team list" in text


async def test_asked_which_day_and_which_account(it: Office) -> None:
    text = aloud(await it.ask('/account promise nordwind "send the offer" by next Friday'))
    assert "Which day is meant?" in text
    await it.click("Fri 13 Mar 2026 at 09:00", channel="#accounts")
    assert "due Fri 13 Mar 2026" in it.last(channel="#accounts")
    it.clerk.bring({"accounts.csv": "id,name,segment\n8,Nordlicht,small\n9,Nordstern,small\n"})
    await it.ask('/account promise nord "send the offer" by Friday')
    await it.click("Nordlicht", channel="#accounts")
    assert "promised Nordlicht “send the offer”" in it.last(channel="#accounts")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ('/account promise "send the offer" by Friday', "A promise to whom?"),
        ('/account promise nobody "send it" by Friday', "No account is called “nobody”"),
        ('/account promise nordwind "send it" yesterday', "past"),
        ('/account promise nordwind "send it" every Tuesday', "due on one day"),
        (f'/account promise nordwind "{"x" * 301}" by Friday', "at most 300 characters"),
    ],
)
async def test_bad_input_is_one_sentence(it: Office, typed: str, sentence: str) -> None:
    assert sentence in aloud(await it.ask(typed))
    assert len(it.clerk.rows("commitment")) == 1


async def test_from_a_message_its_link_is_kept_and_not_its_text(it: Office) -> None:
    said = await it.slack.say("jonas", "#accounts", "We send you the roadmap <!channel> next week")
    await it.slack.shortcut("maya", TRACK_MESSAGE, channel="#accounts", ts=said.ts)
    await it.settled()
    form = it.slack.modal("maya")
    assert form is not None
    assert "the message's text is not" in str(form["blocks"])
    assert "roadmap" not in str(form["blocks"])
    await it.slack.suggest("maya", PROMISE_ACCOUNT, "nordwind", place="modal")
    await it.slack.pick("maya", PROMISE_ACCOUNT, "Nordwind", place="modal")
    still = await it.submit({"quote": "send the roadmap", "due": "next Friday"})
    assert still is not None
    assert "Say one of: Fri 6 Mar 2026 at 09:00; Fri 13 Mar 2026 at 09:00." in str(still["errors"])
    assert await it.submit({"due": "Friday next week"}) is None
    assert "Tracked: Maya Lindqvist promised Nordwind “send the roadmap”" in it.last()
    [note] = [row for row in it.clerk.rows("interaction") if row.permalink]
    assert "roadmap <" not in str(note.text)
    assert note.kind == "note"
    listed = await it.ask("/account promises nordwind")
    assert "where it was said" in str(listed["blocks"])


async def test_a_list_with_the_longest_overdue_first_and_an_end_for_each(it: Office) -> None:
    await it.ask('/account promise nordwind "send the offer" by Friday')
    text = aloud(await it.ask("/account promises nordwind"))
    assert text.splitlines()[0] == "Nordwind: 2 open promises"
    assert "“send the offer”, due Fri 6 Mar 2026 (in 2 days)" in text.splitlines()[1]
    await it.pick("steward.menu", "Kept", channel="#accounts")
    assert it.last(channel="#accounts").splitlines()[0].startswith("Kept: Maya Lindqvist promised Nordwind")
    await it.click("Undo", channel="#accounts")
    assert [row.status for row in it.clerk.rows("commitment")] == ["open", "open"]
    mine = aloud(await it.ask("/account promises"))
    assert mine.splitlines()[0] == "Yours: 2 open promises"
    assert "Yours: 0 open promises" in aloud(await it.ask("/account promises", "jonas"))
