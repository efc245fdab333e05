"""Where a reply to a mention stands: in the thread for everybody there, or before the asker alone, and why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.audience import Role
from bot.slack.values import MENU
from tests.slack import samples
from tests.slack.conftest import Bot, Json, running, said

REMOVE = "Remove this answer"
ASK = "<@U0STEWARD> acme"


def for_all(bot: Bot, channel: str, user: str) -> list[Json]:
    return [one for one in bot.slack.messages(channel, user) if one["user"] == "U0STEWARD"]


async def test_a_mention_is_answered_under_it_for_everybody(bot: Bot) -> None:
    [answer] = await bot.ask("maya", "#accounts", ASK)
    assert "is_ephemeral" not in answer
    [seen] = for_all(bot, "#accounts", "jonas")
    assert seen["thread_ts"] == next(one["ts"] for one in bot.slack.messages("#accounts", "jonas"))
    assert "Notice deadline" in said([seen])
    assert "Share in channel" not in said([seen])
    beside = await bot.click("jonas", "Timeline")
    assert beside[-1]["is_ephemeral"]
    assert "newest first" not in said(bot.slack.messages("#accounts", "maya"))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("<@U0STEWARD> nosuchname", "No account is called"),
        ("<@U0STEWARD> help", "I tell you how an account stands"),
        ("<@U0STEWARD> renewals soonish", "for example"),
        ("<@U0STEWARD> brief acme", "Acme"),
    ],
)
async def test_what_is_no_answer_for_all_is_said_to_the_asker(socket_bot: Bot, typed: str, expected: str) -> None:
    [answer] = await socket_bot.ask("maya", "#accounts", typed)
    assert answer["is_ephemeral"]
    assert expected in said([answer])
    assert for_all(socket_bot, "#accounts", "jonas") == []


@pytest.mark.parametrize(
    ("user", "channel", "why"),
    [
        ("maya", "#acct-acme", "a guest is in this channel"),
        ("maya", "#ext-halden-foods", "this channel is shared with another company"),
        ("jonas", "#ext-pending", "this channel is about to be shared with another company"),
    ],
)
async def test_where_others_may_not_see_it_the_asker_does_and_hears_why(
    socket_bot: Bot, user: str, channel: str, why: str
) -> None:
    [answer] = await socket_bot.ask(user, channel, ASK)
    assert answer["is_ephemeral"]
    assert f"Only you see this: {why}." in said([answer])
    assert "Notice deadline" in said([answer])
    assert [one for one in for_all(socket_bot, channel, user) if not one.get("is_ephemeral")] == []


@pytest.mark.parametrize("method", ["conversations.info", "conversations.members", "users.info"])
async def test_what_cannot_be_found_out_fails_closed(socket_bot: Bot, method: str) -> None:
    await socket_bot.ask("maya", "#accounts", "/account help")
    socket_bot.slack.fault("drop_before", method, times=None)
    [answer] = await socket_bot.ask("maya", "#accounts", ASK)
    assert answer["is_ephemeral"]
    assert "Only you see this: I cannot find out right now who reads along here." in said([answer])
    assert for_all(socket_bot, "#accounts", "jonas") == []


async def test_a_workspace_may_have_all_answers_private(socket_bot: Bot) -> None:
    socket_bot.app.desk = replace(socket_bot.app.desk, answers_privately=True)
    [answer] = await socket_bot.ask("maya", "#accounts", ASK)
    assert answer["is_ephemeral"]
    assert "Only you" not in said([answer])
    assert socket_bot.slack.calls("conversations.info") == []


@pytest.mark.parametrize("happens", ["guest", "shared"])
async def test_who_comes_between_look_and_post_is_noticed(happens: str) -> None:
    """Slack asks to wait before the post; meanwhile somebody comes."""
    pauses: list[float] = []

    async def meanwhile(seconds: float) -> None:
        pauses.append(seconds)
        channel = bot.slack.world.workspace.channel("#leads")
        if happens == "guest":
            channel.members.append("U0NOOR")
        else:
            channel.shared_with.append("T0HALDENFOODS")

    async with running("socket", sleep=meanwhile, clock=lambda: sum(pauses)) as bot:
        bot.slack.fault("rate_limited", "chat.postMessage")
        [answer] = await bot.ask("maya", "#leads", ASK)
        assert answer["is_ephemeral"]
        assert "Only you see this: " in said([answer])
        assert for_all(bot, "#leads", "ingrid") == []
        assert pauses


async def test_each_public_answer_looks_at_the_room_once_and_people_are_remembered(socket_bot: Bot) -> None:
    for _ in range(3):
        await socket_bot.ask("maya", "#accounts", ASK)
    assert len(socket_bot.slack.calls("conversations.info")) == 4
    assert len(socket_bot.slack.calls("conversations.members")) == 4
    assert len(socket_bot.slack.calls("users.info")) <= 7


async def test_who_becomes_a_guest_is_known_at_once(socket_bot: Bot) -> None:
    await socket_bot.ask("maya", "#accounts", ASK)
    person = socket_bot.slack.world.workspace.person("jonas")
    person.role = "guest"
    await socket_bot.slack.emit(
        {"type": "user_change", "user": {"id": person.id, "team_id": person.team_id, "is_restricted": True}}
    )
    await socket_bot.settled()
    [answer] = await socket_bot.ask("maya", "#accounts", ASK)
    assert "Only you see this: a guest is in this channel." in said([answer])
    assert len(for_all(socket_bot, "#accounts", "ingrid")) == 1


async def test_who_asked_can_remove_the_answer_and_so_can_admins(bot: Bot) -> None:
    await bot.ask("maya", "#accounts", ASK)
    await bot.choose("jonas", REMOVE)
    assert "Only who asked for it can remove this answer" in said(bot.slack.messages("#accounts", "jonas"))
    assert len(for_all(bot, "#accounts", "ingrid")) == 1
    await bot.choose("maya", REMOVE)
    assert for_all(bot, "#accounts", "ingrid") == []
    assert "nobody here sees that answer any more" in said(bot.slack.messages("#accounts", "maya"))
    await bot.ask("maya", "#accounts", "<@U0STEWARD> book")
    bot.use_cases.roles["U0INGRID"] = Role.ADMIN
    await bot.choose("ingrid", REMOVE)
    assert "Maya's book" not in said(bot.slack.messages("#accounts", "jonas"))
    assert [audit.action for audit in bot.use_cases.audits] == ["answer removed", "answer removed"]


async def test_every_answer_for_all_can_be_removed(socket_bot: Bot) -> None:
    for typed in ("acme", "book", "renewals", "timeline acme", "people acme", "why acme", "kpi nrr", "kpi"):
        [answer] = await socket_bot.ask("maya", "#accounts", f"<@U0STEWARD> {typed}")
        assert "is_ephemeral" not in answer, typed
        menus = [one for block in answer["blocks"] for one in block.get("elements", []) if one.get("action_id") == MENU]
        assert REMOVE in said([{"text": "", "blocks": menus}]), typed


async def test_a_repeated_event_is_answered_once(socket_bot: Bot) -> None:
    turn = await socket_bot.slack.say("maya", "#accounts", ASK)
    event = {"type": "app_mention", "user": "U0MAYA", "channel": "C0ACCOUNTS", "text": ASK, "ts": turn.ts}
    await socket_bot.slack.emit(event)
    await socket_bot.settled()
    assert len(for_all(socket_bot, "#accounts", "jonas")) == 1
    assert [what for name, what in socket_bot.use_cases.asked if name == "account_card"] == [samples.ACME]
