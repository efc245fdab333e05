"""Charts and workbooks of figures in Slack: for who asked, and for a channel only after a look at who is in it."""

from __future__ import annotations

import pytest

from bot.sandbox.workspace import Channel
from bot.services.errors import BadInput
from bot.services.kpi.ask import KpiQuestion
from bot.slack.asks import Chart, Export, Kpi
from bot.slack.figure_values import decode_file, encode_file
from bot.slack.grammar import parse_slash
from tests.slack.conftest import Bot, said

POST = "Post in this channel"


def asked_of(bot: Bot) -> tuple[str, str | None]:
    """What was asked last, and about whom and when."""
    name, question = next(one for one in reversed(bot.use_cases.asked) if isinstance(one[1], KpiQuestion))
    assert isinstance(question, KpiQuestion)
    return name, question.rest


def open_at(channel: Channel, name: str) -> None:
    if name == "kpi_chart":
        channel.shared_with.append("T0HALDENFOODS")


@pytest.mark.parametrize(
    ("typed", "ask"),
    [
        ("kpi nrr over 12 months", Chart("nrr", "over 12 months")),
        ("kpi net new mrr team over 2026", Chart("net-new-mrr", "team over 2026")),
        ("kpi nrr team 2026-Q1", Kpi("nrr", "team 2026-Q1")),
        ("kpi export", Export()),
        ("kpi export nps all ytd", Export("nps", "all ytd")),
        ("kpi export team 2026", Export(None, "team 2026")),
    ],
)
def test_what_is_typed(typed: str, ask: object) -> None:
    assert parse_slash("/account", typed) == ask


@pytest.mark.parametrize("ask", [Chart("nrr", "team over 12 months"), Export(), Export("nps", "<@U1> 2026")])
def test_buttons_carry_what_was_asked(ask: Chart | Export) -> None:
    assert decode_file(encode_file(ask)) == ask


@pytest.mark.parametrize(
    "value", [None, "", "[", "[]", '["chart",null,""]', '["chart","x",""]', '["export","nrr",1]', 7]
)
def test_other_values_are_refused(value: object) -> None:
    with pytest.raises(BadInput, match="older message"):
        decode_file(value)


async def test_a_chart_goes_to_who_asked_and_says_what_it_shows(bot: Bot) -> None:
    seen = await bot.ask("maya", "#accounts", "/account kpi nrr team over 12 months")
    assert "Sent to you: NRR: your team's accounts, in our direct messages" in said(seen)
    [message] = bot.slack.messages("dm", "maya")
    [picture] = message["files"]
    assert (picture["name"], picture["alt_txt"]) == ("nrr.png", "NRR rose.")
    assert "*NRR*" in message["text"]
    assert asked_of(bot) == ("kpi_chart", "team over 12 months")
    assert [one for one in bot.slack.messages("#accounts", "jonas") if one.get("files")] == []


async def test_asked_in_the_direct_message_it_stands_there(socket_bot: Bot) -> None:
    answers = await socket_bot.ask("maya", "dm", "kpi nrr over 12 months")
    assert [one["files"][0]["name"] for one in answers if one.get("files")] == ["nrr.png"]
    assert len(answers) == 1


async def test_the_buttons_under_a_figure(socket_bot: Bot) -> None:
    await socket_bot.ask("maya", "#accounts", "/account kpi nrr team 2026-Q1")
    await socket_bot.click("maya", "Chart")
    assert asked_of(socket_bot) == ("kpi_chart", "team over 12 months")
    await socket_bot.click("maya", "Export")
    assert asked_of(socket_bot) == ("kpi_export", "team 2026-Q1")
    names = [one["files"][0]["name"] for one in socket_bot.slack.messages("dm", "maya")]
    assert names == ["nrr.png", "nrr.xlsx"]


async def test_a_chart_is_posted_where_everyone_may_see_it(bot: Bot) -> None:
    await bot.ask("maya", "#accounts", "/account kpi nrr over 12 months")
    await bot.click("maya", POST)
    [posted] = [one for one in bot.slack.messages("#accounts", "jonas") if one.get("files")]
    assert "Shared by maya" in posted["text"]
    assert [audit.action for audit in bot.use_cases.audits] == ["share"]


@pytest.mark.parametrize("channel", ["#ext-halden-foods", "#acct-acme"])
async def test_no_chart_where_outsiders_read(socket_bot: Bot, channel: str) -> None:
    await socket_bot.ask("maya", channel, "/account kpi nrr over 12 months")
    await socket_bot.click("maya", POST, channel)
    assert [one for one in socket_bot.slack.messages(channel, "maya") if one.get("files")] == []
    assert [audit.action for audit in socket_bot.use_cases.audits] == ["share refused"]


async def test_what_opens_while_it_is_drawn_gets_nothing(socket_bot: Bot) -> None:
    await socket_bot.ask("maya", "#accounts", "/account kpi nrr over 12 months")
    channel = socket_bot.slack.world.workspace.channel("#accounts")
    socket_bot.use_cases.before = lambda name: open_at(channel, name)
    seen = await socket_bot.click("maya", POST)
    assert "shared with another company" in said(seen)
    assert [one for one in seen if one.get("files")] == []


async def test_what_cannot_be_drawn_is_said(socket_bot: Bot) -> None:
    def refuse(name: str) -> None:
        if name == "kpi_chart":
            raise BadInput("Forecast looks ahead.")

    socket_bot.use_cases.before = refuse
    assert "Forecast looks ahead." in said(await socket_bot.ask("maya", "#accounts", "/account kpi forecast over 2026"))
    assert socket_bot.slack.messages("dm", "maya") == []
