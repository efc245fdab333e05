"""Binding a channel to an account: who may, what everybody sees of it, and what happens when it goes wrong."""

from __future__ import annotations

from typing import Any

import pytest

from bot.domain.audience import Role
from bot.domain.ids import id_text
from bot.services.errors import BadInput
from bot.slack.asks import BindTo
from bot.slack.values import decode_bind, encode
from tests.slack import samples
from tests.slack.conftest import Bot, said

ROOM = "C0ACCOUNTS"


def bookmarks(bot: Bot, channel: str = ROOM) -> list[tuple[str, str]]:
    return [(one["title"], one["link"]) for one in bot.slack.world.bookmarks.get(channel, [])]


async def test_a_bound_channel_needs_no_name(bot: Bot) -> None:
    [before] = await bot.ask("maya", "#accounts", "/account")
    assert "who is known, who is missing" in said([before])
    [answer] = await bot.ask("maya", "#accounts", "/account bind acme")
    assert "This channel is about *Acme Corp* now" in said([answer])
    assert "A bookmark shows it to everybody here." in said([answer])
    assert answer["is_ephemeral"]
    assert bookmarks(bot) == [("Acme Corp", "https://crm.example/accounts/1")]
    assert bot.slack.messages("#accounts", "jonas") == []
    for typed in ("/account", "/account status", "<@U0STEWARD>", "<@U0STEWARD> status"):
        assert "Notice deadline" in said(await bot.ask("jonas", "#accounts", typed))
    assert "who is known, who is missing" in said(await bot.ask("jonas", "#general", "/account"))
    assert "I tell you how an account stands" in said(await bot.ask("jonas", "dm", "<@U0STEWARD>"))
    assert not bot.slack.failures


async def test_binding_anew_asks_first_and_moves_the_bookmark(bot: Bot) -> None:
    url = "https://crm.example/nordic"
    bot.use_cases.cards[samples.NORDIC] = samples.UNKNOWN_CARD.model_copy(update={"url": url})
    await bot.ask("maya", "#accounts", "/account bind acme")
    [again] = await bot.ask("maya", "#accounts", "/account bind acme")
    assert "This channel is about *Acme Corp*:" in said([again])
    [asked] = await bot.ask("jonas", "#accounts", "/account bind nordic")
    assert "This channel is about *Acme Corp*. Shall it be about *Nordic Foods* instead?" in said([asked])
    assert bookmarks(bot) == [("Acme Corp", "https://crm.example/accounts/1")]
    seen = await bot.click("jonas", "Change to Nordic Foods")
    assert "This channel is about *Nordic Foods* now" in said(seen)
    assert "Before, it was about Acme Corp." in said(seen)
    assert bookmarks(bot) == [("Nordic Foods", url)]
    assert "no contract on record" in said(await bot.ask("jonas", "#accounts", "/account"))


async def test_a_change_that_somebody_else_made_meanwhile_is_asked_about(bot: Bot) -> None:
    third = samples.CARD.model_copy(update={"name": "Zebra Ltd", "id": id_text(99)})
    bot.use_cases.cards[99] = third
    await bot.ask("maya", "#accounts", "/account bind acme")
    await bot.ask("maya", "#accounts", "/account bind nordic")
    bot.use_cases.bindings[ROOM] = samples.binding(ROOM, third)
    seen = await bot.click("maya", "Change to Nordic Foods")
    assert "This channel is about *Zebra Ltd*. Shall it be about *Nordic Foods* instead?" in said(seen)
    assert bot.use_cases.bindings[ROOM].account == "Zebra Ltd"


async def test_several_names_are_a_choice(bot: Bot) -> None:
    bot.use_cases.cards[99] = samples.CARD.model_copy(update={"name": "Acme Labs", "id": id_text(99)})
    [choice] = await bot.ask("maya", "#accounts", "/account bind acme")
    assert "Which account is this channel about?" in said([choice])
    assert bot.use_cases.bindings == {}
    assert "about *Acme Labs* now" in said(await bot.click("maya", "Acme Labs"))
    assert bot.use_cases.bindings[ROOM].account == "Acme Labs"
    assert "No account is called “zzz”" in said(await bot.ask("maya", "#accounts", "/account bind zzz"))


