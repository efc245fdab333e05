"""What Slack delivered and somebody took: each delivery is handled once, across processes."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.storage.database import Writer
from bot.storage.tables import handled

KEPT_FOR = timedelta(days=2)
"""Slack repeats a delivery for at most a day."""


_CLAIM = sa.text("INSERT INTO handled (key, at) VALUES (:key, :at) ON CONFLICT (key) DO NOTHING").bindparams(
    sa.bindparam("at", type_=handled.c.at.type)
)


def claim(writer: Writer, key: str) -> bool:
    """True for the first who claims this delivery."""
    return writer.execute(_CLAIM, {"key": key, "at": writer.now}).rowcount == 1


def forget_old(writer: Writer, now: datetime) -> int:
    return writer.execute(sa.delete(handled).where(handled.c.at < now - KEPT_FOR)).rowcount
