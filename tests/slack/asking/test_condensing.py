"""Two sentences above the passages, the steps that lead to them, and pictures of what has a series."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from bot.sandbox import Sandbox
from bot.services.skills.desk import Drafting
from bot.slack.growing import NEEDED, UNFINISHED
from bot.slack.ports import UseCases
from bot.storage.database import Database
from skills.model import LLMUnavailable, Prompt, Reply, Usage
from tests.llm.puppet import claim, draft
from tests.services.asking.conftest import BOOK
from tests.services.clerk import Clerk
from tests.slack.conftest import Bot, Json, running, said

MORE = {
    "calls.csv": BOOK["calls.csv"]
    + "C8,1,ida@us.example,2026-02-26,call,Budget,Ana wants the pricing by seat to be flat\n"
    + "C9,1,ida@us.example,2026-03-02,call,Budget,Ana agreed that the pricing is fair with a discount of 12 percent\n",
    "usage.csv": "account_id,on,days,metric,value\n"
    + "".join(f"1,2025-{month:02}-01,30,seats,{100 - month}\n" for month in range(4, 13)),
}


@dataclass
class Writer:
    """A model that words the evidence: `says` is made from it."""

    lies: bool = False
    busy: bool = False
    breaks: bool = False
    asked: list[Prompt] = field(default_factory=list)

    def draft(self, prompt: Prompt, seconds: float) -> Reply:  # noqa: ARG002 - the model's protocol
        self.asked.append(prompt)
        if self.busy:
            raise LLMUnavailable("the model is busy")
        if self.breaks:
            raise RuntimeError("out of order")
        evidence = json.loads(prompt.evidence)["evidence"]
        words = "Everybody at Initech is delighted" if self.lies else "Ana wants the pricing to be flat"
        source = next(one for one in evidence if "flat" in one["text"])
        return Reply(text=json.dumps(draft([claim("answer", words, source["id"])])), usage=Usage(model="puppet"))


@pytest.fixture
def model() -> Writer:
    return Writer()


@pytest.fixture
async def bot(sqlite_database: Database, tmp_path: Path, model: Writer) -> AsyncIterator[Bot]:
    """The bot in front of a real book, with a model; maya is Ida in it."""
    clerk = Clerk(sqlite_database, tmp_path / "files")

    def real(slack: Sandbox) -> UseCases:
        maya = slack.world.workspace.person("maya").id
        clerk.bring({**BOOK, **MORE, "members.csv": BOOK["members.csv"].replace(",U1\n", f",{maya}\n")})
        return replace(clerk.desk, drafting=Drafting(model=model))

    async with running("socket", real=real) as found:
        yield found


async def summed_up(bot: Bot, channel: str = "dm") -> list[Json]:
    await bot.ask("maya", channel, "<@U0STEWARD> what did acme say about pricing?")
    return await bot.click("maya", "In two sentences", channel=channel)


async def test_passages_are_summed_up_with_their_sources(bot: Bot, model: Writer) -> None:
    newest = (await summed_up(bot))[-1]
    heard = said([newest])
    assert "Ana wants the pricing to be flat" in heard
    assert "Worded by puppet; every point was checked against its sources." in heard
    assert "discount of 12 percent" in heard  # the passages stay below
    assert "call" in heard
    given = json.loads(model.asked[0].evidence)
    assert given["topic"] == "pricing"
    assert all("pricing" in one["text"] for one in given["evidence"])


async def test_its_steps_show_in_the_message_that_grows(bot: Bot) -> None:
    newest = (await summed_up(bot))[-1]
    plan = next(block for block in newest["blocks"] if block["type"] == "plan")
    assert [(task["title"], task["status"]) for task in plan["tasks"]][-1] == (
        "Check every point against its sources", "complete",
    )  # fmt: skip
    assert {task["status"] for task in plan["tasks"]} == {"complete"}
    assert bot.slack.calls("chat.stopStream")


@pytest.mark.parametrize("fault", ["chat.startStream", "chat.stopStream"])
async def test_where_slack_streams_nothing_a_message_is_changed_in_place(bot: Bot, fault: str) -> None:
    bot.slack.fault("error", fault, times=1, code="internal_error")
    newest = (await summed_up(bot))[-1]
    assert "Ana wants the pricing to be flat" in said([newest])
    assert NEEDED.split("{")[0] not in said([newest])
    assert bot.slack.calls("chat.update")


async def test_what_cannot_be_traced_is_not_said(bot: Bot, model: Writer) -> None:
    model.lies = True
    heard = said([(await summed_up(bot))[-1]])
    assert "delighted" not in heard
    assert "Written without a model: nothing it wrote could be traced to the record." in heard
    assert "discount of 12 percent" in heard


async def test_a_model_that_is_busy_leaves_the_passages(bot: Bot, model: Writer) -> None:
    model.busy = True
    heard = said([(await summed_up(bot))[-1]])
    assert "Written without a model: the model is busy." in heard
    assert "discount of 12 percent" in heard


async def test_a_fault_leaves_nothing_that_seems_to_go_on(bot: Bot, model: Writer) -> None:
    model.breaks = True
    heard = said(await summed_up(bot))
    assert "Something went wrong on our side (ref " in heard
    assert '"status": "error"' in heard
    bot.slack.fault("error", "chat.startStream", times=1, code="internal_error")
    assert UNFINISHED in said(await bot.click("maya", "In two sentences", channel="dm"))


async def test_in_a_channel_the_asker_alone_reads_it(bot: Bot) -> None:
    await summed_up(bot, "#accounts")
    assert "Ana wants the pricing to be flat" in said(bot.slack.messages("#accounts", "maya"))
    assert "Ana wants the pricing to be flat" not in said(bot.slack.messages("#accounts", "jonas"))


async def test_only_what_one_account_said_can_be_summed_up(bot: Bot) -> None:
    assert "In two sentences" not in said(await bot.ask("maya", "dm", "what was said about pricing?"))
    assert "In two sentences" not in said(await bot.ask("maya", "dm", "what did globex say about dashboards?"))


@pytest.mark.parametrize(
    ("question", "file"),
    [
        ("arr of acme", "arr-acme-eur.png"),
        ("what renews in the next 90 days?", "renewals-eur.png"),
        ("how is the usage of acme?", "usage-1.png"),
    ],
)
async def test_a_series_is_drawn(bot: Bot, question: str, file: str) -> None:
    await bot.ask("maya", "dm", question)
    await bot.click("maya", "Chart it", channel="dm")
    names = [call.args["filename"] for call in bot.slack.calls("files.getUploadURLExternal")]
    assert names == [file]


async def test_what_has_no_series_offers_no_picture(bot: Bot) -> None:
    assert "Chart it" not in said(await bot.ask("maya", "dm", "who owns acme?"))


async def test_a_reminder_about_it_knows_the_account_and_the_subject(bot: Bot) -> None:
    await bot.ask("maya", "#accounts", "<@U0STEWARD> open tickets of acme")
    await bot.click("maya", "Remind me about this")
    form = json.dumps(bot.slack.modal("maya"))
    assert "About *Acme*" in form
    assert '"initial_value": "Open tickets, Acme"' in form
