"""Three seconds to ack, retries, several sockets, and response URLs that wear out."""

from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.sandbox import Sandbox
from tests.sandbox.conftest import connect
from tests.sandbox.tiny_bot import button, make_app, section, seen_by


async def test_an_unacked_command_times_out_for_the_user(slack: Sandbox, bot: AsyncApp, client: AsyncWebClient) -> None:
    turn = await slack.say("maya", "#accounts", "/slow")
    slack.advance(2.9)
    await client.auth_test()  # a round trip in which a timeout that came too early would show
    assert slack.failures == []
    slack.advance(0.2)
    await turn.acked()
    assert slack.messages("#accounts", "maya")[-1]["text"] == "/slow failed: operation timed out"
    assert slack.messages("#accounts", "jonas") == []
    assert [(f.kind, f.what) for f in slack.failures] == [("ack_timeout", "/slow")]


async def test_without_a_connection_a_command_fails_at_once(slack: Sandbox) -> None:
    replies = await slack.ask("maya", "#accounts", "/account acme")
    assert [m["text"] for m in replies] == ["/account failed: dispatch_failed"]


async def test_an_unacked_click_times_out_in_its_channel(slack: Sandbox, bot: AsyncApp, client: AsyncWebClient) -> None:
    blocks = [{"type": "actions", "elements": [button("Go", "nobody_listens")]}]
    await client.chat_postMessage(channel="C0ACCOUNTS", text="x", blocks=blocks)
    turn = await slack.click("maya", "Go", channel="#accounts")
    slack.advance(3.1)
    await turn.acked()
    assert slack.messages("#accounts", "maya")[-1]["text"] == "operation timed out"


async def test_events_are_retried_with_the_reason_and_then_given_up(slack: Sandbox, bot: AsyncApp) -> None:
    slack.fault("delay_ack", "app_mention", seconds=60, times=None)
    await slack.say("maya", "#accounts", "@steward hi")
    bodies = seen_by(bot)
    for attempt, wait in enumerate((0.0, 0.0, 60.0, 300.0), start=1):
        slack.advance(wait)
        await slack.until(lambda n=attempt: len(bodies) == n)  # type: ignore[misc]  # a default binds the loop's value
        slack.advance(3.1)
        await slack.until(lambda n=attempt: len([f for f in slack.failures if f.kind == "ack_timeout"]) == n)  # type: ignore[misc]  # same
    await slack.quiet()
    assert len({body["event_id"] for body in bodies}) == 1
    assert slack.failures[-1].kind == "event_given_up"


async def test_a_retried_event_says_why(slack: Sandbox, app: AsyncApp) -> None:
    envelopes: list[dict[str, Any]] = []

    async def note(_client: object, message: dict[str, Any], _raw: str | None) -> None:
        envelopes.append(message)

    async with connect(slack, app) as handlers:
        handlers[0].client.message_listeners.append(note)
        slack.fault("delay_ack", "app_mention", seconds=60)
        await slack.say("maya", "#accounts", "@steward hi")
        await slack.until(lambda: len(seen_by(app)) == 1)
        slack.advance(3.1)
        await slack.quiet()
    events = [e for e in envelopes if e["type"] == "events_api"]
    assert [(e["retry_attempt"], e["retry_reason"]) for e in events] == [(0, ""), (1, "timeout")]


async def test_a_duplicated_event_arrives_twice_with_one_id(slack: Sandbox, bot: AsyncApp) -> None:
    slack.fault("duplicate_event", "app_mention")
    await slack.say("maya", "#accounts", "@steward hi")
    await slack.quiet()
    first, second = seen_by(bot)
    assert first["event_id"] == second["event_id"]


async def test_each_payload_goes_to_one_of_two_connections(slack: Sandbox) -> None:
    apps = [make_app(slack), make_app(slack)]
    async with connect(slack, apps[0]), connect(slack, apps[1]):
        for number in range(4):
            await slack.say("maya", "#accounts", f"/account {number}")
        await slack.quiet()
    assert [len(seen_by(app)) for app in apps] == [2, 2]


async def test_more_than_ten_connections_are_sent_away(slack: Sandbox, app: AsyncApp) -> None:
    async with connect(slack, app, 10) as handlers:
        extra = await AsyncWebClient(base_url=slack.base_url).apps_connections_open(app_token=slack.app_token)
        async with handlers[0].client.aiohttp_client_session.ws_connect(extra["url"]) as socket:
            assert (await socket.receive_json())["reason"] == "too_many_websockets"