async def test_without_a_name_it_says_what_the_channel_is_about(bot: Bot) -> None:
    assert "Which account is this channel about?" in said(await bot.ask("maya", "#accounts", "/account bind"))
    await bot.ask("maya", "#accounts", "/account bind acme")
    [answer] = await bot.ask("maya", "#accounts", "/account bind")
    assert "end it with `/account unbind`" in said([answer])
    assert "Notice deadline" in said(await bot.click("maya", "Show the card"))


async def test_unbinding_takes_the_bookmark_away(bot: Bot) -> None:
    assert "not bound to an account" in said(await bot.ask("maya", "#accounts", "/account unbind"))
    await bot.ask("maya", "#accounts", "/account bind acme")
    assert "not about Acme Corp any more" in said(await bot.ask("jonas", "#accounts", "<@U0STEWARD> unbind"))
    assert bookmarks(bot) == []
    assert "who is known, who is missing" in said(await bot.ask("maya", "#accounts", "/account"))


@pytest.mark.parametrize(
    ("user", "channel", "room", "reason"),
    [
        ("maya", "#ext-halden-foods", "C0EXTHALDEN", "This channel is shared with another company"),
        ("jonas", "#ext-pending", "C0EXTPENDING", "This channel is about to be shared"),
        ("maya", "#acct-acme", "C0ACCTACME", "A guest is in this channel"),
    ],
)
async def test_no_bookmark_where_outsiders_would_see_it(
    bot: Bot, user: str, channel: str, room: str, reason: str
) -> None:
    [answer] = await bot.ask(user, channel, "<@U0STEWARD> bind acme")
    assert "This channel is about *Acme Corp* now" in said([answer])
    assert f"No bookmark here. {reason}" in said([answer])
    assert answer["is_ephemeral"]
    assert bookmarks(bot, room) == []
    assert not bot.slack.calls("bookmarks.add")
    assert not [one for one in bot.slack.messages(channel, user) if "Acme" in said([one]) and not one["is_ephemeral"]]
    assert "Notice deadline" in said(await bot.ask(user, channel, "<@U0STEWARD>"))


async def test_a_channel_that_has_opened_since_loses_its_bookmark(bot: Bot) -> None:
    await bot.ask("maya", "#accounts", "/account bind acme")
    bot.slack.world.workspace.channel("#accounts").shared_with.append("T0HALDENFOODS")
    await bot.ask("maya", "#accounts", "/account bind nordic")
    assert "No bookmark" in said(await bot.click("maya", "Change to Nordic Foods"))
    assert bookmarks(bot) == []
    assert bot.use_cases.bindings[ROOM].bookmark_id is None


async def test_a_bookmark_that_fails_does_not_undo_the_binding(bot: Bot) -> None:
    scopes = bot.slack.world.manifest.scopes
    scopes.remove("bookmarks:write")
    [answer] = await bot.ask("maya", "#accounts", "/account bind acme")
    assert "I could not set a bookmark: I lack a permission in Slack." in said([answer])
    scopes.append("bookmarks:write")
    await bot.ask("maya", "#accounts", "/account unbind")
    bot.slack.world.bookmarks[ROOM] = [{"id": str(n), "title": "x", "link": "https://x.example"} for n in range(100)]
    [answer] = await bot.ask("maya", "#accounts", "/account bind acme")
    assert "I could not set a bookmark: Slack says too_many_bookmarks." in said([answer])
    await bot.ask("maya", "#accounts", "/account unbind")
    bot.slack.fault("drop_before", "bookmarks.add")
    [answer] = await bot.ask("maya", "#accounts", "/account bind acme")
    assert "I could not set a bookmark: Slack did not answer me in time." in said([answer])
    assert "Notice deadline" in said(await bot.ask("maya", "#accounts", "/account"))
    assert bot.use_cases.bindings[ROOM].bookmark_id is None


