"""What Slack delivered and somebody took: each delivery is handled once, across processes."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bot.storage.database import Writer
from bot.storage.tables import handled

KEPT_FOR = timedelta(days=2)
"""Slack repeats a delivery for at most a day."""


def claim(writer: Writer, key: str) -> bool:
    """True for the first who claims this delivery."""
    insert = sqlite.insert if writer.connection.dialect.name == "sqlite" else postgresql.insert
    query = insert(handled).values(key=key, at=writer.now).on_conflict_do_nothing(index_elements=["key"])
    return writer.execute(query).rowcount == 1


def forget_old(writer: Writer, now: datetime) -> int:
    return writer.execute(sa.delete(handled).where(handled.c.at < now - KEPT_FOR)).rowcount
