"""The Web API is as strict as Slack's: tokens, arguments, scopes, blocks, and the errors of each method."""

from pathlib import Path
from typing import Any

import aiohttp
import pytest
import yaml
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Manifest, Sandbox, Workspace
from bot.sandbox.api.router import HANDLERS
from bot.sandbox.api.table import METHODS
from bot.sandbox.people import ACCOUNTS, ELENA, LEADS, MAYA, PENDING_CHANNEL, SHARED_CHANNEL, TOMAS
from tests.sandbox.conftest import failed
from tests.sandbox.tiny_bot import section

Json = dict[str, Any]


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
        ("files.getUploadURLExternal", {"filename": "x", "length": 1, "alt_txt": "x" * 1001}, "alt_txt_too_large"),
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


async def test_what_more_scopes_open(slack: Sandbox, client: AsyncWebClient, manifest: Manifest) -> None:
    manifest.scopes.extend(["team:read", "usergroups:read", "channels:join"])
    assert (await client.team_info())["team"]["domain"] == "northlight"
    assert (await client.team_info(team="T0HALDENFOODS"))["team"]["name"] == "Halden Foods"
    groups = (await client.usergroups_list(include_users=True, include_count=True))["usergroups"]
    assert (groups[0]["handle"], groups[0]["user_count"]) == ("account-managers", 4)
    assert (await client.conversations_join(channel="C0RANDOM"))["channel"]["is_member"] is True
    await client.chat_postMessage(channel="C0RANDOM", text="hello")
    assert (await failed(client, "conversations.join", {"channel": LEADS}))[
        "error"
    ] == "method_not_supported_for_channel_type"
    assert (await failed(client, "conversations.join", {"channel": "C0ARCHIVE"}))["error"] == "is_archived"
    assert (await client.api_test(foo="bar"))["args"] == {"foo": "bar"}
    assert (await client.users_info(user="USLACKBOT"))["user"]["name"] == "slackbot"


def test_a_workspace_can_be_written_in_yaml(slack: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "workspace.yml"
    path.write_text(yaml.safe_dump(slack.world.workspace.dump()), encoding="utf-8")
    assert Workspace.load(path) == slack.world.workspace
    with pytest.raises(LookupError, match="there are: maya"):
        slack.world.workspace.person("nobody")
