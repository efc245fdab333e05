"""What goes wrong is told in one helpful sentence by the next best way; never a traceback, never silence."""

from __future__ import annotations

import asyncio
import logging
import re

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from bot.services.errors import Busy
from bot.slack.errors import caught, explain, sentence_for
from tests.slack import samples
from tests.slack.conftest import Bot, said


def slack_error(code: str) -> SlackApiError:
    return SlackApiError("failed", {"ok": False, "error": code})  # type: ignore[no-untyped-call]  # untyped in the SDK


def break_with(bot: Bot, error: Exception) -> None:
    def before(_name: str) -> None:
        raise error

    bot.use_cases.before = before


@pytest.mark.parametrize(
    ("channel", "typed"), [("#accounts", "/account acme"), ("#accounts", "<@U0STEWARD> book"), ("dm", "renewals")]
)
async def test_our_fault_gives_an_id_that_stands_in_the_log(
    bot: Bot, channel: str, typed: str, caplog: pytest.LogCaptureFixture
) -> None:
    break_with(bot, ZeroDivisionError("secret detail"))
    [answer] = await bot.ask("maya", channel, typed)
    found = re.search(r"\(ref ([0-9a-f]{6})\)", answer["text"])
    assert found
    assert "secret detail" not in said([answer])
    [record] = [one for one in caplog.records if found.group(1) in one.getMessage()]
    assert record.exc_info
    assert record.exc_info[0] is ZeroDivisionError
    assert record.levelno == logging.ERROR


async def test_expected_failures_say_what_to_do(bot: Bot) -> None:
    break_with(bot, Busy("An import is running. Try again in a minute."))
    [answer] = await bot.ask("maya", "#accounts", "/account acme")
    assert answer["text"] == "An import is running. Try again in a minute."


async def test_an_account_that_is_gone(bot: Bot) -> None:
    await bot.ask("maya", "#accounts", "/account acme")
    bot.use_cases.cards.pop(samples.ACME)
    assert "This account is gone" in said(await bot.choose("maya", "Refresh"))


async def test_failing_home_says_so(bot: Bot) -> None:
    break_with(bot, ZeroDivisionError())
    await bot.slack.open_home("maya", "home")
    await bot.settled()
    assert "Something went wrong on our side (ref" in str(bot.slack.home("maya"))


async def test_failing_search_offers_nothing_and_failing_prompts_stay_quiet(bot: Bot) -> None:
    await bot.ask("maya", "#accounts", "/account zzz")
    break_with(bot, ZeroDivisionError())
    assert await bot.slack.suggest("maya", "steward.pick", "acme", channel="#accounts") == []
    bot.slack.fault("http_500", "assistant.threads.setSuggestedPrompts")
    await bot.slack.open_home("maya", "messages")
    await bot.settled()
    assert bot.slack.messages("dm", "maya") == []
    assert not bot.slack.failures


async def test_an_expired_response_url_falls_back_to_an_ephemeral_message(bot: Bot) -> None:
    def late(_name: str) -> None:
        bot.slack.world.response_urls.__dict__["_issued"].clear()

    bot.use_cases.before = late
    [answer] = await bot.ask("maya", "#accounts", "/account acme")
    assert answer["is_ephemeral"]
    assert len(bot.slack.calls("chat.postEphemeral")) == 1
    assert [failure.kind for failure in bot.slack.failures] == ["response_url"]


async def test_and_then_to_a_direct_message(bot: Bot) -> None:
    def late(_name: str) -> None:
        bot.slack.world.response_urls.__dict__["_issued"].clear()

    bot.use_cases.before = late
    assert await bot.ask("maya", "#random", "/account acme") == []
    assert "Notice deadline" in said(bot.slack.messages("dm", "maya"))


async def test_a_mention_that_cannot_be_answered_in_place_is_answered_directly(bot: Bot) -> None:
    bot.slack.fault("drop_before", "chat.postEphemeral")
    await bot.ask("maya", "#acct-acme", "<@U0STEWARD> acme")
    told = said(bot.slack.messages("dm", "maya"))
    assert "Notice deadline" in told
    assert "You asked in <#C0ACCTACME>, where I could not answer you alone." in told


async def test_rate_limits_are_waited_out(bot: Bot) -> None:
    bot.slack.fault("rate_limited", "chat.postEphemeral", seconds=2)
    bot.slack.fault("rate_limited", "users.info", seconds=2)
    [answer] = await bot.ask("maya", "#accounts", "<@U0STEWARD> acme")
    assert "Notice deadline" in said([answer])


async def test_when_nobody_can_be_reached_the_log_tells(bot: Bot, caplog: pytest.LogCaptureFixture) -> None:
    for method in ("chat.postEphemeral", "chat.postMessage"):
        bot.slack.fault("http_500", method, times=None)
    await bot.ask("maya", "#accounts", "<@U0STEWARD> acme")
    assert [one for one in caplog.records if "every way failed" in one.getMessage()]


async def test_stale_and_foreign_buttons_get_a_sentence(bot: Bot) -> None:
    await bot.ask("maya", "#accounts", "/account acme")
    [message] = bot.slack.world.messages.visible("C0ACCOUNTS", "U0MAYA")
    for block in message.blocks:
        for element in block["elements"] if block["type"] == "actions" else ():
            if element.get("text", {}).get("text") == "Timeline":
                element["value"] = '["c","../../etc"]'
            if element.get("text", {}).get("text") == "Remind me":
                element["action_id"] = "someone.elses"
            for line in element.get("options", ()):
                line["value"] = "someone.elses too"
    assert "from an older message" in said(await bot.click("maya", "Timeline"))
    await bot.click("maya", "Remind me")
    seen = await bot.choose("maya", "Refresh")
    assert said(seen).count("from an older message") == 6
    assert "Notice deadline" in said(seen)


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (slack_error("channel_not_found"), "Invite me"),
        (slack_error("is_archived"), "archived"),
        (slack_error("missing_scope"), "permission"),
        (slack_error("token_revoked"), "token is no longer valid"),
        (slack_error("ratelimited"), "slow down"),
        (aiohttp.ServerDisconnectedError(), "did not answer me in time"),
        (TimeoutError(), "did not answer me in time"),
        (Busy("Wait."), "Wait."),
    ],
)
def test_sentences(error: Exception, sentence: str) -> None:
    assert sentence in str(sentence_for(error))


def test_the_unknown_has_no_sentence_but_an_id(caplog: pytest.LogCaptureFixture) -> None:
    for error in (slack_error("internal_error"), slack_error(""), RuntimeError("x")):
        assert "(ref " in explain(error, "testing")
    assert len(caplog.records) == 3


async def test_cancelling_is_not_an_error() -> None:
    async def tell(_sentence: str) -> None:
        raise AssertionError

    with pytest.raises(asyncio.CancelledError):
        async with caught("testing", tell):
            raise asyncio.CancelledError
