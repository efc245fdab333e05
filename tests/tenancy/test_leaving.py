"""Uninstalling and revoking: tokens erased, work stopped, data frozen or erased; the other workspace goes on."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from bot.domain.installations import State
from bot.rulebook import Rulebook
from bot.sandbox import Sandbox
from bot.services.errors import BadInput, NotAllowed
from bot.tenancy.registry import settings_of
from bot.tenancy.workspaces import Workspaces
from tests.tenancy.conftest import NORTH, SOUTH, Tenants, serving


def state(tenants: Tenants, team: str = NORTH) -> State:
    found = tenants.registry.installation(team)
    assert found is not None
    return found.state


def mine(slack: Sandbox) -> int:
    """How many calls were made with a token of this workspace."""
    return sum(call.error != "invalid_auth" for call in slack.calls())


async def left(tenants: Tenants, team: str = NORTH) -> None:
    """What the event set off is over."""
    await tenants.settled()
    await tenants.workspaces._tasks.drain(60)
    await tenants.settled()
    assert team not in tenants.workspaces.teams


@pytest.mark.parametrize("how", ["uninstall", "revoke"])
async def test_frozen_until_it_is_installed_again(tenants: Tenants, how: str) -> None:
    north = tenants.slacks[NORTH]
    await tenants.ask(NORTH, '/account remind acme "send borealis" in 1 hour')
    getattr(north.changes, how)()
    await left(tenants)
    assert (state(tenants), tenants.registry.tokens(NORTH)) == (State.FROZEN, None)
    assert await tenants.ask(NORTH, "/account acme") == "[]"
    calls = mine(north)
    north.advance(7200)
    assert "mistral" in await tenants.ask(SOUTH, "/account timeline acme")
    assert mine(north) == calls
    with pytest.raises(NotAllowed, match="is frozen until Steward is installed there again"):
        settings_of(tenants.use, NORTH)
    assert settings_of(tenants.use, "t0southwind").database_url == tenants.places.address(SOUTH)
    with pytest.raises(BadInput, match=rf"installed are T0Southwind \({SOUTH}\)"):
        settings_of(tenants.use, "T0NOBODY")

    assert (await tenants.install(NORTH))[0] == 200
    assert "aurora" in await tenants.ask(NORTH, "/account timeline acme")
    await north.until(lambda: any("borealis" in str(m) for m in north.messages("dm", "maya")))
    await tenants.settled()
    assert [one.action for one in tenants.registry.events(NORTH)] == ["installed", "frozen", "thawed"]


async def test_erased_where_that_is_set(tmp_path: Path, sqlite_template: bytes) -> None:
    async with serving(tmp_path, sqlite_template, on_uninstall="erase") as tenants:
        for team in (NORTH, SOUTH):
            await tenants.install(team)
        tenants.slacks[NORTH].changes.uninstall()
        await left(tenants)
        assert state(tenants) is State.ERASED
        assert sorted(file.name.partition(".")[0] for file in (tmp_path / "workspaces").glob("T0*.db")) == [SOUTH]
        assert not any(NORTH in file.name for file in (tmp_path / "workspaces").iterdir())
        assert "mistral" in await tenants.ask(SOUTH, "/account timeline acme")
        assert [one.action for one in tenants.registry.events(NORTH)] == ["installed", "erasing", "erased"]
        with pytest.raises(NotAllowed, match="was erased"):
            settings_of(tenants.use, NORTH)
        await tenants.install(NORTH)
        assert "aurora" not in await tenants.ask(NORTH, "/account timeline acme")
        assert state(tenants) is State.ACTIVE


async def test_an_erasing_that_died_is_finished(tmp_path: Path, sqlite_template: bytes) -> None:
    async with serving(tmp_path, sqlite_template) as tenants:
        await tenants.install(NORTH)
        found = tenants.registry.installation(NORTH)
        assert found is not None
        assert tenants.registry.end(NORTH, found.version, State.ERASING, tenants.slacks[NORTH].clock.now(), "died")
        await tenants.workspaces.look()
        assert (state(tenants), tenants.workspaces.teams) == (State.ERASED, ())
        assert not any(NORTH in file.name for file in (tmp_path / "workspaces").iterdir())


async def test_news_that_come_late_end_nothing(tenants: Tenants) -> None:
    """Slack repeats events for an hour: the app may be installed again by then. Nor does one person's token matter."""
    north = tenants.slacks[NORTH]
    await north.emit({"type": "app_uninstalled"})
    await north.emit({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U0STEWARD"]}})
    await north.emit({"type": "tokens_revoked", "tokens": {"oauth": ["U0MAYA"], "bot": []}})
    await north.emit({"type": "tokens_revoked", "tokens": "U0MAYA"})
    await tenants.settled()
    assert (state(tenants), set(tenants.workspaces.teams)) == (State.ACTIVE, {NORTH, SOUTH})
    assert "aurora" in await tenants.ask(NORTH, "/account timeline acme")


async def test_an_event_that_never_came_is_noticed(tenants: Tenants) -> None:
    tenants.slacks[NORTH].world.tokens.end("uninstalled")
    await tenants.workspaces.look()
    assert state(tenants) is State.ACTIVE
    tenants.slacks[NORTH].advance(3601)
    await tenants.workspaces.look()
    assert (state(tenants), state(tenants, SOUTH)) == (State.FROZEN, State.ACTIVE)


async def test_processes_agree(tenants: Tenants) -> None:
    clock = tenants.slacks[NORTH].clock.now
    second = Workspaces(tenants.use, tenants.registry, tenants.places, Rulebook(None), clock)
    tenants.others.append(second)
    await second.look()
    assert set(second.teams) == {NORTH, SOUTH}
    first = second.app_of(NORTH)
    await tenants.install(NORTH)
    await second.look()
    assert second.app_of(NORTH) not in (None, first)
    tenants.slacks[NORTH].changes.uninstall()
    await left(tenants)
    await second.look()
    assert second.teams == (SOUTH,)
    tenants.slacks[SOUTH].world.tokens.end("revoked")
    third = Workspaces(tenants.use, tenants.registry, tenants.places, Rulebook(None), clock)
    tenants.others.append(third)
    await third.look()
    assert (third.teams, state(tenants, SOUTH)) == ((), State.FROZEN)


async def test_a_token_of_another_workspace_serves_nobody(tenants: Tenants, caplog: pytest.LogCaptureFixture) -> None:
    """Even sealed for it: whoever can write the registry cannot make one workspace speak as another."""
    found, strange = tenants.registry.installation(NORTH), tenants.registry.tokens(SOUTH)
    own = tenants.registry.tokens(NORTH)
    assert found is not None
    assert strange is not None
    assert own is not None
    tenants.registry.renew(NORTH, own, strange, tenants.slacks[NORTH].clock.now())
    await tenants.workspaces.look()
    assert tenants.workspaces.teams == (SOUTH,)
    assert f"Its token is one of workspace {SOUTH}" in caplog.text
    await tenants.workspaces.look()
    assert caplog.text.count("Its token is one of") == 1


async def test_on_postgresql_each_has_a_database_that_can_be_dropped(tmp_path: Path, postgres_server: str) -> None:
    names = [f"tenants_{team.lower()}" for team in (NORTH, SOUTH)]
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        for name in names:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template_steward".encode())
    pattern = postgres_server.replace("/postgres?", "/tenants_{workspace}?")
    async with serving(tmp_path, b"", workspaces=pattern, on_uninstall="erase") as tenants:
        for team in (NORTH, SOUTH):
            assert (await tenants.install(team))[0] == 200
        assert "aurora" in await tenants.ask(NORTH, "/account timeline acme")
        tenants.slacks[NORTH].changes.uninstall()
        await left(tenants)
        heard = await tenants.ask(SOUTH, "/account timeline acme")
        assert ("mistral" in heard, "aurora" in heard, state(tenants)) == (True, False, State.ERASED)
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        rows = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'tenants%' ORDER BY 1").fetchall()
        assert [row[0] for row in rows] == ["tenants_registry", "tenants_t0southwind"]
        for row in rows:
            connection.execute(f"DROP DATABASE {row[0]} WITH (FORCE)".encode())


async def test_one_that_cannot_be_opened_keeps_no_other_from_being_served(
    tenants: Tenants, caplog: pytest.LogCaptureFixture
) -> None:
    await tenants.workspaces.close()
    (tenants.folder / "workspaces" / f"{NORTH}.db").write_text("This is not a database, it is a note. " * 100)
    for ending in ("-wal", "-shm"):
        (tenants.folder / "workspaces" / f"{NORTH}.db{ending}").unlink(missing_ok=True)
    await tenants.workspaces.look()
    assert tenants.workspaces.teams == (SOUTH,)
    assert f"Workspace {NORTH} is not served: " in caplog.text
    assert "cannot be opened" in caplog.text
    assert state(tenants) is State.ACTIVE
    assert "mistral" in await tenants.ask(SOUTH, "/account timeline acme")
