"""The way up: from empty and from every earlier revision, on both databases."""

from __future__ import annotations

import alembic.autogenerate
import pytest
import sqlalchemy as sa
from alembic.runtime.migration import MigrationContext

from bot.storage import migrate
from bot.storage.database import Database, DatabaseError
from bot.storage.tables import metadata


def _differences(database: Database) -> list[object]:
    def ours(_object: object, name: str | None, kind: str, *_: object) -> bool:
        searched = kind == "table" and str(name).startswith(("account_search", "note_search", "note_bulk"))
        return not searched and name != "ix_account_name_trigram"

    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours})
        return list(alembic.autogenerate.compare_metadata(context, metadata))


def test_migrated_tables_are_the_declared_ones(database: Database) -> None:
    assert migrate.current(database) == migrate.head()
    assert _differences(database) == []


@pytest.mark.parametrize("start", ["base", *migrate.revisions()])
def test_every_revision_reaches_the_newest(database: Database, start: str) -> None:
    migrate.downgrade(database, start)
    migrate.upgrade(database)
    assert migrate.current(database) == migrate.head()
    assert _differences(database) == []


def test_upgrading_twice_changes_nothing(database: Database) -> None:
    migrate.upgrade(database)
    assert migrate.current(database) == migrate.head()


def test_a_database_of_a_newer_version_is_left_alone(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseError, match="newer Steward"):
        migrate.upgrade(database)


def test_a_file_that_is_no_database_is_named(tmp_path: object) -> None:
    path = f"{tmp_path}/notes.db"
    with open(path, "w") as file:  # noqa: PTH123
        file.write("This is not a database, it is a note. " * 100)
    with pytest.raises(DatabaseError, match=r"notes\.db cannot be opened"):
        migrate.upgrade(Database(f"sqlite:///{path}"))
