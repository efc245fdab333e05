"""What Web API calls leave behind: messages, threads, files, streams, bookmarks, reactions."""

import json
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from bot.sandbox.people import ACCOUNTS, MAYA
from bot.sandbox.render_text import file_line
from tests.sandbox.conftest import failed
from tests.sandbox.tiny_bot import section

Json = dict[str, Any]


async def test_metadata_is_returned_only_when_asked_for(client: AsyncWebClient) -> None:
    metadata = {"event_type": "reminder", "event_payload": {"delivery_id": "d1"}}
    posted = await client.chat_postMessage(channel=ACCOUNTS, text="x", metadata=metadata)
    plain = await client.conversations_history(channel=ACCOUNTS)
    assert "metadata" not in plain["messages"][0]
    full = await client.conversations_history(
        channel=ACCOUNTS, include_all_metadata=True, oldest=posted["ts"], inclusive=True
    )
    assert full["messages"][0]["metadata"] == metadata


async def test_update_limits_and_ownership(slack: Sandbox, client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel=ACCOUNTS, text="x")
    await client.chat_update(channel=ACCOUNTS, ts=posted["ts"], text="y" * 4000)
    body = await failed(client, "chat.update", {"channel": ACCOUNTS, "ts": posted["ts"], "text": "y" * 4001})
    assert body["error"] == "msg_too_long"
    said = await slack.say("maya", "#accounts", "mine")
    for method, error in (("chat.update", "cant_update_message"), ("chat.delete", "cant_delete_message")):
        args = {"channel": ACCOUNTS, "ts": said.ts} | ({"text": "x"} if method == "chat.update" else {})
        assert (await failed(client, method, args))["error"] == error
    await client.chat_delete(channel=ACCOUNTS, ts=posted["ts"])
    assert [m["text"] for m in slack.messages("#accounts", "maya")] == ["mine"]


async def test_threads_and_pages(slack: Sandbox, client: AsyncWebClient) -> None:
    parent = await client.chat_postMessage(channel=ACCOUNTS, text="parent")
    for number in range(3):
        await client.chat_postMessage(channel=ACCOUNTS, text=f"reply {number}", thread_ts=parent["ts"])
    await client.chat_postMessage(channel=ACCOUNTS, text="seen", thread_ts=parent["ts"], reply_broadcast=True)
    history = await client.conversations_history(channel=ACCOUNTS, limit=1)
    assert [m["text"] for m in history["messages"]] == ["seen"]
    cursor = history["response_metadata"]["next_cursor"]
    rest = await client.conversations_history(channel=ACCOUNTS, limit=1, cursor=cursor)
    assert (rest["messages"][0]["text"], rest["messages"][0]["reply_count"]) == ("parent", 4)
    replies = await client.conversations_replies(channel=ACCOUNTS, ts=parent["ts"])
    assert [m["text"] for m in replies["messages"]] == ["parent", "reply 0", "reply 1", "reply 2", "seen"]


async def test_direct_messages_by_user_id_and_by_open(slack: Sandbox, client: AsyncWebClient) -> None:
    opened = await client.conversations_open(users=MAYA.id)
    posted = await client.chat_postMessage(channel=MAYA.id, text="hello")
    assert posted["channel"] == opened["channel"]["id"]
    assert slack.messages("dm", "maya")[0]["text"] == "hello"
    assert slack.messages("dm", "jonas") == []


async def test_a_file_uploaded_the_new_way(slack: Sandbox, client: AsyncWebClient) -> None:
    await client.files_upload_v2(
        channel=ACCOUNTS, filename="qbr.md", content="# QBR", initial_comment="Here", title="QBR"
    )
    message = slack.messages("#accounts", "maya")[0]
    assert (message["text"], message["files"][0]["title"], message["files"][0]["size"]) == ("Here", "QBR", 5)
    async with aiohttp.ClientSession() as session, session.get(message["files"][0]["url_private"]) as answer:
        assert await answer.text() == "# QBR"


async def test_a_picture_says_what_it_shows(slack: Sandbox, client: AsyncWebClient) -> None:
    grant = await client.files_getUploadURLExternal(filename="nrr.png", length=4, alt_txt="NRR rose")
    async with aiohttp.ClientSession() as session:
        await session.post(grant["upload_url"], data=b"\x89PNG")
    await client.files_completeUploadExternal(
        files=[{"id": str(grant["file_id"]), "title": "NRR"}],
        channel_id=ACCOUNTS,
        blocks=json.dumps([section("Twelve months")]),
    )
    message = slack.messages("#accounts", "maya")[0]
    assert (message["blocks"][0]["text"]["text"], message["files"][0]["alt_txt"]) == ("Twelve months", "NRR rose")
    assert file_line(message["files"][0]) == "[picture NRR (nrr.png), 4 bytes: NRR rose]"


