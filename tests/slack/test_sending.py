"""Pacing, waiting and the log: what goes out, how fast, and what never does."""

from __future__ import annotations

import asyncio
import itertools
import json
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr
from slack_sdk.errors import SlackApiError

from bot.domain.ids import id_text
from bot.sandbox import Sandbox
from bot.slack import calls
from bot.slack.app import build_app
from bot.slack.calls import patiently, retry_after
from bot.slack.logs import SecretFilter, bolt_logger, redact
from bot.slack.messenger import Messenger, nothing_internal
from bot.slack.pacing import Pacer
from bot.slack.render.parts import simple
from bot.slack.runner import InlineRunner
from bot.slack.serve import StartError, serve_http, serve_socket
from tests.slack.conftest import running, said, settings_for
from tests.slack.fakes import FakeUseCases
from tests.slack.oracle import REPOSITORY
from tests.slack.samples import HOSTILE


class FakeTime:
    """A clock that moves when somebody sleeps; sleepers wake in the order of their times."""

    def __init__(self) -> None:
        self.now = 0.0
        self._count = itertools.count()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._sleepers.append((self.now + seconds, next(self._count), done))
        await done

    async def run(self, *work: Awaitable[object]) -> None:
        """Let the work go on, moving time to the next sleeper whenever all of it waits."""
        tasks = [asyncio.ensure_future(one) for one in work]
        while not all(task.done() for task in tasks):
            for _ in range(20):
                await asyncio.sleep(0)
            if self._sleepers:
                self._sleepers.sort()
                at, _, done = self._sleepers.pop(0)
                if not done.done():
                    self.now = max(self.now, at)
                    done.set_result(None)
        await asyncio.gather(*tasks)


async def test_a_channel_gets_a_burst_and_then_one_a_second() -> None:
    time = FakeTime()
    pacer = Pacer(time, time.sleep)
    at: list[float] = []

    async def post() -> None:
        await pacer.turn("C1", urgent=False)
        at.append(time.now)

    await time.run(*(post() for _ in range(8)))
    assert at == pytest.approx([0, 0, 0, 0, 1, 2, 3, 4])


async def test_replies_go_before_posts_and_channels_do_not_hold_up_each_other() -> None:
    time = FakeTime()
    pacer = Pacer(time, time.sleep)
    order: list[str] = []

    async def post(name: str, channel: str, urgent: bool) -> None:
        await pacer.turn(channel, urgent=urgent)
        order.append(name)

    posts = [post(f"post {number}", "C1", False) for number in range(8)]
    await time.run(*posts, post("reply", "C1", True), post("elsewhere", "C2", False))
    assert order[:4] == [f"post {number}" for number in range(4)]
    assert order[4:] == ["reply", "elsewhere", "post 4", "post 5", "post 6", "post 7"]


async def test_the_workspace_as_a_whole_is_paced() -> None:
    time = FakeTime()
    pacer = Pacer(time, time.sleep)
    await time.run(*(pacer.turn(f"C{number}", urgent=False) for number in range(120)))
    assert time.now == pytest.approx((120 - 15) / 5)


async def test_a_burst_of_posts_delays_no_reply() -> None:
    """5,000 wait in 500 channels; replies that come meanwhile, in the same channels or others, go out at once."""
    time = FakeTime()
    pacer = Pacer(time, time.sleep)
    waited: list[float] = []

    async def reply(after: float) -> None:
        await time.sleep(after)
        asked = time.now
        await pacer.turn(f"C{int(after) % 700}", urgent=True)
        waited.append(time.now - asked)

    posts = [pacer.turn(f"C{number % 500}", urgent=False) for number in range(5_000)]
    await time.run(*posts, *(reply(1.0 + number) for number in range(600)))
    assert len(waited) == 600
    assert max(waited) == pytest.approx(0)


async def test_who_gives_up_holds_up_nobody() -> None:
    time = FakeTime()
    pacer = Pacer(time, time.sleep)
    impatient = [asyncio.create_task(pacer.turn("C1", urgent=False)) for _ in range(9)]
    await asyncio.sleep(0)
    for one in impatient[4:8]:
        one.cancel()
    await time.run(*impatient[:4], impatient[8], pacer.turn("C1", urgent=False))
    assert time.now == pytest.approx(2)


