"""How the two databases are connected to: settings, how a transaction begins, connections that died meanwhile."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

BUSY = "busy_timeout=5000"
# For readers as much is mapped as SQLite allows: what lies beyond costs a system call for each page. A bulk load would
# hold on to every page it wrote (measured: 750 MB for a million rows), so writers map nothing.
MAPPED = "mmap_size=2147418112"
# The cache holds the hot ends of the indexes of a large book; fewer checkpoints rewrite each hot page less often.
_SQLITE_SETTINGS = (
    "cache_size=-32768",
    "wal_autocheckpoint=4000",
    "journal_mode=WAL",
    "synchronous=NORMAL",
    BUSY,
    "foreign_keys=ON",
    "temp_store=MEMORY",
)
_TRUSTED = 5.0
"""Seconds for which a connection to PostgreSQL that was just used is taken for alive."""


def sqlite_engine(url: sa.URL, begin: Callable[[sa.Connection], None], *more: str) -> sa.Engine:
    # What a query was given is a customer's: a failure shows the query without it.
    # Last in, first out: who reads one after the other keeps to one connection and its warm cache.
    engine = sa.create_engine(
        url,
        connect_args={"isolation_level": None, "check_same_thread": False},
        pool_use_lifo=True,
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        for setting in (*_SQLITE_SETTINGS, *more):
            connection.execute(f"PRAGMA {setting}")

    event.listen(engine, "begin", begin)
    return engine


def begin_immediate(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def join_transaction(connection: sa.Connection) -> None:
    """SQLAlchemy's connection reads in the transaction that its reader began on the driver."""
    driver: Any = connection.connection.driver_connection
    if not driver.in_transaction:
        connection.exec_driver_sql("BEGIN")


def postgres_engine(url: sa.URL, pool_size: int) -> sa.Engine:
    """Who takes a connection that was idle for a while gets another if it is dead: the server was restarted."""
    engine = sa.create_engine(
        url.set(drivername="postgresql+psycopg"), pool_size=pool_size, pool_use_lifo=True, hide_parameters=True
    )

    @event.listens_for(engine, "checkin")
    def note(_connection: Any, record: Any) -> None:
        record.info["used_at"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def ask(connection: Any, record: Any, _proxy: Any) -> None:
        if time.monotonic() - record.info.get("used_at", math.inf) < _TRUSTED:
            return  # asking costs as much as a small query
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise sa.exc.InvalidatePoolError from error

    return engine