@pytest.mark.parametrize("channel", [MAYA.id, "#accounts"])
async def test_a_file_goes_to_a_conversation_by_its_id(client: AsyncWebClient, channel: str) -> None:
    with pytest.raises(SlackApiError, match=r"input must match regex pattern.*channel_id"):
        await client.files_upload_v2(channel=channel, filename="qbr.md", content="# QBR")


async def test_streaming(slack: Sandbox, client: AsyncWebClient) -> None:
    said = await slack.say("maya", "dm", "draft")
    channel = (await client.conversations_open(users=MAYA.id))["channel"]["id"]
    stream = await client.chat_stream(channel=channel, thread_ts=str(said.ts), buffer_size=1)
    await stream.append(markdown_text="**Hello** ")
    shown = slack.messages("dm", "maya")[-1]
    assert (shown["text"], shown["streaming_state"]) == ("**Hello** ", "in_progress")
    await stream.stop(markdown_text="there", blocks=[section("done")])
    shown = slack.messages("dm", "maya")[-1]
    assert (shown["text"], shown["blocks"][0]["text"]["text"]) == ("**Hello** there", "done")
    body = await failed(client, "chat.appendStream", {"channel": channel, "ts": shown["ts"], "markdown_text": "x"})
    assert body["error"] == "message_not_in_streaming_state"


async def test_bookmarks_reactions_and_thread_status(slack: Sandbox, client: AsyncWebClient) -> None:
    mark = (await client.bookmarks_add(channel_id=ACCOUNTS, title="Acme", type="link", link="https://acme.example"))[
        "bookmark"
    ]
    await client.bookmarks_edit(channel_id=ACCOUNTS, bookmark_id=mark["id"], title="Acme Ltd")
    assert [b["title"] for b in (await client.bookmarks_list(channel_id=ACCOUNTS))["bookmarks"]] == ["Acme Ltd"]
    await client.bookmarks_remove(channel_id=ACCOUNTS, bookmark_id=mark["id"])
    assert (await client.bookmarks_list(channel_id=ACCOUNTS))["bookmarks"] == []
    said = await slack.say("maya", "#accounts", "look")
    ts = str(said.ts)
    await client.reactions_add(channel=ACCOUNTS, name="eyes", timestamp=ts)
    assert slack.messages("#accounts", "jonas")[0]["reactions"][0]["name"] == "eyes"
    await client.assistant_threads_setStatus(channel_id=ACCOUNTS, thread_ts=ts, status="is reading")
    await client.assistant_threads_setTitle(channel_id=ACCOUNTS, thread_ts=ts, title="Acme")
    prompts = [{"title": "Renewals", "message": "What renews in 90 days?"}]
    await client.assistant_threads_setSuggestedPrompts(channel_id=ACCOUNTS, thread_ts=ts, prompts=prompts)
    facts = slack.thread_facts(ACCOUNTS, ts)
    assert (facts["status"], facts["title"], facts["prompts"]) == ("is reading", "Acme", prompts)


async def test_permalinks_name_the_thread(slack: Sandbox, client: AsyncWebClient) -> None:
    parent = await client.chat_postMessage(channel=ACCOUNTS, text="parent")
    reply = await client.chat_postMessage(channel=ACCOUNTS, text="reply", thread_ts=parent["ts"])
    link = (await client.chat_getPermalink(channel=ACCOUNTS, message_ts=reply["ts"]))["permalink"]
    assert link.startswith("https://northlight.slack.com/archives/C0ACCOUNTS/p")
    assert f"thread_ts={parent['ts']}" in link


async def test_a_stream_shows_its_plan(slack: Sandbox, client: AsyncWebClient) -> None:
    said = await slack.say("maya", "#accounts", "draft")
    where = {
        "channel": ACCOUNTS,
        "thread_ts": said.ts,
        "recipient_team_id": "T0NORTHLIGHT",
        "recipient_user_id": MAYA.id,
    }
    ts = (await client.api_call("chat.startStream", json=where))["ts"]
    steps = [
        {"type": "plan_update", "title": "Draft"},
        {"type": "task_update", "id": "1", "title": "CRM", "status": "pending"},
    ]
    await client.chat_appendStream(channel=ACCOUNTS, ts=ts, chunks=steps, markdown_text=None)
    done: list[Json] = [
        steps[1] | {"status": "complete"},
        {"type": "blocks", "blocks": [section("table")]},
        {"type": "markdown_text", "text": "ok"},
    ]
    await client.chat_stopStream(channel=ACCOUNTS, ts=ts, chunks=done)
    shown = slack.messages("#accounts", "maya")[-1]
    assert (shown["text"], shown["blocks"][0]["title"]) == ("ok", "Draft")
    assert [task["status"] for task in shown["blocks"][0]["tasks"]] == ["complete"]
    both = {"channel": ACCOUNTS, "ts": ts, "markdown_text": "x"}
    assert (await failed(client, "chat.stopStream", both))["error"] == "message_not_in_streaming_state"


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("see https://acme.example/a?b=1", "see <https://acme.example/a?b=1>"),
        ("@here <@U0MAYA> #general @nobody", "<!here> <@U0MAYA> <#C0GENERAL|general> @nobody"),
        ("<!channel> mail me@acme.example", "&lt;!channel&gt; mail me@acme.example"),
    ],
)
async def test_typed_text_is_encoded(slack: Sandbox, written: str, sent: str) -> None:
    await slack.say("maya", "#accounts", written)
    assert slack.messages("#accounts", "maya")[0]["text"] == sent


