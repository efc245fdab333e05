"""What comes in, read once at the door: bytes in, a payload out that Bolt and every listener can walk through.

Refused is what nobody at Slack would have sent: no JSON, too deep, too many fields, nobody who did it. Left out is
whatever stands in a known place and is not what Slack puts there. What a known place holds may still be anything:
listeners check what they use.
"""

from __future__ import annotations

import json
from typing import Any, Final, NoReturn, Protocol
from urllib.parse import parse_qsl

from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.slack.payload_shapes import BODY, ENVELOPE, NEEDED, NEEDED_BY_COMMANDS, fitted, text_at

MOST_TEXT: Final = 40_000
"""Characters: the longest text that Slack lets anybody send. Longer ones are cut."""
_MOST_DEPTH = 60
_MOST_FIELDS = 100


class Dispatcher(Protocol):
    """Bolt's app, or whoever finds the one among several."""

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse: ...


class UnreadableError(Exception):
    """This is no payload of Slack's; the message says why, without quoting it."""


def read_http(body: bytes) -> dict[str, Any]:
    """The payload of a request whose signature was checked: JSON, a form, or a form with JSON in it. Which one is said
    by the body, as the content type may say anything. Raises `UnreadableError`."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        raise UnreadableError("no UTF-8") from None
    if text.lstrip()[:1] in ("{", "["):
        return taken(_json(text))
    try:
        form = dict(parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS))
    except ValueError:
        raise UnreadableError("too many fields") from None
    return taken(_json(form["payload"]) if "payload" in form else form)


def read_frame(frame: str) -> dict[str, Any] | None:
    """The envelope in a Socket Mode frame; None for anything else, such as the empty ones that Slack sends at times."""
    try:
        envelope: dict[str, Any] | None = fitted(_json(frame), ENVELOPE)
    except UnreadableError:
        return None
    return envelope


def taken(payload: object) -> dict[str, Any]:
    """The payload as listeners get it. Raises `UnreadableError`."""
    if not isinstance(payload, dict):
        raise UnreadableError("no object")
    body: dict[str, Any] = fitted(_clean(payload, 0), BODY)
    if body.get("type") is not None:
        body.pop("command", None)  # Bolt would take it for both
    if not _is_whole(body):
        raise UnreadableError("no kind that I take, or a part of one")
    return body


async def pass_on(app: Dispatcher, body: dict[str, Any], headers: dict[str, Any] | None = None) -> BoltResponse:
    """What Bolt answers to a payload that `read_http` or `taken` let in. To Bolt each came by Socket Mode, which is
    how it calls payloads that were read and verified before."""
    return await app.async_dispatch(AsyncBoltRequest(body=body, headers=headers, mode="socket_mode"))


def _is_whole(body: dict[str, Any]) -> bool:
    """Whether all is there that Bolt takes for granted, and who did it, whom an answer has to reach."""
    kind = body.get("type")
    if kind is None and "command" not in body:
        return "ssl_check" in body
    needed = NEEDED_BY_COMMANDS if kind is None else NEEDED.get(kind)
    return needed is not None and all(text_at(body, path) for path in needed)


def _json(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise UnreadableError("no JSON") from None


def _no_number(_constant: str) -> NoReturn:
    raise UnreadableError("NaN or Infinity")


def _clean(value: Any, depth: int) -> Any:
    """The same without what no database and no message can hold: half characters, NUL, texts without end."""
    if depth > _MOST_DEPTH:
        raise UnreadableError("too deep")
    if isinstance(value, str):
        return _clean_text(value)
    if isinstance(value, dict):
        return {_clean_text(key): _clean(one, depth + 1) for key, one in value.items()}
    if isinstance(value, list):
        return [_clean(one, depth + 1) for one in value]
    return value


def _clean_text(text: str) -> str:
    if text.isascii() and "\0" not in text and len(text) <= MOST_TEXT:
        return text
    return text[:MOST_TEXT].replace("\0", "").encode(errors="replace").decode()
