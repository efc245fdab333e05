"""HTTP mode: Bolt behind a real web server, signatures checked by slack_sdk."""

from collections.abc import AsyncIterator
from urllib.parse import parse_qs

import pytest
from aiohttp import web
from slack_sdk.signature import SignatureVerifier

from bot.sandbox import Manifest, Sandbox, SandboxClock
from tests.sandbox.conftest import START
from tests.sandbox.tiny_bot import make_app, seen_by


class Receiver:
    """A request URL that keeps what it got and answers as the test says."""

    def __init__(self) -> None:
        self.requests: list[tuple[dict[str, str], str]] = []
        self.answers: list[web.Response] = []
        self.url = ""

    async def handle(self, request: web.Request) -> web.Response:
        body = (await request.read()).decode()
        self.requests.append((dict(request.headers), body))
        if "url_verification" in body:
            return web.json_response({"challenge": (await request.json())["challenge"]})
        return self.answers.pop(0) if self.answers else web.Response()


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    there = Receiver()
    app = web.Application()
    app.router.add_post("/slack/events", there.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    there.url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    yield there
    await runner.cleanup()


@pytest.fixture
async def http(manifest: Manifest, receiver: Receiver) -> AsyncIterator[Sandbox]:
    clock = SandboxClock(START, running=False)
    async with Sandbox(manifest, clock=clock, request_url=receiver.url) as sandbox:
        yield sandbox


async def test_every_delivery_is_signed(http: Sandbox, receiver: Receiver) -> None:
    await http.say("maya", "#accounts", "/account acme é")
    await http.say("maya", "#accounts", "@steward hi")
    await http.quiet()
    verifier = SignatureVerifier(http.signing_secret)
    assert len(receiver.requests) == 2
    for headers, body in receiver.requests:
        assert verifier.is_valid_request(body, headers)
        assert not verifier.is_valid_request(body + " ", headers)


async def test_commands_are_forms_and_events_json(http: Sandbox, receiver: Receiver) -> None:
    receiver.answers = [web.json_response({"text": "Here", "response_type": "in_channel"})]
    await http.say("maya", "#accounts", "/account acme é")
    await http.quiet()
    headers, body = receiver.requests[0]
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert parse_qs(body)["text"] == ["acme é"]
    assert http.messages("#accounts", "jonas")[0]["text"] == "Here"


async def test_a_plain_text_answer_is_an_ephemeral_reply(http: Sandbox, receiver: Receiver) -> None:
    receiver.answers = [web.Response(text="just text")]
    assert [m["text"] for m in await http.ask("maya", "#accounts", "/account acme")] == ["just text"]
    assert http.messages("#accounts", "jonas") == []


async def test_the_url_is_verified(http: Sandbox) -> None:
    assert http.webhooks is not None
    assert await http.webhooks.verify_url()


async def test_failed_events_come_again_with_number_and_reason(http: Sandbox, receiver: Receiver) -> None:
    receiver.answers = [web.Response(status=500), web.Response(status=500)]
    await http.say("maya", "#accounts", "@steward hi")
    await http.quiet()
    http.advance(60)
    await http.quiet()
    retries = [(h.get("X-Slack-Retry-Num"), h.get("X-Slack-Retry-Reason")) for h, _ in receiver.requests]
    assert retries == [(None, None), ("1", "http_error"), ("2", "http_error")]
    assert [f.kind for f in http.failures] == ["http_error", "http_error"]


async def test_an_app_may_decline_retries(http: Sandbox, receiver: Receiver) -> None:
    receiver.answers = [web.Response(status=500, headers={"x-slack-no-retry": "1"})]
    await http.say("maya", "#accounts", "@steward hi")
    await http.quiet()
    http.advance(600)
    await http.quiet()
    assert len(receiver.requests) == 1


async def test_an_error_page_for_a_command_is_shown(http: Sandbox, receiver: Receiver) -> None:
    receiver.answers = [web.Response(status=503)]
    assert [m["text"] for m in await http.ask("maya", "#accounts", "/account acme")] == ["/account failed: http_error"]


async def test_a_request_url_nobody_serves(manifest: Manifest) -> None:
    clock = SandboxClock(START, running=False)
    async with Sandbox(manifest, clock=clock, request_url="http://127.0.0.1:9/slack/events") as sandbox:
        replies = await sandbox.ask("maya", "#accounts", "/account acme")
        assert [m["text"] for m in replies] == ["/account failed: connection_failed"]


async def test_a_real_bolt_app_behind_http(manifest: Manifest) -> None:
    """The tiny bot on Bolt's own web server: command, button, modal, mention, and the handshake."""
    async with Sandbox(manifest, request_url="http://127.0.0.1:9/") as sandbox:
        app = make_app(sandbox)
        runner = web.AppRunner(app.server(path="/slack/events").web_app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        assert sandbox.webhooks is not None
        sandbox.webhooks.request_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
        assert await sandbox.webhooks.verify_url()
        assert [m["text"] for m in await sandbox.ask("maya", "#accounts", "/account acme")] == ["Account acme"]
        await sandbox.click("maya", "log", channel="#accounts")
        await sandbox.until(lambda: sandbox.modal("maya") is not None)
        await sandbox.submit("maya", {"note": "bad"})
        await sandbox.quiet()
        shown = sandbox.modal("maya")
        assert shown is not None
        assert shown["errors"] == {"note": "Say more"}
        options = await sandbox.suggest("maya", "account_pick", "no", place="modal")
        assert len(options) == 1
        await sandbox.say("maya", "#accounts", "@steward hi")
        await sandbox.until(lambda: len(seen_by(app)) == 5)
        await sandbox.quiet()
        assert sandbox.failures == []
        await runner.cleanup()
