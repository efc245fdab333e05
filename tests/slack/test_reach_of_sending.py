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
from bot.slack import unfurls
from bot.slack.desk import Desk
from bot.slack.files import File
from bot.slack.messenger import Messenger, Posted, UncheckedError
from bot.slack.render.parts import simple
from bot.slack.streams import Streams
from bot.slack.unfurls import show_under_links
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
    "show": "nobody new",
    "set_session": "one person",
    "begin": "one person",
    "grow": "one person",
    "end": "one person",
    "show_under_links": "a channel",
}
SHOWN: Final[dict[str, Callable[..., Awaitable[object]]]] = {
    "post": lambda messenger, **more: messenger.post(CHANNEL, SAID, **more),
    "deliver": lambda messenger, **more: messenger.deliver(CHANNEL, SAID, **more),
    "upload": lambda messenger, **more: messenger.upload(CHANNEL, [PICTURE], "Acme churns.", **more),
    "revise": lambda messenger, **more: messenger.revise(CHANNEL, "1.1", SAID, **more),
    "set_bookmark": lambda messenger, **more: messenger.set_bookmark(CHANNEL, "Acme", "https://a.example", **more),
    "show_under_links": lambda messenger, **more: show_under_links(messenger, CHANNEL, "1.1", {"u": SAID}, **more),
}
# What only a direct message has.
PERSONAL: Final[dict[str, Callable[[Desk], Awaitable[object]]]] = {
    "suggest_prompts": lambda desk: desk.messenger.suggest_prompts(CHANNEL, [("Acme", "acme")]),
    "set_session": lambda desk: desk.messenger.set_session(CHANNEL, "1.1", "active"),
    "begin": lambda desk: desk.streams.begin(CHANNEL, "1.1", []),
    "grow": lambda desk: desk.streams.grow(Posted(CHANNEL, "1.1"), []),
    "end": lambda desk: desk.streams.end(Posted(CHANNEL, "1.1"), []),
}
# Slack's methods that show something; only these files may call them.
_SENDS = re.compile(
    r"client\.(?:chat_(?!getPermalink)|canvases_|bookmarks_|files_|views_|assistant_|agents_|pins_|reactions_|api_call)\w*"
)
_SENDERS = {"messenger.py", "files.py", "streams.py", "unfurls.py"}


@pytest.fixture
async def bot_of_test() -> AsyncIterator[Bot]:
    async with running("socket") as found:
        yield found


def test_every_way_to_send_is_known() -> None:
    senders = (Messenger, Streams, unfurls)
    found = [way for one in senders for way in inspect.getmembers(one, inspect.iscoroutinefunction)]
    here = {name for name, way in found if way.__module__.rpartition(".")[2] in ("messenger", "streams", "unfurls")}
    assert {name for name in here if not name.startswith("_")} == set(REACH)
    assert {name for name, reach in REACH.items() if reach == "a channel"} == set(SHOWN)


async def test_nothing_goes_to_a_channel_unchecked_or_against_the_check(bot_of_test: Bot) -> None:
    messenger: Any = bot_of_test.app.desk.messenger

    async def no() -> None:
        raise NotAllowed("A guest is here.")

    before = len(bot_of_test.slack.calls())
    for show in SHOWN.values():
        with pytest.raises((UncheckedError, TypeError)):
            await show(messenger)
    for personal in PERSONAL.values():
        with pytest.raises(UncheckedError):
            await personal(bot_of_test.app.desk)
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
