"""The registry of workspaces: tokens under seal, every change noted, each workspace in a place of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import alembic.autogenerate
import pytest
import sqlalchemy as sa
from alembic.runtime.migration import MigrationContext
from pydantic import SecretStr

from bot.domain.installations import Grant, State, Tokens
from bot.storage import migrate
from bot.storage.database import Database, DatabaseError
from bot.storage.places import Places
from bot.storage.registry import SCRIPTS, Registry, Seal, SealError, new_key
from bot.storage.registry.tables import installation, metadata
from tests.conftest import NOW

TOKENS = Tokens(SecretStr("xoxe.xoxb-1-planted"), SecretStr("xoxe-1-next"), NOW + timedelta(hours=12))
GRANT = Grant("T0NORTH", "Northlight", "A1", "B1", "U0BOT", ("commands", "chat:write"), "U0MAYA", TOKENS)
KEY = new_key()


@pytest.fixture(params=["sqlite", "postgresql"])
def places(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Places]:
    if request.param == "sqlite":
        yield Places(str(tmp_path / "workspaces"))
        return
    server: str = request.getfixturevalue("postgres_server")
    prefix = f"p{abs(hash(str(tmp_path))):x}"
    found = Places(server.replace("/postgres?", f"/{prefix}_{{workspace}}?"))
    yield found
    for team in ("T0NORTH", "T0SOUTH"):
        found.remove(team)


@pytest.fixture
def emptied(places: Places) -> Iterator[Database]:
    database = Database(places.registry)
    migrate.upgrade(database, scripts=SCRIPTS)
    yield database
    with database.engine.begin() as connection:
        for table in metadata.sorted_tables:
            connection.execute(table.delete())
    database.close()


@pytest.fixture
def registry(emptied: Database) -> Registry:
    return Registry(emptied, Seal([KEY]))


def stored(database: Database) -> str:
    with database.engine.connect() as connection:
        return str(connection.execute(sa.select(installation)).mappings().all())


def test_migrated_tables_are_the_declared_ones(emptied: Database) -> None:
    migrate.upgrade(emptied, scripts=SCRIPTS)
    with emptied.engine.connect() as connection:
        assert list(alembic.autogenerate.compare_metadata(MigrationContext.configure(connection), metadata)) == []


def test_a_workspace_from_installing_to_erasing(registry: Registry, emptied: Database) -> None:
    assert registry.installations() == ()
    registry.install(GRANT, NOW)
    (found,) = registry.installations()
    assert (found.team_id, found.team_name, found.state, found.scopes) == (
        "T0NORTH", "Northlight", State.ACTIVE, ("commands", "chat:write")
    )  # fmt: skip
    assert registry.tokens("T0NORTH") == TOKENS
    assert "planted" not in stored(emptied) + repr(found) + repr(TOKENS) + repr(GRANT)

    assert not registry.end("T0NORTH", 2, State.FROZEN, NOW, "uninstalled")
    assert registry.end("T0NORTH", 1, State.FROZEN, NOW, "uninstalled")
    assert not registry.end("T0NORTH", 2, State.ERASING, NOW, "uninstalled")
    assert registry.tokens("T0NORTH") is None
    assert "'sealed': None" in stored(emptied)

    registry.install(replace(GRANT, team_name="Northlight Ltd"), NOW)
    found = registry.installation("T0NORTH") or found
    assert (found.state, found.team_name, found.version) == (State.ACTIVE, "Northlight Ltd", 3)
    assert registry.end("T0NORTH", 3, State.ERASING, NOW, "uninstalled")
    registry.erased("T0NORTH", NOW)
    found = registry.installation("T0NORTH") or found
    assert (found.state, found.installed_by) == (State.ERASED, "")
    actions = [one.action for one in registry.events("T0NORTH")]
    assert actions == ["installed", "frozen", "thawed", "erasing", "erased"]


def test_rotated_tokens_are_written_by_the_first_process(registry: Registry) -> None:
    registry.install(GRANT, NOW)
    second, third = Tokens(SecretStr("xoxe.xoxb-2")), Tokens(SecretStr("xoxe.xoxb-3"))
    assert registry.renew("T0NORTH", TOKENS, second, NOW)
    assert not registry.renew("T0NORTH", TOKENS, third, NOW)
    assert not registry.renew("T0SOUTH", TOKENS, third, NOW)
    assert registry.tokens("T0NORTH") == second


def test_keys_are_changed_without_losing_a_token(emptied: Database) -> None:
    Registry(emptied, Seal([KEY])).install(GRANT, NOW)
    other = new_key()
    wrong = Registry(emptied, Seal([other]))
    assert "T0NORTH opens with no key of STEWARD_TOKEN_KEYS" in wrong.unreadable()[0]
    with pytest.raises(SealError, match="no key"):
        wrong.tokens("T0NORTH")
    with pytest.raises(SealError, match="no key"):
        wrong.reseal(NOW)
    both = Registry(emptied, Seal([other, KEY]))
    assert (both.tokens("T0NORTH"), both.unreadable()) == (TOKENS, ())
    assert both.reseal(NOW) == 1
    assert wrong.tokens("T0NORTH") == TOKENS


def test_a_token_moved_to_another_workspace_does_not_open(registry: Registry, emptied: Database) -> None:
    registry.install(GRANT, NOW)
    with emptied.engine.begin() as connection:
        connection.execute(installation.update().values(team_id="T0SOUTH"))
    with pytest.raises(SealError, match="is of another"):
        registry.tokens("T0SOUTH")


@pytest.mark.parametrize(("keys", "sentence"), [([], "is empty"), ([KEY, "x"], "Key 2 of"), (["é"], "Key 1 of")])
def test_a_bad_key_is_named_and_not_shown(keys: list[str], sentence: str) -> None:
    with pytest.raises(SealError, match=sentence) as caught:
        Seal(keys)
    assert KEY not in str(caught.value)


def test_a_state_is_good_once_and_for_ten_minutes(registry: Registry, emptied: Database) -> None:
    registry.keep_state("s1", NOW)
    registry.keep_state("s2", NOW)
    assert not registry.take_state("forged", NOW)
    assert registry.take_state("s1", NOW + timedelta(minutes=9))
    assert not registry.take_state("s1", NOW)
    assert not registry.take_state("s2", NOW + timedelta(minutes=11))


def test_installations_that_nobody_finishes_do_not_pile_up(
    registry: Registry, emptied: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.registry.registry.MOST_BEGUN", 3)
    for number in range(5):
        registry.keep_state(f"s{number}", NOW + timedelta(seconds=number))
    assert [registry.take_state(f"s{number}", NOW) for number in range(5)] == [False, False, True, True, True]


def test_each_workspace_has_its_own_place(places: Places) -> None:
    north, south = (Database(places.made(team)) for team in ("T0NORTH", "T0SOUTH"))
    for database in (north, south):
        with database.engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE note (text varchar)")
    with north.engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO note VALUES ('north')")
    with south.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM note").scalar() == 0
    north.close()
    places.remove("T0NORTH")
    places.remove("T0NORTH")
    with south.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM note").scalar() == 0
    south.close()
    fresh = Database(places.made("T0NORTH"))
    with fresh.engine.connect() as connection:
        assert not sa.inspect(connection).has_table("note")
    fresh.close()


@pytest.mark.parametrize("team", ["", "../T1", "T1/../../x", "t1", "T1;", "E0ORG", "T" * 40, 'T1"'])
def test_nothing_but_a_team_id_becomes_a_place(tmp_path: Path, team: str) -> None:
    for call in (Places(str(tmp_path)).made, Places(str(tmp_path)).remove, Places(str(tmp_path)).address):
        with pytest.raises(DatabaseError, match="not the id of a workspace"):
            call(team)


@pytest.mark.parametrize(
    "setting", ["postgresql://u:secret@h/db", "mysql://u:secret@h/{workspace}", "postgresql://u:secret@h:x/{workspace}"]
)
def test_a_wrong_address_is_refused_without_showing_it(setting: str) -> None:
    with pytest.raises(DatabaseError, match="STEWARD_WORKSPACES must be") as caught:
        Places(setting)
    assert "secret" not in str(caught.value)
