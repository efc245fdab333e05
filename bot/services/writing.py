"""A transaction for a person who waits for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from bot.domain.audience import Audience
from bot.services.errors import Busy
from bot.storage.database import Database, LockedError, Writer

BUSY = "Somebody else is writing right now, probably an import. Nothing was lost: try again in a moment."


@contextmanager
def writing(database: Database, audience: Audience, now: datetime) -> Iterator[Writer]:
    """As `database.writing`. Raises Busy when somebody else writes for seconds."""
    try:
        with database.writing(audience, now) as writer:
            yield writer
    except LockedError as error:
        raise Busy(BUSY) from error
