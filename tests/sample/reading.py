"""Reads the written files back, the way a stranger would: by their columns."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, cached_property
from statistics import median

from bot.sample import sample_files

Row = dict[str, str]

DAYS = (
    date(2024, 2, 29),
    date(2025, 3, 31),
    date(2025, 12, 31),
    date(2026, 1, 1),
    date(2026, 11, 22),
    date(2027, 10, 30),
)
"""A leap day, a month's end, both sides of a new year, a Sunday and a Saturday."""


@dataclass(frozen=True)
class Book:
    today: date
    files: dict[str, tuple[Row, ...]]

    def of(self, name: str, account: Row) -> tuple[Row, ...]:
        return tuple(row for row in self.files[f"{name}.csv"] if row["account_id"] == account["id"])

    @cached_property
    def accounts(self) -> dict[str, Row]:
        return {row["name"]: row for row in self.files["accounts.csv"]}

    def age(self, when: str) -> int:
        """Days from that date or moment to today; negative = ahead."""
        return (self.today - datetime.fromisoformat(when).date()).days

    def lines(self, account: Row) -> tuple[Row, ...]:
        """The latest term of every contract line."""
        rows = self.of("contracts", account)
        return tuple(r for r in rows if not any(_follows(other, r) for other in rows))

    def share(self, account: Row, weeks_ago: int) -> float:
        """Middle share of seats in use over the six weeks that ended so many weeks ago."""
        weeks = [row for row in self.of("usage", account) if row["metric"] == "active_users"]
        end = len(weeks) - weeks_ago
        return median(int(row["value"]) / int(row["entitlement"]) for row in weeks[end - 6 : end])

    def latest_nps(self, account: Row) -> list[int]:
        return [
            int(r["score"]) for r in self.of("surveys", account) if r["survey"] == "nps" and self.age(r["at"]) < 170
        ]

    def last_touch(self, account: Row) -> int:
        return min(self.age(row["at"]) for row in self.of("interactions", account))


def _follows(later: Row, earlier: Row) -> bool:
    same = later["product"] == earlier["product"] and later["currency"] == earlier["currency"]
    return same and later["starts_on"] > earlier["ends_on"]


@cache
def book(today: date, seed: int = 7) -> Book:
    files = sample_files(today, seed)
    return Book(today, {name: tuple(csv.DictReader(io.StringIO(text))) for name, text in files.items()})
