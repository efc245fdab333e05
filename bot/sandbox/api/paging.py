"""Cursor pagination the way every list method does it."""

import base64
import binascii
from collections.abc import Sequence
from typing import TypeVar

from bot.sandbox.errors import Json, SlackError

T = TypeVar("T")


def page(items: Sequence[T], args: Json, *, default: int = 100) -> tuple[list[T], str]:
    """One page and the next cursor ("" at the end); raises invalid_limit, invalid_cursor."""
    limit = args.get("limit") or default
    if not 1 <= limit <= 1000:
        raise SlackError("invalid_limit")
    start = 0
    if args.get("cursor"):
        try:
            start = int(base64.b64decode(args["cursor"], validate=True).decode().removeprefix("next:"))
        except (binascii.Error, UnicodeDecodeError, ValueError):
            raise SlackError("invalid_cursor") from None
    end = start + limit
    cursor = base64.b64encode(f"next:{end}".encode()).decode() if end < len(items) else ""
    return list(items[start:end]), cursor