async def test_a_pause_that_slack_asks_for_is_kept() -> None:
    time = FakeTime()
    pacer = Pacer(time, time.sleep)
    pacer.hold("C1", 7)
    await time.run(pacer.turn("C1", urgent=True))
    assert time.now == pytest.approx(7)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=40))
def test_everybody_gets_a_turn_and_no_channel_more_than_its_rate(turns: list[tuple[str, bool]]) -> None:
    async def check() -> None:
        time = FakeTime()
        pacer = Pacer(time, time.sleep)
        at: dict[str, list[float]] = {}

        async def post(channel: str, urgent: bool) -> None:
            await pacer.turn(channel, urgent=urgent)
            at.setdefault(channel, []).append(time.now)

        await time.run(*(post(channel, urgent) for channel, urgent in turns))
        for moments in at.values():
            for first, later in zip(moments, moments[6:], strict=False):
                assert later - first >= 1 - 1e-6

    asyncio.run(check())


def limited(after: str | None) -> SlackApiError:
    class Response(dict[str, object]):
        status_code = 429
        headers = {} if after is None else {"Retry-After": after}

    return SlackApiError("slow", Response(ok=False, error="ratelimited"))  # type: ignore[no-untyped-call]  # untyped


@pytest.mark.parametrize(("header", "seconds"), [("3", 3), (None, 1), ("soon", 1), ("0", 0.1)])
def test_retry_after(header: str | None, seconds: float) -> None:
    assert retry_after(limited(header)) == seconds


async def test_patience_ends() -> None:
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    async def call() -> None:
        raise limited("12")

    with pytest.raises(SlackApiError):
        await patiently(call, sleep)
    assert pauses == [12, 12]


async def test_messages_wait_for_slack_and_carry_no_previews() -> None:
    time = FakeTime()
    async with running("socket") as bot:
        messenger = Messenger(bot.app.desk.messenger.client, clock=time, sleep=time.sleep)
        bot.slack.fault("rate_limited", "chat.postMessage", seconds=4)
        posting = asyncio.create_task(
            messenger.post("C0ACCOUNTS", simple("hello"), urgent=False, recheck=nothing_internal)
        )
        await bot.slack.until(lambda: bool(bot.slack.calls("chat.postMessage")))
        await time.run(posting)
        assert time.now == pytest.approx(4)
        assert said(bot.slack.messages("#accounts", "maya")).count("hello") == 2
        with pytest.raises(SlackApiError):
            await messenger.post("C0NOWHERE", simple("hello"), recheck=nothing_internal)


@pytest.mark.parametrize(
    ("body", "is_ok"), [("ok", True), ('{"ok":true}', True), ('{"ok":false,"error":"x"}', False), ("[]", True)]
)
def test_response_url_answers(body: str, is_ok: bool) -> None:
    assert calls.is_ok(body) is is_ok


async def test_hostile_names_ping_nobody() -> None:
    """Through the whole way: every text in every payload that left."""
    use_cases = FakeUseCases()
    card = use_cases.cards.popitem()[1]
    for number, text in enumerate(HOSTILE):
        lone = text.replace("\ud800", "")
        evil = {"id": id_text(number + 1), "name": f"evil {lone}", "parent": lone, "segment": lone}
        use_cases.cards[number + 1] = card.model_copy(update=evil)
    async with running("socket", use_cases) as bot:
        for number in range(len(HOSTILE)):
            use_cases.cards = {number + 1: use_cases.cards[number + 1], **use_cases.cards}
            await bot.ask("maya", "#accounts", "/account evil")
            await bot.click("maya", "steward.turn:0")
            await bot.share("maya")
        shown = json.dumps(bot.slack.messages("#accounts", "jonas")) + json.dumps(
            bot.slack.messages("#accounts", "maya")
        )
        assert not [mark for mark in ("<!", "<@", "<http", "<mailto", "<#", "\\u202e", "\\u200b") if mark in shown]
        assert not [one for one in bot.slack.failures if one.kind != "ack_timeout"]


