"""Links that unfurl, agent sessions, reactions that come and go."""

from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Manifest, Sandbox, UserError
from bot.sandbox.people import ACCOUNTS, MAYA
from tests.sandbox.conftest import failed
from tests.sandbox.tiny_bot import button, section, seen_by

Json = dict[str, Any]
LINK = "https://crm.acme.example/accounts/1?a=1&b=2"


@pytest.fixture
def listening(manifest: Manifest, app: AsyncApp) -> list[Json]:
    """Everything the app is told, whatever it is."""
    manifest.features.unfurl_domains.append("acme.example")
    manifest.scopes.extend(["links:read", "links:write", "reactions:read"])
    manifest.events.extend(["link_shared", "reaction_added", "reaction_removed", "agent_session_stopped"])

    async def note(body: Json) -> None:
        seen_by(app).append(body["event"])

    for event in ("link_shared", "reaction_added", "reaction_removed", "agent_session_stopped"):
        app.event(event)(note)
    return seen_by(app)


async def test_a_link_of_the_apps_own_is_announced_and_unfurled(
    slack: Sandbox, listening: list[Json], bot: AsyncApp, client: AsyncWebClient
) -> None:
    said = await slack.say("maya", "#random", f"see {LINK} and https://other.example and {LINK}")
    await slack.quiet()
    [event] = listening
    assert event["links"] == [{"url": LINK, "domain": "acme.example"}]
    assert (event["message_ts"], event["is_bot_user_member"]) == (said.ts, False)
    shown = {"blocks": [section("*Acme*"), {"type": "actions", "elements": [button("Log", "log")]}]}
    by_id = {"unfurl_id": event["unfurl_id"], "source": event["source"]}
    await client.api_call("chat.unfurl", json={**by_id, "unfurls": {LINK: shown}})
    await client.api_call("chat.unfurl", json={"channel": "C0RANDOM", "ts": said.ts, "unfurls": {LINK: shown}})
    [message] = slack.messages("#random", "jonas")
    [preview] = message["attachments"]
    assert (preview["from_url"], preview["id"], preview["is_app_unfurl"]) == (LINK, 1, True)
    assert preview["blocks"][0]["block_id"]
    await slack.click("jonas", "log", channel="#random")
    await slack.quiet()
    clicked = listening[-1]
    assert clicked["container"]["type"] == "message_attachment"
    assert (clicked["container"]["attachment_id"], clicked["container"]["is_app_unfurl"]) == (1, True)


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({}, "missing_channel"),
        ({"channel": ACCOUNTS}, "missing_ts"),
        ({"unfurl_id": "x"}, "missing_source"),
        ({"source": "composer"}, "missing_unfurl_id"),
        ({"source": "sms", "unfurl_id": "x"}, "invalid_source"),
        ({"source": "composer", "unfurl_id": "x"}, "invalid_unfurl_id"),
        ({"channel": "C0SECRET", "ts": "1.1"}, "cannot_find_channel"),
        ({"channel": ACCOUNTS, "ts": "1.1"}, "cannot_find_message"),
        ({"channel": ACCOUNTS, "ts": "said"}, "missing_unfurls"),
        ({"channel": ACCOUNTS, "ts": "said", "unfurls": [LINK]}, "invalid_unfurls_format"),
        ({"channel": ACCOUNTS, "ts": "said", "unfurls": {"https://other.example": {}}}, "cannot_unfurl_url"),
        ({"channel": ACCOUNTS, "ts": "said", "unfurls": {LINK: {"blocks": [{"type": "x"}]}}}, "invalid_blocks"),
    ],
)
async def test_what_cannot_be_unfurled(
    slack: Sandbox, listening: list[Json], client: AsyncWebClient, args: Json, error: str
) -> None:
    said = await slack.say("maya", "#accounts", LINK)
    given = {key: said.ts if value == "said" else value for key, value in args.items()}
    assert (await failed(client, "chat.unfurl", given))["error"] == error


async def test_a_session_from_processing_to_closed(slack: Sandbox, client: AsyncWebClient) -> None:
    said = await slack.say("maya", "dm", "draft a QBR")
    where: Json = {"channel_id": slack.world.workspace.dm(MAYA.id).id, "thread_ts": said.ts}
    made = await client.agents_sessions_setStatus(**where, status="processing", title="QBR", initiator_user_id=MAYA.id)
    assert (made["status"], made["title"]) == ("processing", "QBR")
    again = await client.agents_sessions_setStatus(**where, status="suspended", title="Other")
    assert (again["status"], again["title"]) == ("suspended", "QBR")
    assert (await client.agents_sessions_rename(**where, title="QBR Acme"))["title"] == "QBR Acme"
    assert slack.thread_facts(where["channel_id"], where["thread_ts"])["title"] == "QBR Acme"
    await client.agents_sessions_setStatus(**where, status="processing")
    slack.advance(3599)
    assert slack.thread_facts(where["channel_id"], where["thread_ts"])["session_status"] == "processing"
    slack.advance(1)
    assert slack.thread_facts(where["channel_id"], where["thread_ts"])["session_status"] == "active"


