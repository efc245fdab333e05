"""Whoever addresses the bot gets a reply or a reason, whatever they write and whatever is out of order."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.sandbox import Sandbox
from bot.services.asking.ask import Asking
from bot.slack.ports import UseCases
from bot.storage.database import Database
from tests.services.asking.conftest import BOOK
from tests.services.clerk import NOW, SELF, Clerk
from tests.slack.conftest import Bot, Json, no_wait, running, said

BOT = "<@U0STEWARD>"
REFERENCE = re.compile(r"Something went wrong on our side \(ref [0-9a-f]{6}\)")


class Hurry:
    """A clock that is where somebody would wait for it to be: many messages to one place are paced."""

    def __init__(self) -> None:
        self.now = 0.0

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        await no_wait(seconds)


@pytest.fixture
def clerk(sqlite_database: Database, tmp_path: Path) -> Clerk:
    return Clerk(sqlite_database, tmp_path / "files")


@pytest.fixture
async def bot(clerk: Clerk) -> AsyncIterator[Bot]:
    """The bot in front of a real book; maya is Ida in it."""

    def real(slack: Sandbox) -> UseCases:
        maya = slack.world.workspace.person("maya").id
        clerk.bring({**BOOK, "members.csv": BOOK["members.csv"].replace(",U1\n", f",{maya}\n")})
        return clerk.desk

    hurry = Hurry()
    async with running("socket", real=real, sleep=hurry.sleep, clock=lambda: hurry.now) as found:
        yield found


SAID = [
    "",
    ":wave:",
    "👋🏽",
    "?!",
    "​",
    "<@U0JONAS>",
    "<@U0OTHERBOT> how is acme doing?",
    "how is acme doing? <!channel>",
    "¿cómo le va a acme?",
    "Wie geht es Acme?",
    "Acmeの更新はいつですか",
    "как дела у acme",
    "كيف حال acme",
    "acme " * 8_000,
    "a" * 39_000,
    "```\nSELECT * FROM account;\n```",
    "https://acme.example/renewal",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
]


@pytest.mark.parametrize("channel", ["#accounts", "dm"])
async def test_whatever_is_said_is_answered(bot: Bot, channel: str) -> None:
    for text in SAID:
        found = await bot.ask("maya", channel, f"{BOT} {text}" if channel != "dm" else text)
        assert found, f"silence after {text[:40]!r}"
        assert not REFERENCE.search(said(found)), text[:40]
        assert "<!channel>" not in said(found)
    assert not bot.slack.failures


@pytest.mark.parametrize("text", [":wave:", "👋🏽", "?!", ":thumbsup::skin-tone-3:"])
async def test_who_says_no_word_hears_what_can_be_asked(bot: Bot, text: str) -> None:
    assert "/account ask who needs a call?" in said(await bot.ask("maya", "dm", text))


def event(bot: Bot, ts: str, **more: object) -> Json:
    """A message of maya's in the direct message."""
    dm = bot.slack.world.workspace.dm(bot.slack.world.workspace.person("maya").id).id
    user = bot.slack.world.workspace.person("maya").id
    return {"type": "message", "channel": dm, "channel_type": "im", "user": user, "ts": ts, "text": "", **more}


def heard(bot: Bot, channel: str = "dm") -> list[Json]:
    me = bot.slack.world.workspace.person("maya").id
    return [one for one in bot.slack.messages(channel, "maya") if one["user"] != me]


async def own_message(bot: Bot, text: str, channel: str = "dm") -> str:
    await bot.ask("maya", channel, text)
    me = bot.slack.world.workspace.person("maya").id
    return next(str(one["ts"]) for one in reversed(bot.slack.messages(channel, "maya")) if one["user"] == me)


async def test_a_file_alone_is_answered(bot: Bot) -> None:
    ts = await own_message(bot, "hello")
    before = len(heard(bot))
    file = {"id": "F1", "name": "book.csv", "mimetype": "text/csv"}
    await bot.slack.emit(event(bot, "1700000000.000100", thread_ts=ts, subtype="file_share", files=[file]))
    await bot.settled()
    assert len(heard(bot)) == before + 1


