"""The database: one engine for reading, one for writing, and the two ways to use it.

Reading is one snapshot; writing is one transaction that begins IMMEDIATE on SQLite, because a transaction that reads
first and writes later loses its lock to others. Leaving a `writing` block without an error commits, with an error rolls
back; queries never commit.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Final, TypeAlias, TypeVar

import sqlalchemy as sa

from bot.domain.audience import Actor, Audience
from bot.domain.ids import new_id
from bot.storage import addresses
from bot.storage.addresses import DatabaseError as DatabaseError
from bot.storage.engines import BUSY, MAPPED, begin_immediate, join_transaction, postgres_engine, sqlite_engine
from bot.storage.guard import SIGHT, Access
from bot.storage.idle import Idle
from bot.storage.live import Build, once, sqlite_plan, statement
from bot.storage.sight import EVERYTHING, Remembered, Sight, narrowing
from bot.storage.tables import change
from bot.storage.types import instant_text

T = TypeVar("T")
AnyRow: TypeAlias = Any
"""A row with its columns as attributes: SQLAlchemy's, or a named tuple on SQLite's fast path."""

_HIDDEN_SQL = "SELECT id FROM change WHERE state <> 'live' AND purged = 0"
_HIDDEN = sa.select(change.c.id).where(change.c.state != "live", change.c.purged.is_(sa.false()))


_CLAIM_SQLITE = "INSERT INTO handled (key, at) VALUES (?, ?) ON CONFLICT (key) DO NOTHING"
_CLAIM = sa.text("INSERT INTO handled (key, at) VALUES (:key, :at) ON CONFLICT (key) DO NOTHING")


_PLAN_ANEW = sa.text("SET LOCAL plan_cache_mode = force_custom_plan")


TROUBLE: Final = (sa.exc.DBAPIError, sqlite3.Error)
"""What the drivers raise when the database does not do what it is asked: locked, full, gone, restarting."""


class LockedError(Exception):
    """Somebody else is writing; wait for them where waiting does no harm."""


@dataclass(frozen=True, slots=True)
class Lease:
    """Who is loading a change (`host:pid`) and until when they are believed to be alive."""

    holder: str
    until: datetime


class Reader:
    """One consistent look at the data, for one audience. The first argument of every query."""

    known_at: datetime | None = None
    """The instant as of which it looks; None: now. See `bot.storage.past`."""

    def __init__(self, connect: Callable[[], sa.Connection], audience: Audience, driver: Any = None) -> None:
        """`driver` is SQLite's own connection, in a transaction that `connect` joins."""
        self._connect = connect
        self.audience = audience
        self._driver = driver
        self._on_sqlite = driver is not None
        self._memory: dict[str, tuple[Hashable, Any]] = {}
        self._sights = Remembered()

    @staticmethod
    def over(connection: sa.Connection, audience: Audience) -> Reader:
        """A reader inside the transaction that this connection is in."""
        return Reader(lambda: connection, audience, _driver_of(connection))

    @cached_property
    def connection(self) -> sa.Connection:
        """SQLAlchemy's connection, made when somebody needs more than the module-level queries."""
        return self._connect()

    @cached_property
    def hidden(self) -> tuple[int, ...]:
        """Changes that nobody may see yet, or any more: loading, or undone and not purged."""
        if self._on_sqlite:
            return tuple(row[0] for row in self._driver.execute(_HIDDEN_SQL))
        return tuple(self.connection.execute(_HIDDEN).scalars())

    @cached_property
    def sight(self) -> Sight:
        """The accounts that everybody in the audience may see."""
        return self._sights.of(self.everything, self.audience, self.hidden)

    def narrowing(self) -> tuple[Actor, ...]:
        """Those of the audience's others because of whom less is seen than the actor sees alone."""
        return narrowing(self.everything, self.audience)

    def everything(self, build: Build, **values: Any) -> list[AnyRow]:
        """`rows` past the audience: for finding out who may see what, and for nothing else."""
        return self._run(build, EVERYTHING, values)

    def rows(self, build: Build, **values: Any) -> list[AnyRow]:
        """Run a module-level query, of which the audience gets what it may see; it is compiled once."""
        return self._run(build, self.sight, values)

    def _run(self, build: Build, sight: Sight, values: dict[str, Any]) -> list[AnyRow]:
        if self.hidden:
            values["hidden"] = self.hidden
        made = statement(build, bool(self.hidden), sight.access)
        if made.narrows:
            values["ids"] = sight.among(values["ids"])
        if made.asks:
            values[SIGHT] = sight.listed
        if self._on_sqlite:
            single = len(values.get("ids", ())) == 1
            return sqlite_plan(build, bool(self.hidden), single, sight.access).run(self._driver, values)
        return list(self.connection.execute(made.query, values).all())

    def row(self, build: Build, **values: Any) -> AnyRow | None:
        return next(iter(self.rows(build, **values)), None)

    def plan_anew(self) -> None:
        """For queries over whole tables: until this look ends, PostgreSQL plans each for the values it is given.

        After a few times it would keep one plan for any values, which takes every set of ids for a handful and made
        figures of a workspace three times slower; planning each time costs a small query as much as it takes.
        """
        if not self._on_sqlite:
            self.connection.execute(_PLAN_ANEW)

    def remembered(self, name: str, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` returned to the last reader who brought this key, else what it returns now.

        The key must say all that the answer depends on, and be read in this look. Nobody may change what they get.
        """
        held = self._memory.get(name)
        if held is None or held[0] != key:
            held = self._memory[name] = (key, make())
        found: T = held[1]
        return found

    def run_once(self, build: Build) -> sa.CursorResult[Any]:
        """Execute a query that was made for this one time."""
        access = self.sight.access
        values: dict[str, Any] = {"hidden": self.hidden} if self.hidden else {}
        values |= {} if access is Access.ALL else {SIGHT: self.sight.listed}
        return self.connection.execute(once(build, bool(self.hidden), access), values)


class Writer(Reader):
    """A transaction in the name of an actor; `rehearsing` when it will be rolled back whatever happens."""

    def __init__(
        self, connection: sa.Connection, audience: Audience, now: datetime, *, rehearsing: bool = False
    ) -> None:
        super().__init__(lambda: connection, audience, _driver_of(connection))
        self.actor: Actor = audience.actor
        self.now = now
        self.rehearsing = rehearsing

    def execute(self, query: sa.Executable, values: Any = None) -> sa.CursorResult[Any]:
        return self.connection.execute(query, values)

    def begin_change(self, kind: str, *, note: str | None = None, lease: Lease | None = None) -> int:
        """A new change by this actor: live at once, or loading under a lease until it is published."""
        change_id = new_id()
        self.execute(
            change.insert(),
            {
                "id": change_id,
                "kind": kind,
                "state": "loading" if lease else "live",
                "actor": self.actor.name,
                "via": self.actor.via,
                "note": note,
                "started_at": self.now,
                "published_at": None if lease else self.now,
                "lease_until": lease.until if lease else None,
                "holder": lease.holder if lease else None,
                "purged": False,
            },
        )
        return change_id


class Database:
    """SQLite (`sqlite:///file.db`) or PostgreSQL (`postgresql://...`). Connects on first use."""

    def __init__(self, url: str, *, pool_size: int = 8) -> None:
        parsed = addresses.parsed(url, "DATABASE_URL is not a database address; try sqlite:///steward.db")
        if parsed.get_backend_name() not in {"sqlite", "postgresql"}:
            raise DatabaseError(
                f"DATABASE_URL names {parsed.get_backend_name()}; Steward runs on sqlite and postgresql"
            )
        self.url = parsed
        self._memory: dict[str, tuple[Hashable, Any]] = {}
        self._sights = Remembered()
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        if self.is_sqlite:
            self._reading = sqlite_engine(parsed, join_transaction, MAPPED)
            self._idle = Idle(self._reading)
            self._writing = sqlite_engine(parsed, begin_immediate)
        else:
            self._writing = postgres_engine(parsed, pool_size)
            self._reading = self._writing.execution_options(isolation_level="REPEATABLE READ")

    @property
    def path(self) -> Path | None:
        """The file of a SQLite database."""
        return Path(self.url.database) if self.is_sqlite and self.url.database else None

    @property
    def engine(self) -> sa.Engine:
        """The writing engine, for migrations."""
        return self._writing

    @contextmanager
    def reading(self, audience: Audience) -> Iterator[Reader]:
        if not self.is_sqlite:
            with self._reading.connect() as connection:
                reader = Reader.over(connection, audience)
                reader._memory, reader._sights = self._memory, self._sights
                yield reader
            return
        # A session of SQLAlchemy's costs as much as several of the queries in it, so it is only made when asked for.
        raw = self._idle.take()
        driver: Any = raw.driver_connection
        reader = Reader(lambda: sa.Connection(self._reading, raw), audience, driver)
        reader._memory, reader._sights = self._memory, self._sights
        try:
            driver.execute("BEGIN")
            yield reader
        finally:
            # Either ends the transaction: the pool, too, rolls back what it takes back.
            if "connection" in reader.__dict__:
                reader.connection.close()
            else:
                self._idle.give_back(raw)

    @contextmanager
    def writing(self, audience: Audience, now: datetime) -> Iterator[Writer]:
        """Raises LockedError when somebody else kept writing for longer than anybody should wait."""
        try:
            with self._writing.begin() as connection:
                yield Writer(connection, audience, now)
        except sa.exc.OperationalError as error:
            if not _is_locked(error):
                raise
            raise LockedError(str(error.orig)) from error

    @contextmanager
    def noting(self, audience: Audience, now: datetime) -> Iterator[Writer]:
        """As `writing`, for what is written for nearly every read: on SQLite on the connection that reads next, for
        what any other connection writes empties its page cache."""
        if not self.is_sqlite:
            with self.writing(audience, now) as writer:
                yield writer
            return
        raw = self._idle.take()
        driver: Any = raw.driver_connection
        try:
            driver.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            self._idle.give_back(raw)
            if "locked" not in str(error):
                raise
            raise LockedError(str(error)) from error
        # Closed without a commit it rolls back, and the next reader gets the connection from the pool.
        with sa.Connection(self._reading, raw) as connection:
            yield Writer(connection, audience, now)
            connection.commit()

    def claim(self, key: str, now: datetime, *, patient: bool) -> bool:
        """True for the first who claims this key, in any process.

        Asked for every request of the event loop: on SQLite one statement, without waiting for another writer unless
        `patient`, on the connection that reads next: what any other connection writes empties its page cache. Raises
        LockedError when it would have to wait.
        """
        values = {"key": key, "at": now}
        if not self.is_sqlite:
            with self._writing.begin() as connection:
                return connection.execute(_CLAIM, values).rowcount == 1
        raw = self._writing.raw_connection() if patient else self._idle.take()
        try:
            driver: Any = raw.driver_connection
            with contextlib.nullcontext() if patient else _hurried(driver):
                return bool(driver.execute(_CLAIM_SQLITE, (key, instant_text(now))).rowcount == 1)
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            raise LockedError(str(error)) from error
        finally:
            if patient:
                raw.close()
            else:
                self._idle.give_back(raw)

    def close(self) -> None:
        if self.is_sqlite:
            self._idle.close()
        for engine in (self._reading, self._writing):
            engine.dispose()


def _is_locked(error: sa.exc.OperationalError) -> bool:
    """SQLite waited for its `busy_timeout`, PostgreSQL for a `lock_timeout`."""
    return getattr(error.orig, "sqlstate", None) == "55P03" or "database is locked" in str(error.orig)


def _driver_of(connection: sa.Connection) -> Any:
    return connection.connection.driver_connection if connection.dialect.name == "sqlite" else None


@contextmanager
def _hurried(driver: Any) -> Iterator[None]:
    """Inside, a lock held by somebody else fails at once."""
    driver.execute("PRAGMA busy_timeout=0")
    try:
        yield
    finally:
        driver.execute(f"PRAGMA {BUSY}")
