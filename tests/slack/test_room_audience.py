"""The least-cleared reader of a channel decides what is posted there, with real access rules."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.domain.audience import Reach
from bot.domain.policy.access import AccessPolicy, Person, Reaches
from bot.sandbox import Sandbox
from bot.slack.ports import UseCases
from bot.storage.database import Database
from bot.storage.tables import restricted_account
from tests.services.access.book import FILES
from tests.services.clerk import NOW, SELF, Clerk
from tests.slack.conftest import Bot, Json, running, said

SECRET = "Crux"


@pytest.fixture
async def bot(request: pytest.FixtureRequest, sqlite_database: Database, tmp_path: Path) -> AsyncIterator[Bot]:
    """Maya is Pia, who works on Crux; Jonas is Ida, Ingrid is Ole. Crux is restricted. The parameter is an access
    policy other than the one that comes with Steward."""
    clerk = Clerk(sqlite_database, tmp_path / "files")
    users = {"U3": "U0MAYA", "U1": "U0JONAS", "U2": "U0INGRID"}

    def real(_slack: Sandbox) -> UseCases:
        members = FILES["members.csv"]
        for old, new in users.items():
            members = members.replace(f",{old}\n", f",{new}\n")
        accounts = FILES["accounts.csv"].replace(",currency\n", ",currency,url\n")
        accounts = accounts.replace(",EUR\n", ",EUR,https://crm.example/a\n")
        clerk.bring({**FILES, "members.csv": members, "accounts.csv": accounts})
        with clerk.database.writing(SELF, NOW) as writer:
            one = clerk.row("account", name=SECRET).id
            writer.execute(restricted_account.insert(), {"account_id": one, "named": [], "by": "shell", "at": NOW})
        desk = clerk.desk
        rules: Any = desk.rules
        return replace(desk, rules=replace(rules, access=getattr(request, "param", rules.access)))

    async with running("socket", real=real) as found:
        yield found


def for_all(bot: Bot, channel: str, user: str) -> list[Json]:
    seen = bot.slack.messages(channel, user)
    return [one for one in seen if one["user"] == "U0STEWARD" and not one.get("is_ephemeral")]


@pytest.mark.parametrize("channel", ["#accounts", "#leads"])
@pytest.mark.parametrize(
    "typed",
    ["crux", "book all", "renewals 300d all", "who owns crux?", "what did crux say about pricing?", "timeline crux"],
)
async def test_what_not_all_may_see_is_for_the_asker_alone(bot: Bot, channel: str, typed: str) -> None:
    [answer] = await bot.ask("maya", channel, f"<@U0STEWARD> {typed}")
    assert answer["is_ephemeral"]
    assert "Only you see this: not everybody here may see all of it." in said([answer])
    assert SECRET in said([answer])
    assert for_all(bot, channel, "ingrid") == []


async def test_what_all_may_see_is_for_all_and_hints_at_nothing(bot: Bot) -> None:
    [answer] = await bot.ask("jonas", "#accounts", "<@U0STEWARD> book all")
    assert "is_ephemeral" not in answer
    assert "Acme" in said([answer])
    assert SECRET not in said([answer])
    [answer] = await bot.ask("jonas", "#accounts", "<@U0STEWARD> crux")
    assert answer["is_ephemeral"]
    assert "No account is called “crux”" in said([answer])


async def test_a_shared_list_leaves_out_and_tells_the_sharer_alone(bot: Bot) -> None:
    await bot.ask("maya", "#accounts", "/book all")
    preview = (await bot.click("maya", "Share in channel"))[-1]
    assert "Left out, since not everybody here may see it: 1 account: Crux." in said([preview])
    await bot.click("maya", "Share")
    [shared] = for_all(bot, "#accounts", "jonas")
    assert "4 accounts" in said([shared])
    assert SECRET not in said([shared])
    assert preview["blocks"][1]["text"] == shared["blocks"][0]["text"]


async def test_a_card_that_not_all_may_see_is_not_shared(bot: Bot) -> None:
    await bot.ask("maya", "#leads", "/account crux")
    seen = await bot.click("maya", "Share in channel", "#leads")
    assert "Not everybody in this channel may see this account, so I keep it between us." in said(seen)
    assert for_all(bot, "#leads", "ingrid") == []


async def test_who_joins_after_the_preview_counts(bot: Bot) -> None:
    channel = bot.slack.world.workspace.channel("#leads")
    channel.members.remove("U0INGRID")
    await bot.ask("maya", "#leads", "/account crux")
    await bot.click("maya", "Share in channel", "#leads")
    channel.members.append("U0INGRID")
    seen = await bot.click("maya", "Share", "#leads")
    assert "Not everybody in this channel may see this account" in said(seen)
    assert for_all(bot, "#leads", "ingrid") == []
    await bot.ask("maya", "#leads", "<@U0STEWARD> crux")
    assert for_all(bot, "#leads", "ingrid") == []


MAYA_REACHES_ALL = AccessPolicy(
    reach=Reaches(member=Reach.OWN), people={"maya.lindqvist@steward.example": Person(reach=Reach.ALL)}
)


@pytest.mark.parametrize("bot", [MAYA_REACHES_ALL], indirect=True)
async def test_a_public_channel_is_open_to_whoever_may_see_least(bot: Bot) -> None:
    """Ingrid, a lead, reaches all: what Maya sees is hers to read, too, where nobody else can come in."""
    for channel, alone in (("#accounts", True), ("#leads", False)):
        [answer] = await bot.ask("maya", channel, "<@U0STEWARD> dune")
        assert bool(answer.get("is_ephemeral")) is alone


async def test_a_bookmark_goes_when_a_colleague_joins_who_may_not_see_the_account(bot: Bot) -> None:
    channel = bot.slack.world.workspace.channel("#leads")
    channel.members.remove("U0INGRID")
    assert "A bookmark shows it" in said(await bot.ask("maya", "#leads", "/account bind crux"))
    bot.slack.changes.join("ingrid", "#leads")
    await bot.settled()
    assert bot.slack.calls("bookmarks.remove")
    assert "No bookmark here. Not everybody here may see all of it" in said(
        await bot.ask("maya", "#accounts", "/account bind crux")
    )


async def test_no_reminder_goes_to_a_channel_where_somebody_may_not_see_the_account(bot: Bot) -> None:
    [answer] = await bot.ask("maya", "#leads", '/account remind crux "call them" tomorrow at 9 for #leads')
    assert "Not everybody in that channel may see this account." in said([answer])
    [answer] = await bot.ask("maya", "#leads", '/account remind dune "call them" tomorrow at 9 for #leads')
    assert "Not everybody" not in said([answer])
