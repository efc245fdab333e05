"""HTTP mode: the same deliveries as signed POSTs to the app's request URL."""

import hashlib
import hmac
import json
import time
from urllib.parse import urlencode

import aiohttp

from bot.sandbox.delivery import Ack, Delivery, Retry, UndeliveredError
from bot.sandbox.errors import Json
from bot.sandbox.world import World

HTTP_REASON = {"timeout": "http_timeout", "connection_failed": "connection_failed", "http_error": "http_error"}


def sign(secret: str, timestamp: int, body: str) -> str:
    """Slack's v0 request signature."""
    digest = hmac.new(secret.encode(), f"v0:{timestamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return f"v0={digest}"


class Webhooks:
    def __init__(self, world: World, request_url: str) -> None:
        self._world = world
        self.request_url = request_url
        self._session: aiohttp.ClientSession | None = None

    async def stop(self) -> None:
        if self._session is not None:
            await self._session.close()

    def headers(self, body: str, content_type: str, retry: Retry | None = None) -> dict[str, str]:
        # The receiver compares this timestamp with its own clock, so it is real time even when the sandbox's moved.
        stamp = int(time.time())
        signature = sign(self._world.secrets.signing_secret, stamp, body)
        headers = {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": str(stamp),
            "X-Slack-Signature": signature,
        }
        if retry is not None:
            reason = HTTP_REASON.get(retry.reason, "unknown_error")
            headers |= {"X-Slack-Retry-Num": str(retry.attempt), "X-Slack-Retry-Reason": reason}
        return headers | {"User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)"}

    def encode(self, delivery: Delivery) -> tuple[str, str]:
        """Body and content type: events are JSON, commands a flat form, interactions a form with one JSON field."""
        if delivery.kind == "events_api":
            return json.dumps(delivery.payload, ensure_ascii=False), "application/json"
        form = delivery.payload if delivery.kind == "slash_commands" else {"payload": json.dumps(delivery.payload)}
        return urlencode(form), "application/x-www-form-urlencoded"

    async def send(self, delivery: Delivery, retry: Retry | None) -> Ack:
        if self._world.faults.take("drop_socket", delivery.target):
            raise UndeliveredError("connection_failed")
        body, content_type = self.encode(delivery)
        try:
            session = self._open()
            headers = self.headers(body, content_type, retry)
            async with session.post(
                self.request_url, data=body.encode(), headers=headers, allow_redirects=False
            ) as answer:
                text = await answer.text()
                if not 200 <= answer.status < 300:
                    raise UndeliveredError("http_error", final=answer.headers.get("X-Slack-No-Retry") == "1")
                return Ack(_parse(text, answer.content_type))
        except aiohttp.ClientError:
            raise UndeliveredError("connection_failed") from None

    async def verify_url(self) -> bool:
        """Slack's url_verification handshake: the app must echo the challenge."""
        challenge = hashlib.sha256(self._world.secrets.verification_token.encode()).hexdigest()
        token = self._world.secrets.verification_token
        body = json.dumps({"token": token, "challenge": challenge, "type": "url_verification"})
        headers = self.headers(body, "application/json")
        async with self._open().post(self.request_url, data=body.encode(), headers=headers) as answer:
            return answer.status == 200 and challenge in await answer.text()

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession()
        return self._session


def _parse(text: str, content_type: str) -> Json:
    if not text.strip():
        return {}
    if content_type == "application/json":
        try:
            parsed = json.loads(text)
        except json.JSONDecodeError:
            raise UndeliveredError("http_error") from None
        return parsed if isinstance(parsed, dict) else {}
    return {"text": text}
