"""The HTTP door: limits of size and time, the signature before anything is parsed, then Bolt; and a health check."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, TypeAlias

from slack_sdk.signature import SignatureVerifier

from bot.slack.payloads import Dispatcher, UnreadableError, pass_on, read_http

log = logging.getLogger(__name__)
Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]

PATH = "/slack/events"
# Slack's largest payloads (a modal's view) are some 250 kB.
MOST_BYTES = 2_000_000
USUAL_BYTES = 100_000
MOST_HELD = 64_000_000
"""Of bodies that are being read, all together; above it only those of the usual size are taken."""
_MOST_AGE = 5 * 60
_LONGEST_STAMP = 12
_STAMP, _SIGNATURE = "x-slack-request-timestamp", "x-slack-signature"
_PASSED_ON = ("x-slack-retry-num", "x-slack-retry-reason")
_UNSIGNED = b'{"error":"invalid request"}'

# Slack gives up on an answer after three seconds; whoever takes longer to say something is not Slack.
MOST_SECONDS = 10.0


class TooLargeError(Exception):
    """The body is larger than anything Slack sends."""


class HttpEdge:
    """An ASGI application. The signature is checked over the bytes before anything reads them, and what cannot be
    signed right is refused before its body is taken."""

    def __init__(self, app: Dispatcher, signing_secret: str, *, most_seconds: float = MOST_SECONDS) -> None:
        self._app = app
        self._verifier = SignatureVerifier(signing_secret)
        self._most_seconds = most_seconds
        self._held = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        if scope["path"] == "/healthz" and scope["method"] in ("GET", "HEAD"):
            await answer(send, 200, b"ok")
        elif scope["path"] != PATH:
            await self.elsewhere(scope, send)
        elif scope["method"] != "POST":
            await answer(send, 405, b"method not allowed")
        else:
            await self._events(_headers(scope), receive, send)

    async def elsewhere(self, _scope: Scope, send: Send) -> None:
        """A request to another path."""
        await answer(send, 404, b"not found")

    async def _events(self, headers: dict[str, str], receive: Receive, send: Send) -> None:
        if not self._is_in_time(headers):
            await answer(send, 401, _UNSIGNED)
            return
        try:
            async with asyncio.timeout(self._most_seconds):
                body = await self._read(headers, receive)
        except TooLargeError:
            await answer(send, 413, b"too large")
            return
        except TimeoutError:
            await answer(send, 408, b"too slow")
            return
        if not self._is_signed(headers, body):
            await answer(send, 401, _UNSIGNED)
            return
        try:
            payload = read_http(body)
        except UnreadableError as error:
            log.warning("refused a signed request: %s", error)
            await answer(send, 400, b'{"error":"unreadable"}')
            return
        found = await pass_on(self._app, payload, {name: headers[name] for name in _PASSED_ON if name in headers})
        await answer(send, found.status, found.body.encode())

    async def _read(self, headers: dict[str, str], receive: Receive) -> bytes:
        """Raises TooLargeError, also for a large body among many: nobody is known before all of it is read."""
        announced = headers.get("content-length", "")
        if announced.isdecimal() and (len(announced) > _LONGEST_STAMP or int(announced) > MOST_BYTES):
            raise TooLargeError
        body = bytearray()
        try:
            while True:
                message = await receive()
                if message["type"] != "http.request":
                    return b""
                part = message.get("body", b"")
                body += part
                self._held += len(part)
                if len(body) > (MOST_BYTES if self._held <= MOST_HELD else USUAL_BYTES):
                    raise TooLargeError
                if not message.get("more_body", False):
                    return bytes(body)
        finally:
            self._held -= len(body)

    def _is_in_time(self, headers: dict[str, str]) -> bool:
        """Whether a signature is there, and of now: what else there is need not be read to refuse it."""
        stamp = headers.get(_STAMP, "")
        if _SIGNATURE not in headers or not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= _LONGEST_STAMP):
            return False
        return abs(self._verifier.clock.now() - int(stamp)) <= _MOST_AGE

    def _is_signed(self, headers: dict[str, str], body: bytes) -> bool:
        try:
            return bool(self._verifier.is_valid(body, headers[_STAMP], headers[_SIGNATURE]))
        except (ValueError, TypeError):
            # A signature that is not ASCII, a body that is not UTF-8.
            return False


def _headers(scope: Scope) -> dict[str, str]:
    """By lower-case name. Of what stands there twice the last: one and the same for every check."""
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}


async def answer(send: Send, status: int, body: bytes) -> None:
    """A whole response of ours."""
    kind = b"application/json" if body.startswith(b"{") else b"text/plain; charset=utf-8"
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
