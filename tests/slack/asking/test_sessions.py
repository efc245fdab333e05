"""The agent conversation: what is offered, that work shows and always ends showing, and that Stop stops it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from threading import Event, Semaphore

import pytest

from bot.sandbox import Sandbox
from bot.services.skills.desk import Drafting
from bot.slack.commands import SUGGESTED_PROMPTS
from bot.slack.growing import UNFINISHED
from bot.slack.ports import UseCases
from bot.slack.sessions import QUICK, STOPPED
from bot.slack.streams import Streams
from bot.storage.database import Database
from skills.model import Prompt, Reply
from tests.llm.scripted import Scripted, pick
from tests.services.asking.conftest import BOOK
from tests.services.clerk import Clerk
from tests.slack.conftest import Bot, Json, no_wait, running, said

STICKY = pick("metric", ("kpi", "how sticky", "nrr"), ("account", "Acme", None))
SLOW = "so how sticky is Acme really?"


@dataclass
class Slow(Scripted):
    """Says nothing before it may."""

    may: Event = field(default_factory=Event)
    calls: Semaphore = field(default_factory=partial(Semaphore, 0))

    def draft(self, prompt: Prompt, seconds: float) -> Reply:
        self.calls.release()
        self.may.wait(30)
        return super().draft(prompt, seconds)

    async def was_asked(self, times: int = 1) -> None:
        """Returns when it was; nothing in the workspace moves meanwhile."""
        for _ in range(times):
            assert await asyncio.to_thread(self.calls.acquire, timeout=20)


@pytest.fixture
def model() -> Slow:
    return Slow(STICKY)


class Told:
    """Time for those who wait for a status: it passes when the test says."""

    def __init__(self) -> None:
        self.passes = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        await (self.passes.wait() if seconds == QUICK else no_wait(seconds))


@pytest.fixture
async def told() -> Told:
    return Told()


@pytest.fixture
async def bot(sqlite_database: Database, tmp_path: Path, model: Slow, told: Told) -> AsyncIterator[Bot]:
    """The bot in front of a real book, with a model that takes its time; maya is Ida in it."""
    clerk = Clerk(sqlite_database, tmp_path / "files")

    def real(slack: Sandbox) -> UseCases:
        maya = slack.world.workspace.person("maya").id
        clerk.bring({**BOOK, "members.csv": BOOK["members.csv"].replace(",U1\n", f",{maya}\n")})
        return replace(clerk.desk, drafting=Drafting(model=model))

    async with running("socket", real=real, sleep=told.sleep) as found:
        yield found
        model.may.set()


def dm(bot: Bot, user: str = "maya") -> str:
    return bot.slack.world.workspace.dm(bot.slack.world.workspace.person(user).id).id


def session(bot: Bot) -> Json:
    """Of maya's newest thread."""
    mine = [one for one in bot.slack.messages("dm", "maya") if not one.get("bot_id")]
    return bot.slack.thread_facts(dm(bot), str(mine[-1]["ts"]))


async def busy(bot: Bot, told: Told) -> None:
    """Maya asked what takes a while, and Slack shows that it is worked on."""
    await bot.slack.say("maya", "dm", SLOW)
    told.passes.set()
    await bot.slack.until(lambda: session(bot).get("session_status") == "processing")


async def test_what_is_quick_shows_no_status(bot: Bot) -> None:
    assert "Ida Holm owns Acme" in said(await bot.ask("maya", "dm", "who owns acme?"))
    assert bot.slack.calls("agents.sessions.setStatus") == []


async def test_what_takes_a_while_shows_and_ends(bot: Bot, told: Told, model: Slow) -> None:
    await busy(bot, told)
    assert session(bot)["title"] == SLOW
    model.may.set()
    await bot.settled()
    assert session(bot)["session_status"] == "active"
    assert "NRR, 12 months to date, Acme" in said(bot.slack.messages("dm", "maya"))


async def test_it_ends_where_the_work_fails(bot: Bot, told: Told, model: Slow) -> None:
    model.says = {"query": object()}  # not even JSON: a fault of ours
    await busy(bot, told)
    model.may.set()
    await bot.settled()
    assert session(bot)["session_status"] == "active"
    assert "Something went wrong on our side (ref " in said(bot.slack.messages("dm", "maya"))


async def test_stop_ends_it_without_an_answer(bot: Bot, told: Told, model: Slow) -> None:
    await busy(bot, told)
    await bot.slack.stop_session("maya", "dm", str(bot.slack.messages("dm", "maya")[-1]["ts"]))
    await bot.settled()
    model.may.set()
    heard = said(bot.slack.messages("dm", "maya"))
    assert STOPPED in heard
    assert "NRR" not in heard
    assert session(bot)["session_status"] == "active"


