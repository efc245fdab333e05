from __future__ import annotations

import asyncio

import pytest

from bot.storage.database import Database
from tests.leaks.book import plant
from tests.leaks.planted import Planted, all_shown


@pytest.fixture(scope="session")
def planted(sqlite_template: bytes, tmp_path_factory: pytest.TempPathFactory) -> Planted:
    folder = tmp_path_factory.mktemp("planted")
    path = folder / "book.db"
    path.write_bytes(sqlite_template)
    database = Database(f"sqlite:///{path}")
    clerk = plant(database, folder / "files")
    try:
        return asyncio.run(all_shown(clerk, folder, path))
    finally:
        database.close()
