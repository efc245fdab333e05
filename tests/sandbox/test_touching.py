"""Menus, pickers, feedback, inputs and closing: what each touch sends, and what the client refuses itself."""

from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox, UserError
from bot.sandbox.people import ACCOUNTS
from tests.sandbox.conftest import connect
from tests.sandbox.samples import BLOCKS, IN_ACTIONS, Json, option, plain
from tests.sandbox.tiny_bot import modal


@pytest.fixture
async def touched(slack: Sandbox, app: AsyncApp, client: AsyncWebClient) -> Any:
    """A message with every element in it, and what arrived for each touch."""
    got: list[Json] = []

    @app.action({"action_id": "a11"})
    @app.action({"action_id": "a1"})
    @app.action({"action_id": "a12"})
    @app.action({"action_id": "a14"})
    @app.action({"action_id": "a5"})
    @app.action({"action_id": "fb"})
    async def any_action(ack: Any, body: Json) -> None:
        got.append(body)
        await ack()

    blocks = [{"type": "actions", "block_id": "acts", "elements": IN_ACTIONS}, BLOCKS["context_actions"]]
    await client.chat_postMessage(channel=ACCOUNTS, text="x", blocks=blocks)
    async with connect(slack, app):
        yield slack, got


@pytest.mark.parametrize(
    ("action", "choice", "key", "value"),
    [
        ("a11", "one", "selected_option", option()),
        ("a1", "one", "selected_option", option()),
        ("a12", ["one"], "selected_options", [option()]),
        ("a14", "2026-05-01", "selected_date", "2026-05-01"),
        ("a5", "U0JONAS", "selected_user", "U0JONAS"),
        ("fb", "negative", "value", "bad"),
    ],
)
async def test_a_pick_sends_its_value(touched: Any, action: str, choice: Any, key: str, value: Any) -> None:
    slack, got = touched
    await slack.pick("maya", action, choice, channel="#accounts")
    await slack.quiet()
    assert got[0]["actions"][0][key] == value
    assert slack.failures == []


async def test_what_cannot_be_picked(touched: Any) -> None:
    slack, _ = touched
    with pytest.raises(UserError, match="no option 'nine'"):
        await slack.pick("maya", "a1", "nine", channel="#accounts")
    with pytest.raises(UserError, match="positive or negative"):
        await slack.click("maya", "fb", channel="#accounts")
    with pytest.raises(UserError, match="does not ask the app"):
        await slack.suggest("maya", "a1", "abc", channel="#accounts")
    with pytest.raises(UserError, match="in which channel"):
        await slack.click("maya", "go")


async def test_picks_are_remembered_per_person(touched: Any) -> None:
    slack, got = touched
    await slack.pick("maya", "a14", "2026-05-01", channel="#accounts")
    await slack.pick("jonas", "a5", "U0MAYA", channel="#accounts")
    await slack.quiet()
    assert set(got[0]["state"]["values"]["acts"]) == {"a14"}
    assert set(got[1]["state"]["values"]["acts"]) == {"a5"}


@pytest.mark.parametrize(
    ("element", "value", "complaint"),
    [
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "Enter a whole number"),
        ({"type": "number_input", "is_decimal_allowed": True}, "nan", "Enter a number"),
        ({"type": "number_input", "is_decimal_allowed": False}, "1_000", "Enter a number"),
        ({"type": "number_input", "is_decimal_allowed": True, "min_value": "2"}, "1.5", "at least 2"),
        ({"type": "number_input", "is_decimal_allowed": True, "max_value": "1"}, "1.5", "at most 1"),
        ({"type": "email_text_input"}, "nobody", "valid email"),
        ({"type": "url_text_input"}, "nowhere", "valid URL"),
        ({"type": "plain_text_input", "min_length": 3}, "ab", "at least 3"),
    ],
)
async def test_the_client_checks_inputs(
    slack: Sandbox, client: AsyncWebClient, element: Json, value: str, complaint: str
) -> None:
    view = modal(blocks=[{"type": "input", "block_id": "b", "label": plain("Field"), "element": element}])
    await client.views_open(trigger_id=slack.world.triggers.issue("U0MAYA"), view=view)
    with pytest.raises(UserError, match=complaint):
        await slack.submit("maya", {"b": value})


async def test_initial_values_are_in_the_state(slack: Sandbox, client: AsyncWebClient) -> None:
    element = {"type": "static_select", "action_id": "s", "options": [option()], "initial_option": option()}
    view = modal(blocks=[{"type": "input", "block_id": "b", "label": plain("Kind"), "element": element}])
    opened = await client.views_open(trigger_id=slack.world.triggers.issue("U0MAYA"), view=view)
    assert opened["view"]["state"]["values"]["b"]["s"]["selected_option"] == option()


async def test_closing_is_told_only_when_asked_for(slack: Sandbox, app: AsyncApp, client: AsyncWebClient) -> None:
    got: list[Json] = []

    @app.view_closed("log")
    async def closed(ack: Any, body: Json) -> None:
        got.append(body)
        await ack()

    async with connect(slack, app):
        for more in ({}, {"notify_on_close": True}):
            await client.views_open(trigger_id=slack.world.triggers.issue("U0MAYA"), view=modal(**more))
            await slack.close_modal("maya")
            await slack.quiet()
    assert [body["is_cleared"] for body in got] == [False]
    with pytest.raises(UserError, match="no modal open"):
        await slack.close_modal("maya")


async def test_a_global_shortcut_and_other_events(slack: Sandbox, app: AsyncApp) -> None:
    got: list[Json] = []

    @app.shortcut("log_global")
    async def shortcut(ack: Any, body: Json) -> None:
        got.append(body)
        await ack()

    @app.event("channel_shared")
    async def shared(body: Json) -> None:
        got.append(body)

    async with connect(slack, app):
        await slack.shortcut("maya", "log_global")
        await slack.emit({"type": "channel_shared", "channel": "C0EXTHALDEN", "connected_team_id": "T0HALDENFOODS"})
        await slack.emit({"type": "user_change", "user": {"id": "U0MAYA"}})
        await slack.quiet()
    assert [body["type"] for body in got] == ["shortcut", "event_callback"]
    assert got[1]["is_ext_shared_channel"] is True


async def test_a_button_for_one_person_is_not_there_for_others(slack: Sandbox, client: AsyncWebClient) -> None:
    mine = {"type": "button", "text": plain("Mine"), "action_id": "mine", "visible_to_user_ids": ["U0MAYA"]}
    await client.chat_postMessage(channel=ACCOUNTS, text="x", blocks=[{"type": "actions", "elements": [mine]}])
    with pytest.raises(UserError, match="Jonas Berg sees no 'mine'"):
        await slack.click("jonas", "mine", channel="#accounts")
    await slack.click("maya", "mine", channel="#accounts")
