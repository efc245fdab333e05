"""Somebody who imports small files and looks at everything that came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.bootstrap import load_policies
from bot.domain.audience import SHELL, only_the_asker
from bot.domain.ids import parse_id
from bot.importers import Options
from bot.services.desk import Desk
from bot.services.importing.report import FileReport, ImportReport
from bot.services.importing.review import Decision, ReviewItem, decide, open_items
from bot.services.importing.run import Progress, Request, bring_in
from bot.services.importing.undo import BatchLine, undo
from bot.services.results import Match
from bot.services.stats import Stats
from bot.storage.database import Database
from bot.storage.live import Live
from bot.storage.tables import VERSIONED, metadata

NOW = datetime(2026, 3, 4, 10, 15, tzinfo=UTC)
SELF = only_the_asker(SHELL)
PARTS = ("created", "updated", "unchanged", "removed", "skipped", "to_review")
Files = Mapping[str, str | bytes]


def clock() -> datetime:
    return NOW


def counts(report: ImportReport | FileReport) -> dict[str, int]:
    """The numbers of a report that are not zero."""
    return {name: number for name in PARTS if (number := getattr(report, name))}


def assert_adds_up(report: ImportReport) -> None:
    everything: tuple[ImportReport | FileReport, ...] = (report, *report.files)
    for one in everything:
        assert one.read == sum(getattr(one, name) for name in PARTS), one
    for name in ("read", *PARTS):
        assert getattr(report, name) == sum(getattr(file, name) for file in report.files)


@dataclass(frozen=True)
class Clerk:
    """Every import's report is checked to add up."""

    database: Database
    folder: Path

    def write(self, files: Files) -> tuple[Path, ...]:
        self.folder.mkdir(exist_ok=True)
        for name, text in files.items():
            data = text if isinstance(text, bytes) else text.encode()
            (self.folder / name).write_bytes(data)
        return tuple(self.folder / name for name in files)

    def bring(
        self,
        files: Files,
        *,
        options: Options | None = None,
        dry_run: bool = False,
        create_accounts: bool = False,
        progress: Progress | None = None,
    ) -> ImportReport:
        request = Request(self.write(files), options or Options(), dry_run, create_accounts)
        report = bring_in(self.database, SELF, clock, request, progress)
        assert_adds_up(report)
        return report

    def again_changes_nothing(self, files: Files, *, options: Options | None = None) -> ImportReport:
        """Import what was imported before: nothing new, nothing changed, nothing that users see moves."""
        before = self.visible()
        report = self.bring(files, options=options)
        assert (report.created, report.updated, report.removed) == (0, 0, 0), counts(report)
        after = self.visible()
        assert {name: rows for name, rows in after.items() if rows != before[name]} == {}
        return report

    def rows(self, from_table: str, **where: Any) -> list[Any]:
        """Visible rows of a table."""
        table = metadata.tables[from_table]

        def build(live: Live) -> sa.Select[Any]:
            wanted = [table.c[column] == value for column, value in where.items()]
            return sa.select(table).where(live(table), *wanted).order_by(*table.primary_key.columns)

        with self.database.reading(SELF) as reader:
            return list(reader.run_once(build).all())

    def rows_of(self, plain_table: str) -> list[Any]:
        """Rows of a table that has no versions, by its key."""
        table = metadata.tables[plain_table]
        with self.database.reading(SELF) as reader:
            return list(reader.connection.execute(sa.select(table).order_by(*table.primary_key.columns)))

    def row(self, table: str, **where: Any) -> Any:
        (found,) = self.rows(table, **where)
        return found

    def visible(self) -> dict[str, list[tuple[Any, ...]]]:
        """Everything that users can see, version by version; not whether a hidden change would end it."""
        return {
            table.name: [(*row[: (at := list(table.c.keys()).index("v_out"))], *row[at + 1 :]) for row in rows]
            for table in VERSIONED
            for rows in [self.rows(table.name)]
        }

    def dump(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table."""
        found = {}
        with self.database.reading(SELF) as reader:
            for table in metadata.sorted_tables:
                query = sa.select(table).order_by(*table.primary_key.columns)
                found[table.name] = [tuple(row) for row in reader.connection.execute(query)]
            if self.database.is_sqlite:
                searched = sa.text("SELECT * FROM account_search ORDER BY rowid")
                found["account_search"] = [tuple(row) for row in reader.connection.execute(searched)]
        return found

    @property
    def desk(self) -> Desk:
        return Desk(self.database, clock, load_policies(None), ZoneInfo("UTC"))

    def find(self, query: str) -> Match:
        return self.desk.find_account(SELF, query)

    def found(self, query: str) -> str | None:
        """The name of the one account that a query leads to."""
        match = self.find(query)
        return str(self.row("account", id=parse_id(match.account_id)).name) if match.account_id else None

    def only_account(self) -> int:
        return int(self.row("account").id)

    def stats(self) -> Stats:
        return self.desk.stats(SELF)

    def undo(self, report: ImportReport | str) -> BatchLine:
        return undo(self.database, SELF, clock, report if isinstance(report, str) else str(report.batch))

    def reviews(self) -> tuple[ReviewItem, ...]:
        return open_items(self.database, SELF)

    def decide(self, item: str, verdict: str) -> Decision:
        return decide(self.database, SELF, clock, item, verdict)
