"""Sharing: only where everyone may see it, checked at the click and again right before the post."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.audience import Role, Sharing
from bot.slack.sharing import room_of
from tests.slack import samples
from tests.slack.conftest import Bot, Json, running, said

SHARE = "Share in channel"


def public(bot: Bot, channel: str, user: str = "maya") -> list[Json]:
    return [one for one in bot.slack.messages(channel, user) if not one.get("is_ephemeral")]


async def test_a_card_is_shared_and_audited(bot: Bot) -> None:
    await bot.ask("maya", "#accounts", "/account acme")
    seen = await bot.share("maya")
    [shared] = public(bot, "#accounts", "jonas")
    assert "Notice deadline" in said([shared])
    assert "Shared by maya" in said([shared])
    assert SHARE not in said([shared])
    assert "everyone in this channel sees it now" in said(seen)
    [audit] = bot.use_cases.audits
    assert (audit.actor, audit.action, audit.subject) == ("U0MAYA", "share", samples.ACME)
    assert audit.detail == {"channel": "C0ACCOUNTS", "view": "card"}
    [call] = bot.slack.calls("chat.postMessage")
    assert call.args["unfurl_links"] in (False, "0", 0)
    assert call.args["unfurl_media"] in (False, "0", 0)


@pytest.mark.parametrize(
    ("typed", "expected"), [("/book", "Maya's book"), ("/renewals", "Renewals in the next 90 days")]
)
async def test_lists_are_shared_without_controls(bot: Bot, typed: str, expected: str) -> None:
    await bot.ask("maya", "#leads", typed)
    await bot.share("maya", "#leads")
    [shared] = public(bot, "#leads", "ingrid")
    assert expected in said([shared])
    assert "Next →" not in said([shared])


async def test_a_shared_card_opens_for_whoever_clicks_and_only_for_them(bot: Bot) -> None:
    await bot.ask("maya", "#accounts", "/account acme")
    await bot.share("maya")
    seen = await bot.click("jonas", "Show me")
    assert len(public(bot, "#accounts", "jonas")) == 1
    assert seen[-1]["is_ephemeral"]
    assert "Notice deadline" in said(seen[-1:])


async def test_sharing_in_a_thread_stays_in_the_thread(bot: Bot) -> None:
    parent = (await bot.slack.say("jonas", "#accounts", "acme?")).ts
    await bot.slack.say("jonas", "#accounts", "anyone?", thread_ts=parent)
    bot.app.desk = replace(bot.app.desk, answers_privately=True)
    await bot.ask("maya", "#accounts", "<@U0STEWARD> acme", thread_ts=parent)
    await bot.share("maya")
    assert public(bot, "#accounts", "jonas")[-1]["thread_ts"] == parent


@pytest.mark.parametrize(
    ("user", "channel", "reason"),
    [
        ("maya", "#ext-halden-foods", "shared with another company"),
        ("jonas", "#ext-pending", "about to be shared"),
        ("maya", "#acct-acme", "A guest is in this channel"),
        ("ingrid", "#board", "cannot tell who can read it"),
        ("ingrid", "#old-deals", "archived"),
    ],
)
async def test_unsafe_channels_are_refused(bot: Bot, user: str, channel: str, reason: str) -> None:
    bot.slack.world.workspace.channel("#old-deals").is_archived = False
    await bot.ask(user, channel, "/account acme")
    bot.slack.world.workspace.channel("#old-deals").is_archived = True
    seen = await bot.click(user, SHARE, channel)
    assert reason in said(seen)
    assert public(bot, channel, user) == []
    assert [audit.action for audit in bot.use_cases.audits] == ["share refused"]


async def test_a_channel_without_the_bot_asks_for_an_invitation(bot: Bot) -> None:
    await bot.ask("maya", "#random", "/account acme")
    assert "Invite me with `/invite @Steward`" in said(await bot.share("maya", "#random"))
    assert [audit.action for audit in bot.use_cases.audits] == ["share", "share failed"]


async def test_a_stranger_among_many_is_found(socket_bot: Bot) -> None:
    """Large channels are read through users.list, where people of other workspaces do not stand."""
    workspace = socket_bot.slack.world.workspace
    template = workspace.person("jonas")
    crowd = [template.model_copy(update={"id": f"U1{n}", "name": f"p{n}", "email": f"p{n}@x"}) for n in range(30)]
    workspace.people += crowd
    workspace.channel("#accounts").members += [person.id for person in crowd]
    await socket_bot.ask("maya", "#accounts", "/account acme")
    assert "everyone in this channel" in said(await socket_bot.share("maya"))
    assert socket_bot.slack.calls("users.list")
    workspace.channel("#accounts").members.append("U0ELENA")
    assert "Somebody from outside" in said(await socket_bot.click("maya", SHARE))
    assert len(public(socket_bot, "#accounts")) == 1


async def test_nothing_is_remembered_between_two_clicks(socket_bot: Bot) -> None:
    await socket_bot.ask("maya", "#accounts", "/account acme")
    await socket_bot.share("maya")
    channel = socket_bot.slack.world.workspace.channel("#accounts")
    channel.members.append("U0NOOR")
    assert "A guest is in this channel" in said(await socket_bot.click("maya", SHARE))
    channel.members.remove("U0NOOR")
    # Jonas was seen as a colleague a moment ago; now he is a guest.
    socket_bot.slack.world.workspace.person("jonas").role = "guest"
    refusals = [one for one in await socket_bot.click("maya", SHARE) if one["text"].startswith("A guest")]
    assert len(refusals) == 2
    assert len(public(socket_bot, "#accounts")) == 1


async def test_a_channel_that_opens_while_the_post_waits_gets_nothing() -> None:
    """Slack asks to wait; meanwhile the channel is shared with a customer."""
    pauses: list[float] = []

    async def opened(seconds: float) -> None:
        pauses.append(seconds)
        bot.slack.world.workspace.channel("#accounts").shared_with.append("T0HALDENFOODS")

    async with running("socket", sleep=opened, clock=lambda: sum(pauses)) as bot:
        await bot.ask("maya", "#accounts", "/account acme")
        bot.slack.fault("rate_limited", "chat.postMessage")
        seen = await bot.share("maya")
        assert "shared with another company" in said(seen)
        assert public(bot, "#accounts") == []
        assert [audit.action for audit in bot.use_cases.audits] == ["share", "share refused"]
        assert pauses


async def test_readers_may_not_share(socket_bot: Bot) -> None:
    socket_bot.use_cases.roles["U0MAYA"] = Role.READ_ONLY
    await socket_bot.ask("maya", "#accounts", "/account acme")
    assert "Your role does not allow that" in said(await socket_bot.click("maya", SHARE))
    assert public(socket_bot, "#accounts") == []


async def test_a_post_whose_fate_is_unknown_is_not_repeated(socket_bot: Bot) -> None:
    await socket_bot.ask("maya", "#accounts", "/account acme")
    socket_bot.slack.fault("drop_after", "chat.postMessage")
    seen = await socket_bot.share("maya")
    assert "Look whether it arrived" in said(seen)
    assert len(public(socket_bot, "#accounts")) == 1


@pytest.mark.parametrize(
    ("channel", "sharing"),
    [
        ({"is_ext_shared": False, "is_shared": False}, Sharing.INTERNAL),
        ({"is_ext_shared": False, "shared_team_ids": ["T1"]}, Sharing.INTERNAL),
        ({}, Sharing.UNKNOWN),
        ({"is_ext_shared": True}, Sharing.EXTERNAL),
        ({"is_ext_shared": False, "is_pending_ext_shared": True}, Sharing.EXTERNAL),
        ({"is_ext_shared": False, "pending_connected_team_ids": ["T2"]}, Sharing.EXTERNAL),
        ({"is_ext_shared": False, "is_org_shared": True}, Sharing.UNKNOWN),
        ({"is_ext_shared": False, "is_shared": True}, Sharing.UNKNOWN),
        ({"is_ext_shared": False, "connected_team_ids": ["T1", "T2"]}, Sharing.UNKNOWN),
        ({"is_ext_shared": False, "is_im": True}, Sharing.UNKNOWN),
        ({"is_ext_shared": False, "is_mpim": True}, Sharing.UNKNOWN),
        ({"is_ext_shared": False, "is_archived": True}, Sharing.UNKNOWN),
    ],
)
def test_rooms_fail_closed(channel: dict[str, Any], sharing: Sharing) -> None:
    room = room_of(channel, "T1")
    assert room.sharing is sharing
    assert bool(room.why) is (sharing is not Sharing.INTERNAL)