async def _history(client: AsyncWebClient, **args: Any) -> tuple[list[str], str]:
    found = await client.conversations_history(channel=ACCOUNTS, **args)
    texts = [m["text"] for m in found["messages"]]
    cursor = (found.get("response_metadata") or {}).get("next_cursor", "")
    assert found["has_more"] is bool(cursor)
    return texts, cursor


async def test_the_window_of_a_history_is_exact(client: AsyncWebClient) -> None:
    """Messages a microsecond apart are told apart."""
    first, second, third = [(await client.chat_postMessage(channel=ACCOUNTS, text=t))["ts"] for t in ("1", "2", "3")]
    assert (await _history(client, oldest=first))[0] == ["3", "2"]
    assert (await _history(client, oldest=first, inclusive=True))[0] == ["3", "2", "1"]
    assert (await _history(client, latest=third))[0] == ["2", "1"]
    assert (await _history(client, oldest=first, latest=third))[0] == ["2"]
    assert (await _history(client, oldest=second, latest=second))[0] == []
    assert (await _history(client, oldest=second, latest=second, inclusive=True))[0] == ["2"]
    assert (await _history(client, oldest=str(int(float(first)) + 10)))[0] == []
    for wrong in ("nan", "inf", "-1", "1e9", "yesterday"):
        assert (await failed(client, "conversations.history", {"channel": ACCOUNTS, "latest": wrong}))["error"] == (
            "invalid_ts_latest"
        )


async def test_a_cursor_outlives_what_is_written_meanwhile(client: AsyncWebClient) -> None:
    for number in range(5):
        await client.chat_postMessage(channel=ACCOUNTS, text=str(number))
    texts, cursor = await _history(client, limit=2)
    assert texts == ["4", "3"]
    await client.chat_postMessage(channel=ACCOUNTS, text="later")
    texts, cursor = await _history(client, limit=2, cursor=cursor)
    assert texts == ["2", "1"]
    assert await _history(client, limit=2, cursor=cursor) == (["0"], "")


async def test_a_thread_has_its_parent_on_the_first_page_and_a_window(client: AsyncWebClient) -> None:
    parent = (await client.chat_postMessage(channel=ACCOUNTS, text="parent"))["ts"]
    sent = [await client.chat_postMessage(channel=ACCOUNTS, text=str(n), thread_ts=parent) for n in range(4)]
    where: Json = {"channel": ACCOUNTS, "ts": parent}
    page = await client.conversations_replies(**where, limit=2)
    assert [m["text"] for m in page["messages"]] == ["parent", "0"]
    page = await client.conversations_replies(**where, limit=2, cursor=page["response_metadata"]["next_cursor"])
    assert [m["text"] for m in page["messages"]] == ["1", "2"]
    page = await client.conversations_replies(**where, oldest=sent[2]["ts"])
    assert [m["text"] for m in page["messages"]] == ["parent", "3"]
    await client.chat_delete(channel=ACCOUNTS, ts=sent[0]["ts"])
    page = await client.conversations_replies(**where)
    assert [m["text"] for m in page["messages"]] == ["parent", "1", "2", "3"]


async def test_messages_since_a_moment(slack: Sandbox, client: AsyncWebClient) -> None:
    first = await client.chat_postMessage(channel=ACCOUNTS, text="1")
    await client.chat_postMessage(channel=ACCOUNTS, text="2", thread_ts=first["ts"])
    await client.chat_postMessage(channel=ACCOUNTS, text="3")
    assert [m["text"] for m in slack.messages("#accounts", "maya", since=first["ts"])] == ["2", "3"]
    assert [m["text"] for m in slack.messages("#accounts", "maya", first["ts"], since=first["ts"])] == ["2"]
