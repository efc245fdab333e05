"""Buttons of reminders: done, snoozed, handed over, not renewing, kept, and back; by two people, late, from outside,
and on messages older than what they show."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.audience import Actor, Audience, Role, only_the_asker
from bot.domain.ids import id_text
from bot.domain.reminders.wanted import OWNER
from bot.services.errors import NotAllowed
from bot.slack.deeds import block_of, deed_id
from bot.slack.listeners.reminders import on_reassign
from bot.storage import reminders
from bot.storage.database import Database
from tests.services.clerk import SELF, Clerk
from tests.slack.reminders.office import Office, office


@pytest.fixture
async def it(sqlite_database: Database, tmp_path: Path) -> AsyncIterator[Office]:
    async with office(Clerk(sqlite_database, tmp_path / "files")) as found:
        yield found


async def renewal(it: Office, **more: Any) -> int:
    """A renewal reminder in Maya's direct messages."""
    return await _delivered(it, "renewal", it.post.contract_id(), date(2026, 4, 3), 30, **more)


async def promise(it: Office) -> int:
    return await _delivered(it, "promise", it.post.promise_id(), date(2026, 3, 9), 3)


async def _delivered(it: Office, rule: Any, anchor_id: int, on: date, milestone: int, **more: Any) -> int:
    given = {"recipient": OWNER, "due_at": it.now, **more}
    wanted = it.post.wanted(rule, anchor_id, on, milestone, **given)
    with it.clerk.database.writing(SELF, it.now) as writer:
        assert reminders.insert(writer, [wanted]) == 1
    await it.deliver()
    return next(int(row.id) for row in it.clerk.rows_of("reminder") if row.key == wanted.key)


async def test_a_renewal_is_done_and_taken_back_in_place(it: Office) -> None:
    await renewal(it)
    [message] = it.heard()
    assert message.splitlines()[:4] == [
        "Nordwind: notice deadline Fri 3 Apr 2026 (in 30 days)",
        "€120,000 ARR · Without notice it renews by itself after 30 Jun.",
        "Next: Find out who decides now: Tom Falk (champion) left.",
        "Missing: no touch for 43 days · no renewal opened · no next step noted",
    ]
    await it.click("Done")
    [message] = it.heard()
    assert message.splitlines()[1] == "✓ Done by Maya Lindqvist, 11:00"
    assert "Not renewing" not in message
    await it.click("Undo")
    assert "Not renewing" in it.last()
    assert await it.redraw() == 0


@pytest.mark.parametrize(
    ("choice", "said", "at"),
    [
        ("Next business morning", "Thu 5 Mar 2026, 09:00", datetime(2026, 3, 5, 8, 0, tzinfo=UTC)),
        ("In 3 business days", "Mon 9 Mar 2026, 09:00", datetime(2026, 3, 9, 8, 0, tzinfo=UTC)),
        ("Next Monday", "Mon 9 Mar 2026, 09:00", datetime(2026, 3, 9, 8, 0, tzinfo=UTC)),
    ],
)
async def test_a_snooze_comes_back_in_the_morning_of_a_working_day(
    it: Office, choice: str, said: str, at: datetime
) -> None:
    await renewal(it)
    await it.pick(deed_id("snooze"), choice)
    assert f"✓ Snoozed until {said} by Maya Lindqvist, 11:00" in it.last()
    await it.deliver(at - it.now)
    first, again = it.heard()
    assert "✓ Snoozed" in first
    assert again.splitlines()[0].startswith("Nordwind: notice deadline Fri 3 Apr 2026")


async def test_a_day_is_picked_in_a_form(it: Office) -> None:
    await renewal(it)
    await it.pick(deed_id("snooze"), "Pick a date…")
    still = await it.submit({"day": "2026-03-01"})
    assert still is not None
    assert "passed" in str(still["errors"])
    assert await it.submit({"day": "2026-03-20"}) is None
    assert "✓ Snoozed until Fri 20 Mar 2026, 09:00" in it.last()


