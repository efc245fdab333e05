"""How requests come in: signed, once, and acked whatever else is going on."""

from __future__ import annotations

import asyncio
import io
import threading
import time
from collections.abc import AsyncIterator
from urllib.parse import urlencode

import aiohttp
import pytest

from bot.sandbox.webhooks import sign
from bot.slack.runner import InlineRunner, PoolRunner
from tests.slack.conftest import Bot, Json, running, said
from tests.slack.fakes import FakeUseCases


@pytest.fixture
async def http_bot() -> AsyncIterator[Bot]:
    async with running("http") as bot:
        yield bot


async def post(
    bot: Bot, body: str, headers: dict[str, str], *, age: int = 0, secret: str | None = None
) -> tuple[int, str]:
    stamp = int(time.time()) - age
    signature = sign(secret or bot.slack.signing_secret, stamp, body)
    sent = {"X-Slack-Request-Timestamp": str(stamp), "X-Slack-Signature": signature, **headers}
    url, data = f"http://127.0.0.1:{bot.port}/slack/events", io.BytesIO(body.encode())
    async with aiohttp.ClientSession() as session, session.post(url, data=data, headers=sent) as answer:
        return answer.status, await answer.text()


def command(text: str = "acme", trigger: str = "1.2.x") -> str:
    return urlencode(
        {
            "command": "/account",
            "text": text,
            "user_id": "U0MAYA",
            "channel_id": "C0ACCOUNTS",
            "team_id": "T0NORTHLIGHT",
            "trigger_id": trigger,
        }
    )


FORM = {"Content-Type": "application/x-www-form-urlencoded"}


