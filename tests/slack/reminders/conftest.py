"""A post room for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.storage.database import Database
from tests.services.clerk import Clerk
from tests.slack.reminders.postroom import Postroom, postroom


@pytest.fixture
async def room(sqlite_database: Database, tmp_path: Path) -> AsyncIterator[Postroom]:
    async with postroom(Clerk(sqlite_database, tmp_path / "files")) as found:
        yield found
