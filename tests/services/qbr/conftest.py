"""A desk over the book of `book.py`, at the fifth of January 2026."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.bootstrap import load_policies
from bot.domain.ids import parse_id
from bot.services.desk import Desk
from bot.services.qbr.drafting import Wanted
from bot.services.results.qbr import Qbr, Reader
from bot.storage.database import Database
from tests.services.clerk import SELF, Clerk
from tests.services.qbr.book import BOOK

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


@dataclass
class Room:
    """The clock stands still until it is moved."""

    clerk: Clerk
    now: datetime = NOW

    @property
    def desk(self) -> Desk:
        return Desk(self.clerk.database, lambda: self.now, load_policies(None), ZoneInfo("UTC"))

    def account(self, name: str = "Nordwind Logistics") -> int:
        return parse_id(self.desk.find_account(SELF, name).account_id or "") or 0

    def draft(self, period: str | None = None, name: str = "Nordwind Logistics", readers: Reader = "internal") -> Qbr:
        return self.desk.reviews.draft(SELF, Wanted(self.account(name), period, readers))

    def files(self, qbr: Qbr, readers: Reader) -> dict[str, bytes]:
        """By their ending."""
        made = self.desk.reviews.files(SELF, id_of(qbr), readers)
        return {one.name.rpartition(".")[2]: one.content for one in made}


def id_of(qbr: Qbr) -> int:
    return parse_id(qbr.id) or 0


@pytest.fixture
def room(database: Database, tmp_path: Path) -> Room:
    """On both databases."""
    clerk = Clerk(database, tmp_path / "files")
    clerk.bring(BOOK)
    return Room(clerk)


@pytest.fixture
def quick_room(sqlite_database: Database, tmp_path: Path) -> Room:
    clerk = Clerk(sqlite_database, tmp_path / "files")
    clerk.bring(BOOK)
    return Room(clerk)
