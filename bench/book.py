"""A large invented book as CSV files, the same for the same size."""

from __future__ import annotations

import csv
import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from tests.domain.company_names import companies

SEGMENTS = ("strategic", "mid-market", "small")
OWNERS = 500
KINDS = ("call", "email", "meeting", "note")
WORDS = (
    "the team asked about the rollout",
    "we agreed on a second workshop",
    "pricing for next year is open",
    "support closed the export issue",
    "training for new users went well",
    "the sponsor wants a summary before the review",
    "adoption in the warehouse is behind",
    "they compare us with their old tool",
)


def write_book(folder: Path, accounts: int, interactions: int, today: date, seed: int = 11) -> list[str]:
    """Accounts with owners, contracts, tickets, usage and interactions. Returns the account names in order."""
    folder.mkdir(parents=True, exist_ok=True)
    draw = random.Random(seed)  # noqa: S311 - invented data
    names = companies(accounts)
    _accounts(folder / "accounts.csv", names, draw)
    _contracts(folder / "contracts.csv", accounts, draw, today)
    _tickets(folder / "tickets.csv", accounts, draw, today)
    _usage(folder / "usage.csv", accounts, today, draw)
    write_interactions(folder / "interactions.csv", accounts, interactions, draw, today)
    return names


def _accounts(path: Path, names: list[str], draw: random.Random) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "name", "owner_email", "segment", "country", "currency"])
        for at, name in enumerate(names):
            owner = f"owner{at % OWNERS}@steward.example"
            rows.writerow([f"A{at}", name, owner, draw.choice(SEGMENTS), "DE", draw.choice(("EUR", "USD"))])


def _contracts(path: Path, accounts: int, draw: random.Random, today: date) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(
            [
                "id",
                "account_id",
                "product",
                "quantity",
                "amount",
                "period",
                "currency",
                "starts_on",
                "ends_on",
                "auto_renew",
                "notice_days",
            ]
        )
        for at in range(accounts):
            start = today - timedelta(days=draw.randrange(1, 364))
            end = start + timedelta(days=364)
            rows.writerow(
                [
                    f"C{at}",
                    f"A{at}",
                    draw.choice(("Core", "Flow")),
                    10,
                    12000 + at % 900,
                    "year",
                    "EUR",
                    start,
                    end,
                    at % 2 == 0,
                    60,
                ]
            )


def _tickets(path: Path, accounts: int, draw: random.Random, today: date) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "account_id", "opened_at", "solved_at", "status", "priority", "subject"])
        for at in range(accounts):
            opened = datetime(today.year, today.month, today.day, 9, tzinfo=UTC) - timedelta(
                days=draw.randrange(1, 200)
            )
            solved = opened + timedelta(hours=30) if at % 4 else None
            rows.writerow(
                [
                    f"T{at}",
                    f"A{at}",
                    opened.isoformat(),
                    solved.isoformat() if solved else "",
                    "solved" if solved else "open",
                    "high",
                    "Export fails",
                ]
            )


def _usage(path: Path, accounts: int, today: date, draw: random.Random) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["account_id", "on", "days", "metric", "value", "entitlement"])
        for at in range(accounts):
            level = draw.randrange(20, 200)
            for month in range(6):
                rows.writerow(
                    [f"A{at}", today - timedelta(days=30 * (6 - month)), 30, "active users", level + month, 250]
                )


def write_interactions(
    path: Path, accounts: int, count: int, draw: random.Random, today: date, prefix: str = "I"
) -> None:
    """Eight columns, two years, some text in each row. Ids begin with `prefix`."""
    start = datetime(today.year, today.month, today.day, tzinfo=UTC) - timedelta(days=730)
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "account_id", "at", "kind", "direction", "author_email", "subject", "text"])
        for at in range(count):
            moment = start + timedelta(minutes=draw.randrange(0, 730 * 1440 - 1440))
            owner = f"owner{at % OWNERS}@steward.example"
            text = f"{draw.choice(WORDS)}; {draw.choice(WORDS)}; {draw.choice(WORDS)}"
            rows.writerow(
                [
                    f"{prefix}{at}",
                    f"A{draw.randrange(accounts)}",
                    moment.isoformat(),
                    draw.choice(KINDS),
                    "out",
                    owner,
                    draw.choice(WORDS),
                    text,
                ]
            )