async def test_a_bookmark_that_somebody_removed_is_set_again_or_not_missed(bot: Bot) -> None:
    url = "https://crm.example/nordic"
    bot.use_cases.cards[samples.NORDIC] = samples.UNKNOWN_CARD.model_copy(update={"url": url})
    await bot.ask("maya", "#accounts", "/account bind acme")
    bot.slack.world.bookmarks[ROOM].clear()
    await bot.ask("maya", "#accounts", "/account bind nordic")
    await bot.click("maya", "Change to Nordic Foods")
    assert bookmarks(bot) == [("Nordic Foods", url)]
    bot.slack.world.bookmarks[ROOM].clear()
    [answer] = await bot.ask("maya", "#accounts", "/account unbind")
    assert "by hand" not in said([answer])


async def test_a_bookmark_that_stays_is_named(socket_bot: Bot) -> None:
    await socket_bot.ask("maya", "#accounts", "/account bind acme")
    socket_bot.slack.fault("http_500", "bookmarks.remove")
    [answer] = await socket_bot.ask("maya", "#accounts", "/account unbind")
    assert "Its bookmark is still there, remove it by hand" in said([answer])


async def test_a_channel_without_the_bot_is_bound_without_a_bookmark(bot: Bot) -> None:
    [answer] = await bot.ask("maya", "#random", "/account bind acme")
    assert "This channel is about *Acme Corp* now" in said([answer])
    assert "bookmark" in said([answer])
    assert "Notice deadline" in said(await bot.ask("maya", "#random", "/account"))


async def test_an_archived_channel_stays_harmless(bot: Bot) -> None:
    await bot.ask("ingrid", "#accounts", "/account bind acme")
    bot.slack.world.workspace.channel("#accounts").is_archived = True
    [answer] = await bot.ask("ingrid", "#accounts", "/account")
    assert "Notice deadline" in said([answer])
    assert "not about Acme Corp any more" in said(await bot.ask("ingrid", "#accounts", "/account unbind"))


async def test_an_account_that_is_gone_is_named_and_its_successor_offered(bot: Bot) -> None:
    bot.use_cases.bindings[ROOM] = samples.binding(ROOM).model_copy(
        update={"gone": True, "account": "Acme", "account_id": id_text(5)}
    )
    for typed in ("/account", "/account bind", "<@U0STEWARD>"):
        seen = await bot.ask("maya", "#accounts", typed)
        assert "This channel was about *Acme*, which was merged or removed." in said(seen)
    assert "about *Acme Corp* now" in said(await bot.click("maya", "Bind to what it is now"))
    bot.use_cases.bindings[ROOM] = samples.binding(ROOM).model_copy(update={"gone": True, "account": "Zzz <!channel>"})
    [answer] = await bot.ask("maya", "#accounts", "/account")
    assert "Bind it to another account" in said([answer])
    assert "<!" not in said([answer])


async def test_who_may_not_bind(bot: Bot) -> None:
    for user, channel in (("noor", "#acct-acme"), ("elena", "#ext-halden-foods")):
        assert "account team only" in said(await bot.ask(user, channel, "<@U0STEWARD> bind acme"))
    bot.use_cases.roles["U0MAYA"] = Role.READ_ONLY
    assert "Your role does not allow that" in said(await bot.ask("maya", "#accounts", "/account bind acme"))
    assert "no channel here to bind" in said(await bot.ask("jonas", "dm", "bind acme"))
    assert "no channel here to bind" in said(await bot.ask("jonas", "dm", "unbind"))
    assert bot.use_cases.bindings == {}


