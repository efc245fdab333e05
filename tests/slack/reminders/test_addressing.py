"""The right person, the right moment, the right place: and when it cannot be, somebody hears why."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from bot.bootstrap import load_policies
from bot.domain.audience import Actor, Role, only_the_asker
from bot.domain.preferences import Choices
from bot.services.preferences import Usual, save_preferences
from bot.services.reminders.mornings import let_go
from bot.storage.database import Database
from bot.storage.tables import member
from tests.services.clerk import Clerk
from tests.slack.reminders.postroom import START, Postroom, postroom, seconds

POLICIES, USUAL = load_policies(None), Usual(ZoneInfo("UTC"), "en_GB")
MAYA = only_the_asker(Actor(Role.MEMBER, "slack", slack_user_id="U0MAYA", name="Maya"))


def prefer(room: Postroom, chosen: Choices) -> None:
    room.app.desk.use_cases.save_preferences(MAYA, chosen)


async def test_somebody_who_left_is_followed_by_their_lead(room: Postroom) -> None:
    room.slack.changes.deactivate("maya")
    one = room.renewal("10")
    await room.deliver()
    assert (room.row(one).state, room.row(one).told) == ("sent", "slack:U0INGRID")
    (text,) = room.texts("ingrid")
    assert "cannot be reached any more" in text


async def test_who_was_never_in_slack_is_followed_by_their_lead(room: Postroom) -> None:
    """Walter's account was deactivated before we ever wrote to him: his e-mail address leads nowhere."""
    room.renewal("21")
    await room.deliver()
    (text,) = room.texts("ingrid")
    assert "Walter's" in text


async def test_an_orphan_waits_and_its_row_says_why(room: Postroom) -> None:
    for user in ("maya", "ingrid"):
        room.slack.changes.deactivate(user)
    one = room.renewal("10")
    await room.deliver()
    assert room.posts() == 0
    row = room.row(one)
    assert (row.state, row.due_at) == ("planned", START + timedelta(days=1))
    assert "cannot be reached" in row.reason


async def test_do_not_disturb_is_waited_for(room: Postroom) -> None:
    room.slack.changes.snooze("maya", 90)
    one = room.renewal("10")
    await room.deliver()
    assert room.posts() == 0
    assert room.row(one).due_at == START + timedelta(minutes=90)
    assert "disturbed" in room.row(one).reason
    await room.deliver(timedelta(minutes=90))
    (text,) = room.texts("maya")
    assert "was due" not in text  # it came when it should


async def test_who_cannot_be_asked_about_is_not_busy(room: Postroom) -> None:
    room.slack.fault("error", "dnd.teamInfo", code="missing_scope")
    room.renewal("10")
    await room.deliver()
    assert room.states() == ["sent"]


async def test_quiet_hours_are_kept_but_not_for_own_reminders(sqlite_database: Database, tmp_path: Path) -> None:
    night = datetime(2026, 3, 4, 22, 0, tzinfo=UTC)  # 23:00 for Maya
    async with postroom(Clerk(sqlite_database, tmp_path / "files"), start=night) as room:
        wished, unasked = room.own("take the bins out"), room.renewal("10")
        await room.deliver()
        assert (room.row(wished).state, room.row(unasked).state) == ("sent", "planned")
        assert room.row(unasked).due_at == datetime(2026, 3, 5, 7, 0, tzinfo=UTC)


async def test_what_is_claimed_a_moment_ahead_is_decided_as_of_its_instant(
    sqlite_database: Database, tmp_path: Path
) -> None:
    """The quiet hours end in half a second; it is due when they do."""
    early = datetime(2026, 3, 5, 6, 59, 59, 500_000, tzinfo=UTC)
    async with postroom(Clerk(sqlite_database, tmp_path / "files"), start=early, per_channel=1.0) as room:
        one = room.renewal("10", due_at=early + seconds(0.5))
        await room.deliver()
        assert (room.row(one).state, room.row(one).reason) == ("sent", None)


async def test_a_backup_stands_in_while_somebody_is_away(room: Postroom) -> None:
    prefer(room, Choices(away_from=START.date(), away_until=START.date() + timedelta(days=10), backup_id="U0JONAS"))
    one = room.renewal("10")
    await room.deliver()
    assert room.row(one).told == "slack:U0JONAS"
    (text,) = room.texts("jonas")
    assert "is away until" in text


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("is_archived", "archived"),
        ("channel_not_found", "not in this channel"),
        ("not_in_channel", "not in this channel"),
        ("restricted_action", "posting rules"),
        ("invalid_blocks", "invalid_blocks"),
    ],
)
async def test_a_refusal_for_good_is_told_once_and_not_tried_again(room: Postroom, code: str, why: str) -> None:
    room.slack.fault("error", "chat.postMessage", code=code, channel="C0ACCOUNTS", times=None)
    one = room.own("stand-up", channel="C0ACCOUNTS")
    await room.deliver()
    await room.deliver()
    await room.deliver(timedelta(days=2))
    row = room.row(one)
    assert (row.state, row.told) == ("failed", "slack:U0MAYA")
    assert why in row.reason
    (text,) = room.texts("maya")
    assert "could not post a reminder that was asked for" in text
    assert why in text
    assert len([call for call in room.slack.calls("chat.postMessage") if call.args["channel"] == "C0ACCOUNTS"]) == 1


