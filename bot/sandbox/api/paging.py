"""Cursor pagination the way every list method does it."""

import base64
import binascii
from collections.abc import Sequence
from typing import TypeVar

from bot.sandbox.errors import Json, SlackError

T = TypeVar("T")


def read_limit(args: Json, default: int = 100) -> int:
    limit = int(args.get("limit") or default)
    if not 1 <= limit <= 1000:
        raise SlackError("invalid_limit")
    return limit


def make_cursor(kind: str, number: int) -> str:
    return base64.b64encode(f"{kind}:{number}".encode()).decode()


def read_cursor(args: Json, kind: str) -> int | None:
    """The number in a cursor of this kind; None when there is none. Raises invalid_cursor."""
    if not args.get("cursor"):
        return None
    try:
        name, _, number = base64.b64decode(args["cursor"], validate=True).decode().partition(":")
        if name != kind:
            raise SlackError("invalid_cursor")
        return int(number)
    except (binascii.Error, UnicodeDecodeError, ValueError):
        raise SlackError("invalid_cursor") from None


def page(items: Sequence[T], args: Json) -> tuple[list[T], str]:
    """One page and the next cursor ("" at the end); raises invalid_limit, invalid_cursor."""
    start = max(0, read_cursor(args, "next") or 0)
    end = start + read_limit(args)
    return list(items[start:end]), make_cursor("next", end) if end < len(items) else ""