@pytest.mark.parametrize(
    ("method", "args", "error"),
    [
        ("agents.sessions.setStatus", {"status": "busy"}, "invalid_arguments"),
        ("agents.sessions.setStatus", {"status": "active", "title": "x" * 201}, "invalid_arguments"),
        ("agents.sessions.setStatus", {"status": "active", "thread_ts": "1.1"}, "invalid_thread_ts"),
        ("agents.sessions.setStatus", {"status": "active", "thread_ts": None}, "invalid_thread_ts"),
        ("agents.sessions.setStatus", {"status": "active", "initiator_user_id": "U0ELENA"}, "user_not_in_channel"),
        ("agents.sessions.rename", {"title": "x"}, "session_not_found"),
    ],
)
async def test_session_errors(slack: Sandbox, client: AsyncWebClient, method: str, args: Json, error: str) -> None:
    said = await slack.say("maya", "#accounts", "hello")
    assert (await failed(client, method, {"channel_id": ACCOUNTS, "thread_ts": said.ts, **args}))["error"] == error


async def test_a_person_stops_what_is_being_written(
    slack: Sandbox, listening: list[Json], bot: AsyncApp, client: AsyncWebClient
) -> None:
    said = await slack.say("maya", "dm", "draft a QBR")
    await slack.quiet()
    dm = slack.world.workspace.dm(MAYA.id).id
    with pytest.raises(UserError, match="Nothing is being worked on"):
        await slack.stop_session("maya", "dm", str(said.ts))
    await client.agents_sessions_setStatus(channel_id=dm, thread_ts=said.ts, status="processing")
    stream = await client.api_call("chat.startStream", json={"channel": dm, "thread_ts": said.ts, "markdown_text": "x"})
    await slack.stop_session("maya", "dm", str(said.ts))
    await slack.quiet()
    assert listening[-1]["type"] == "agent_session_stopped"
    assert listening[-1]["streaming_message_ts"] == [stream["ts"]]
    more = {"channel": dm, "ts": stream["ts"], "markdown_text": "y"}
    assert (await failed(client, "chat.appendStream", more))["error"] == "stopped_by_user"
    assert slack.thread_facts(dm, str(said.ts))["session_status"] == "processing", "leaving it is the app's business"


async def test_a_stream_may_end_its_session(slack: Sandbox, client: AsyncWebClient) -> None:
    said = await slack.say("maya", "dm", "draft")
    dm = slack.world.workspace.dm(MAYA.id).id
    await client.agents_sessions_setStatus(channel_id=dm, thread_ts=said.ts, status="processing")
    started = await client.api_call("chat.startStream", json={"channel": dm, "thread_ts": said.ts})
    where = {"channel": dm, "ts": started["ts"]}
    refused = await failed(client, "chat.stopStream", {**where, "session_status": "done"})
    assert refused["error"] == "invalid_arguments"
    await client.api_call("chat.stopStream", json={**where, "session_status": "suspended"})
    assert slack.thread_facts(dm, str(said.ts))["session_status"] == "suspended"


async def test_an_answer_ends_the_status(slack: Sandbox, client: AsyncWebClient) -> None:
    said = await slack.say("maya", "dm", "status?")
    dm = slack.world.workspace.dm(MAYA.id).id
    await client.assistant_threads_setStatus(channel_id=dm, thread_ts=str(said.ts), status="is looking")
    await client.chat_postMessage(channel=dm, text="elsewhere")
    assert slack.thread_facts(dm, str(said.ts))["status"] == "is looking"
    await client.chat_postMessage(channel=dm, text="here", thread_ts=said.ts)
    assert "status" not in slack.thread_facts(dm, str(said.ts))


async def test_reactions_come_and_go(
    slack: Sandbox, listening: list[Json], bot: AsyncApp, client: AsyncWebClient
) -> None:
    said = await slack.say("maya", "#accounts", "look")
    on: Json = {"channel": ACCOUNTS, "name": "eyes", "timestamp": said.ts}
    assert (await failed(client, "reactions.remove", on))["error"] == "no_reaction"
    await client.reactions_add(**on)
    await client.reactions_remove(**on)
    await slack.quiet()
    assert "reactions" not in slack.messages("#accounts", "jonas")[0]
    told = [d["payload"]["event"] for d in slack.world.journal.deliveries]  # Bolt keeps a bot's own acts from it
    assert [(e["type"], e["reaction"], e["item_user"]) for e in told] == [
        ("reaction_added", "eyes", MAYA.id),
        ("reaction_removed", "eyes", MAYA.id),
    ]
    assert (await failed(client, "reactions.remove", {"name": "eyes"}))["error"] == "no_item_specified"
    assert (await failed(client, "reactions.remove", {**on, "name": "EYES!"}))["error"] == "invalid_name"
