"""Questions in Slack, against a real book: mentions, threads, direct messages, commands, and who hears nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.asking.queries import Said, Status
from bot.sandbox import Sandbox
from bot.services.desk import Desk
from bot.services.errors import BadInput
from bot.slack.ask_values import VERDICT, Held, decode, encode
from bot.slack.ports import UseCases
from bot.storage.database import Database
from tests.services.asking.conftest import BOOK
from tests.services.clerk import Clerk
from tests.slack.conftest import Bot, running, said


@pytest.fixture
async def bot(sqlite_database: Database, tmp_path: Path) -> AsyncIterator[Bot]:
    """The bot in front of a real book; maya is Ida in it."""
    clerk = Clerk(sqlite_database, tmp_path / "files")

    def real(slack: Sandbox) -> UseCases:
        maya = slack.world.workspace.person("maya").id
        clerk.bring({**BOOK, "members.csv": BOOK["members.csv"].replace(",U1\n", f",{maya}\n")})
        desk: Desk = clerk.desk
        return desk

    async with running("socket", real=real) as found:
        yield found


async def started(bot: Bot) -> str:
    """A thread in #accounts."""
    await bot.slack.say("maya", "#accounts", "Let us look at this")
    await bot.settled()
    return str(bot.slack.messages("#accounts", "maya")[-1]["ts"])


async def test_a_mention_is_answered_in_a_thread_for_everybody(bot: Bot) -> None:
    found = await bot.ask("maya", "#accounts", "<@U0STEWARD> which of my accounts renew in the next 90 days?")
    assert "2 contracts of 2 accounts" in said(found)
    assert "your accounts" in said(found)
    assert "Read: contracts and their dates" in said(found)
    assert "2 contracts" in said(bot.slack.messages("#accounts", "jonas"))
    [root] = [one for one in bot.slack.messages("#accounts", "jonas") if one["ts"] == found[0]["thread_ts"]]
    assert root["user"] == "U0MAYA"
    follow = await bot.ask("jonas", "#accounts", "<@U0STEWARD> and in the next 30 days?", thread_ts=root["ts"])
    assert "Renewals, next 30 days" in said(follow)


async def test_a_thread_keeps_its_subject(bot: Bot) -> None:
    root = await started(bot)
    first = await bot.ask("maya", "#accounts", "<@U0STEWARD> how is acme doing?", thread_ts=root)
    assert "health" in said(first).casefold()
    assert "Ida Holm owns Acme" in said(await bot.ask("maya", "#accounts", "<@U0STEWARD> who owns it?", thread_ts=root))
    labs = await bot.ask("maya", "#accounts", "<@U0STEWARD> and acme labs?", thread_ts=root)
    assert "Ole Berg owns Acme Labs" in said(labs)


async def test_a_card_that_was_shown_can_be_followed(bot: Bot) -> None:
    root = await started(bot)
    await bot.ask("maya", "#accounts", "<@U0STEWARD> globex", thread_ts=root)
    assert "Globex" in said(await bot.ask("maya", "#accounts", "<@U0STEWARD> when do they renew?", thread_ts=root))


async def test_a_direct_message_needs_no_mention_and_follows_for_a_while(bot: Bot) -> None:
    assert "Ana finds the pricing" in said(await bot.ask("maya", "dm", "what did acme say about pricing?"))
    assert "I found nothing about “pricing”" in said(await bot.ask("maya", "dm", "and globex?"))


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("/account ask who haven't we talked to in 60 days?", "without a conversation"),
        ("/account when does globex renew?", "Ends on 30 Apr 2026"),
        ("/account acme", "*Acme*"),
        ("/renewals of the acme labs folks", "Ends on 31 Dec 2026"),
        ("/account please delete acme", "I change nothing by conversation"),
        ("/account what's the weather in berlin", "I did not understand that"),
        ("/account ask", "What do you want to know?"),
        ("<@U0STEWARD> thanks!", "You are welcome."),
        ("<@U0STEWARD> accounts at risk", "Accounts at risk, all accounts"),
        ("<@U0STEWARD> people at acme", "Ana Ruiz"),
        ("<@U0STEWARD> nosuchname", "No account is called “nosuchname”"),
    ],
)
async def test_what_is_no_command_may_be_a_question(bot: Bot, typed: str, heard: str) -> None:
    assert heard in said(await bot.ask("maya", "#accounts", typed))