async def test_a_channel_that_is_gone_is_a_refusal_for_good(room: Postroom) -> None:
    room.slack.changes.archive("#accounts")
    one = room.own("stand-up", channel="C0ACCOUNTS")
    nowhere = room.own("stand-up", channel="C0GONE")
    await room.deliver()
    assert [room.row(it).state for it in (one, nowhere)] == ["failed", "failed"]
    await room.deliver()
    assert len(room.texts("maya")) == 2


async def test_a_channel_that_became_shared_holds_it_back(room: Postroom) -> None:
    one = room.own("mention the discount", channel="C0ACCOUNTS")
    room.slack.changes.share("#accounts")
    await room.deliver()
    await room.deliver()
    assert (room.row(one).state, room.row(one).told) == ("held", "slack:U0MAYA")
    assert room.texts("maya", "#accounts") == []
    (text,) = room.texts("maya")
    assert "held back" in text
    assert "shared with another company" in text
    assert "discount" not in text


async def test_a_channel_with_a_guest_holds_it_back(room: Postroom) -> None:
    one = room.own("mention the discount", channel="C0ACCTACME")
    await room.deliver()
    assert room.row(one).state == "held"


async def test_a_person_that_slack_refuses_is_reported_to_the_next(room: Postroom) -> None:
    direct = room.slack.world.workspace.dm("U0MAYA").id
    room.slack.fault("error", "chat.postMessage", code="user_disabled", channel=direct, times=None)
    one = room.renewal("10")
    await room.deliver()
    await room.deliver()
    assert (room.row(one).state, room.row(one).told) == ("failed", "slack:U0INGRID")
    (text,) = room.texts("ingrid")
    assert "could not post a renewal reminder" in text
    assert room.states() == ["failed", "sent"]


async def test_a_notice_that_cannot_be_posted_makes_no_other_notice(room: Postroom) -> None:
    room.slack.fault("error", "chat.postMessage", code="is_archived", times=None)
    room.own("stand-up", channel="C0ACCOUNTS")
    for _ in range(3):
        await room.deliver(seconds(1))
    assert room.states() == ["failed", "failed"]


async def test_a_deactivated_recipient_and_a_removed_bot_sound_the_same(room: Postroom) -> None:
    room.slack.fault("error", "chat.postMessage", code="account_inactive", times=2)
    first = room.own("one")
    await room.deliver()
    assert room.row(first).state == "failed"
    room.slack.fault("error", "auth.test", code="account_inactive")
    second = room.own("two")
    await room.deliver()
    assert room.row(second).state == "planned"


async def test_no_more_than_the_budget_and_the_rest_in_the_morning(room: Postroom) -> None:
    ids = [room.renewal(str(number)) for number in range(10, 17)]
    await room.deliver()
    assert len(room.texts("maya")) == 4
    left = [room.row(one) for one in ids if room.row(one).state == "planned"]
    assert [row.carrier for row in left] == ["morning"] * 3
    assert {row.reason for row in left} == {"there were 4 messages today"}
    room.renewal("17")
    await room.deliver(timedelta(hours=1))
    assert len(room.texts("maya")) == 4
    room.renewal("18")
    await room.deliver(timedelta(days=1))
    assert len(room.texts("maya")) == 5


async def test_what_is_over_the_budget_of_a_follower_does_not_go_to_and_fro(room: Postroom) -> None:
    """By our data alone the lines are Maya's, who wanted no morning message; in Slack she is gone, and Ingrid hears."""
    with room.database.reading(MAYA) as reader:
        maya = reader.connection.execute(sa.select(member.c.id).where(member.c.name == "Maya Lindqvist")).scalar_one()
    actor = Actor(Role.MEMBER, "slack", maya, "U0MAYA", "Maya")
    save_preferences(room.database, only_the_asker(actor), Choices(digest=False), room.now)
    room.slack.changes.deactivate("maya")
    ids = [room.renewal(str(number)) for number in range(10, 17)]
    await room.deliver()
    assert len(room.texts("ingrid")) == 4
    left = [one for one in ids if room.row(one).state == "planned"]
    for _ in range(5):
        assert let_go(room.database, POLICIES, USUAL, room.now) == 0
        await room.deliver(timedelta(hours=1))
    assert [room.row(one).carrier for one in left] == ["morning"] * 3
    await room.deliver(timedelta(hours=17, minutes=30))
    assert let_go(room.database, POLICIES, USUAL, room.now) == 3
    await room.deliver()
    assert [room.row(one).state for one in ids] == ["sent"] * 7
    assert len(room.texts("ingrid")) == 7


async def test_what_is_due_together_about_an_account_is_one_message(room: Postroom) -> None:
    ids = [room.renewal("10", 30), room.renewal("10", 14)]
    await room.deliver()
    (text,) = room.texts("maya")
    assert "2 things" in text
    assert len({(row.channel, row.ts, row.state) for row in map(room.row, ids)}) == 1


async def test_messages_said_together_are_found_together(room: Postroom) -> None:
    room.slack.fault("drop_after", "chat.postMessage")
    ids = [room.renewal("10", 30), room.renewal("10", 14)]
    await room.deliver()
    await room.deliver(seconds(31))
    assert [room.row(one).state for one in ids] == ["sent", "sent"]
    assert room.posts() == 1


async def test_what_is_no_longer_so_is_not_said(room: Postroom) -> None:
    one = room.renewal("10", anchor_id=1)
    await room.deliver()
    assert (room.row(one).state, room.posts()) == ("cancelled", 0)
    assert "no longer so" in room.row(one).reason
