"""What people do in Slack and what they get, through Socket Mode and through signed HTTP."""

from __future__ import annotations

import json

import pytest

from bot.domain.ids import id_text
from bot.slack import values
from tests.slack import samples
from tests.slack.conftest import Bot, said


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("/account acme", "Notice deadline Tue 3 Mar 2026 (in 12 days)"),
        ("/account nordic", "no contract on record"),
        ("/account find acme", "Which account is “acme”?"),
        ("/account zzz", "No account is called “zzz”"),
        ("/account help", "who is known, who is missing"),
        ("/account", "who is known, who is missing"),
        ("/account help remind", "2 business days before renewal"),
        ("/account help account", "The state of one account"),
        ("/account book", "Maya's book"),
        ("/book sort:risk page 2", "page 2 of 3"),
        ("/book help", "sort:rank|renewal|risk|touch|name"),
        ("/renewals 30d", "Renewals in the next 30 days"),
        ("/renewals help", "3 months|12w"),
        ("/renewals soonish", "I cannot read “soonish”"),
        ("/book sort:size", "I sort by rank, renewal, risk, touch, name"),
    ],
)
async def test_commands_answer_the_asker_alone(bot: Bot, typed: str, expected: str) -> None:
    [answer] = await bot.ask("maya", "#accounts", typed)
    assert expected in said([answer])
    assert answer["is_ephemeral"]
    assert not bot.slack.failures
    assert expected not in said(bot.slack.messages("#accounts", "jonas"))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("<@U0STEWARD> acme", "Notice deadline"),
        ("<@U0STEWARD> renewals 60d", "Renewals in the next 60 days"),
        ("<@U0STEWARD> book", "Maya's book"),
        ("<@U0STEWARD> help", "I tell you how an account stands"),
        ("<@U0STEWARD>", "I tell you how an account stands"),
        ("<@U0STEWARD> renewals soonish", "for example `@Steward renewals 90d`"),
    ],
)
async def test_mentions_in_a_channel_and_in_a_thread(bot: Bot, typed: str, expected: str) -> None:
    [answer] = await bot.ask("maya", "#acct-acme", typed)
    assert expected in said([answer])
    assert answer["is_ephemeral"]
    thread = (await bot.slack.say("jonas", "#acct-acme", "what about them?")).ts
    await bot.slack.say("jonas", "#acct-acme", "anyone?", thread_ts=thread)
    [threaded] = await bot.ask("maya", "#acct-acme", typed, thread_ts=thread)
    assert threaded["thread_ts"] == thread
    assert threaded["is_ephemeral"]
    assert expected not in said(bot.slack.messages("#acct-acme", "jonas"))
    assert not bot.slack.failures


@pytest.mark.parametrize(
    ("typed", "expected"), [("acme", "Notice deadline"), ("book", "Maya's book"), ("?", "I tell you")]
)
async def test_direct_messages_are_answered_in_their_thread(bot: Bot, typed: str, expected: str) -> None:
    [answer] = await bot.ask("maya", "dm", typed)
    own = bot.slack.messages("dm", "maya")[0]
    assert expected in said([answer])
    assert answer["thread_ts"] == own["ts"]
    assert "is_ephemeral" not in answer
    assert values.SHARE not in said([answer])
    [again] = await bot.ask("maya", "dm", "renewals", thread_ts=own["ts"])
    assert again["thread_ts"] == own["ts"]


async def test_a_mention_inside_a_direct_message_is_answered_once(bot: Bot) -> None:
    assert len(await bot.ask("maya", "dm", "<@U0STEWARD> acme")) == 1


async def test_an_owner_by_mention_is_who_they_are_by_the_team_list(bot: Bot) -> None:
    bot.use_cases.members["U0JONAS"] = samples.ACME
    await bot.ask("maya", "#accounts", "/book @jonas sort:touch")
    assert bot.use_cases.last() == ("book", (f"member:{id_text(samples.ACME)}", None, "touch", 1))
    [answer] = await bot.ask("maya", "#accounts", "/book @priya")
    assert "priya is not in the team list; try a name" in said([answer])


async def test_a_choice_becomes_the_card(bot: Bot) -> None:
    twin = samples.CARD.model_copy(update={"name": "Acme Labs"})
    bot.use_cases.cards[samples.ACME + 50] = twin
    [choice] = await bot.ask("maya", "#accounts", "/account acme")
    assert "Acme Labs" in said([choice])
    seen = await bot.click("maya", "Acme Corp")
    assert "Which account" not in said(seen)
    assert "Notice deadline" in said(seen)
    assert len([message for message in seen if message.get("is_ephemeral")]) == 1


