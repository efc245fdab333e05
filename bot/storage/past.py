"""Reading the past: the same queries over the versions that were visible at an instant.

What is asked for is what was *known* then, by when it was written down here: a call of May that was imported in July
was not known in June. What was taken back since is gone from the past as well.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.storage.database import AnyRow, Reader
from bot.storage.live import Build, past_statement


class AsKnown(Reader):
    """A reader in the same look and for the same audience, as of an instant."""

    def __init__(self, reader: Reader, known_at: datetime) -> None:
        super().__init__(lambda: reader.connection, reader.audience)
        self.known_at = known_at

    def rows(self, build: Build, **values: Any) -> list[AnyRow]:
        return list(self.connection.execute(past_statement(build), self._at(values)).all())

    def run_once(self, build: Build) -> sa.CursorResult[Any]:
        return self.connection.execute(past_statement(build), self._at({}))

    def _at(self, values: dict[str, Any]) -> dict[str, Any]:
        return {**values, "known_at": self.known_at}
