"""What Slack delivered and somebody took: each delivery is handled once, across processes."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.storage.database import Writer
from bot.storage.tables import handled

KEPT_FOR = timedelta(days=2)
"""Slack repeats a delivery for at most a day."""


def forget_old(writer: Writer, now: datetime) -> int:
    return writer.execute(sa.delete(handled).where(handled.c.at < now - KEPT_FOR)).rowcount


def forget(writer: Writer, key: str) -> None:
    """Let this one be handled again."""
    writer.execute(sa.delete(handled).where(handled.c.key == key))
