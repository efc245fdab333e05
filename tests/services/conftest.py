"""A clerk on each kind of database."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.storage.database import Database
from tests.services.clerk import Clerk


@pytest.fixture
def clerk(database: Database, tmp_path: Path) -> Clerk:
    return Clerk(database, tmp_path / "files")


@pytest.fixture
def sqlite_clerk(sqlite_database: Database, tmp_path: Path) -> Clerk:
    """For what does not depend on the kind of database."""
    return Clerk(sqlite_database, tmp_path / "files")