async def test_a_colleague_gets_what_is_handed_over(it: Office) -> None:
    await renewal(it)
    await it.pick(deed_id("reassign"), "U0JONAS")
    assert "✓ Handed to jonas by Maya Lindqvist, 11:00" in it.last()
    await it.deliver(timedelta(seconds=1))
    [message] = it.heard("jonas")
    assert message.splitlines()[0].startswith("Nordwind: notice deadline")


@pytest.mark.parametrize("to", ["U0NOOR", "U0ELENA", "U0WALTER", "U0STEWARD"])
async def test_nobody_else_can_be_handed_anything(it: Office, to: str) -> None:
    """A guest, a customer, somebody who left, the bot itself: whoever a payload names."""
    one = await renewal(it)
    direct = it.slack.world.workspace.dm("U0MAYA").id
    action = {"action_id": deed_id("reassign"), "block_id": block_of(id_text(one)), "selected_user": to}
    body = {"type": "block_actions", "user": {"id": "U0MAYA"}, "channel": {"id": direct}, "actions": [action]}
    with pytest.raises(NotAllowed, match="cannot act on reminders here"):
        await on_reassign(it.app.desk, body)
    assert it.post.row(one).acted is None


async def test_not_renewing_asks_why_and_is_taken_back(it: Office) -> None:
    await renewal(it)
    await it.click("Not renewing…")
    assert await it.submit({"reason": "competitor", "note": "Globex, <!channel> cheaper"}) is None
    assert "✓ Not renewing: competitor, recorded by Maya Lindqvist, 11:00" in it.last()
    [outcome] = it.clerk.rows_of("renewal_outcome")
    assert (outcome.reason, outcome.note) == ("competitor", "Globex, <!channel> cheaper")
    await it.click("Undo")
    assert it.clerk.rows_of("renewal_outcome") == []


async def test_a_promise_is_kept_from_its_reminder(it: Office) -> None:
    await promise(it)
    assert it.last().splitlines()[0] == (
        "Nordwind: Maya Lindqvist promised “send the security questionnaire”, due Mon 9 Mar 2026 (in 5 days)"
    )
    await it.click("Kept")
    assert it.clerk.row("commitment").status == "kept"
    await it.click("Undo")
    assert it.clerk.row("commitment").status == "open"
    await it.pick("steward.menu", "Missed")
    assert "✓ Closed by Maya Lindqvist: missed" in it.last()
    assert it.clerk.row("commitment").status == "missed"


async def test_of_two_who_click_one_does_it_and_the_other_is_told(it: Office) -> None:
    one = await renewal(it, recipient="channel:C0ACCOUNTS")
    row = it.post.row(one)
    for user in ("maya", "jonas"):
        await it.slack.click(user, "Done", channel="#accounts", ts=row.ts)
    await it.settled()
    by = it.post.row(one).acted_by
    told = {user: [text for text in it.heard(user, "#accounts") if "was faster" in text] for user in ("maya", "jonas")}
    slower = "maya" if by == "jonas" else "jonas"
    assert told.pop(slower) == [f"{by} was faster: done."]
    assert list(told.values()) == [[]]


async def test_a_double_click_is_one(it: Office) -> None:
    one = await renewal(it)
    ts = it.post.row(one).ts
    for _ in range(2):
        await it.slack.click("maya", "Done", channel="dm", ts=ts)
    await it.settled()
    assert len(it.heard()) == 1
    assert [action for actor, action in it.post.audits() if actor == "U0MAYA"] == ["done"]


async def test_an_older_message_says_who_did_it_already(it: Office) -> None:
    """The message was drawn before somebody acted elsewhere: the click tells, and draws it anew."""
    one = await renewal(it, recipient="channel:C0ACCOUNTS")
    it.desk.reminders.done(_colleague(it, "jonas"), one)
    await it.click("Done", channel="#accounts")
    assert "jonas was faster: done." in it.heard("maya", "#accounts")
    assert "✓ Done by jonas" in it.heard("maya", "#accounts")[0]


