"""SQLite connections between two readers.

A loan from SQLAlchemy's pool costs as much as several of the queries that a card is made of, and every request borrows
a handful of times. Readers therefore pass connections on among themselves.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa


class Idle:
    """Connections that were borrowed from the pool and wait for the next reader. Safe between threads.

    Last in, first out: who reads one after the other keeps to one connection and its warm cache.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._waiting: list[sa.PoolProxiedConnection] = []

    def take(self) -> sa.PoolProxiedConnection:
        """A connection outside of any transaction."""
        try:
            return self._waiting.pop()
        except IndexError:
            return self._engine.raw_connection()

    def give_back(self, raw: sa.PoolProxiedConnection) -> None:
        """Ends what transaction there is; a connection that cannot be rolled back is thrown away."""
        driver: Any = raw.driver_connection
        try:
            if driver.in_transaction:
                driver.rollback()
        except BaseException:
            raw.invalidate()
            raise
        self._waiting.append(raw)

    def close(self) -> None:
        while self._waiting:
            self._waiting.pop().close()
