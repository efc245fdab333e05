"""The Web API is as strict as Slack's: tokens, arguments, scopes, blocks, and the errors of each method."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Manifest, Sandbox
from bot.sandbox.api.router import HANDLERS
from bot.sandbox.api.table import METHODS
from bot.sandbox.people import ACCOUNTS, ELENA, LEADS, MAYA, PENDING_CHANNEL, SHARED_CHANNEL, TOMAS
from tests.sandbox.tiny_bot import section

Json = dict[str, Any]


async def failed(client: AsyncWebClient, method: str, args: Json, **more: Any) -> Json:
    """The body of a call that must fail."""
    with pytest.raises(SlackApiError) as caught:
        await client.api_call(method, json=args, **more)
    data = caught.value.response.data
    assert isinstance(data, dict)
    return data


def test_every_method_in_the_table_has_a_handler() -> None:
    assert set(METHODS) == set(HANDLERS)


async def test_who_am_i(client: AsyncWebClient) -> None:
    me = await client.auth_test()
    assert (me["user_id"], me["team_id"], me["bot_id"]) == ("U0STEWARD", "T0NORTHLIGHT", "B0STEWARD")
    assert "chat:write" in me.headers["X-OAuth-Scopes"]


@pytest.mark.parametrize(
    ("method", "args", "error"),
    [
        ("chat.sendMessage", {}, "unknown_method"),
        ("chat.postMessage", {"channel": ACCOUNTS}, "no_text"),
        ("chat.postMessage", {"channel": "C0NOWHERE", "text": "x"}, "channel_not_found"),
        ("chat.postMessage", {"channel": "C0SECRET", "text": "x"}, "channel_not_found"),
        ("chat.postMessage", {"channel": "C0RANDOM", "text": "x"}, "not_in_channel"),
        ("chat.postMessage", {"channel": "C0ARCHIVE", "text": "x"}, "is_archived"),
        ("chat.postMessage", {"channel": "U0WALTER", "text": "x"}, "channel_not_found"),
        ("chat.postMessage", {"channel": ACCOUNTS, "blocks": "[{"}, "invalid_blocks_format"),
        ("chat.postMessage", {"channel": ACCOUNTS, "text": "x", "thread_ts": "1.1"}, "cannot_reply_to_message"),
        ("chat.postMessage", {"channel": ACCOUNTS, "text": "x", "markdown_text": "y"}, "markdown_text_conflict"),
        (
            "chat.postMessage",
            {"channel": ACCOUNTS, "text": "x", "metadata": {"event_type": "a"}},
            "invalid_metadata_format",
        ),
        ("chat.postMessage", {"channel": ACCOUNTS, "markdown_text": "y" * 12_001}, "msg_too_long"),
        ("chat.postEphemeral", {"channel": ACCOUNTS, "user": ELENA.id, "text": "x"}, "user_not_in_channel"),
        ("chat.update", {"channel": ACCOUNTS, "ts": "1.1", "text": "x"}, "message_not_found"),
        ("chat.delete", {"channel": ACCOUNTS, "ts": "1.1"}, "message_not_found"),
        ("chat.getPermalink", {"channel": ACCOUNTS, "message_ts": "1.1"}, "message_not_found"),
        ("conversations.info", {"channel": "C0SECRET"}, "channel_not_found"),
        ("conversations.history", {"channel": ACCOUNTS, "cursor": "nonsense!"}, "invalid_cursor"),
        ("conversations.history", {"channel": ACCOUNTS, "limit": 0, "oldest": "x"}, "invalid_ts_oldest"),
        ("conversations.list", {"types": "secret"}, "invalid_types"),
        ("conversations.open", {"users": "U0NOBODY"}, "user_not_found"),
        ("conversations.open", {}, "users_list_not_supplied"),
        ("users.info", {"user": "U0NOBODY"}, "user_not_found"),
        ("users.lookupByEmail", {"email": "nobody@steward.example"}, "users_not_found"),
        (
            "views.publish",
            {"user_id": "U0NOBODY", "view": {"type": "home", "blocks": [section("x")]}},
            "user_not_found",
        ),
        (
            "bookmarks.add",
            {"channel_id": ACCOUNTS, "title": "x", "type": "link", "link": "javascript:x"},
            "invalid_link",
        ),
        ("bookmarks.remove", {"channel_id": ACCOUNTS, "bookmark_id": "Bk0"}, "not_found"),
        ("files.completeUploadExternal", {"files": [{"id": "F0"}]}, "file_not_found"),
        ("reactions.add", {"channel": ACCOUNTS, "name": "eyes", "timestamp": "1.1"}, "message_not_found"),
        ("chat.startStream", {"channel": ACCOUNTS, "thread_ts": "1.1"}, "missing_recipient_team_id"),
        ("chat.appendStream", {"channel": ACCOUNTS, "ts": "1.1", "markdown_text": "x"}, "message_not_found"),
        ("apps.connections.open", {}, "not_allowed_token_type"),
        ("users.info", {"user": 7}, "invalid_arguments"),
        ("conversations.list", {"limit": "many"}, "invalid_arguments"),
        ("conversations.list", {"exclude_archived": "maybe"}, "invalid_arguments"),
        ("views.open", {"view": {"type": "modal"}}, "invalid_arguments"),
        ("files.getUploadURLExternal", {"filename": "x", "length": 0}, "invalid_arguments"),
        ("assistant.threads.setSuggestedPrompts", {"channel_id": ACCOUNTS, "prompts": []}, "invalid_arguments"),
    ],
)
async def test_errors(client: AsyncWebClient, method: str, args: Json, error: str) -> None:
    assert (await failed(client, method, args))["error"] == error


async def test_unknown_and_missing_arguments_are_named(client: AsyncWebClient) -> None:
    body = await failed(client, "chat.postMessage", {"text": "x", "colour": "red"})
    assert body["error"] == "invalid_arguments"
    assert body["response_metadata"]["messages"] == [
        "[ERROR] unknown argument: colour [json-pointer:/colour]",
        "[ERROR] missing required field: channel",
    ]


async def test_scopes_come_from_the_manifest(slack: Sandbox, client: AsyncWebClient, manifest: Manifest) -> None:
    body = await failed(client, "dnd.info", {})
    assert (body["error"], body["needed"]) == ("missing_scope", "dnd:read")
    assert body["provided"].split(",") == manifest.scopes
    body = await failed(client, "conversations.history", {"channel": LEADS})
    assert body["needed"] == "groups:history"
    manifest.scopes.remove("users:read.email")
    assert "email" not in (await client.users_info(user=MAYA.id))["user"]["profile"]


async def test_tokens(slack: Sandbox) -> None:
    for token, error in (
        ("", "not_authed"),
        ("xoxb-wrong", "invalid_auth"),
        (slack.app_token, "not_allowed_token_type"),
    ):
        body = await failed(AsyncWebClient(base_url=slack.base_url, token=token), "auth.test", {})
        assert body["error"] == error
    assert slack.bot_token not in repr(slack.calls())


async def test_broken_blocks_are_pointed_at(client: AsyncWebClient) -> None:
    blocks = [section("fine"), {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}]
    body = await failed(client, "chat.postMessage", {"channel": ACCOUNTS, "blocks": blocks})
    assert body["error"] == "invalid_blocks"
    messages = body["response_metadata"]["messages"]
    assert messages == ["[ERROR] must be less than 151 characters [json-pointer:/blocks/1/text/text]"]


async def test_form_and_json_bodies_mean_the_same(slack: Sandbox) -> None:
    headers = {"Authorization": f"Bearer {slack.bot_token}"}
    form = {"channel": ACCOUNTS, "text": "form", "unfurl_links": "false", "blocks": '[{"type":"divider"}]'}
    async with aiohttp.ClientSession(headers=headers) as session:
        async with session.post(f"{slack.base_url}chat.postMessage", data=form) as answer:
            assert (await answer.json())["message"]["blocks"][0]["type"] == "divider"
        async with session.post(
            f"{slack.base_url}chat.postMessage", data="{", headers={"Content-Type": "application/json"}
        ) as answer:
            assert (await answer.json())["error"] == "invalid_json"


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


async def test_shared_channels_say_so(client: AsyncWebClient) -> None:
    shared = (await client.conversations_info(channel=SHARED_CHANNEL))["channel"]
    assert (shared["is_ext_shared"], shared["connected_team_ids"]) == (True, ["T0HALDENFOODS"])
    pending = (await client.conversations_info(channel=PENDING_CHANNEL))["channel"]
    assert (pending["is_ext_shared"], pending["is_pending_ext_shared"]) == (False, True)
    stranger = (await client.users_info(user=ELENA.id))["user"]
    assert (stranger["is_stranger"], stranger["team_id"]) == (True, "T0HALDENFOODS")
    people = (await client.users_list())["members"]
    assert ELENA.id not in {p["id"] for p in people}
    assert [p["deleted"] for p in people if p["id"] == "U0WALTER"] == [True]


async def test_people_and_their_zones(client: AsyncWebClient) -> None:
    found = (await client.users_lookupByEmail(email="Tomas.Ferreira@steward.example"))["user"]
    assert (found["id"], found["tz"], found["tz_offset"]) == (TOMAS.id, "America/Sao_Paulo", -10800)
    channels = (await client.users_conversations(types="public_channel,private_channel", user=MAYA.id))["channels"]
    assert {"accounts", "leads"} <= {c["name"] for c in channels}
    assert "board" not in {
        c["name"] for c in (await client.conversations_list(types="public_channel,private_channel"))["channels"]
    }
    assert "U0INGRID" in (await client.conversations_members(channel=LEADS))["members"]


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
