"""Bring a database to this version's tables, from empty or from any earlier revision.

`scripts` says which tables those are: a workspace's, or the registry's.
"""

from __future__ import annotations

import threading
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.storage.database import Database, DatabaseError

WORKSPACE = Path(__file__).with_name("migrations")
_ALEMBIC = threading.Lock()
"""Alembic's environment is one for the process: two threads in it undo each other."""


def _config(scripts: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(scripts))
    config.set_main_option("path_separator", "os")
    return config


def head(scripts: Path = WORKSPACE) -> str:
    """The revision this version of Steward wants."""
    revision = ScriptDirectory.from_config(_config(scripts)).get_current_head()
    if revision is None:
        raise DatabaseError("the migrations are missing from this installation; install Steward again")
    return revision


def revisions(scripts: Path = WORKSPACE) -> tuple[str, ...]:
    """All revisions, oldest first."""
    return tuple(
        script.revision for script in reversed(list(ScriptDirectory.from_config(_config(scripts)).walk_revisions()))
    )


def current(database: Database) -> str | None:
    """The revision a database is at, None when it is empty. Raises DatabaseError when it cannot be opened."""
    try:
        with database.engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    except sa.exc.DatabaseError as error:
        raise DatabaseError(f"{describe(database)} cannot be opened: {error.orig}") from error


def upgrade(database: Database, revision: str = "head", scripts: Path = WORKSPACE) -> None:
    """Apply what is missing. Two processes may try at once: the second finds nothing to do."""
    if database.path is not None and not database.path.parent.is_dir():
        raise DatabaseError(f"the folder of {database.path} does not exist; create it or change DATABASE_URL")
    found = current(database)
    if found is not None and found not in revisions(scripts):
        raise DatabaseError(f"{describe(database)} was made by a newer Steward ({found}); upgrade Steward first")
    with _ALEMBIC, database.engine.begin() as connection:
        if not database.is_sqlite:
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7236001)")
        config = _config(scripts)
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def downgrade(database: Database, revision: str) -> None:
    """Go back to an earlier revision ("base" empties the database). For tests of the way up."""
    with database.engine.begin() as connection:
        config = _config(WORKSPACE)
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


def describe(database: Database) -> str:
    """The database in words, without a password."""
    return str(database.path) if database.path else database.url.set(query={}).render_as_string(hide_password=True)
