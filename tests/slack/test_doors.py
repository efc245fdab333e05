"""What the two doors refuse, leave out, and never send: payloads that no Slack would make, addresses not Slack's."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

import pytest
import uvicorn
from uvicorn.server import ServerState

from bot.sandbox.webhooks import sign
from bot.slack.asgi import MOST_BYTES, MOST_HELD, PATH, HttpEdge
from bot.slack.calls import is_slacks
from bot.slack.connections import PromptProtocol
from bot.slack.messenger import ResponseUrlError
from bot.slack.payloads import MOST_TEXT, UnreadableError, read_frame, read_http, taken
from bot.slack.render.parts import simple
from tests.slack.conftest import Bot

SECRET = "s3cret"
PRESS = {"type": "block_actions", "user": {"id": "U1"}, "actions": [{"action_id": "a"}], "trigger_id": "1.2.x"}
BOOK = "command=%2Fbook&user_id=U1&trigger_id=1.2.x"
API = "https://slack.com/api/"


@pytest.mark.parametrize(
    ("url", "ours"),
    [
        ("https://hooks.slack.com/actions/T/1/x", True),
        ("https://HOOKS.slack.com:443/commands/T/1/x", True),
        ("https://hooks.slack-gov.com/commands/T/1/x", True),
        ("https://slack.com/x", True),
        ("http://hooks.slack.com/x", False),
        ("https://hooks.slack.com:8443/x", False),
        ("https://hooks.slack.com.evil.example/x", False),
        ("https://hooks.slack.com@evil.example/x", False),
        ("https://evil.example/hooks.slack.com/x", False),
        ("https://hooks.slack.com\\@evil.example/x", False),
        ("http://169.254.169.254/latest", False),
        ("http://127.0.0.1:8080/x", False),
        ("file:///etc/passwd", False),
        ("//hooks.slack.com/x", False),
        ("https://[::1", False),
        ("https://h\x00oks.slack.com/", False),
        ("x", False),
        ("", False),
    ],
)
def test_whose_address_it_is(url: str, ours: bool) -> None:
    assert is_slacks(url, API) is ours
    assert is_slacks("http://127.0.0.1:8080/x", "http://127.0.0.1:8080/api/")


async def test_nothing_is_sent_to_an_address_of_somebody_else(socket_bot: Bot) -> None:
    called: list[bytes] = []

    async def hear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        called.append(await reader.read(100))
        writer.close()

    stranger = await asyncio.start_server(hear, "127.0.0.1", 0)
    port = stranger.sockets[0].getsockname()[1]
    with pytest.raises(ResponseUrlError, match="not Slack's"):
        await socket_bot.app.desk.messenger.respond(f"http://127.0.0.1:{port}/x", simple("secret"))
    stranger.close()
    await stranger.wait_closed()
    assert called == []


@pytest.mark.parametrize(
    "body",
    [
        b"", b"x", b"{", b"[1]", b"7", b"\xff\xfe", b"null", b"payload={", b"payload=7", b"payload=", b"[" * 100_000,
        b'{"a":' * 50_000, b'{"type":"event_callback","event":7}', b'{"type":"event_callback"}', b'{"type":"x"}',
        b'{"type":"view_submission","user":{"id":"U1"},"view":{"type":"modal"}}', b"command=/account",
        json.dumps({**PRESS, "user": "U1"}).encode(), json.dumps({**PRESS, "user": {"id": 7}}).encode(),
        json.dumps({**PRESS, "actions": []}).encode(), json.dumps({**PRESS, "trigger_id": ""}).encode(),
        json.dumps({**PRESS, "type": "dialog_submission"}).encode(),
        b'{"type":"url_verification","challenge":NaN}', b'{"type":"url_verification","n":' + b"9" * 5_000 + b"}",
        urlencode([("command", "/account"), ("user_id", "U1"), *((f"f{n}", "") for n in range(200))]).encode(),
        json.dumps({**PRESS, "user": {"id": "U" * 501}}).encode(),
    ],
)  # fmt: skip
def test_no_payload(body: bytes) -> None:
    with pytest.raises(UnreadableError):
        read_http(body)


def test_what_is_read() -> None:
    read = read_http(f"{BOOK}&text=".encode())
    assert read == {"command": "/book", "user_id": "U1", "trigger_id": "1.2.x", "text": ""}
    assert read_http(b"payload=" + json.dumps(PRESS).encode()) == PRESS
    assert read_http(b' {"type":"url_verification","challenge":"c"}')["challenge"] == "c"
    assert read_http(b"ssl_check=1&token=t")["ssl_check"] == "1"
    assert read_http(f"{BOOK}&command=%2Faccount".encode())["command"] == "/account"
    both = {**PRESS, "command": "/book", "user_id": "U2"}
    assert "command" not in taken(both)


def test_what_does_not_belong_is_left_out() -> None:
    hostile: dict[str, Any] = {
        "channel": "C1", "container": [], "actions": [None, 7, {"action_id": "a", "value": {"x": 1}}], "view": 1,
        "team": {"id": "T1"}, "callback_id": 3, "response_url": "u" * 600, "enterprise": None, "new": {"any": [1]},
    }  # fmt: skip
    assert taken({**PRESS, **hostile}) == {
        **PRESS, "team": {"id": "T1"}, "enterprise": None, "new": {"any": [1]},
    }  # fmt: skip


def test_text_is_what_can_be_kept() -> None:
    read = taken({**PRESS, "view": {"private_metadata": "a\0b\ud800c", "x\0": ["\udfff" * 2]}, "long": "é" * 50_000})
    assert read["view"] == {"private_metadata": "ab?c", "x": ["??"]}
    assert read["long"] == "é" * MOST_TEXT


@pytest.mark.parametrize("frame", ["", "x", "[]", "7", "{", "null", '{"a":' * 50_000, '{"type":NaN}'])
def test_no_envelope(frame: str) -> None:
    assert read_frame(frame) is None


def test_an_envelope_without_what_does_not_belong() -> None:
    frame = '{"type":"hello","envelope_id":["x"],"payload":[],"retry_attempt":"1","retry_reason":{}}'
    assert read_frame(frame) == {"type": "hello"}


@pytest.mark.parametrize("state", ["{", "[1]", None, "x" * 4_000])
async def test_a_form_of_an_earlier_version_stays_open_and_says_so(socket_bot: Bot, state: str | None) -> None:
    """What was typed is not lost."""
    fields = [{"type": "section", "block_id": "s"}, {"type": "input", "block_id": "text"}]
    view = {"type": "modal", "callback_id": "steward.plan.form", "private_metadata": state, "blocks": fields}
    body = {"type": "view_submission", "user": {"id": "U0MAYA"}, "view": view}
    status, answer = await post(HttpEdge(socket_bot.app, SECRET), json.dumps(body).encode())
    assert status == 200
    assert json.loads(answer) == {
        "response_action": "errors",
        "errors": {"text": "This form is from an earlier version of mine. Copy your text, close it, and open it anew."},
    }


async def post(edge: HttpEdge, body: bytes, **more: str) -> tuple[int, str]:
    """What the door answers to this body, signed."""
    stamp = int(time.time())
    signed = {"x-slack-request-timestamp": str(stamp), "x-slack-signature": sign(SECRET, stamp, body.decode()), **more}
    return await carry(edge, [body], signed)


async def carry(edge: HttpEdge, parts: list[bytes], headers: dict[str, str]) -> tuple[int, str]:
    """The same with any headers; a body whose last part is empty never ends."""
    sent: list[Any] = []
    rest = list(parts)
    scope = {
        "type": "http", "method": "POST", "path": PATH, "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }  # fmt: skip

    async def receive() -> dict[str, Any]:
        if rest == [b""]:
            await asyncio.Event().wait()
        return {"type": "http.request", "body": rest.pop(0), "more_body": bool(rest)}

    async def send(message: Any) -> None:
        sent.append(message)

    await edge(scope, receive, send)
    return sent[0]["status"], sent[1]["body"].decode()


async def test_who_is_slow_is_not_slack(socket_bot: Bot) -> None:
    edge = HttpEdge(socket_bot.app, SECRET, most_seconds=0.01)
    stamp = str(int(time.time()))
    status, _ = await carry(edge, [b"a", b""], {"x-slack-request-timestamp": stamp, "x-slack-signature": "v0=x"})
    assert status == 408


async def test_many_large_bodies_at_once_are_too_much(socket_bot: Bot) -> None:
    """Nobody is known before their body is read, so there is only so much of it."""
    edge = HttpEdge(socket_bot.app, SECRET, most_seconds=0.1)
    fresh = {"x-slack-request-timestamp": str(int(time.time())), "x-slack-signature": "v0=x"}
    large = bytes(MOST_BYTES - 1)
    found = await asyncio.gather(*(carry(edge, [large, b""], fresh) for _ in range(40)), carry(edge, [b"small"], fresh))
    statuses = Counter(status for status, _ in found)
    assert statuses == {408: MOST_HELD // len(large), 413: 40 - MOST_HELD // len(large), 401: 1}
    assert (await carry(edge, [large], fresh))[0] == 401


async def test_what_cannot_be_signed_is_not_even_read(socket_bot: Bot) -> None:
    edge = HttpEdge(socket_bot.app, SECRET)
    now = str(int(time.time()))
    for stamp in ("", "soon", "-1", "1e9", "९", "9" * 30, str(int(now) - 301), str(int(now) + 301)):
        status, _ = await carry(edge, [b""], {"x-slack-request-timestamp": stamp, "x-slack-signature": "v0=x"})
        assert status == 401
    assert (await carry(edge, [b""], {"x-slack-request-timestamp": now}))[0] == 401
    fresh = {"x-slack-request-timestamp": now, "x-slack-signature": "v0=x"}
    for length in ("2000001", "9" * 5_000):
        assert (await carry(edge, [b""], {**fresh, "content-length": length}))[0] == 413


async def test_who_never_says_what_they_want_is_cut_off(socket_bot: Bot) -> None:
    class Hasty(PromptProtocol):
        seconds = 0.01

    config = uvicorn.Config(HttpEdge(socket_bot.app, SECRET), http=Hasty, log_config=None, lifespan="off")
    config.load()
    state = ServerState()
    server = await asyncio.get_running_loop().create_server(lambda: Hasty(config, state, {}), "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        for said in (b"", b"POST /slack/events HTTP/1.1\r\nx-slack-sig"):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(said)
            with suppress(ConnectionResetError):
                assert await reader.read() == b""
            writer.close()
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert (await reader.readline()).startswith(b"HTTP/1.1 200")
        writer.close()
