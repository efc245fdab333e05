"""Somebody who may do everything to a database, and does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import sqlalchemy as sa

from bot.domain.audience import SHELL, only_the_asker
from bot.storage.database import Database, Writer

NOW = datetime(2026, 3, 4, 10, 15, tzinfo=UTC)


@contextmanager
def by_hand(database: Database) -> Iterator[Writer]:
    """A transaction with the guards of the audit trail put aside."""
    with database.writing(only_the_asker(SHELL), NOW) as writer:
        if database.is_sqlite:
            for table in ("audit_event", "audit_value"):
                for event in ("insert", "update", "delete"):
                    writer.execute(sa.text(f"DROP TRIGGER {table}_{event}"))
        else:
            writer.execute(sa.text("SET LOCAL session_replication_role = replica"))
        yield writer
