"""Reading and writing the registry. Every change of an installation leaves an event; a version guards each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.domain.installations import Grant, Installation, State, Tokens
from bot.storage.database import Database
from bot.storage.registry.seal import Seal, SealError
from bot.storage.registry.tables import event, installation, oauth_state

SCRIPTS = Path(__file__).with_name("migrations")
_LOCK = 7_236_018
_STATE_LIFE = timedelta(minutes=10)
MOST_BEGUN = 2_000
"""Installations under way. Anybody may begin one: beyond this the oldest are forgotten, and the table stays small."""


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to a workspace, and when."""

    at: datetime
    team_id: str
    action: str
    detail: str


class Registry:
    """Over a migrated database; safe between threads and processes. What it returns has no token in its `repr`."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._database, self._seal = database, seal

    def close(self) -> None:
        self._database.close()

    def installations(self) -> tuple[Installation, ...]:
        """Every workspace that ever installed Steward, by name."""
        with self._begin() as connection:
            rows = connection.execute(sa.select(installation).order_by(installation.c.team_name))
            return tuple(_installation(row._mapping) for row in rows)

    def installation(self, team_id: str) -> Installation | None:
        with self._begin() as connection:
            row = connection.execute(sa.select(installation).where(installation.c.team_id == team_id)).first()
            return None if row is None else _installation(row._mapping)

    def tokens(self, team_id: str) -> Tokens | None:
        """None when it is not active. Raises SealError when they do not open."""
        c = installation.c
        with self._begin() as connection:
            asked = sa.select(c.sealed).where(c.team_id == team_id, c.state == State.ACTIVE)
            sealed = connection.execute(asked).scalar()
        return None if sealed is None else self._seal.open(team_id, sealed)

    def install(self, grant: Grant, now: datetime) -> None:
        """A workspace is there, or there again: what was frozen thaws, its tokens are the new ones."""
        facts = {
            "team_name": grant.team_name,
            "state": State.ACTIVE,
            "app_id": grant.app_id,
            "bot_id": grant.bot_id,
            "bot_user_id": grant.bot_user_id,
            "scopes": list(grant.scopes),
            "sealed": self._seal.close(grant.team_id, grant.tokens),
            "installed_by": grant.installed_by,
            "installed_at": now,
            "ended_at": None,
        }
        with self._writing() as connection:
            known = _state_of(connection, grant.team_id)
            if known is None:
                connection.execute(installation.insert(), {"team_id": grant.team_id, "version": 1, **facts})
            else:
                _change(connection, grant.team_id, facts)
            action = "thawed" if known is State.FROZEN else "installed"
            _note(connection, now, grant.team_id, action, f"by {grant.installed_by}")

    def renew(self, team_id: str, old: Tokens, new: Tokens, now: datetime) -> bool:
        """Put the next tokens in place of these; False when another process was faster."""
        with self._writing() as connection:
            c = installation.c
            asked = sa.select(c.sealed).where(c.team_id == team_id, c.state == State.ACTIVE)
            sealed = connection.execute(asked).scalar()
            if sealed is None or self._seal.open(team_id, sealed) != old:
                return False
            _change(connection, team_id, {"sealed": self._seal.close(team_id, new)})
            _note(connection, now, team_id, "renewed", "token rotation")
            return True

    def end(self, team_id: str, version: int, state: State, now: datetime, why: str) -> bool:
        """Erase its tokens and leave it in `state` (frozen or erasing); False when it is another version by now."""
        with self._writing() as connection:
            c = installation.c
            asked = sa.select(c.team_id).where(c.team_id == team_id, c.version == version, c.state == State.ACTIVE)
            if connection.execute(asked).first() is None:
                return False
            _change(connection, team_id, {"sealed": None, "state": state, "ended_at": now})
            _note(connection, now, team_id, state, why)
            return True

    def erased(self, team_id: str, now: datetime) -> None:
        """Its data is gone. Who installed it goes too; that it was here stays."""
        with self._writing() as connection:
            if _state_of(connection, team_id) is State.ERASING:
                _change(connection, team_id, {"state": State.ERASED, "installed_by": ""})
                _note(connection, now, team_id, State.ERASED, "")

    def reseal(self, now: datetime) -> int:
        """Encrypt every token with the first key; how many there were. Raises SealError, and then none is changed."""
        with self._writing() as connection:
            c = installation.c
            rows = connection.execute(sa.select(c.team_id, c.sealed).where(c.sealed.is_not(None))).all()
            for row in rows:
                sealed = self._seal.close(row.team_id, self._seal.open(row.team_id, row.sealed))
                _change(connection, row.team_id, {"sealed": sealed})
                _note(connection, now, row.team_id, "resealed", "")
            return len(rows)

    def unreadable(self) -> tuple[str, ...]:
        """What is wrong with stored tokens, a sentence for each that does not open."""
        with self._begin() as connection:
            c = installation.c
            rows = connection.execute(sa.select(c.team_id, c.sealed).where(c.sealed.is_not(None))).all()
        wrong = []
        for row in rows:
            try:
                self._seal.open(row.team_id, row.sealed)
            except SealError as error:
                wrong.append(str(error))
        return tuple(wrong)

    def events(self, team_id: str) -> tuple[Event, ...]:
        """What happened to a workspace, oldest first."""
        with self._begin() as connection:
            rows = connection.execute(sa.select(event).where(event.c.team_id == team_id).order_by(event.c.seq))
            return tuple(Event(row.at, row.team_id, row.action, row.detail) for row in rows)

    def keep_state(self, state: str, now: datetime) -> None:
        """Somebody has begun to install: Slack brings this text back within ten minutes, once."""
        with self._writing() as connection:
            connection.execute(oauth_state.delete().where(oauth_state.c.ends_at < now))
            begun = connection.execute(sa.select(sa.func.count()).select_from(oauth_state)).scalar() or 0
            if begun >= MOST_BEGUN:
                oldest = sa.select(oauth_state.c.digest).order_by(oauth_state.c.ends_at).limit(begun - MOST_BEGUN + 1)
                connection.execute(oauth_state.delete().where(oauth_state.c.digest.in_(oldest)))
            connection.execute(oauth_state.insert(), {"digest": _digest(state), "ends_at": now + _STATE_LIFE})

    def take_state(self, state: str, now: datetime) -> bool:
        """Whether it was kept, has not expired and nobody took it before."""
        with self._writing() as connection:
            c = oauth_state.c
            taken = connection.execute(oauth_state.delete().where(c.digest == _digest(state), c.ends_at >= now))
            return taken.rowcount == 1

    def _begin(self) -> AbstractContextManager[sa.Connection]:
        return self._database.engine.begin()

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        """One writer at a time: SQLite's transactions begin that way, PostgreSQL's take a lock."""
        with self._database.engine.begin() as connection:
            if not self._database.is_sqlite:
                connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            yield connection


def _installation(row: Mapping[Any, Any]) -> Installation:
    return Installation(
        team_id=row["team_id"],
        team_name=row["team_name"],
        state=State(row["state"]),
        bot_user_id=row["bot_user_id"],
        scopes=tuple(row["scopes"]),
        installed_by=row["installed_by"],
        installed_at=row["installed_at"],
        ended_at=row["ended_at"],
        version=row["version"],
    )


def _state_of(connection: sa.Connection, team_id: str) -> State | None:
    found = connection.execute(sa.select(installation.c.state).where(installation.c.team_id == team_id)).scalar()
    return None if found is None else State(found)


def _change(connection: sa.Connection, team_id: str, facts: Mapping[str, Any]) -> None:
    version = {"version": installation.c.version + 1}
    connection.execute(installation.update().where(installation.c.team_id == team_id).values({**facts, **version}))


def _note(connection: sa.Connection, now: datetime, team_id: str, action: str, detail: str) -> None:
    last = connection.execute(sa.select(sa.func.max(event.c.seq))).scalar() or 0
    row = {"seq": last + 1, "at": now, "team_id": team_id, "action": str(action), "detail": detail}
    connection.execute(event.insert(), row)


def _digest(state: str) -> str:
    return sha256(state.encode()).hexdigest()