async def test_the_search_menu_finds_and_opens(bot: Bot) -> None:
    await bot.ask("maya", "#accounts", "/account zzz")
    assert await bot.slack.suggest("maya", values.PICK, "x", channel="#accounts") == []
    offered = await bot.slack.suggest("maya", values.PICK, "nordic", channel="#accounts")
    assert [option["text"]["text"] for option in offered] == ["Nordic Foods"]
    await bot.slack.pick("maya", values.PICK, "Nordic Foods", channel="#accounts")
    await bot.settled()
    seen = said(bot.slack.messages("#accounts", "maya"))
    assert "no contract on record" in seen
    assert "No account is called" not in seen


async def test_pages_sorting_and_refresh_replace(bot: Bot) -> None:
    await bot.ask("maya", "#accounts", "/book nordic")
    await bot.click("maya", "Next →")
    assert bot.use_cases.last() == ("book", (None, "nordic", "rank", 2))
    await bot.slack.pick("maya", values.SORT, "risk", channel="#accounts")
    await bot.settled()
    assert bot.use_cases.last() == ("book", (None, "nordic", "risk", 1))
    await bot.click("maya", "Refresh")
    await bot.click("maya", "Next →")
    seen = await bot.click("maya", "← Previous")
    assert len(seen) == 1
    await bot.ask("maya", "#accounts", "/renewals")
    await bot.click("maya", "30 days")
    assert bot.use_cases.last() == ("renewals", (30, "all", 1))
    assert not bot.slack.failures


async def test_open_answers_beside_the_list(bot: Bot) -> None:
    bot.use_cases.cards[samples.ACME + 1] = samples.CARD
    await bot.ask("maya", "#accounts", "/book")
    assert len(await bot.click("maya", "Open")) == 2
    await bot.ask("maya", "#accounts", "/account help")
    seen = await bot.click("maya", "Renewals")
    assert len(seen) == 4
    assert "Renewals in the next 90 days" in said(seen)


async def test_buttons_in_a_direct_message(bot: Bot) -> None:
    await bot.ask("maya", "dm", "acme")
    before = bot.slack.messages("dm", "maya")
    refreshed = await bot.choose("maya", "Refresh", "dm")
    assert len(refreshed) == len(before)
    await bot.ask("maya", "dm", "help", thread_ts=before[0]["ts"])
    after = await bot.click("maya", "My book", "dm")
    assert after[-1]["thread_ts"] == before[0]["ts"]
    assert "is_ephemeral" not in after[-1]


async def test_home_and_prompts(bot: Bot) -> None:
    await bot.slack.open_home("maya", "home")
    await bot.settled()
    view = json.dumps(bot.slack.home("maya"), ensure_ascii=False)
    assert "*My day*" in view
    assert "Account 0" in view
    await bot.slack.open_home("maya", "messages")
    await bot.settled()
    assert len(bot.slack.calls("assistant.threads.setSuggestedPrompts")) == 1
    assert not bot.slack.failures


async def test_opening_the_record_only_acks(bot: Bot) -> None:
    await bot.ask("maya", "#accounts", "/account acme")
    before = len(bot.slack.calls())
    await bot.choose("maya", "Open record")
    assert len(bot.slack.calls()) == before
    assert not bot.slack.failures


async def test_what_people_say_to_each_other_is_left_alone(bot: Bot) -> None:
    assert await bot.ask("maya", "#accounts", "acme looks fine to me") == []
    await bot.slack.say("maya", "dm", "acme")
    await bot.settled()
    count = len(bot.slack.messages("dm", "maya"))
    channel = bot.slack.world.workspace.dm("U0MAYA").id
    own = {"type": "message", "channel": channel, "channel_type": "im", "ts": "1.1", "text": "acme"}
    for event in (
        {**own, "user": "U0STEWARD", "bot_id": "B0STEWARD"},
        {**own, "user": "U0MAYA", "bot_id": "B0OTHER"},
        {**own, "subtype": "message_changed", "message": {"user": "U0MAYA", "text": "acme"}},
        {**own, "subtype": "message_deleted", "hidden": True},
        {**own, "user": "U0MAYA", "edited": {"user": "U0MAYA", "ts": "1.2"}},
    ):
        await bot.slack.emit(event)
    await bot.settled()
    assert len(bot.slack.messages("dm", "maya")) == count
    assert not bot.slack.failures
