"""Everything that can go wrong on the way, switched on one at a time."""

import asyncio

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from bot.sandbox.faults import FaultKind
from bot.sandbox.people import ACCOUNTS
from tests.sandbox.conftest import failed


async def test_429_with_retry_after(slack: Sandbox, client: AsyncWebClient) -> None:
    slack.fault("rate_limited", "chat.*", seconds=30)
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=ACCOUNTS, text="x")
    assert caught.value.response.status_code == 429
    assert caught.value.response.headers["Retry-After"] == "30"
    assert slack.messages("#accounts", "maya") == []
    await client.chat_postMessage(channel=ACCOUNTS, text="x")


async def test_the_sdks_own_rate_limit_handler_gets_through(slack: Sandbox) -> None:
    client = AsyncWebClient(token=slack.bot_token, base_url=slack.base_url)
    client.retry_handlers = [AsyncRateLimitErrorRetryHandler(max_retry_count=1)]
    slack.fault("rate_limited", "auth.test", seconds=1)
    assert (await client.auth_test())["ok"]
    assert [call.status for call in slack.calls("auth.test")] == [429, 200]


async def test_500(slack: Sandbox, client: AsyncWebClient) -> None:
    slack.fault("http_500", "auth.test")
    with pytest.raises(SlackApiError) as caught:
        await client.auth_test()
    assert caught.value.response.status_code == 500


async def test_500_though_it_was_posted(slack: Sandbox, client: AsyncWebClient) -> None:
    slack.fault("http_500_after", "chat.postMessage")
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=ACCOUNTS, text="x")
    assert caught.value.response.status_code == 500
    assert len(slack.messages("#accounts", "maya")) == 1
    assert [(c.fault, c.error) for c in slack.calls("chat.postMessage")] == [("http_500_after", None)]


@pytest.mark.parametrize("code", ["missing_scope", "channel_not_found", "fatal_error"])
async def test_any_error_of_slacks_in_one_channel_only(slack: Sandbox, client: AsyncWebClient, code: str) -> None:
    slack.fault("error", "conversations.*", channel="#accounts", code=code, times=None)
    assert (await failed(client, "conversations.history", {"channel": ACCOUNTS}))["error"] == code
    assert (await client.conversations_history(channel="C0GENERAL"))["ok"]
    await client.chat_postMessage(channel=ACCOUNTS, text="x")


async def test_429_in_a_direct_message_only(slack: Sandbox, client: AsyncWebClient) -> None:
    dm = slack.world.workspace.dm("U0MAYA")
    slack.fault("rate_limited", "chat.postMessage", channel=dm.id, seconds=7)
    await client.chat_postMessage(channel="U0JONAS", text="x")
    with pytest.raises(SlackApiError, match="ratelimited") as caught:
        await client.chat_postMessage(channel="U0MAYA", text="x")
    assert caught.value.response.headers["Retry-After"] == "7"


async def test_a_post_that_slack_takes_long_after_the_connection_broke(slack: Sandbox, client: AsyncWebClient) -> None:
    slack.fault("drop_late", "chat.postMessage", seconds=90)
    with pytest.raises(aiohttp.ClientConnectionError):
        await client.chat_postMessage(channel=ACCOUNTS, text="x")
    slack.advance(89)
    assert slack.messages("#accounts", "maya") == []
    slack.advance(2)
    assert [m["text"] for m in slack.messages("#accounts", "maya")] == ["x"]
    assert [c.error for c in slack.calls("chat.postMessage")] == ["dropped", None]


@pytest.mark.parametrize(("kind", "posted"), [("drop_before", 0), ("drop_after", 1)])
async def test_a_dropped_connection_leaves_the_fate_of_a_post_unknown(
    slack: Sandbox, client: AsyncWebClient, kind: FaultKind, posted: int
) -> None:
    slack.fault(kind, "chat.postMessage")
    with pytest.raises(aiohttp.ClientConnectionError):
        await client.chat_postMessage(channel=ACCOUNTS, text="x")
    assert len(slack.messages("#accounts", "maya")) == posted
    assert [(c.fault, c.args["text"]) for c in slack.calls("chat.postMessage")] == [(kind, "x")]


async def test_the_sdks_default_retry_posts_twice(slack: Sandbox) -> None:
    """Why clients that post must not retry by themselves."""
    slack.fault("drop_after", "chat.postMessage")
    eager = AsyncWebClient(token=slack.bot_token, base_url=slack.base_url)
    await eager.chat_postMessage(channel=ACCOUNTS, text="x")
    assert len(slack.messages("#accounts", "maya")) == 2


async def test_latency_waits_for_the_clock(slack: Sandbox, client: AsyncWebClient) -> None:
    slack.fault("latency", "auth.test", seconds=5)
    call = asyncio.create_task(client.auth_test())
    await slack.until(lambda: slack.world.activity.pending == ["api auth.test"])
    slack.advance(4.9)
    with pytest.raises(TimeoutError, match=r"api auth\.test"):
        await slack.quiet(timeout=0.1)
    slack.advance(0.2)
    assert (await call)["ok"]


async def test_real_tier_counters(slack: Sandbox, client: AsyncWebClient) -> None:
    slack.world.rates.enabled = True
    for _ in range(20):
        await client.users_list()
    with pytest.raises(SlackApiError) as caught:
        await client.users_list()
    assert caught.value.response.headers["Retry-After"] == "60"
    slack.advance(60)
    await client.users_list()


async def test_one_message_a_second_per_channel_with_a_burst(slack: Sandbox, client: AsyncWebClient) -> None:
    slack.world.rates.enabled = True
    for number in range(5):
        await client.chat_postMessage(channel=ACCOUNTS, text=str(number))
    with pytest.raises(SlackApiError, match="ratelimited"):
        await client.chat_postMessage(channel=ACCOUNTS, text="6")
    await client.chat_postMessage(channel="C0GENERAL", text="another channel")


async def test_faults_can_last_and_be_cleared(slack: Sandbox, client: AsyncWebClient) -> None:
    slack.fault("http_500", times=None)
    for _ in range(2):
        with pytest.raises(SlackApiError):
            await client.auth_test()
    slack.world.faults.clear()
    await client.auth_test()