async def test_stop_ends_a_review_that_is_drafted(bot: Bot, told: Told, model: Slow) -> None:
    asked = await bot.slack.say("maya", "dm", "qbr acme")
    told.passes.set()
    facts = partial(bot.slack.thread_facts, dm(bot), str(asked.ts))
    await bot.slack.until(lambda: facts().get("session_status") == "processing")
    await model.was_asked()
    await bot.slack.stop_session("maya", "dm", str(asked.ts))
    await bot.settled()
    model.may.set()
    heard = said(bot.slack.messages("dm", "maya"))
    assert UNFINISHED in heard
    assert STOPPED in heard
    assert facts()["session_status"] == "active"


async def test_who_waits_for_a_model_holds_up_nobody_else(bot: Bot, model: Slow) -> None:
    slow = (os.cpu_count() or 1) + 5  # as many as the event loop has threads for, and one more
    for _ in range(slow):
        await bot.slack.say("maya", "#accounts", f"<@U0STEWARD> {SLOW}")
    await model.was_asked(slow)
    await bot.slack.say("jonas", "dm", "who owns acme?")
    await bot.slack.until(lambda: "Ida Holm owns Acme" in said(bot.slack.messages("dm", "jonas")), timeout=5)
    model.may.set()


async def test_only_so_many_messages_grow_in_a_minute(bot: Bot) -> None:
    ts = str((await bot.slack.say("maya", "dm", "hello")).ts)
    await bot.settled()
    streams = Streams(bot.app.desk.messenger, lambda: 0.0)
    step = {"type": "task_update", "id": "a", "title": "Read the record", "status": "in_progress"}
    begun = [await streams.begin(dm(bot), ts, [step]) for _ in range(12)]
    assert begun[-1] is None
    assert len([one for one in begun if one is not None]) == len(bot.slack.calls("chat.startStream")) == 8


async def test_a_status_that_slack_does_not_take_costs_no_answer(bot: Bot, told: Told, model: Slow) -> None:
    bot.slack.fault("error", "agents.sessions.setStatus", times=2, code="missing_scope")
    await bot.slack.say("maya", "dm", SLOW)
    told.passes.set()
    await bot.slack.until(lambda: bool(bot.slack.calls("agents.sessions.setStatus")))
    model.may.set()
    await bot.settled()
    assert "NRR, 12 months to date, Acme" in said(bot.slack.messages("dm", "maya"))


def offered(bot: Bot, user: str = "maya") -> list[str]:
    return [one["message"] for one in bot.slack.thread_facts(dm(bot, user)).get("prompts", [])]


async def test_prompts_fit_the_person(bot: Bot) -> None:
    await bot.slack.open_home("maya", "messages")
    await bot.settled()
    assert 'brief "Acme"' in offered(bot)
    assert len(offered(bot)) == 4


async def looks_at(bot: Bot, user: str, channel: str) -> None:
    entity = {"type": "slack#/types/channel_id", "value": bot.slack.world.workspace.channel(channel).id}
    person = bot.slack.world.workspace.person(user).id
    await bot.slack.emit(
        {"type": "app_context_changed", "user": person, "channel": dm(bot, user), "context": {"entities": [entity]}}
    )
    await bot.settled()


async def test_prompts_fit_the_channel_that_somebody_looks_at(bot: Bot) -> None:
    await bot.ask("maya", "#accounts", "/account bind globex")
    await looks_at(bot, "maya", "#accounts")
    assert offered(bot)[0] == 'how is "Globex" doing?'
    await looks_at(bot, "maya", "#random")
    assert 'how is "Globex" doing?' not in offered(bot)


async def test_nothing_is_offered_about_a_channel_that_outsiders_read(bot: Bot) -> None:
    await bot.ask("maya", "#ext-halden-foods", "/account bind globex")
    await looks_at(bot, "maya", "#ext-halden-foods")
    assert offered(bot) == [message for _, message in SUGGESTED_PROMPTS]


@pytest.mark.parametrize("user", ["noor", "elena"])
async def test_outsiders_are_offered_nothing(bot: Bot, user: str) -> None:
    await bot.slack.open_home(user, "messages")
    await bot.settled()
    assert offered(bot, user) == []


@pytest.mark.parametrize("event", [{}, {"user": 1, "channel": []}, {"context": {"entities": 3}}])
async def test_an_event_that_lacks_what_it_should_have_does_nothing(bot: Bot, event: Json) -> None:
    await bot.slack.emit({"type": "app_context_changed", **event})
    await bot.slack.emit({"type": "agent_session_stopped", **event})
    await bot.settled()
    assert not bot.slack.failures
