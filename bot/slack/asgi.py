"""The HTTP door: a size limit, the signature before anything is parsed, then Bolt; and a health check."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, TypeAlias

from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier

Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]

PATH = "/slack/events"
# Slack's largest payloads (a modal's view) are some 250 kB.
MOST_BYTES = 2_000_000


class TooLargeError(Exception):
    """The body is larger than anything Slack sends."""


class HttpEdge:
    """An ASGI application. Bolt checks the signature too; doing it here first keeps unsigned bytes from its parsers,
    whose failures would answer 500 and fill the log."""

    def __init__(self, app: AsyncApp, signing_secret: str) -> None:
        self._bolt = AsyncSlackRequestHandler(app, PATH)
        self._verifier = SignatureVerifier(signing_secret)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        if scope["path"] == "/healthz" and scope["method"] in ("GET", "HEAD"):
            await _answer(send, 200, b"ok")
        elif scope["path"] != PATH:
            await _answer(send, 404, b"not found")
        elif scope["method"] != "POST":
            await _answer(send, 405, b"method not allowed")
        else:
            await self._events(scope, receive, send)

    async def _events(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            body = await _read(receive)
        except TooLargeError:
            await _answer(send, 413, b"too large")
            return
        if not self._is_signed(scope, body):
            await _answer(send, 401, b'{"error":"invalid request"}')
            return

        async def replay() -> MutableMapping[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        try:
            await self._bolt(scope, replay, send)  # type: ignore[arg-type]  # Bolt types the scope as its own dict
        except (ValueError, AttributeError, RecursionError):
            # Signed, but no payload: only building Bolt's request can raise, its dispatch answers by itself.
            await _answer(send, 400, b'{"error":"unreadable"}')

    def _is_signed(self, scope: Scope, body: bytes) -> bool:
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        timestamp, signature = headers.get(b"x-slack-request-timestamp"), headers.get(b"x-slack-signature")
        if timestamp is None or signature is None:
            return False
        try:
            return bool(self._verifier.is_valid(body, timestamp, signature))
        except (ValueError, TypeError):
            # A timestamp that is no number, a signature that is not ASCII, a body that is not UTF-8.
            return False


async def _read(receive: Receive) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return b""
        body += message.get("body", b"")
        if len(body) > MOST_BYTES:
            raise TooLargeError
        if not message.get("more_body", False):
            return bytes(body)


async def _answer(send: Send, status: int, body: bytes) -> None:
    kind = b"application/json" if body.startswith(b"{") else b"text/plain; charset=utf-8"
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
