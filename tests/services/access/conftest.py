from __future__ import annotations

from pathlib import Path

import pytest

from bot.storage.database import Database
from tests.services.access.book import FILES
from tests.services.clerk import Clerk


@pytest.fixture
def book(database: Database, tmp_path: Path) -> Clerk:
    clerk = Clerk(database, tmp_path / "files")
    clerk.bring(FILES)
    return clerk
