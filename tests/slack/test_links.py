"""Cards under links to accounts: for whoever may see least in the channel, or none."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.sandbox.messages import Message
from bot.settings import Settings, SettingsError, load_settings
from tests.slack import samples
from tests.slack.conftest import Bot, running, said

URL = str(samples.CARD.url)
WROTE = f"Look at <{URL}> please"


@pytest.fixture
async def bot() -> AsyncIterator[Bot]:
    async with running("socket") as found:
        found.app.desk = replace(found.app.desk, link_domains=("crm.example",))
        found.slack.world.manifest.features.unfurl_domains.append("crm.example")
        yield found


async def written(bot: Bot, user: str, channel: str, text: str = WROTE) -> Message:
    turn = await bot.slack.say(user, channel, text)
    await bot.settled()
    message = bot.slack.world.messages.find(bot.slack.world.workspace.channel(channel).id, turn.ts or "")
    assert message is not None
    return message


async def test_a_link_to_an_account_gets_a_card_that_opens_for_who_presses(bot: Bot) -> None:
    message = await written(bot, "maya", "#accounts")
    [shown] = message.attachments
    assert shown["from_url"] == URL
    assert "Notice deadline" in said([{"text": "", "blocks": shown["blocks"]}])
    assert [(one.action, one.detail) for one in bot.use_cases.audits] == [
        ("unfurl", {"channel": "C0ACCOUNTS", "links": "1"})
    ]
    seen = await bot.click("jonas", "Show me")
    assert seen[-1]["is_ephemeral"]
    assert "Notice deadline" in said(seen[-1:])


@pytest.mark.parametrize(
    ("user", "channel", "text"),
    [
        ("maya", "#acct-acme", WROTE),
        ("maya", "#ext-halden-foods", WROTE),
        ("elena", "#ext-halden-foods", WROTE),
        ("noor", "#acct-acme", WROTE),
        ("jonas", "#ext-pending", WROTE),
        ("ingrid", "#board", WROTE),
        ("maya", "#random", "see <https://crm.example/accounts/nobody>"),
        ("maya", "#accounts", "see <https://crm.example.evil.example/accounts/1>"),
    ],
)
async def test_elsewhere_and_for_others_nothing_shows_and_nobody_is_told(
    bot: Bot, user: str, channel: str, text: str
) -> None:
    message = await written(bot, user, channel, text)
    assert message.attachments == []
    assert [one for one in bot.slack.messages(channel, user) if one["user"] == "U0STEWARD"] == []
    assert not [call for call in bot.slack.calls() if call.method.startswith("chat.")]


@pytest.mark.parametrize("event", [{"source": "composer", "channel": "COMPOSER"}, {"links": []}, {"links": [{}]}])
async def test_what_is_still_being_written_gets_no_card(bot: Bot, event: dict[str, object]) -> None:
    usual = {
        "type": "link_shared", "user": "U0MAYA", "channel": "C0ACCOUNTS", "message_ts": "1.1",
        "source": "conversations_history", "links": [{"url": URL, "domain": "crm.example"}],
    }  # fmt: skip
    await bot.slack.emit({**usual, **event})
    await bot.settled()
    assert not bot.slack.calls("chat.unfurl")
    assert bot.use_cases.asked == []


async def test_no_setting_no_cards(bot: Bot) -> None:
    bot.app.desk = replace(bot.app.desk, link_domains=())
    assert (await written(bot, "maya", "#accounts")).attachments == []


def test_domains_are_read() -> None:
    assert Settings(_env_file=None, link_domains=" CRM.example.com, a.b ,crm.example.com").own_domains == (
        "crm.example.com",
        "a.b",
    )
    assert Settings(_env_file=None).own_domains == ()
    for wrong in ("https://crm.example", "crm", "a.b,c.d,e.f,g.h,i.j,k.l"):
        with pytest.raises(SettingsError):
            load_settings(_env_file=None, link_domains=wrong)
