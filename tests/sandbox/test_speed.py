"""Thousands of messages: the work of reading them grows with their number, not with its square."""

import sys
from types import FrameType
from typing import Any

import pytest

from bot.sandbox import Sandbox
from bot.sandbox.api.router import HANDLERS
from bot.sandbox.people import ACCOUNTS

Json = dict[str, Any]


def calls_of(slack: Sandbox, method: str, args: Json) -> int:
    """How many functions of Python's are called to read all pages."""
    count = 0

    def note(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(note)
    try:
        page: Json = {"has_more": True}
        while page["has_more"]:
            page = HANDLERS[method](slack.world, args)
            args = {**args, "cursor": (page.get("response_metadata") or {}).get("next_cursor")}
    finally:
        sys.setprofile(None)
    return count


def post(slack: Sandbox, text: str, **more: Any) -> str:
    return str(HANDLERS["chat.postMessage"](slack.world, {"channel": ACCOUNTS, "text": text, **more})["ts"])


def talk(slack: Sandbox, times: int, long: str) -> None:
    """Threads of one reply each, and as many replies in one long thread."""
    for number in range(times):
        post(slack, "reply", thread_ts=post(slack, str(number)))
        post(slack, "reply", thread_ts=long)


@pytest.mark.parametrize("method", ["conversations.history", "conversations.replies"])
def test_reading_grows_with_the_number_of_messages(slack: Sandbox, method: str) -> None:
    ts = post(slack, "long")
    args = {"channel": ACCOUNTS, "limit": 1000} | ({"ts": ts} if method == "conversations.replies" else {})
    talk(slack, 100, ts)
    few = calls_of(slack, method, args)
    talk(slack, 300, ts)
    assert 2 * few < calls_of(slack, method, args) < 6 * few, "four times the messages"


def test_a_look_at_the_newest_does_not_read_the_rest(slack: Sandbox) -> None:
    def look() -> int:
        args = {"channel": ACCOUNTS, "oldest": post(slack, "newest"), "inclusive": True}
        return calls_of(slack, "conversations.history", args)

    talk(slack, 2, post(slack, "long"))
    few = look()
    talk(slack, 200, post(slack, "long"))
    assert look() == few
