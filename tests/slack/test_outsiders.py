"""Guests, people of other companies, bots and the unknown get a polite sentence and nothing internal."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.domain.audience import Role
from bot.sandbox.records import Call
from bot.slack.identity import Me, person_of
from tests.slack.conftest import Bot, running, said

ME = Me("T1", None, "B1", "U1")
INTERNAL = ("Notice deadline", "Maya Lindqvist", "1,200,000", "Account 0", "Acme Corp")


def sent(bot: Bot) -> str:
    calls: list[Call] = bot.slack.calls()
    return json.dumps([call.args for call in calls], ensure_ascii=False)


@pytest.mark.parametrize(
    ("user", "channel", "typed"),
    [
        ("noor", "#acct-acme", "/account acme"),
        ("noor", "#acct-acme", "/book"),
        ("noor", "#acct-acme", "<@U0STEWARD> acme"),
        ("noor", "dm", "renewals"),
        ("noor", "dm", "hello"),
        ("noor", "#acct-acme", "/account help"),
        ("noor", "#acct-acme", "/account timeline acme"),
        ("noor", "#acct-acme", "/account people acme"),
        ("noor", "dm", "why acme"),
        ("elena", "#ext-halden-foods", "<@U0STEWARD> timeline acme"),
        ("elena", "#ext-halden-foods", "<@U0STEWARD> acme"),
        ("elena", "#ext-halden-foods", "<@U0STEWARD> book all"),
    ],
)
async def test_outsiders_are_refused_politely(bot: Bot, user: str, channel: str, typed: str) -> None:
    [answer] = await bot.ask(user, channel, typed)
    assert "I answer this workspace's account team only" in said([answer])
    assert bot.use_cases.asked == []
    assert not [word for word in INTERNAL if word in sent(bot) + said([answer])]


async def test_a_mistake_behind_the_edge_lets_no_outsider_in(bot: Bot) -> None:
    bot.use_cases.trusting = True
    [answer] = await bot.ask("noor", "#acct-acme", "/account acme")
    assert "account team only" in said([answer])
    [answer] = await bot.ask("elena", "#ext-halden-foods", "<@U0STEWARD> book")
    assert "account team only" in said([answer])


async def test_a_colleague_in_a_shared_channel_is_answered_privately(bot: Bot) -> None:
    [answer] = await bot.ask("maya", "#ext-halden-foods", "<@U0STEWARD> acme")
    assert answer["is_ephemeral"]
    assert "Notice deadline" in said([answer])
    assert "Notice deadline" not in said(bot.slack.messages("#ext-halden-foods", "elena"))


async def test_a_customer_who_comes_later_cannot_open_a_shared_card(bot: Bot) -> None:
    await bot.ask("maya", "#accounts", "/account acme")
    await bot.share("maya")
    bot.slack.world.workspace.channel("#accounts").members.append("U0NOOR")
    before = len(bot.use_cases.asked)
    seen = await bot.click("noor", "Show me")
    assert "account team only" in said(seen)
    assert len(bot.use_cases.asked) == before


async def test_a_guest_sees_no_accounts_in_home_and_in_the_search(bot: Bot) -> None:
    await bot.slack.open_home("noor", "home")
    await bot.settled()
    home = json.dumps(bot.slack.home("noor"))
    assert "account team only" in home
    assert not [word for word in INTERNAL if word in home]
    await bot.ask("maya", "#acct-acme", "/account zzz")
    bot.use_cases.roles["U0MAYA"] = Role.GUEST
    assert await bot.slack.suggest("maya", "steward.pick", "acme", channel="#acct-acme") == []


async def test_roles_count_at_once_and_slack_facts_after_five_minutes() -> None:
    now = [1000.0]
    async with running("socket", clock=lambda: now[0]) as bot:
        await bot.ask("maya", "#accounts", "/account acme")
        await bot.ask("maya", "#accounts", "/account acme")
        assert len(bot.slack.calls("users.info")) == 1
        bot.use_cases.roles["U0MAYA"] = Role.GUEST
        assert "account team only" in said(await bot.ask("maya", "#accounts", "/account acme"))
        bot.use_cases.roles.clear()
        bot.slack.world.workspace.person("maya").role = "guest"
        now[0] += 301
        assert "account team only" in said(await bot.ask("maya", "#accounts", "/account acme"))


async def test_use_cases_learn_who_asks(bot: Bot) -> None:
    await bot.ask("maya", "#accounts", "/account help")
    who = bot.use_cases.people["U0MAYA"]
    assert (who.name, who.email, who.tz) == ("maya", "maya.lindqvist@steward.example", "Europe/Stockholm")


async def test_authorisation_costs_one_call_in_all(bot: Bot) -> None:
    for _ in range(3):
        await bot.ask("maya", "#accounts", "/account acme")
    assert len(bot.slack.calls("auth.test")) == 1


@pytest.mark.parametrize(
    ("user", "fact"),
    [
        ({"id": "U9"}, "is_external"),
        ({"id": "U9", "team_id": "T2"}, "is_external"),
        ({"id": "U9", "team_id": "T1", "is_stranger": True}, "is_external"),
        ({"id": "U9", "team_id": "T1", "is_restricted": True}, "is_guest"),
        ({"id": "U9", "team_id": "T1", "is_ultra_restricted": True}, "is_guest"),
        ({"id": "U9", "team_id": "T1", "is_bot": True}, "is_bot"),
        ({"id": "USLACKBOT", "team_id": "T1"}, "is_bot"),
        ({"id": "U9", "team_id": "T1", "deleted": True}, "deleted"),
    ],
)
def test_who_is_an_outsider(user: dict[str, Any], fact: str) -> None:
    assert getattr(person_of(user, ME), fact) is True


def test_a_colleague_is_none_of_that() -> None:
    who = person_of(
        {"id": "U9", "team_id": "T1", "profile": {"real_name": "Maya", "email": "m@x"}, "is_owner": True}, ME
    )
    assert (who.name, who.email, who.is_admin) == ("Maya", "m@x", True)
    assert not any((who.is_external, who.is_guest, who.is_bot, who.deleted))
