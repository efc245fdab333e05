"""What the buttons of a card do, on messages as old as they come, through Socket Mode and through signed HTTP."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.slack import values
from bot.slack.asks import Card, Timeline
from tests.slack import samples
from tests.slack.conftest import Bot, Json, said
from tests.slack.samples import ACME

SHARE = "Share in channel"


def public(bot: Bot, channel: str = "#accounts") -> list[Json]:
    return [one for one in bot.slack.messages(channel, "jonas") if not one.get("is_ephemeral")]


def later(bot: Bot, hours: float, **changes: Any) -> None:
    """The account as it is that much later."""
    bot.use_cases.cards[ACME] = samples.CARD.model_copy(
        update={"as_of": samples.NOW + timedelta(hours=hours), **changes}
    )


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("/account timeline acme", "1-10 of 23"),
        ("/account history acme", "1-10 of 23"),
        ("/account people acme", "12 people, 1 active"),
        ("/account why acme", "+7 points to healthy"),
        ("<@U0STEWARD> timeline acme", "1-10 of 23"),
        ("<@U0STEWARD> people acme", "12 people, 1 active"),
        ("<@U0STEWARD> why acme", "+7 points to healthy"),
    ],
)
async def test_each_view_has_a_command_and_a_mention(bot: Bot, typed: str, expected: str) -> None:
    [answer] = await bot.ask("maya", "#accounts", typed)
    assert expected in said([answer])
    mentioned = typed.startswith("<@")
    assert bool(answer.get("is_ephemeral")) is not mentioned
    assert (expected in said(bot.slack.messages("#accounts", "jonas"))) is mentioned
    assert not bot.slack.failures


async def test_from_the_card_to_each_view_and_back_in_one_message(bot: Bot) -> None:
    await bot.ask("maya", "#accounts", "/account acme")
    for button, expected in (
        ("Timeline", "newest first"),
        ("People", "Single-threaded"),
        ("Why this health", "Not counted"),
        ("← Card", "Notice deadline"),
    ):
        [seen] = await bot.click("maya", button)
        assert expected in said([seen])
    assert not bot.slack.failures


async def test_turning_and_filtering_a_timeline_in_place(bot: Bot) -> None:
    await bot.ask("maya", "#accounts", "/account timeline acme")
    await bot.click("maya", "Older →")
    assert bot.use_cases.last() == ("timeline", (ACME, "all", 2))
    await bot.click("maya", "Older →")
    [seen] = await bot.click("maya", "← Newer")
    assert "11-20 of 23" in said([seen])
    await bot.slack.pick("maya", values.SECTION, "Tickets (2)", channel="#accounts")
    await bot.settled()
    assert bot.use_cases.last() == ("timeline", (ACME, "tickets", 1))
    assert len(bot.slack.messages("#accounts", "maya")) == 1
    assert not bot.slack.failures


async def test_a_timeline_that_moved_between_two_pages_says_so(bot: Bot) -> None:
    await bot.ask("maya", "#accounts", "/account timeline acme")
    bot.use_cases.happened = 24
    [seen] = await bot.click("maya", "Older →")
    assert "This timeline has changed since you saw it; here it is as of now." in said([seen])
    [seen] = await bot.click("maya", "← Newer")
    assert "has changed" not in said([seen])


async def test_a_name_that_fits_several_leads_to_the_view_that_was_asked_for(bot: Bot) -> None:
    bot.use_cases.cards[ACME + 50] = samples.CARD.model_copy(update={"name": "Acme Labs"})
    await bot.ask("maya", "#accounts", "/account people acme")
    [seen] = await bot.click("maya", "Acme Labs")
    assert bot.use_cases.last() == ("contacts", (ACME + 50, 1))
    assert "Acme Labs" in said([seen])
    await bot.ask("maya", "#leads", "/account why zzz")
    await bot.slack.suggest("maya", values.PICK, "nordic", channel="#leads")
    await bot.slack.pick("maya", values.PICK, "Nordic Foods", channel="#leads")
    await bot.settled()
    assert bot.use_cases.last() == ("why_health", samples.NORDIC)


async def test_a_company_may_be_called_like_a_verb(bot: Bot) -> None:
    bot.use_cases.cards[ACME + 51] = samples.CARD.model_copy(update={"name": "People First"})
    [card] = await bot.ask("maya", "#accounts", "/account people first ")
    assert bot.use_cases.last() == ("contacts", (ACME + 51, 1))
    bot.use_cases.cards[ACME + 52] = samples.CARD.model_copy(update={"name": "First Bank"})
    [card] = await bot.ask("maya", "#accounts", "/account people first")
    assert "*People First*" in said([card])
    assert "Notice deadline" in said([card])


async def test_refreshing_an_old_card_says_how_old_it_was(bot: Bot) -> None:
    await bot.ask("maya", "#accounts", "/account acme")
    later(bot, 72)
    [seen] = await bot.choose("maya", "Refresh")
    assert "This card was 3 days old; nothing has changed since." in said([seen])
    later(bot, 74, promises_open=4)
    [seen] = await bot.choose("maya", "Refresh")
    assert "This card was 2 hours old and has changed since; here it is as of now." in said([seen])
    [seen] = await bot.choose("maya", "Refresh")
    assert "This card" not in said([seen])


async def test_sharing_an_old_card_shares_what_is_true_now_and_tells_the_clicker(bot: Bot) -> None:
    await bot.ask("maya", "#accounts", "/account acme")
    later(bot, 50, name="Acme Renamed")
    seen = await bot.click("maya", SHARE)
    assert "This card was 2 days old and has changed since" in said(seen)
    await bot.click("maya", "Share")
    [shared] = public(bot)
    assert "Acme Renamed" in said([shared])
    assert "This card" not in said([shared])


async def test_sharing_what_is_as_it_was_says_no_more(bot: Bot) -> None:
    await bot.ask("maya", "#accounts", "/account acme")
    assert bot.slack.messages("#accounts", "maya")
    seen = await bot.share("maya")
    assert '"Shared: everyone in this channel sees it now."' in said(seen)


@pytest.mark.parametrize("typed", ["/account acme", "/book", "/renewals"])
async def test_a_double_click_shares_once(bot: Bot, typed: str) -> None:
    await bot.ask("maya", "#accounts", typed)
    await bot.click("maya", SHARE)
    await asyncio.gather(*(bot.slack.click("maya", "Share", channel="#accounts") for _ in range(2)))
    await bot.settled()
    assert len(public(bot)) == 1
    assert "Shared" in said(bot.slack.messages("#accounts", "maya"))


async def test_a_refreshed_card_can_be_shared_again(bot: Bot) -> None:
    await bot.ask("maya", "#accounts", "/account acme")
    await bot.share("maya")
    later(bot, 1)
    await bot.choose("maya", "Refresh")
    await bot.share("maya")
    assert len(public(bot)) == 2


async def test_what_failed_to_share_can_be_tried_again(bot: Bot) -> None:
    await bot.ask("maya", "#accounts", "/account acme")
    bot.slack.fault("http_500", "chat.postMessage")
    seen = await bot.share("maya")
    assert "Something went wrong" in said(seen)
    assert public(bot) == []
    seen = await bot.click("maya", "Share")
    assert len(public(bot)) == 1
    assert "Shared already" not in said(seen)


async def test_buttons_of_an_earlier_version_still_work_or_say_what_to_do(bot: Bot) -> None:
    await bot.ask("maya", "#accounts", "/account acme")
    [message] = bot.slack.world.messages.visible("C0ACCOUNTS", "U0MAYA")
    buttons = {
        element["text"]["text"]: element
        for block in message.blocks
        if block["type"] == "actions"
        for element in block["elements"]
        if "text" in element
    }
    plain = values.encode(Card(ACME))
    buttons[SHARE]["value"] = plain
    buttons["Timeline"] |= {"action_id": "steward.open:renewals", "value": '["r",90,"all",1]'}
    buttons["Log"] |= {"action_id": f"{values.TURN}:0", "value": '["c"]'}
    buttons["Remind me"] |= {"action_id": f"{values.TURN}:1", "value": '["q","1",{"t":1}]'}
    await bot.share("maya")
    assert len(public(bot)) == 1
    seen = await bot.click("maya", "Timeline")
    assert "Renewals in the next 90 days" in said(seen)
    await bot.click("maya", "Log")
    seen = await bot.click("maya", "Remind me")
    assert said(seen).count("This button is from an older message") == 4


@pytest.mark.parametrize("button", ["Timeline", "People", "Why this health", SHARE])
async def test_every_button_of_a_card_whose_account_is_gone_says_so(bot: Bot, button: str) -> None:
    await bot.ask("maya", "#accounts", "/account acme")
    bot.use_cases.cards.pop(ACME)
    press = bot.click if button in ("Timeline", SHARE) else bot.choose
    seen = await press("maya", button)
    assert said(seen).count("This account is gone. Search with `/account find`.") == 2
    assert public(bot) == []


async def test_views_of_one_account_are_never_shared(bot: Bot) -> None:
    await bot.ask("maya", "#accounts", "/account acme")
    [message] = bot.slack.world.messages.visible("C0ACCOUNTS", "U0MAYA")
    share = next(
        element
        for block in message.blocks
        if block["type"] == "actions"
        for element in block["elements"]
        if element.get("text", {}).get("text") == SHARE
    )
    share["value"] = values.encode(Timeline(ACME))
    assert "from an older message" in said(await bot.click("maya", SHARE))
    assert public(bot) == []


async def test_a_shared_copy_opens_the_views_for_the_clicker_alone(bot: Bot) -> None:
    await bot.ask("maya", "#accounts", "/account acme")
    await bot.share("maya")
    await bot.click("jonas", "Show me")
    seen = await bot.click("jonas", "Timeline")
    assert seen[-1]["is_ephemeral"]
    assert "newest first" in said(seen[-1:])
    assert len(public(bot)) == 1
    assert "Notice deadline" in said(public(bot))


async def test_a_mentioned_person_is_no_account_and_is_called_by_name(bot: Bot) -> None:
    [answer] = await bot.ask("maya", "#accounts", "/account @jonas")
    assert "U0JONAS" not in answer["text"]
    assert "“@jonas”" in answer["text"]
    [answer] = await bot.ask("maya", "#accounts", "/account <@U0WALTER>")
    assert "U0WALTER" not in answer["text"]
    assert "“@walter" in answer["text"].lower()
    [answer] = await bot.ask("maya", "#accounts", "/account <@U0NOBODY1>")
    assert "No account is called “@somebody”" in answer["text"]
    [answer] = await bot.ask("maya", "#accounts", "/book <@U0NOBODY1>")
    assert "That person is not in the team list" in answer["text"]


@pytest.mark.parametrize(
    "name",
    [
        "A" * 3000,
        "😀👩‍👩‍👧‍👦🇸🇪" * 99,
        "\u202eشركة المراعي\u202c",
        "<!channel> <@U0MAYA> <https://evil.example|click>",
        "*_~`x`~_*",
    ],
)
async def test_any_name_can_be_shown_in_every_view(bot: Bot, name: str) -> None:
    bot.use_cases.cards[ACME] = samples.CARD.model_copy(update={"name": name})
    card = values.encode(Card(ACME))
    await bot.ask("maya", "#accounts", "/account nordic")
    [message] = bot.slack.world.messages.visible("C0ACCOUNTS", "U0MAYA")
    for block in message.blocks:
        for element in block["elements"] if block["type"] == "actions" else ():
            if element.get("text", {}).get("text") == "Timeline":
                element["value"] = card
    for button in ("Timeline", "Timeline", "People", "Why this health", "← Card"):
        [seen] = await bot.click("maya", button)
        assert "<!channel>" not in said([seen])
        assert "<https://evil" not in said([seen])
    assert not bot.slack.failures