async def test_a_likeness_is_asked_about_and_the_choice_answered(bot: Bot) -> None:
    found = await bot.ask("maya", "#accounts", "<@U0STEWARD> open tickets of acmee")
    assert "Which account is “acmee”? I looked nothing up yet." in said(found)
    assert "Export broken" not in said(found)
    assert "Export broken" in said(await bot.click("maya", "Acme"))


async def test_all_rows_and_an_opinion_are_one_press_away(bot: Bot) -> None:
    found = await bot.ask("maya", "#accounts", "<@U0STEWARD> what happened with acme?")
    assert "contract K1" not in said(found)
    await bot.slack.pick("maya", VERDICT, "positive", channel="#accounts")
    await bot.settled()
    assert "Thank you: noted." in said(bot.slack.messages("#accounts", "maya"))
    assert "Contract K1 started" in said(await bot.click("maya", "Show the rows"))


async def test_an_account_that_was_chosen_stays_chosen_for_its_rows(bot: Bot) -> None:
    await bot.ask("maya", "#accounts", "<@U0STEWARD> what happened with acmee?")
    await bot.click("maya", "Acme")
    assert "Contract K1 started" in said(await bot.click("maya", "Show the rows"))


async def test_a_reminder_about_it_is_one_press_away(bot: Bot) -> None:
    await bot.ask("maya", "#accounts", "<@U0STEWARD> who owns acme?")
    await bot.click("maya", "Remind me about this")
    assert "views.open" in [call.method for call in bot.slack.calls()]


@pytest.mark.parametrize(
    ("user", "channel", "typed"),
    [
        ("noor", "#acct-acme", "<@U0STEWARD> which accounts renew in the next 90 days?"),
        ("noor", "dm", "what did acme say about pricing?"),
        ("noor", "#acct-acme", "/account ask how is acme doing?"),
        ("elena", "#ext-halden-foods", "<@U0STEWARD> how is acme doing?"),
        ("elena", "#ext-halden-foods", "<@U0STEWARD> Ida Holm owns what?"),
    ],
)
async def test_outsiders_hear_nothing(bot: Bot, user: str, channel: str, typed: str) -> None:
    heard = said(await bot.ask(user, channel, typed))
    assert "I answer this workspace's account team only" in heard
    assert not [word for word in ("Acme", "Ida", "contract", "pricing of seats") if word in heard]


async def test_a_colleague_among_customers_is_answered_privately(bot: Bot) -> None:
    [answer] = await bot.ask("maya", "#ext-halden-foods", "<@U0STEWARD> what did acme say about pricing?")
    assert answer["is_ephemeral"]
    assert "Ana finds the pricing" in said([answer])
    assert "pricing of seats" not in said(bot.slack.messages("#ext-halden-foods", "elena"))


def test_what_a_button_carries_is_checked() -> None:
    held = Held(Said(topic="x" * 120, account="y" * 120), "y" * 120, 4711)
    assert decode(encode(held)) == held
    assert len(encode(held)) <= 2_000
    assert decode(encode(Held(Status(account="Acme")))) == Held(Status(account="Acme"))
    assert decode(encode(Held(Status(account="Acme"), "Acme"))) == Held(Status(account="Acme"))
    for value in (
        None,
        "",
        "[]",
        '[{"query":"drop"},null,null]',
        '[{"query":"owner","account":"a"},null,"a"]',
        "{" * 3_000,
    ):
        with pytest.raises(BadInput):
            decode(value)
