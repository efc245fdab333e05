"""Modals: opened with a trigger, filled in, refused, pushed, closed."""

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox, UserError
from tests.sandbox.tiny_bot import modal, section, seen_by


@pytest.fixture
async def opened(slack: Sandbox, bot: AsyncApp) -> Sandbox:
    await slack.ask("maya", "#accounts", "/account acme")
    await slack.click("maya", "log", channel="#accounts")
    await slack.until(lambda: slack.modal("maya") is not None)
    await slack.quiet()
    return slack


async def test_submit_reaches_the_bot_and_closes(opened: Sandbox, bot: AsyncApp) -> None:
    await opened.submit("maya", {"note_text": "Spoke with Ana"})
    await opened.quiet()
    assert opened.modal("maya") is None
    assert opened.messages("dm", "maya")[-1]["text"] == "Logged: Spoke with Ana"
    view = seen_by(bot)[-1]["view"]
    assert view["state"]["values"]["note"] == {"note_text": {"type": "plain_text_input", "value": "Spoke with Ana"}}
    assert view["state"]["values"]["account"]["account_pick"]["selected_option"] is None
    assert opened.failures == []


async def test_the_apps_errors_stay_in_the_modal(opened: Sandbox) -> None:
    await opened.submit("maya", {"Note": "bad"})
    await opened.quiet()
    shown = opened.modal("maya")
    assert shown is not None
    assert shown["errors"] == {"note": "Say more"}


async def test_errors_for_a_block_that_is_not_there_are_a_failure(opened: Sandbox) -> None:
    await opened.submit("maya", {"note": "wrong"})
    await opened.quiet()
    shown = opened.modal("maya")
    assert shown is not None
    assert "trouble" in shown["notice"]
    assert [(f.kind, f.what) for f in opened.failures] == [("bad_ack", "log")]


async def test_the_client_refuses_empty_and_overlong_input(opened: Sandbox, bot: AsyncApp) -> None:
    before = len(seen_by(bot))
    with pytest.raises(UserError, match="complete this required field"):
        await opened.submit("maya")
    with pytest.raises(UserError, match="no more than 100"):
        await opened.submit("maya", {"note": "x" * 101})
    assert len(seen_by(bot)) == before


async def test_typeahead(opened: Sandbox, bot: AsyncApp) -> None:
    assert await opened.suggest("maya", "account_pick", "n", place="modal") == []
    options = await opened.suggest("maya", "account_pick", "no", place="modal")
    assert [o["value"] for o in options] == ["acme"]
    await opened.submit("maya", {"note": "ok", "account": "acme"})
    await opened.quiet()
    picked = seen_by(bot)[-1]["view"]["state"]["values"]["account"]["account_pick"]["selected_option"]
    assert picked["text"]["text"] == "Acme no"


async def test_push_stops_at_three_views(opened: Sandbox) -> None:
    for _ in range(2):
        await opened.submit("maya", {"note": "again"})
        await opened.quiet()
    assert len(opened.world.views.stack("U0MAYA")) == 3
    await opened.submit("maya", {"note": "again"})
    await opened.quiet()
    assert opened.failures[-1].detail.startswith("push_limit_reached")
    await opened.close_modal("maya")
    assert len(opened.world.views.stack("U0MAYA")) == 2
    await opened.close_modal("maya", everything=True)
    assert opened.modal("maya") is None


async def test_a_submission_nobody_acks_keeps_the_modal(opened: Sandbox) -> None:
    opened.fault("delay_ack", "view_submission", seconds=10)
    turn = await opened.submit("maya", {"note": "fine"})
    await opened.until(lambda: "U0MAYA" in str(opened.calls("chat.postMessage")))
    opened.advance(3.1)
    await turn.acked()
    shown = opened.modal("maya")
    assert shown is not None
    assert "trouble" in shown["notice"]
    assert [f.kind for f in opened.failures] == ["ack_timeout"]


async def test_triggers_expire_and_work_once(slack: Sandbox, client: AsyncWebClient) -> None:
    async def error(trigger: str) -> str:
        with pytest.raises(SlackApiError) as caught:
            await client.views_open(trigger_id=trigger, view=modal())
        return str(caught.value.response["error"])

    used, late = slack.world.triggers.issue("U0MAYA"), slack.world.triggers.issue("U0MAYA")
    await client.views_open(trigger_id=used, view=modal())
    assert await error(used) == "exchanged_trigger_id"
    slack.advance(3.5)
    assert await error(late) == "expired_trigger_id"
    assert await error("made.up") == "invalid_trigger_id"


async def test_a_wrong_view_is_pointed_at(slack: Sandbox, client: AsyncWebClient) -> None:
    trigger = slack.world.triggers.issue("U0MAYA")
    broken = modal(title={"type": "plain_text", "text": "x" * 25})
    with pytest.raises(SlackApiError) as caught:
        await client.views_open(trigger_id=trigger, view=broken)
    assert caught.value.response["error"] == "invalid_arguments"
    assert "[json-pointer:/view/title/text]" in caught.value.response["response_metadata"]["messages"][0]


async def test_update_by_hash(slack: Sandbox, client: AsyncWebClient) -> None:
    opened = await client.views_open(trigger_id=slack.world.triggers.issue("U0MAYA"), view=modal())
    view = opened["view"]
    await client.views_update(view_id=view["id"], hash=view["hash"], view=modal(blocks=[section("new")]))
    shown = slack.modal("maya")
    assert shown is not None
    assert shown["blocks"][0]["text"]["text"] == "new"
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await client.views_update(view_id=view["id"], hash=view["hash"], view=modal())


async def test_message_shortcut(slack: Sandbox, bot: AsyncApp, client: AsyncWebClient) -> None:
    said = await slack.say("jonas", "#accounts", "Worth noting")
    await slack.shortcut("maya", "log_message", channel="#accounts", ts=said.ts)
    await slack.until(lambda: slack.modal("maya") is not None)
    await slack.quiet()
    assert seen_by(bot)[0]["message"]["text"] == "Worth noting"
    with pytest.raises(UserError, match="no shortcut"):
        await slack.shortcut("maya", "unknown")
