"""chat.scheduleMessage: what Slack keeps for later, and when it comes."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from bot.sandbox.people import ACCOUNTS
from tests.sandbox.conftest import failed

Json = dict[str, Any]
DAY = 86_400


@pytest.fixture
def now(slack: Sandbox) -> int:
    return int(slack.clock.time())


async def test_a_message_comes_when_its_time_has_come(slack: Sandbox, client: AsyncWebClient, now: int) -> None:
    answer = await client.chat_scheduleMessage(channel=ACCOUNTS, text="Call Acme", post_at=now + DAY)
    assert (answer["channel"], answer["post_at"], answer["message"]["text"]) == (ACCOUNTS, now + DAY, "Call Acme")
    [waiting] = (await client.chat_scheduledMessages_list(channel=ACCOUNTS))["scheduled_messages"]
    assert waiting == {
        "id": answer["scheduled_message_id"],
        "channel_id": ACCOUNTS,
        "post_at": now + DAY,
        "date_created": now,
        "text": "Call Acme",
    }
    slack.advance(DAY - 1)
    assert slack.messages("#accounts", "maya") == []
    slack.advance(1)
    assert [m["text"] for m in slack.messages("#accounts", "maya")] == ["Call Acme"]
    assert (await client.chat_scheduledMessages_list())["scheduled_messages"] == []


async def test_it_can_be_taken_back_until_a_minute_before(slack: Sandbox, client: AsyncWebClient, now: int) -> None:
    keys = [
        (await client.chat_scheduleMessage(channel=ACCOUNTS, text="x", post_at=now + 300))["scheduled_message_id"]
        for _ in range(2)
    ]
    await client.chat_deleteScheduledMessage(channel=ACCOUNTS, scheduled_message_id=keys[0])
    slack.advance(241)
    for wrong in (*keys, "Q0"):
        args = {"channel": ACCOUNTS, "scheduled_message_id": wrong}
        assert (await failed(client, "chat.deleteScheduledMessage", args))["error"] == "invalid_scheduled_message_id"
    slack.advance(60)
    assert len(slack.messages("#accounts", "maya")) == 1


@pytest.mark.parametrize(
    ("ahead", "args", "error"),
    [
        (0, {"text": "x"}, "time_in_past"),
        (-5, {"text": "x"}, "time_in_past"),
        (120 * DAY + 1, {"text": "x"}, "time_too_far"),
        (60, {}, "no_text"),
        (60, {"text": "x" * 40_001}, "msg_too_long"),
        (60, {"text": "x", "channel": "C0RANDOM"}, "not_in_channel"),
        (60, {"blocks": [{"type": "section"}]}, "invalid_blocks"),
        (60, {"text": "x", "thread_ts": "1.1"}, "cannot_reply_to_message"),
    ],
)
async def test_what_cannot_be_scheduled(client: AsyncWebClient, now: int, ahead: int, args: Json, error: str) -> None:
    body = {"channel": ACCOUNTS, "post_at": now + ahead, **args}
    assert (await failed(client, "chat.scheduleMessage", body))["error"] == error


async def test_thirty_in_five_minutes_of_a_channel(client: AsyncWebClient, now: int) -> None:
    start = now // 300 * 300 + 600
    for second in range(30):
        await client.chat_scheduleMessage(channel=ACCOUNTS, text="x", post_at=start + second)
    body = {"channel": ACCOUNTS, "text": "x", "post_at": start + 299}
    assert (await failed(client, "chat.scheduleMessage", body))["error"] == "restricted_too_many"
    await client.chat_scheduleMessage(channel=ACCOUNTS, text="x", post_at=start + 300)
    await client.chat_scheduleMessage(channel="C0GENERAL", text="x", post_at=start)


async def test_what_cannot_be_posted_any_more_is_lost(slack: Sandbox, client: AsyncWebClient, now: int) -> None:
    """As is, by Slack's own account, a scheduled message with metadata."""
    metadata = {"event_type": "reminder", "event_payload": {"id": "1"}}
    await client.chat_scheduleMessage(channel="C0GENERAL", text="x", post_at=now + 60, metadata=metadata)
    await client.chat_scheduleMessage(channel=ACCOUNTS, text="x", post_at=now + 60)
    slack.changes.archive("#accounts")
    slack.advance(60)
    assert [(f.kind, f.detail) for f in slack.failures] == [
        ("scheduled", "metadata_on_scheduled_message"),
        ("scheduled", "is_archived"),
    ]
    assert slack.messages("#general", "maya") == []


async def test_listing_by_time_and_channel(client: AsyncWebClient, now: int) -> None:
    for channel, ahead in ((ACCOUNTS, 300), ("C0GENERAL", 100), (ACCOUNTS, 200)):
        await client.chat_scheduleMessage(channel=channel, text=str(ahead), post_at=now + ahead)

    async def listed(**args: Any) -> list[str]:
        return [m["text"] for m in (await client.chat_scheduledMessages_list(**args))["scheduled_messages"]]

    assert await listed() == ["100", "200", "300"]
    assert await listed(channel=ACCOUNTS) == ["200", "300"]
    assert await listed(oldest=str(now + 150), latest=str(now + 250)) == ["200"]
    assert await listed(limit=1) == ["100"]
    assert (await failed(client, "chat.scheduledMessages.list", {"channel": "C0NO"}))["error"] == "invalid_channel"
    assert (await failed(client, "chat.scheduledMessages.list", {"oldest": "soon"}))["error"] == "invalid_ts_oldest"