async def test_an_account_without_a_link_gets_no_bookmark(bot: Bot) -> None:
    for url in (None, "javascript:alert(1)", "https://a b"):
        bot.use_cases.bindings.clear()
        bot.use_cases.cards[samples.ACME] = samples.CARD.model_copy(update={"url": url})
        [answer] = await bot.ask("maya", "#accounts", "/account bind acme")
        assert "No bookmark here. Its link into the CRM is not known" in said([answer])
    assert bookmarks(bot) == []


async def test_hostile_names_break_nothing(bot: Bot) -> None:
    name = "<!channel> *x* `y` \u202e<https://evil.example|click>" + "n" * 3000
    bot.use_cases.cards[samples.ACME] = samples.CARD.model_copy(update={"name": name})
    seen = await bot.ask("maya", "#accounts", "/account bind evil")
    seen += await bot.ask("maya", "#accounts", "/account bind nordic")
    seen += await bot.ask("maya", "#accounts", "/account unbind")
    assert len(seen) == 3
    assert "<!channel>" not in said(seen)
    assert "<https" not in said(seen)
    assert len(bookmarks(bot)) == 0
    assert not bot.slack.failures


@pytest.mark.parametrize("value", ["", "{}", '["bind"]', '["bind","!",null]', '["bind","1","!"]', '["c","1"]', None, 7])
def test_a_button_that_is_not_ours_binds_nothing(value: Any) -> None:
    with pytest.raises(BadInput):
        decode_bind(value)
    assert decode_bind(encode(BindTo(7, 9))) == BindTo(7, 9)
    assert decode_bind(encode(BindTo(7))) == BindTo(7)


async def test_in_a_bound_channel_no_view_needs_a_name(bot: Bot) -> None:
    for typed in ("/account timeline", "<@U0STEWARD> people", "/account why"):
        [answer] = await bot.ask("maya", "#accounts", typed)
        assert "Which account? This channel is about none. For example `/account " in said([answer])
    await bot.ask("maya", "#accounts", "/account bind acme")
    for typed, expected in (
        ("/account timeline", "1-10 of 23"),
        ("<@U0STEWARD> people", "Single-threaded"),
        ("/account why", "Not counted"),
    ):
        [answer] = await bot.ask("maya", "#accounts", typed)
        assert expected in said([answer])


@pytest.mark.parametrize(
    ("event", "stays"),
    [
        ({"type": "channel_shared", "channel": ROOM, "connected_team_id": "T0HALDENFOODS"}, False),
        ({"type": "channel_shared", "channel": "C0GENERAL", "connected_team_id": "T0HALDENFOODS"}, True),
        ({"type": "member_joined_channel", "channel": ROOM, "user": "U0NOOR", "channel_type": "C"}, False),
        ({"type": "member_joined_channel", "channel": ROOM, "user": "U0ELENA", "channel_type": "C"}, False),
        ({"type": "member_joined_channel", "channel": ROOM, "user": "U0TOMAS", "channel_type": "C"}, True),
    ],
)
async def test_the_bookmark_goes_when_a_channel_opens(bot: Bot, event: dict[str, Any], stays: bool) -> None:
    await bot.ask("maya", "#accounts", "/account bind acme")
    await bot.slack.emit(event)
    await bot.settled()
    assert bool(bookmarks(bot)) is stays
    assert (bot.use_cases.bindings[ROOM].bookmark_id is not None) is stays
    assert "Notice deadline" in said(await bot.ask("maya", "#accounts", "/account"))
    await bot.slack.emit(event)
    await bot.settled()
    assert not bot.slack.failures


async def test_a_bookmark_that_cannot_be_removed_is_tried_again(bot: Bot) -> None:
    await bot.ask("maya", "#accounts", "/account bind acme")
    bot.slack.fault("http_500", "bookmarks.remove")
    event = {"type": "channel_shared", "channel": ROOM, "connected_team_id": "T0HALDENFOODS"}
    await bot.slack.emit(event)
    await bot.settled()
    assert bot.use_cases.bindings[ROOM].bookmark_id is not None
    await bot.slack.emit(event)
    await bot.settled()
    assert bookmarks(bot) == []
