"""Reading the past: the same queries over the versions that were visible at an instant.

What is asked for is what was *known* then, by when it was written down here: a call of May that was imported in July
was not known in June. What was taken back since is gone from the past as well.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.storage.database import AnyRow, Reader
from bot.storage.guard import SIGHT, Access
from bot.storage.live import Build, past_once, past_statement
from bot.storage.sight import Sight


class AsKnown(Reader):
    """A reader in the same look and for the same audience, as of an instant. Who may see what is as of now."""

    def __init__(self, reader: Reader, known_at: datetime) -> None:
        super().__init__(lambda: reader.connection, reader.audience)
        self.known_at = known_at
        self.sight = reader.sight

    def _run(self, build: Build, sight: Sight, values: dict[str, Any]) -> list[AnyRow]:
        made = past_statement(build, sight.access)
        if made.narrows:
            values["ids"] = sight.among(values["ids"])
        return list(self.connection.execute(made.query, self._at(values)).all())

    def run_once(self, build: Build) -> sa.CursorResult[Any]:
        return self.connection.execute(past_once(build, self.sight.access), self._at({}))

    def _at(self, values: dict[str, Any]) -> dict[str, Any]:
        seen = {} if self.sight.access is Access.ALL else {SIGHT: self.sight.listed}
        return {**values, **seen, "known_at": self.known_at}