def edited(bot: Bot, ts: str, was: str, now: str) -> Json:
    mine = event(bot, ts, text=now, edited={"user": event(bot, ts)["user"], "ts": "1700000001.000000"})
    changed = event(bot, "1700000001.000100", subtype="message_changed", hidden=True, message=mine)
    del changed["user"], changed["text"]
    return {**changed, "previous_message": event(bot, ts, text=was)}


async def test_what_was_edited_is_answered_anew_once(bot: Bot) -> None:
    ts = await own_message(bot, "who owns acmee?")
    for _ in range(2):  # Slack may deliver it again
        await bot.slack.emit(edited(bot, ts, "who owns acmee?", "who owns acme?"))
        await bot.settled()
    assert said(heard(bot)).count("Ida Holm owns Acme") == 2  # as text and in its block


async def test_an_edit_that_changes_no_word_is_left_alone(bot: Bot) -> None:
    ts = await own_message(bot, "who owns acme?")
    before = len(heard(bot))
    await bot.slack.emit(edited(bot, ts, "who owns acme?", "who owns acme?"))
    await bot.settled()
    assert len(heard(bot)) == before


async def test_a_mention_that_an_edit_brought_is_answered_and_none_twice(bot: Bot) -> None:
    ts = await own_message(bot, "who owns acme?", "#accounts")
    channel = bot.slack.world.workspace.channel("#accounts").id
    mention = event(bot, ts, type="app_mention", channel=channel, text=f"{BOT} who owns acme?", edited={"ts": "2.0"})
    assert heard(bot, "#accounts") == []
    for _ in range(2):
        await bot.slack.emit(mention)
        await bot.settled()
    assert len(heard(bot, "#accounts")) == 1


async def test_a_thread_that_is_broadcast_is_answered(bot: Bot) -> None:
    ts = await own_message(bot, "Let us look at this", "#accounts")
    channel = bot.slack.world.workspace.channel("#accounts").id
    more = {"channel": channel, "thread_ts": ts, "subtype": "thread_broadcast", "text": f"{BOT} who owns acme?"}
    await bot.slack.emit(event(bot, "1700000002.000100", type="app_mention", **more))
    await bot.settled()
    assert "Ida Holm owns Acme" in said(heard(bot, "#accounts"))


async def test_a_mention_by_another_bot_is_left_alone(bot: Bot) -> None:
    """Two bots that answer each other never end."""
    channel = bot.slack.world.workspace.channel("#accounts").id
    await bot.slack.emit(
        event(bot, "1700000003.000100", type="app_mention", channel=channel, bot_id="B0OTHER", text=f"{BOT} acme")
    )
    await bot.settled()
    assert heard(bot, "#accounts") == []


@contextmanager
def writing(database: Database) -> Iterator[None]:
    """Meanwhile somebody else writes."""
    with database.writing(SELF, NOW):
        yield


async def test_a_writer_is_waited_for(bot: Bot, clerk: Clerk) -> None:
    with writing(clerk.database):
        await bot.slack.say("maya", "dm", "who owns acme?")
        await bot.slack.until(lambda: bot.app.background.busy)
        assert heard(bot) == []
    await bot.settled()
    assert "Ida Holm owns Acme" in said(heard(bot))


async def test_slack_that_is_busy_is_waited_for(bot: Bot) -> None:
    bot.slack.fault("rate_limited", "chat.postMessage", times=1)
    assert "Ida Holm owns Acme" in said(await bot.ask("maya", "dm", "who owns acme?"))


async def test_slack_that_stays_busy_is_gone_around(bot: Bot) -> None:
    bot.slack.fault("error", "chat.postMessage", times=1, code="internal_error")
    assert "Ida Holm owns Acme" in said(await bot.ask("maya", "dm", "who owns acme?"))


async def test_a_use_case_that_breaks_gives_a_reference(
    bot: Bot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_args: object, **_more: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(Asking, "ask", broken)
    for channel, typed in (("#accounts", f"{BOT} who owns acme?"), ("dm", "who owns acme?")):
        caplog.clear()
        text = said(await bot.ask("maya", channel, typed))
        found = REFERENCE.search(text)
        assert found is not None
        assert "secret" not in text
        assert found[0].partition("(ref ")[2].rstrip(")") in caplog.text
