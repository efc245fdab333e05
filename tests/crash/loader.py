"""Runs one import or undo in a process of its own and dies by SIGKILL at a chosen transaction.

Usage: python -m tests.crash.loader ADDRESS VERB ARGUMENT TRANSACTION WHERE. WHERE is `begun` (inside, nothing written),
`written` (inside, everything written, not committed) or `committed`. A TRANSACTION that does not come leaves it alive.
Prints how many writing transactions there were.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from bot.clock import system_clock
from bot.domain.audience import SHELL, Audience, only_the_asker
from bot.importers import Options
from bot.services.importing.run import Request, bring_in
from bot.services.importing.undo import undo
from bot.storage import bulk
from bot.storage.database import Database, Writer

CHUNK = 300


class Doomed(Database):
    """Counts writing transactions and dies in one of them."""

    def __init__(self, url: str, transaction: int, where: str) -> None:
        super().__init__(url)
        self.count, self._transaction, self._where = 0, transaction, where

    @contextmanager
    def writing(self, audience: Audience, now: datetime) -> Iterator[Writer]:
        self.count += 1
        with super().writing(audience, now) as writer:
            self._die_at("begun")
            yield writer
            self._die_at("written")
        self._die_at("committed")

    def _die_at(self, where: str) -> None:
        if self.count == self._transaction and where == self._where:
            os.kill(os.getpid(), signal.SIGKILL)


def main(address: str, verb: str, argument: str, transaction: str, where: str) -> None:
    bulk.chunk_rows = lambda *, one_writer: CHUNK  # noqa: ARG005 - both kinds of database get small pieces
    database = Doomed(address, int(transaction), where)
    audience = only_the_asker(SHELL)
    if verb == "import":
        bring_in(database, audience, system_clock, Request((Path(argument),), Options()))
    else:
        undo(database, audience, system_clock, argument)
    database.close()
    sys.stdout.write(f"{database.count}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
