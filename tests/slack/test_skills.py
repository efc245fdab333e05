"""Drafts of skills in Slack: asked for by name or by button, cited, and never broken by what stands in the record."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from bot.services.results.skills import SkillDraft
from bot.slack.asks import Here, Sketch, Status
from bot.slack.grammar import parse_slash
from bot.slack.render.skills import draft_page
from bot.slack.values import decode, encode
from tests.slack.conftest import Bot, said
from tests.slack.sketches import any_sketch, sketched
from tests.slack.test_render import DAYS, assert_sendable, words


@pytest.mark.parametrize("skill", ["brief", "handoff", "risk", "checkin"])
def test_each_is_asked_for_by_its_name(skill: Any) -> None:
    assert parse_slash("/account", f"{skill} acme nord") == Status("acme nord", skill, whole=f"{skill} acme nord")
    assert parse_slash("/account", f"draft {skill} acme") == Status("acme", skill, whole=f"{skill} acme")
    assert parse_slash("/account", skill) == Here(skill)
    assert decode(encode(Sketch(7, skill))) == Sketch(7, skill)


def test_a_page_has_every_point_with_its_source() -> None:
    message = draft_page(sketched("Acme", "brief"), Sketch(1, "brief"), DAYS)
    assert_sendable(message)
    shown = words(message)
    for part in (
        "Call preparation",
        "Mind this",
        "“Ana asked for a discount.”",
        "(check source)",
        "Open tickets: ",
        "3, 1 urgent (before: 5)",
        "Maya Lindqvist with Ana Silva, call, ",
        "Not known: No survey since",
        "1 point withheld: no source.",
        "without a model",
    ):
        assert part in shown
    assert "Nothing here" not in shown
    links = [part for block in message.blocks for part in _elements(block) if part["type"] == "link"]
    assert {link["url"] for link in links} == {"https://acme.slack.com/archives/C1/p1"}


def _elements(block: Any) -> list[Any]:
    if isinstance(block, dict):
        own = [block] if "type" in block and block["type"] in ("link", "text") else []
        return own + [one for value in block.values() for one in _elements(value)]
    return [one for part in block for one in _elements(part)] if isinstance(block, list) else []


@settings(max_examples=40)
@given(any_sketch)
def test_nothing_in_a_record_breaks_or_pings(draft: SkillDraft) -> None:
    assert_sendable(draft_page(draft, Sketch(1, "brief"), DAYS))


async def test_a_brief_is_for_the_asker_alone(socket_bot: Bot) -> None:
    [answer] = await socket_bot.ask("maya", "#accounts", "/account brief acme")
    assert answer["is_ephemeral"]
    assert "Ana asked for a discount" in said([answer])
    assert "Ana asked for a discount" not in said(socket_bot.slack.messages("#accounts", "jonas"))


async def test_a_wait_for_a_model_is_told_at_once(socket_bot: Bot) -> None:
    socket_bot.use_cases.model_seconds = 25
    [told, answer] = await socket_bot.ask("maya", "#accounts", "/account brief acme")
    assert "a model words the draft: at most 25 seconds" in said([told])
    assert "Ana asked for a discount" in said([answer])


async def test_a_check_in_is_a_text_to_copy(socket_bot: Bot) -> None:
    [answer] = await socket_bot.ask("maya", "#accounts", "<@U0STEWARD> draft checkin acme")
    assert "To copy, change and send yourself" in said([answer])