async def test_a_requested_refresh_reconnects(slack: Sandbox, bot: AsyncApp) -> None:
    before = slack.sockets.open[0].number
    await slack.disconnect("refresh_requested")
    await slack.until(lambda: bool(slack.sockets.open) and slack.sockets.open[0].number > before)
    assert [m["text"] for m in await slack.ask("maya", "#accounts", "/account acme")] == ["Account acme"]


async def test_a_dropped_socket_is_replaced_and_its_event_comes_again(slack: Sandbox, bot: AsyncApp) -> None:
    slack.fault("drop_socket", "app_mention")
    await slack.say("maya", "#accounts", "@steward hi")
    await slack.until(lambda: len(slack.failures) == 2)  # the drop, and the retry that found no socket
    await slack.connected()
    slack.advance(60)
    await slack.until(lambda: len(seen_by(bot)) == 1)
    assert {f.kind for f in slack.failures} == {"connection_failed", "dispatch_failed"}


async def test_a_response_url_works_five_times_in_thirty_minutes(slack: Sandbox, bot: AsyncApp) -> None:
    await slack.ask("maya", "#accounts", "/plain x")
    hook = AsyncWebhookClient(seen_by(bot)[0]["response_url"])
    for number in range(5):
        assert (await hook.send(text=f"number {number}")).status_code == 200
    spent = await hook.send(text="one too many")
    assert (spent.status_code, "used_url" in spent.body) == (404, True)
    await slack.ask("maya", "#accounts", "/plain y")
    hook = AsyncWebhookClient(seen_by(bot)[1]["response_url"])
    slack.advance(31 * 60)
    assert (await hook.send(text="late")).status_code == 404
    assert [f.what for f in slack.failures] == ["used_url", "expired_url"]


async def test_a_response_url_replaces_and_deletes_its_message(slack: Sandbox, bot: AsyncApp) -> None:
    await slack.ask("maya", "#accounts", "/account acme")
    await slack.click("maya", "share", channel="#accounts")
    await slack.quiet()
    hook = AsyncWebhookClient(seen_by(bot)[1]["response_url"])
    await hook.send(text="Shared", replace_original=True)
    mine = [m["text"] for m in slack.messages("#accounts", "maya")]
    assert mine == ["Shared", "Shared with everyone"]
    await hook.send(delete_original=True)
    assert [m["text"] for m in slack.messages("#accounts", "maya")] == ["Shared with everyone"]
    await hook.send(text="for all", response_type="in_channel")
    assert slack.messages("#accounts", "jonas")[-1]["text"] == "for all"


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"text": ""}, "no_text"),
        ({"text": "x", "colour": "red"}, "invalid_arguments"),
        ({"text": "x", "response_type": "shout"}, "invalid_arguments"),
        ({"text": "x", "blocks": [{"type": "section"}]}, "invalid_blocks"),
    ],
)
async def test_a_wrong_response_is_refused(slack: Sandbox, bot: AsyncApp, body: dict[str, Any], error: str) -> None:
    await slack.ask("maya", "#accounts", "/plain x")
    answer = await AsyncWebhookClient(seen_by(bot)[0]["response_url"]).send_dict(body)
    assert answer.status_code == 400
    assert error in answer.body


async def test_a_wrong_ack_body_is_a_failure(slack: Sandbox, app: AsyncApp) -> None:
    @app.command("/slow")
    async def slow(ack: Any) -> None:
        await ack(text="x", blocks=[section("y" * 3001)])

    async with connect(slack, app):
        replies = await slack.ask("maya", "#accounts", "/slow")
    assert "invalid_blocks" in replies[0]["text"]
    assert [f.kind for f in slack.failures] == ["bad_ack"]


async def test_the_clock_fires_real_timers_too(slack: Sandbox) -> None:
    """A running clock times out without being moved; 3 s of it are simulated by its own offset."""
    running = type(slack.clock)()
    fired: list[float] = []
    running.call_later(0.01, lambda: fired.append(running.time()))
    await running.sleep(0.02)
    assert len(fired) == 1
    with pytest.raises(ValueError, match="forward"):
        running.advance(-1)
    running.close()