async def test_signed_requests_are_answered_forged_and_stale_ones_refused(
    http_bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    assert (await post(http_bot, command(), FORM))[0] == 200
    await http_bot.settled()
    asked = len(http_bot.use_cases.asked)
    for refused in (
        await post(http_bot, command("hunter2"), FORM, secret="wrong"),
        await post(http_bot, command("hunter2"), FORM, age=301),
        await post(http_bot, command("hunter2"), FORM, age=-301),
        await post(http_bot, command("hunter2"), FORM | {"X-Slack-Signature": "v0=é"}),
        await post(http_bot, command("hunter2"), FORM | {"X-Slack-Request-Timestamp": "soon"}),
        await post(http_bot, "[" * 100_000, {}, secret="wrong"),
    ):
        assert refused[0] == 401
    await http_bot.settled()
    assert len(http_bot.use_cases.asked) == asked
    assert "hunter2" not in caplog.text


@pytest.mark.parametrize("body", ["{", "[1]", "[" * 100_000, "payload={", '{"type":"event_callback","event":7}', "x"])
async def test_signed_nonsense_does_no_harm(http_bot: Bot, body: str) -> None:
    status, _ = await post(http_bot, body, {"Content-Type": "application/json"})
    assert status == 400
    assert (await post(http_bot, command(), FORM))[0] == 200


async def test_the_rest_of_the_http_door(http_bot: Bot) -> None:
    base = f"http://127.0.0.1:{http_bot.port}"
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{base}/healthz") as answer:
            assert (answer.status, await answer.text()) == (200, "ok")
        async with session.get(f"{base}/slack/events") as answer:
            assert answer.status == 405
        async with session.post(f"{base}/other") as answer:
            assert answer.status == 404
        large = io.BytesIO(b"x" * 2_100_000)
        async with session.post(f"{base}/slack/events", data=large) as answer:
            assert answer.status == 401
    assert (await post(http_bot, "x" * 2_100_000, FORM))[0] == 413
    assert http_bot.slack.webhooks is not None
    assert await http_bot.slack.webhooks.verify_url()


async def test_a_repeated_event_is_handled_once(bot: Bot) -> None:
    bot.slack.fault("duplicate_event", "app_mention")
    [answer] = await bot.ask("maya", "#accounts", "<@U0STEWARD> acme")
    assert "Notice deadline" in said([answer])
    assert len([one for one in deliveries(bot) if one["target"] == "app_mention"]) == 2


async def test_what_slack_could_not_deliver_it_delivers_again(bot: Bot) -> None:
    bot.slack.fault("drop_socket", "app_mention")
    await bot.slack.say("maya", "#accounts", "<@U0STEWARD> acme")
    if bot.slack.webhooks is None:
        # The first retry comes at once and finds no socket; the client reconnects before the second.
        await bot.slack.until(lambda: "dispatch_failed" in [one["outcome"] for one in deliveries(bot)])
        await bot.slack.connected()
        bot.slack.advance(61)
    await bot.settled()
    [_, answer] = bot.slack.messages("#accounts", "maya")
    assert "Notice deadline" in said([answer])


async def test_a_retry_after_a_restart_is_known_from_the_store() -> None:
    """Two processes with one database: what one has claimed the other leaves alone."""
    shared = FakeUseCases()
    async with running("http", shared) as first:
        assert (await post(first, command(trigger="7.7.same"), FORM))[0] == 200
        await first.settled()
        asked = len(shared.asked)
    async with running("http", shared) as second:
        assert (await post(second, command(trigger="7.7.same"), FORM))[0] == 200
        await second.settled()
    assert len(shared.asked) == asked > 0


async def test_32_slow_jobs_hold_up_neither_ack_nor_answer(bot: Bot) -> None:
    """Slow work (a model, files, a CRM) has a pool of its own."""
    slow, release = PoolRunner(4), threading.Event()
    jobs = [asyncio.create_task(slow(release.wait)) for _ in range(32)]
    await asyncio.sleep(0)
    try:
        [answer] = await bot.ask("maya", "#accounts", "/account acme")
        assert not any(job.done() for job in jobs)
    finally:
        release.set()
        await asyncio.gather(*jobs)
        slow.close()
    assert "Notice deadline" in said([answer])
    assert not bot.slack.failures


@pytest.mark.parametrize("door", ["socket", "http"])
async def test_acks_do_not_wait_for_use_cases_at_all(door: str) -> None:
    """Every worker is held by a stuck use case: commands are acked in time and answered when it is over."""
    release, pool, use_cases = threading.Event(), PoolRunner(2), FakeUseCases()
    use_cases.before = lambda _name: wait_for(release)
    async with running("socket" if door == "socket" else "http", use_cases, pool) as bot:
        try:
            for _ in range(33):
                await bot.slack.say("maya", "#accounts", "/account acme")
            await bot.slack.until(lambda: len(acked(bot)) == 33)
            assert bot.slack.messages("#accounts", "maya") == []
        finally:
            release.set()
        await bot.slack.until(lambda: len(bot.slack.messages("#accounts", "maya")) == 33)
        assert not bot.slack.failures
    pool.close()


def wait_for(release: threading.Event) -> None:
    assert release.wait(60)


def deliveries(bot: Bot) -> list[Json]:
    return bot.slack.world.journal.deliveries


def acked(bot: Bot) -> list[str]:
    return [one["target"] for one in deliveries(bot) if one["outcome"] == "acked"]


async def test_the_ack_leaves_before_the_use_case_begins(bot: Bot) -> None:
    """Even with everything inline in one event loop."""
    order: list[str] = []
    bot.use_cases.before = lambda name: order.append(f"{name} after {len(acked(bot))} acks")
    [answer] = await bot.ask("maya", "#accounts", "/account acme")
    assert answer
    assert order[0] == "find_account after 1 acks"


async def test_a_socket_that_breaks_or_is_renewed_is_reconnected(socket_bot: Bot) -> None:
    for reason in ("warning", "refresh_requested"):
        await socket_bot.slack.disconnect(reason)
        await socket_bot.slack.connected()
        assert await socket_bot.ask("maya", "#accounts", "/account acme")
    for _ in range(3):
        socket_bot.slack.sockets.drop()
        await socket_bot.slack.connected()
        assert await socket_bot.ask("maya", "#accounts", "/account acme")


async def test_answers_under_way_are_finished_when_the_bot_stops() -> None:
    entered, release, use_cases, pool = threading.Event(), threading.Event(), FakeUseCases(), PoolRunner(1)

    def before(_name: str) -> None:
        entered.set()
        release.wait(10)

    use_cases.before = before
    async with running("socket", use_cases, pool) as bot:
        await bot.slack.say("maya", "#accounts", "/account acme")
        await asyncio.to_thread(entered.wait, 10)
        closing = asyncio.create_task(bot.app.close())
        await asyncio.sleep(0)
        release.set()
        await closing
        assert "Notice deadline" in said(bot.slack.messages("#accounts", "maya"))
    pool.close()


async def test_runners_pass_answers_and_errors() -> None:
    pool = PoolRunner(1, max_waiting=0)
    for runner in (InlineRunner(), pool):
        assert await runner(lambda: 7) == 7
        with pytest.raises(ZeroDivisionError):
            await runner(lambda: 1 // 0)
    pool.close()


async def test_a_full_pool_says_so() -> None:
    pool, release = PoolRunner(1, max_waiting=1), threading.Event()
    jobs = [asyncio.create_task(pool(release.wait)) for _ in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(Exception, match="Too many people"):
        await pool(lambda: 1)
    release.set()
    await asyncio.gather(*jobs)
    pool.close()
