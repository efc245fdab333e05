"""Whatever happens to a post, it is seen once: lost answers, late arrivals, refusals, deaths."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox.faults import FaultKind
from bot.storage import outbox
from bot.storage.database import Database
from tests.services.clerk import Clerk
from tests.slack.reminders.postroom import SELF, Postroom, postroom, seconds


async def test_the_owner_gets_it_once_and_the_row_says_where(room: Postroom) -> None:
    one = room.renewal("10")
    await room.deliver()
    await room.deliver(seconds(600))
    assert room.posts() == 1
    (text,) = room.texts("maya")
    assert "Maya's 10" in text
    assert "1 May 2026" in text
    row = room.row(one)
    assert [message["ts"] for message in room.slack.messages("dm", "maya")] == [row.ts]
    assert (row.state, row.told, row.channel) == ("sent", "slack:U0MAYA", "D0MAYA")
    call = room.slack.calls("chat.postMessage")[0]
    assert (call.args["unfurl_links"], call.args["unfurl_media"]) in [(False, False), ("0", "0"), ("false", "false")]


async def test_who_was_shown_what_is_in_the_audit_trail(room: Postroom) -> None:
    room.renewal("10")
    await room.deliver()
    with room.database.reading(SELF) as reader:
        rows = reader.connection.exec_driver_sql("SELECT action, subject_id, detail FROM audit_event").all()
    (row,) = [row for row in rows if row.action == "reminder"]
    assert row.subject_id == room.contracts["10"][0]
    assert '"to":"U0MAYA"' in row.detail


@pytest.mark.parametrize("fault", ["drop_before", "drop_after", "drop_late", "http_500", "http_500_after"])
async def test_a_lost_answer_neither_loses_nor_doubles(room: Postroom, fault: FaultKind) -> None:
    room.slack.fault(fault, "chat.postMessage", seconds=20)
    room.renewal("10")
    await room.deliver()
    assert room.states() == ["doubt"]
    await room.deliver(seconds(29))
    assert room.states() == ["doubt"]
    await room.deliver(seconds(2))
    assert room.states() == ["sent"]
    assert len(room.texts("maya")) == 1
    assert room.posts() == (1 if fault in {"drop_after", "http_500_after"} else 2)


async def test_while_history_cannot_be_asked_nothing_is_posted(room: Postroom) -> None:
    room.slack.fault("drop_after", "chat.postMessage")
    room.slack.fault("http_500", "conversations.history", times=2)
    room.renewal("10")
    await room.deliver()
    for after in (31, 16, 16):
        assert room.states() == ["doubt"]
        await room.deliver(seconds(after))
    assert room.states() == ["sent"]
    assert room.posts() == 1


async def test_without_history_it_comes_again_and_says_so(room: Postroom) -> None:
    """The one stated case of a repeat."""
    room.slack.fault("drop_after", "chat.postMessage")
    room.slack.fault("error", "conversations.history", code="missing_scope")
    room.renewal("10")
    await room.deliver()
    await room.deliver(seconds(31))
    assert room.states() == ["sent"]
    first, second = room.texts("maya")
    assert "repeat" not in first
    assert "may be a repeat" in second.casefold()


async def test_a_team_reminder_in_doubt_is_looked_for_in_its_channel(room: Postroom) -> None:
    room.slack.fault("drop_after", "chat.postMessage")
    room.own("stand-up", channel="C0ACCOUNTS")
    await room.deliver()
    await room.deliver(seconds(31))
    assert room.states() == ["sent"]
    assert len(room.texts("maya", "#accounts")) == 1


@pytest.mark.parametrize("aimed", [False, True])
async def test_what_a_dead_process_held_is_sent_when_its_lease_ends(room: Postroom, aimed: bool) -> None:
    room.renewal("10")
    with room.database.writing(SELF, room.now) as writer:
        (one,) = outbox.claim(writer, "dead", room.now, room.now + seconds(90), 1)
        if aimed:
            outbox.aim(writer, "dead", [(one.id, "U0MAYA", "slack:U0MAYA")], room.now + seconds(90))
    await room.deliver(seconds(80))
    assert room.posts() == 0
    await room.deliver(seconds(10))
    assert room.states() == ["sent"]
    assert len(room.texts("maya")) == 1
    assert len(room.slack.calls("conversations.history")) == (1 if aimed else 0)


async def test_a_rate_limit_is_waited_out_by_that_channel_alone(room: Postroom) -> None:
    room.slack.fault("rate_limited", "chat.postMessage", seconds=30, channel="C0ACCOUNTS")
    slow, quick = room.own("slow", channel="C0ACCOUNTS"), room.own("quick")
    await room.deliver()
    assert (room.row(slow).state, room.row(quick).state) == ("planned", "sent")
    assert room.row(slow).attempts == 0
    await room.deliver(seconds(28))
    assert room.row(slow).state == "planned"
    await room.deliver(seconds(2))
    assert room.row(slow).state == "sent"
    assert len(room.texts("maya", "#accounts")) == 1


async def test_a_bot_that_is_cut_off_waits_to_be_mended(room: Postroom) -> None:
    room.slack.fault("error", "chat.postMessage", code="token_revoked", times=2)
    room.renewal("10")
    for after in (0, 61):
        await room.deliver(seconds(after))
        assert room.states() == ["planned"]
    await room.deliver(seconds(61))
    assert room.states() == ["sent"]


async def test_nobody_is_reached_while_slack_is_down(room: Postroom) -> None:
    for method in ("users.*", "dnd.*", "chat.*", "auth.*"):
        room.slack.fault("drop_before", method, times=None)
    room.renewal("10")
    await room.deliver()
    assert room.states() == ["planned"]
    room.slack.world.faults.clear()
    await room.deliver(seconds(16))
    assert room.states() == ["sent"]


async def test_a_mistake_of_ours_over_one_does_not_hold_up_the_others(room: Postroom) -> None:
    bad, good = room.own("unreadable"), room.own("call Tom")
    with room.database.writing(SELF, room.now) as writer:
        writer.connection.exec_driver_sql("UPDATE schedule SET times = 'nonsense' WHERE text = 'unreadable'")
    await room.deliver()
    assert [room.row(one).state for one in (bad, good)] == ["planned", "sent"]
    assert "went wrong on our side (ref" in room.row(bad).reason
    assert room.row(bad).due_at == room.now + timedelta(minutes=15)


async def test_a_machine_that_slept_says_when_it_was_due(room: Postroom) -> None:
    room.own("call Tom")
    await room.deliver(seconds(3 * 3600))
    (text,) = room.texts("maya")
    assert "was due 11:00" in text  # on Maya's clock


async def test_a_full_channel_holds_up_nobody_else(sqlite_database: Database, tmp_path: Path) -> None:
    async with postroom(Clerk(sqlite_database, tmp_path / "files"), per_channel=1.0) as room:
        for number in range(60):
            room.own(f"item {number}", channel="C0ACCOUNTS")
        last = room.own("the last one")
        await room.deliver()
        assert room.row(last).state == "sent"
        assert room.states().count("sent") < 10
        for _ in range(60):
            await room.deliver(seconds(1))
        assert set(room.states()) == {"sent"}
        assert len(room.texts("maya", "#accounts")) == 60
