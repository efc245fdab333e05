"""Questions that a model read, in Slack: it says so, and what was not meant is taken back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.sandbox import Sandbox
from bot.services.skills.desk import Drafting
from bot.slack.ports import UseCases
from bot.storage.database import Database
from tests.llm.scripted import Scripted, pick
from tests.services.asking.conftest import BOOK
from tests.services.clerk import Clerk
from tests.slack.conftest import Bot, running, said

STICKY = pick("metric", ("kpi", "how sticky", "nrr"), ("account", "Acme", None))


@pytest.fixture
def model() -> Scripted:
    return Scripted(STICKY)


@pytest.fixture
async def bot(sqlite_database: Database, tmp_path: Path, model: Scripted) -> AsyncIterator[Bot]:
    """The bot in front of a real book, with a model; maya is Ida in it."""
    clerk = Clerk(sqlite_database, tmp_path / "files")

    def real(slack: Sandbox) -> UseCases:
        maya = slack.world.workspace.person("maya").id
        clerk.bring({**BOOK, "members.csv": BOOK["members.csv"].replace(",U1\n", f",{maya}\n")})
        return replace(clerk.desk, drafting=Drafting(model=model))

    async with running("socket", real=real) as found:
        yield found


async def test_it_says_that_a_model_read_it(bot: Bot) -> None:
    heard = said(await bot.ask("maya", "#accounts", "<@U0STEWARD> so how sticky is Acme really?"))
    assert "NRR, 12 months to date, Acme" in heard
    assert "read by a model (puppet), which chose the question above and nothing else" in heard


async def test_words_of_another_language_that_look_like_a_name(bot: Bot, model: Scripted) -> None:
    model.says = pick("owner", ("account", "Acme", None))
    assert "Ida Holm owns Acme" in said(await bot.ask("maya", "#accounts", "<@U0STEWARD> у кого Acme?"))
    model.says = pick("none")
    heard = said(await bot.ask("maya", "#accounts", "<@U0STEWARD> Neo Corp?"))
    assert "No account is called “Neo Corp”" in heard


async def test_what_was_not_meant_is_taken_back(bot: Bot) -> None:
    await bot.ask("maya", "#accounts", "<@U0STEWARD> so how sticky is Acme really?")
    assert "Forgotten: nothing follows it" in said(await bot.click("maya", "Not what I meant"))
    assert "NRR" not in said(await bot.ask("maya", "#accounts", "<@U0STEWARD> and globex?"))


async def test_a_name_that_may_be_longer_is_asked_about(bot: Bot, model: Scripted) -> None:
    model.says = pick("metric", ("kpi", "how sticky", "nrr"), ("account", "acme", None))
    heard = said(await bot.ask("maya", "#accounts", "<@U0STEWARD> so how sticky is neo acme really?"))
    assert "Which account is “acme”? I looked nothing up yet." in heard
    assert "NRR, 12 months to date, Acme" in said(await bot.click("maya", "Acme"))


async def test_outsiders_never_reach_it(bot: Bot, model: Scripted) -> None:
    await bot.ask("elena", "#ext-halden-foods", "<@U0STEWARD> so how sticky is Acme really?")
    assert model.asked == []