async def test_what_the_facts_settle_is_drawn_by_the_next_round(it: Office) -> None:
    one = await renewal(it)
    it.desk.reminders.done(_colleague(it, "maya"), one)
    assert "✓" not in it.last()
    assert await it.redraw() == 1
    assert "✓ Done by" in it.last()
    assert await it.redraw() == 0


async def test_a_message_that_slack_lost_is_not_drawn_for_ever(it: Office) -> None:
    one = await renewal(it)
    it.slack.fault("error", "chat.update", code="message_not_found", times=None)
    it.desk.reminders.done(_colleague(it, "maya"), one)
    assert await it.redraw() == 1
    assert await it.redraw() == 0


async def test_drawing_that_failed_is_tried_again(it: Office) -> None:
    one = await renewal(it)
    it.slack.fault("error", "chat.update", code="internal_error")
    await it.click("Done")
    assert it.post.row(one).acted == "done"
    assert "✓" not in it.last()
    assert await it.redraw() == 1
    assert "✓ Done by" in it.last()


async def test_in_a_channel_that_became_shared_nothing_new_is_drawn(it: Office) -> None:
    await renewal(it, recipient="channel:C0ACCOUNTS")
    it.slack.changes.share("#accounts")
    await it.click("Done", channel="#accounts")
    assert it.heard("maya", "#accounts")[0] == "This reminder was seen to."


@pytest.mark.parametrize("user", ["noor", "elena", "david"])
async def test_outsiders_who_click_change_nothing(it: Office, user: str) -> None:
    """A button can be copied, a channel joined: what counts is who clicks."""
    one = await renewal(it)
    where = "#acct-acme" if user == "noor" else "#ext-halden-foods"
    blocks = next(m for m in it.slack.messages("dm", "maya"))["blocks"]
    channel = it.slack.world.workspace.channel(where).id
    await it.app.desk.messenger.client.chat_postMessage(channel=channel, text="copied", blocks=blocks)
    await it.click("Done", user, where)
    await it.pick(deed_id("snooze"), "Next Monday", user, where)
    assert it.post.row(one).acted is None
    assert "account team only" in it.last(user, where)


@pytest.mark.parametrize(
    ("action", "value", "block"),
    [
        (deed_id("done"), "not an id!", None),
        (deed_id("done"), id_text(12345), None),
        (deed_id("missed"), "", None),
        (deed_id("undo"), "x" * 1900, None),
        (deed_id("snooze"), f"{id_text(5)} someday", None),
        (deed_id("to me"), id_text(1), None),
        ("steward.reminder.of_the_future", "1", None),
        (deed_id("done"), None, block_of("?")),
    ],
)
async def test_buttons_of_other_versions_say_so(it: Office, action: str, value: str | None, block: str | None) -> None:
    element = {"type": "button", "text": {"type": "plain_text", "text": "Old"}, "action_id": action}
    if value is not None:
        element["value"] = value
    blocks = [{"type": "actions", "elements": [element], **({"block_id": block} if block else {})}]
    channel = it.slack.world.workspace.dm("U0MAYA").id
    await it.app.desk.messenger.client.chat_postMessage(channel=channel, text="old", blocks=blocks)
    await it.click("Old")
    assert any(words in it.last() for words in ("older message", "is gone", "not open any more"))


async def test_why_this_explains_the_message(it: Office) -> None:
    await renewal(it)
    await it.pick("steward.menu", "Why this?")
    text = it.last()
    assert text.splitlines()[0] == "Why you were told: Nordwind: notice deadline Fri 3 Apr 2026 (in 30 days)"
    assert "renewals.yml, ladders: strategic" in text
    assert "contracts.csv, line 2" in text
    asked = await it.ask("/account why-reminded nordwind")
    assert "renewals.yml" in str(asked["blocks"])
    asked = await it.ask("/account why-reminded", "jonas")
    assert "not reminded you of anything yet" in str(asked["blocks"])


def _colleague(it: Office, user: str) -> Audience:
    person = it.slack.world.workspace.person(user)
    return only_the_asker(Actor(Role.MEMBER, "slack", slack_user_id=person.id, name=person.name))
