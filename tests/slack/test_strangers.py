"""Whoever is of another company, by whatever part of a payload says so; and places that open or are somebody else's."""

from __future__ import annotations

import pytest

from bot.sandbox.records import Call
from tests.slack.conftest import Bot, said

ASK = "<@U0STEWARD> acme"
OUTSIDER = "I answer this workspace's account team only"
ACCOUNTS = "C0ACCOUNTS"


def shown(calls: list[Call]) -> str:
    return " ".join(str(call.args) for call in calls)


@pytest.mark.parametrize("team", [{"user_team": "T0HALDENFOODS"}, {"team": "T0HALDENFOODS"}])
async def test_an_author_of_another_workspace_is_an_outsider_whatever_else_is_known(
    socket_bot: Bot, team: dict[str, str]
) -> None:
    """Maya's id, but Slack says the author is of the customer's workspace."""
    before = len(socket_bot.slack.calls())
    event = {"type": "app_mention", "user": "U0MAYA", "channel": ACCOUNTS, "text": ASK, "ts": "1.000001"}
    await socket_bot.slack.emit({**event, "team": "T0NORTHLIGHT", **team})
    await socket_bot.settled()
    sent = shown(socket_bot.slack.calls()[before:])
    assert OUTSIDER in sent
    assert "Notice deadline" not in sent
    assert socket_bot.use_cases.asked == []


async def test_a_click_of_another_workspace_opens_nothing(socket_bot: Bot) -> None:
    await socket_bot.ask("maya", "#accounts", ASK)
    jonas = socket_bot.slack.world.workspace.person("jonas")
    jonas.team_id = "T0HALDENFOODS"
    asked = len(socket_bot.use_cases.asked)
    seen = await socket_bot.click("jonas", "Timeline")
    assert OUTSIDER in said(seen)
    assert len(socket_bot.use_cases.asked) == asked


async def test_what_was_shared_and_is_internal_again_shows_nothing_by_itself(socket_bot: Bot) -> None:
    await socket_bot.ask("maya", "#accounts", "/account bind acme")
    changes = socket_bot.slack.changes
    changes.share("#accounts", "Halden Foods")
    await socket_bot.settled()
    assert socket_bot.slack.calls("bookmarks.remove")
    before = len(socket_bot.slack.calls())
    changes.unshare("#accounts", "Halden Foods")
    await socket_bot.settled()
    assert [call.method for call in socket_bot.slack.calls()[before:]] == []
    assert "Notice deadline" in said(await socket_bot.ask("maya", "#accounts", "<@U0STEWARD>"))


async def test_in_a_shared_channel_own_people_are_answered_and_nobody_else_sees_a_thing(socket_bot: Bot) -> None:
    """Every way of asking there, and every button under the answers."""
    for typed in ("/account acme", "/book", "<@U0STEWARD> renewals", ASK, "/account bind acme", "/account kpi nrr"):
        [answer] = await socket_bot.ask("maya", "#ext-halden-foods", typed)
        assert answer["is_ephemeral"], typed
    for button in ("Timeline", "Share in channel", "Remind me"):
        await socket_bot.click("maya", button, "#ext-halden-foods")
    assert [one for one in socket_bot.slack.messages("#ext-halden-foods", "elena") if one["user"] == "U0STEWARD"] == []
    assert not socket_bot.slack.calls("bookmarks.add")
    assert not [one for one in socket_bot.slack.calls("chat.postMessage") if str(one.args["channel"]).startswith("C")]
