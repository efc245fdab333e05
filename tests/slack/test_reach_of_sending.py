"""Nothing is shown in a channel without a look right before at who reads along: true of every way to send."""

from __future__ import annotations

import inspect
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

import pytest

import bot.slack
from bot.services.errors import NotAllowed
from bot.slack.files import File
from bot.slack.messenger import Messenger, UncheckedError
from bot.slack.render.parts import simple
from tests.slack.conftest import Bot, running

Reach: TypeAlias = Literal["a channel", "one person", "nobody new"]
CHANNEL, SAID = "C0ACCOUNTS", simple("Acme churns.")
PICTURE = File("a.png", b"png", "A", "a picture")

# A new way to send has to be put here, and then into `SHOWN` when it can reach a channel.
REACH: Final[dict[str, Reach]] = {
    "post": "a channel",
    "deliver": "a channel",
    "upload": "a channel",
    "revise": "a channel",
    "set_bookmark": "a channel",
    "whisper": "one person",
    "respond": "one person",
    "open_view": "one person",
    "push_view": "one person",
    "update_view": "one person",
    "publish_home": "one person",
    "make_canvas": "one person",
    "suggest_prompts": "one person",
    "remove": "nobody new",
    "remove_bookmark": "nobody new",
    "permalink": "nobody new",
}
SHOWN: Final[dict[str, Callable[..., Awaitable[object]]]] = {
    "post": lambda messenger, **more: messenger.post(CHANNEL, SAID, **more),
    "deliver": lambda messenger, **more: messenger.deliver(CHANNEL, SAID, **more),
    "upload": lambda messenger, **more: messenger.upload(CHANNEL, [PICTURE], "Acme churns.", **more),
    "revise": lambda messenger, **more: messenger.revise(CHANNEL, "1.1", SAID, **more),
    "set_bookmark": lambda messenger, **more: messenger.set_bookmark(CHANNEL, "Acme", "https://a.example", **more),
}
# Slack's methods that show something; only these two files may call them.
_SENDS = re.compile(
    r"\.(?:chat_(?!getPermalink)|canvases_|bookmarks_|files_|views_|assistant_|agents_|pins_|reactions_|api_call)\w*"
)
_SENDERS = {"messenger.py", "files.py"}


@pytest.fixture
async def bot_of_test() -> AsyncIterator[Bot]:
    async with running("socket") as found:
        yield found


def test_every_way_to_send_is_known() -> None:
    ways = {name for name, _ in inspect.getmembers(Messenger, inspect.iscoroutinefunction) if not name.startswith("_")}
    assert ways == set(REACH)
    assert {name for name, reach in REACH.items() if reach == "a channel"} == set(SHOWN)


async def test_nothing_goes_to_a_channel_unchecked_or_against_the_check(bot_of_test: Bot) -> None:
    messenger: Any = bot_of_test.app.desk.messenger

    async def no() -> None:
        raise NotAllowed("A guest is here.")

    before = len(bot_of_test.slack.calls())
    for show in SHOWN.values():
        with pytest.raises((UncheckedError, TypeError)):
            await show(messenger)
    with pytest.raises(UncheckedError):
        await messenger.suggest_prompts(CHANNEL, [("Acme", "acme")])
    assert len(bot_of_test.slack.calls()) == before
    for show in SHOWN.values():
        with pytest.raises(NotAllowed):
            await show(messenger, recheck=no)
    # A file is handed over before anybody can see it.
    assert {call.method for call in bot_of_test.slack.calls()[before:]} == {"files.getUploadURLExternal"}
    assert bot_of_test.slack.messages(CHANNEL, "jonas") == []


def test_nobody_else_sends() -> None:
    room = Path(bot.slack.__file__).parent
    found = {
        f"{path.name}: {match}"
        for path in room.rglob("*.py")
        if path.name not in _SENDERS
        for match in _SENDS.findall(path.read_text(encoding="utf-8"))
    }
    assert found == set()
