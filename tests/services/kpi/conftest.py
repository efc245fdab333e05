"""A second book beside the first, to compare with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.storage.database import Database
from tests.services.clerk import Clerk


@pytest.fixture
def second_clerk(sqlite_template: bytes, tmp_path: Path) -> Iterator[Clerk]:
    path = tmp_path / "second.db"
    path.write_bytes(sqlite_template)
    database = Database(f"sqlite:///{path}")
    yield Clerk(database, tmp_path / "second")
    database.close()