async def test_a_typed_ping_comes_back_harmless() -> None:
    async with running("socket") as bot:
        [answer] = await bot.ask("maya", "#accounts", "/account <!channel> & <https://evil.example|x>")
        assert not [mark for mark in ("<!", "<http") if mark in said([answer])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("token xoxb-1-2-abc here", "token xoxb-[redacted] here"),
        ("xoxe.xoxp-1-Mi0", "xoxe.xoxp-[redacted]"),
        ("xapp-1-A0-123-def", "xapp-[redacted]"),
        ("wss://x/link/?ticket=abc-123&app_id=A0", "wss://x/link/?ticket=[redacted]&app_id=A0"),
        ("https://hooks.slack.com/commands/T/1/x", "https://hooks.slack.com/[redacted]"),
        ("oauth.v2.access result with code: 12.ab - error", "oauth.v2.access result with code: [redacted] - error"),
        ("to postgresql://steward:hush@db/x", "to postgresql://steward:[redacted]@db/x"),
        ("DETAIL: Key (name)=(Acme) exists.", "DETAIL: [redacted]"),
        ("nothing here", "nothing here"),
    ],
)
def test_secrets_are_redacted(text: str, expected: str) -> None:
    assert redact(text) == expected


def test_the_log_filter(caplog: pytest.LogCaptureFixture) -> None:
    logger = bolt_logger("DEBUG")
    assert logger.level == logging.INFO
    try:
        raise ValueError("wss://x/?ticket=secret1")
    except ValueError:
        logger.exception("with %s", "xoxb-secret2")
    logger.info("Invalid request signature detected (signature: v0, body: secret3)")
    logger.warning("As you gave `client` as well, `token` will be unused.")
    assert len(caplog.records) == 2
    formatted = "\n".join(logging.Formatter().format(record) for record in caplog.records)
    assert "ValueError" in formatted
    assert not [one for one in ("secret1", "secret2", "secret3") if one in formatted]
    assert len([one for one in bolt_logger("INFO").filters if isinstance(one, SecretFilter)]) == 1


async def test_no_token_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with running("socket") as bot:
        await bot.ask("maya", "#accounts", "/account acme")
        for secret in (bot.slack.bot_token, bot.slack.app_token, bot.slack.signing_secret):
            assert secret not in caplog.text


Change = Callable[[Sandbox], dict[str, object]]


@pytest.mark.parametrize(
    ("serve", "changes", "sentence"),
    [
        (serve_socket, {"app_token": None}, "SLACK_APP_TOKEN is not set"),
        (serve_socket, {"bot_token": SecretStr("xoxb-wrong")}, "Slack refused SLACK_BOT_TOKEN"),
        (serve_socket, {"app_token": SecretStr("xapp-wrong")}, "Slack refused SLACK_APP_TOKEN"),
        (serve_http, {"signing_secret": None}, "SLACK_SIGNING_SECRET is not set"),
        (serve_http, {"bot_token": SecretStr("xoxb-wrong")}, "Slack refused SLACK_BOT_TOKEN"),
        (serve_http, {"slack_api_url": "http://127.0.0.1:9/api/"}, "Cannot reach Slack at http://127.0.0.1:9/api/"),
    ],
)
async def test_what_keeps_the_bot_from_starting_is_named(
    serve: Callable[..., Awaitable[None]], changes: dict[str, object], sentence: str
) -> None:
    async with Sandbox(REPOSITORY / "manifest.yml") as slack:
        settings = settings_for(slack, **changes)
        app = build_app(settings, FakeUseCases(), InlineRunner())
        with pytest.raises(StartError, match=sentence):
            await serve(app, settings)
        assert app.desk.messenger.client.session is not None
        assert app.desk.messenger.client.session.closed


async def test_a_taken_port_is_named() -> None:
    async with running("http") as bot:
        settings = settings_for(bot.slack, port=bot.port)
        with pytest.raises(StartError, match=f"Cannot listen on 127.0.0.1:{bot.port}"):
            await serve_http(build_app(settings, FakeUseCases(), InlineRunner()), settings)


async def test_the_port_is_free_again_after_stopping() -> None:
    async with running("http") as bot:
        port = bot.port
    with suppress(aiohttp.ClientError):
        async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/healthz"):
            pytest.fail("still listening")
