"""People and a real Bolt app over Socket Mode: commands, clicks, mentions, DMs, visibility."""

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox, UserError
from bot.sandbox.people import ELENA, MAYA, SHARED_CHANNEL
from tests.sandbox.tiny_bot import seen_by


async def test_a_command_is_answered_to_its_user_only(slack: Sandbox, bot: AsyncApp) -> None:
    replies = await slack.ask("maya", "#accounts", "/account acme")
    assert [m["text"] for m in replies] == ["Account acme"]
    assert replies[0]["is_ephemeral"]
    assert slack.messages("#accounts", as_user="jonas") == []
    assert slack.failures == []


async def test_a_click_reaches_the_bot_and_its_post_everyone(slack: Sandbox, bot: AsyncApp) -> None:
    await slack.ask("maya", "#accounts", "/account acme")
    await slack.click("maya", "share", channel="#accounts")
    await slack.quiet()
    assert [m["text"] for m in slack.messages("#accounts", as_user="jonas")] == ["Shared with everyone"]
    assert slack.calls("chat.postMessage")[0].args["text"] == "Shared with everyone"


async def test_mention_and_direct_message(slack: Sandbox, bot: AsyncApp) -> None:
    said = await slack.say("maya", SHARED_CHANNEL, "@steward how is <b> & co?")
    await slack.quiet()
    thread = slack.messages(SHARED_CHANNEL, as_user=ELENA.id, thread_ts=said.ts)
    assert thread[-1]["text"] == "You said <@U0STEWARD> how is &lt;b&gt; &amp; co?"
    assert seen_by(bot)[0]["is_ext_shared_channel"] is True
    assert [m["text"] for m in await slack.ask("maya", "dm", "hello")] == ["DM hello"]
    assert seen_by(bot)[-1]["event"]["channel_type"] == "im"
    assert seen_by(bot)[-1]["event"]["user"] == MAYA.id


async def test_a_command_payload_has_every_field_slack_sends(slack: Sandbox, bot: AsyncApp) -> None:
    await slack.ask("maya", "#leads", "/account  ask @jonas about #general & <b>")
    body = seen_by(bot)[0]
    assert set(body) == {
        "api_app_id",
        "channel_id",
        "channel_name",
        "command",
        "is_enterprise_install",
        "response_url",
        "team_domain",
        "team_id",
        "text",
        "token",
        "trigger_id",
        "user_id",
        "user_name",
    }
    assert body["text"] == "ask <@U0JONAS|jonas> about <#C0GENERAL|general> &amp; &lt;b&gt;"
    assert body["channel_name"] == "privategroup"
    assert (body["user_id"], body["user_name"], body["command"]) == (MAYA.id, "maya", "/account")
    assert body["is_enterprise_install"] == "false"


async def test_without_should_escape_mentions_stay_as_typed(slack: Sandbox, bot: AsyncApp) -> None:
    replies = await slack.ask("maya", "#accounts", "/plain ask @jonas")
    assert [m["text"] for m in replies] == ["plain ask @jonas"]
    assert [m["text"] for m in slack.messages("#accounts", as_user="jonas")] == ["plain ask @jonas"]


@pytest.mark.parametrize(
    ("user", "channel", "text", "note"),
    [
        ("maya", "#accounts", "/nothing x", "`/nothing` is not a valid command."),
        ("elena", "#ext-halden-foods", "/account acme", "`/account` is not a valid command."),
    ],
)
async def test_commands_slack_refuses(
    slack: Sandbox, bot: AsyncApp, user: str, channel: str, text: str, note: str
) -> None:
    assert [m["text"] for m in await slack.ask(user, channel, text)] == [note]
    assert seen_by(bot) == []


async def test_commands_do_not_run_in_threads(slack: Sandbox, bot: AsyncApp) -> None:
    said = await slack.say("maya", "#accounts", "hello")
    replies = await slack.ask("maya", "#accounts", "/account acme", thread_ts=said.ts)
    assert replies[0]["text"].endswith("is not supported in threads. Sorry!")


async def test_a_command_works_where_the_bot_is_not(slack: Sandbox, bot: AsyncApp) -> None:
    assert [m["text"] for m in await slack.ask("maya", "#random", "/account acme")] == ["Account acme"]


async def test_only_subscribed_events_arrive(slack: Sandbox, bot: AsyncApp) -> None:
    """message.channels is not in the manifest, and the bot hears nothing where it is not a member."""
    await slack.say("maya", "#accounts", "plain talk")
    await slack.say("maya", "#random", "@steward are you here?")
    await slack.quiet()
    assert seen_by(bot) == []


async def test_people_see_only_their_channels(slack: Sandbox, bot: AsyncApp) -> None:
    with pytest.raises(UserError, match="not a member"):
        slack.messages("#leads", as_user="jonas")
    with pytest.raises(UserError, match="not a member"):
        await slack.say("elena", "#accounts", "hi")
    with pytest.raises(UserError, match="deactivated"):
        await slack.say("walter", "#accounts", "hi")
    with pytest.raises(UserError, match="archived"):
        await slack.say("ingrid", "#old-deals", "hi")


async def test_an_ephemeral_click_carries_no_message(slack: Sandbox, bot: AsyncApp) -> None:
    await slack.ask("maya", "#accounts", "/account acme")
    await slack.click("maya", "Share", channel="#accounts")
    await slack.quiet()
    body = seen_by(bot)[1]
    assert body["container"]["is_ephemeral"] is True
    assert "message" not in body
    assert body["actions"][0]["value"] == "v"
    with pytest.raises(UserError, match="sees no 'share'"):
        await slack.click("jonas", "share", channel="#accounts")


async def test_home_is_published_and_clickable(slack: Sandbox, bot: AsyncApp) -> None:
    assert slack.home("maya") is None
    await slack.open_home("maya")
    await slack.quiet()
    home = slack.home("maya")
    assert home is not None
    assert home["blocks"][0]["text"]["text"] == "Home of U0MAYA"
    await slack.click("maya", "refresh", place="home")
    await slack.open_home("maya")
    await slack.quiet()
    clicked, again = seen_by(bot)[1:]
    assert clicked["view"]["id"] == home["id"]
    assert again["event"]["view"]["id"] == home["id"]
    assert slack.home("jonas") is None


async def test_joining_is_announced(slack: Sandbox, client: AsyncWebClient) -> None:
    slack.changes.join("steward", "#random", "maya")
    await client.chat_postMessage(channel="C0RANDOM", text="hello")
    assert [m["text"] for m in slack.messages("#random", "maya")] == ["hello"]
