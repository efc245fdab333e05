"""Least scopes: each has a use, each use has its scope, and what is optional may be missing."""

from __future__ import annotations

import asyncio

import pytest
import yaml

from bot.sandbox import Manifest, Sandbox
from bot.sandbox.api.table import METHODS
from bot.sandbox.delivery import MESSAGE_EVENT, SCOPES_OF_EVENT
from bot.slack.doctor import slack_checks
from bot.slack.scopes import SCOPES, missing
from tests.slack.conftest import Bot, running, said, settings_for
from tests.slack.oracle import REPOSITORY
from tests.slack.scope_table import BEGIN, END, README, called, table

MANIFEST = REPOSITORY / "manifest.yml"
NAMES = [scope.name for scope in SCOPES]
OPTIONAL = [scope.name for scope in SCOPES if scope.optional]


def test_the_manifest_asks_for_the_scopes_of_the_table_and_says_why() -> None:
    text = MANIFEST.read_text(encoding="utf-8")
    assert yaml.safe_load(text)["oauth_config"]["scopes"] == {"bot": NAMES, "bot_optional": OPTIONAL}
    for scope in SCOPES:
        assert f"      - {scope.name} # {scope.feature}\n" in text


def test_readme_has_the_table() -> None:
    text = README.read_text(encoding="utf-8")
    assert text.partition(BEGIN)[2].partition(END)[0] == table(), "run python -m tests.slack.scope_table"


@pytest.mark.parametrize("name", sorted(called()))
def test_every_call_has_a_scope_that_allows_it(name: str) -> None:
    wanted = METHODS[name].scopes
    assert not wanted or set(wanted) & set(NAMES)


def test_every_event_has_its_scope() -> None:
    events = Manifest.load(MANIFEST).events
    for event in events:
        scope = SCOPES_OF_EVENT.get(event)
        assert scope is None or scope in NAMES, event
    assert set(MESSAGE_EVENT.values()) & set(events) == {"message.im"}


@pytest.mark.parametrize("scope", SCOPES, ids=NAMES)
def test_every_scope_is_used_by_what_it_names(scope: object) -> None:
    one = next(found for found in SCOPES if found is scope)
    events = Manifest.load(MANIFEST).events
    assert one.uses or one.name == "commands"
    for use in one.uses:
        if use in METHODS:
            assert use in called(), use
            assert one.name in METHODS[use].scopes, use
        else:
            assert use in events, use


def test_what_is_missing_is_known() -> None:
    assert missing(NAMES) == ()
    assert [scope.name for scope in missing(set(NAMES) - {"dnd:read"})] == ["dnd:read"]


async def test_without_what_is_optional_the_rest_goes_on() -> None:
    """Answers, cards, the Home tab and the direct message need none of it; a file says what is missing."""
    async with running("socket") as bot:
        bot.slack.world.manifest.oauth_config.scopes.bot = [name for name in NAMES if name not in OPTIONAL]
        for text in ("/account acme", "<@U0STEWARD> acme", "/book", "/account bind acme"):
            assert await bot.ask("maya", "#accounts", text), text
        assert "Acme" in said(await bot.ask("maya", "dm", "acme"))
        await bot.slack.open_home("maya")
        await bot.slack.open_home("maya", "messages")
        await bot.settled()
        assert bot.slack.home("maya") is not None
        refused = said(await chart(bot))
        assert "I lack a permission in Slack" in refused


async def test_the_doctor_tells_what_is_needed_from_what_is_off() -> None:
    async with Sandbox(MANIFEST) as slack:
        slack.world.manifest.oauth_config.scopes.bot = [
            name for name in NAMES if name not in ("users:read", "dnd:read")
        ]
        checks = await asyncio.to_thread(slack_checks, settings_for(slack))
        said = [(check.state, check.sentence) for check in checks if check.name == "scopes"]
        assert [state for state, _ in said] == ["error", "warning"]
        assert said[0][1].startswith("The token lacks users:read: paste manifest.yml")
        assert said[1][1].startswith("dnd:read was not allowed, so there is none of this: reminders wait while")
        slack.world.manifest.oauth_config.scopes.bot = NAMES
        checks = await asyncio.to_thread(slack_checks, settings_for(slack))
        assert [check.state for check in checks if check.name == "scopes"] == ["ok"]


async def chart(bot: Bot) -> list[dict[str, object]]:
    return await bot.ask("maya", "#accounts", "/account kpi nrr team over 12 months")
