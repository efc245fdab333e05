"""Processes that deliver are killed at every point, answers get lost, messages come late: each is seen once."""

from __future__ import annotations

import os
import random
from pathlib import Path

from bot.storage.database import Database
from tests.crash.post_office import post_office

SEED = "CRASH_SEED"
COUNT = 1_000


async def test_nothing_is_lost_or_seen_twice(database: Database, tmp_path: Path) -> None:
    """One process at a time on SQLite, four at once on PostgreSQL. A seed in CRASH_SEED plays the same again."""
    seed = int(os.environ.get(SEED) or random.SystemRandom().randrange(10**6))
    again = f"{SEED}={seed} plays it again"
    wave, processes = (50, 1) if database.is_sqlite else (200, 4)
    async with post_office(database, tmp_path, seed) as office:
        while office.planned < COUNT or office.open_rows():
            more = office.planned < COUNT
            if more:
                office.plan(wave)
            await office.day(processes, troubles=3 if more else 0)
        seen, wanted = office.seen(), [f"Reminder {n} of" for n in range(COUNT)]
        lost, twice = [one for one in wanted if one not in seen], [one for one in wanted if seen[one] > 1]
        assert (lost, twice, {row.state for row in office.rows()}) == ([], [], {"sent"}), again
        assert office.broken_links() == [], again
        looked = len(office.sandbox.calls("conversations.history"))
        assert office.deaths >= 8 <= looked, f"hardly anybody died ({office.deaths}) or looked ({looked}); {again}"
