"""Answers to clicks outside of messages: modals, above each other or in place of each other."""

from __future__ import annotations

import json

from bot.slack import values
from bot.slack.asks import Card
from bot.slack.render.modal import modal
from bot.slack.render.parts import Message, section
from tests.slack import samples
from tests.slack.conftest import Bot, said
from tests.slack.oracle import problems


def shown(bot: Bot, user: str = "maya") -> str:
    return json.dumps(bot.slack.modal(user), ensure_ascii=False)


def depth(bot: Bot, user: str = "U0MAYA") -> int:
    return len(bot.slack.world.views.stack(user))


async def open_card(bot: Bot) -> None:
    bot.use_cases.cards[samples.ACME + 1] = samples.CARD
    await bot.slack.open_home("maya", "home")
    await bot.settled()
    await bot.slack.click("maya", "Open", place="home")
    await bot.settled()


async def press(bot: Bot, action: str) -> None:
    await bot.slack.click("maya", action, place="modal")
    await bot.settled()


async def test_a_card_opens_from_home_as_a_modal(bot: Bot) -> None:
    await open_card(bot)
    view = bot.slack.modal("maya")
    assert view is not None
    assert view["title"]["text"] == "Acme Corp"
    assert "Notice deadline Tue 3 Mar 2026" in shown(bot)
    assert "Share in channel" not in shown(bot)
    assert bot.slack.messages("dm", "maya") == []
    assert not bot.slack.failures


async def refresh(bot: Bot) -> None:
    await bot.slack.pick("maya", values.MENU, "Refresh", place="modal")
    await bot.settled()


async def test_refresh_and_other_views_stay_in_place(bot: Bot) -> None:
    await open_card(bot)
    await refresh(bot)
    assert (depth(bot), len(bot.slack.calls("views.update"))) == (1, 1)
    await press(bot, "Timeline")
    assert (depth(bot), "newest first" in shown(bot)) == (1, True)
    await press(bot, "Older →")
    await press(bot, "← Card")
    assert (depth(bot), "Notice deadline" in shown(bot)) == (1, True)
    assert bot.slack.messages("dm", "maya") == []
    assert not bot.slack.failures


async def test_what_opens_beside_lies_above_while_there_is_room(bot: Bot) -> None:
    bot.use_cases.day = samples.DAY.model_copy(update={"check_ins_total": 9})
    await bot.slack.open_home("maya", "home")
    await bot.settled()
    await bot.slack.click("maya", "Longest silent first", place="home")
    await bot.settled()
    await press(bot, "Next →")
    assert (depth(bot), bot.use_cases.last()) == (1, ("book", (None, None, "touch", 2)))
    bot.use_cases.cards[samples.ACME] = bot.use_cases.cards[samples.ACME + 1] = samples.CARD
    for expected in (2, 3, 3):
        await press(bot, "Open")
        assert (depth(bot), bot.use_cases.last()[0]) == (expected, "account_card")
        make_an_opener(bot)
    assert bot.slack.messages("dm", "maya") == []
    assert not bot.slack.failures


def make_an_opener(bot: Bot) -> None:
    """Let the card's first button open one more card."""
    view = bot.slack.world.views.top("U0MAYA")
    assert view is not None
    button = next(block for block in view.body["blocks"] if block["type"] == "actions")["elements"][0]
    button["action_id"], button["text"]["text"] = f"{values.OPEN}:more", "Open"
    button["value"] = values.encode(Card(samples.ACME))


async def test_a_failure_is_told_in_a_modal_too(bot: Bot) -> None:
    await open_card(bot)
    bot.use_cases.cards.clear()
    await refresh(bot)
    assert "This account is gone." in shown(bot)
    assert bot.slack.messages("dm", "maya") == []


async def test_an_answer_that_comes_too_late_for_a_modal_arrives_as_a_message(socket_bot: Bot) -> None:
    def late(name: str) -> None:
        if name == "renewals":
            socket_bot.slack.advance(4)

    await socket_bot.slack.open_home("maya", "home")
    await socket_bot.settled()
    socket_bot.use_cases.before = late
    await socket_bot.slack.click("maya", "All my renewals", place="home")
    await socket_bot.settled()
    assert socket_bot.slack.modal("maya") is None
    assert "Renewals in the next 180 days" in said(socket_bot.slack.messages("dm", "maya"))


def test_any_message_is_a_modal_within_limits() -> None:
    blocks = tuple(section(f"row {n}" + "x" * 3500) for n in range(120))
    view = modal(Message("x", blocks, title="<!channel> " + "n" * 3000))
    assert len(view["blocks"]) == 100
    assert len(view["title"]["text"]) <= 24
    assert "<" not in view["title"]["text"]
    assert problems("view", view) == ()
