"""Where the databases of several workspaces are: SQLite files in a folder, or databases of one PostgreSQL server.

Each workspace has a database of its own and the registry has one more, so that no query reaches from one into another.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from bot.domain.installations import is_team_id
from bot.storage.addresses import DatabaseError, parsed

SLOT: Final = "{workspace}"
_REGISTRY: Final = "registry"
_ADVICE: Final = (
    "STEWARD_WORKSPACES must be a folder, or a PostgreSQL address whose database has {workspace} in its name, "
    "such as postgresql://user:password@host/steward_{workspace}"
)


class Places:
    """Raises DatabaseError when the setting is neither a folder nor such an address."""

    def __init__(self, setting: str) -> None:
        self._folder = None if "://" in setting else Path(setting)
        self._server: sa.URL | None = None
        if self._folder is None:
            self._server = _server(setting)

    @property
    def registry(self) -> str:
        """The registry's address, its place made."""
        return self._made(_REGISTRY)

    def made(self, team_id: str) -> str:
        """The address of a workspace's database, its place made where there is none yet."""
        return self._made(_safe(team_id))

    def address(self, team_id: str) -> str:
        """The address of a workspace's database."""
        return self._address(_safe(team_id))

    def remove(self, team_id: str) -> None:
        """The workspace's database and all that is in it, gone for good; nothing when there is none."""
        name = _safe(team_id)
        if self._folder is not None:
            for ending in ("", "-wal", "-shm", "-journal"):
                (self._folder / f"{name}.db{ending}").unlink(missing_ok=True)
        else:
            self._command(f'DROP DATABASE IF EXISTS "{self._name(name)}" WITH (FORCE)')

    def _address(self, name: str) -> str:
        if self._server is None:
            return f"sqlite:///{self._folder}/{name}.db"
        return self._server.set(database=self._name(name)).render_as_string(hide_password=False)

    def _made(self, name: str) -> str:
        if self._folder is not None:
            try:
                self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            except OSError as error:
                raise DatabaseError(f"the folder {self._folder} cannot be made ({error.strerror})") from error
        else:
            self._create(self._name(name))
        return self._address(name)

    def _name(self, name: str) -> str:
        return str(self._server.database if self._server else "").replace(SLOT, name.lower())

    def _create(self, database: str) -> None:
        try:
            self._command(f'CREATE DATABASE "{database}"')
        except sa.exc.ProgrammingError as error:
            if getattr(error.orig, "sqlstate", None) != "42P04":  # it is there already
                raise DatabaseError(f"the database {database} cannot be created: {error.orig}") from error
        except sa.exc.IntegrityError:
            pass  # somebody else creates it right now

    def _command(self, text: str) -> None:
        """On the server's own database, outside of any transaction: that is how databases are made and dropped."""
        assert self._server is not None  # noqa: S101 - for types: a folder takes no commands
        engine = sa.create_engine(self._server.set(database="postgres"), poolclass=sa.NullPool, hide_parameters=True)
        try:
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql(text)
        except sa.exc.OperationalError as error:
            raise DatabaseError(f"PostgreSQL at {self._server.host} cannot be reached: {error.orig}") from error
        finally:
            engine.dispose()


def _server(setting: str) -> sa.URL:
    url = parsed(setting, _ADVICE)
    name = (url.database or "").replace(SLOT, "")
    if url.get_backend_name() != "postgresql" or url.database == name or not re.fullmatch(r"\w*", name):
        raise DatabaseError(_ADVICE)
    return url.set(drivername="postgresql+psycopg")


def _safe(team_id: str) -> str:
    if not is_team_id(team_id):
        raise DatabaseError(f"{team_id!r} is not the id of a workspace; it looks like T0123ABCD")
    return team_id
