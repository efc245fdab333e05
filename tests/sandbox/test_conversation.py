"""People and a real Bolt app over Socket Mode: commands, clicks, mentions, DMs, visibility."""

from slack_bolt.app.async_app import AsyncApp

from bot.sandbox import Sandbox
from bot.sandbox.people import ELENA, MAYA, SHARED_CHANNEL


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
    assert bot.seen[0]["is_ext_shared_channel"] is True  # type: ignore[attr-defined]
    assert [m["text"] for m in await slack.ask("maya", "dm", "hello")] == ["DM hello"]
    assert bot.seen[-1]["event"]["channel_type"] == "im"  # type: ignore[attr-defined]
    assert bot.seen[-1]["event"]["user"] == MAYA.id  # type: ignore[attr-defined]
