"""The lead's roll-up in Slack."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.slack.asks import Team
from bot.slack.values import decode, encode
from bot.storage.database import Database
from tests.services.clerk import Clerk
from tests.slack.reminders.office import Office, aloud, office


@pytest.fixture
async def it(sqlite_database: Database, tmp_path: Path) -> AsyncIterator[Office]:
    async with office(Clerk(sqlite_database, tmp_path / "files")) as found:
        yield found


async def test_the_sum_first_then_each_member(it: Office) -> None:
    lines = aloud(await it.ask("/book team")).splitlines()
    assert lines[0] == "Your team"
    assert lines[1].startswith("1 account · ")
    assert any(line.startswith("Maya Lindqvist") for line in lines)
    assert any(line.startswith("First: Nordwind, ") for line in lines)
    await it.click("Accounts of the team", channel="#accounts")
    assert "Nordwind" in it.last(channel="#accounts")


async def test_guests_see_no_team(it: Office) -> None:
    assert "Nordwind" not in aloud(await it.ask("/book team", "noor", "#acct-acme"))


def test_its_button_comes_back() -> None:
    assert decode(encode(Team())) == Team()
