"""The shell where several workspaces are served, and `steward run` of one that is uninstalled."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.bootstrap import build_desk, build_slack_app, open_database
from bot.cli.main import main
from bot.cli.serve import _serve, keep_from_bolt, serve_several
from bot.domain.installations import State
from bot.rulebook import Rulebook
from bot.sandbox import Sandbox
from bot.services.desk import Desk
from bot.settings import Settings, SettingsError
from bot.slack.serve import StartError
from bot.storage.registry import new_key
from tests.slack.conftest import settings_for
from tests.slack.oracle import REPOSITORY
from tests.tenancy.conftest import NORTH, SOUTH, Tenants


@pytest.fixture
def shell(tenants: Tenants, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs a command in a thread, with the settings of the process that serves."""
    use = tenants.use
    secrets = {"SLACK_CLIENT_SECRET": use.client_secret, "SLACK_SIGNING_SECRET": use.signing_secret}
    for name, value in {**secrets, "STEWARD_TOKEN_KEYS": use.token_keys}.items():
        assert value is not None
        monkeypatch.setenv(name, value.get_secret_value())
    monkeypatch.setenv("SLACK_CLIENT_ID", use.client_id or "")
    monkeypatch.setenv("STEWARD_WORKSPACES", use.workspaces or "")
    monkeypatch.setenv("SLACK_API_URL", use.slack_api_url)

    async def run(*words: str) -> Result:
        return await asyncio.to_thread(CliRunner().invoke, main, words)

    return run


async def test_each_workspace_from_the_shell(tenants: Tenants, shell: Any) -> None:
    listed = await shell("workspaces")
    assert listed.output.count(": active, installed 2026-03-04") == 2
    north = await shell("--workspace", "t0northlight", "account", "acme", "--timeline")
    south = await shell("--workspace", SOUTH, "account", "acme", "--timeline")
    assert ("aurora" in north.output, "mistral" in north.output) == (True, False)
    assert ("aurora" in south.output, "mistral" in south.output) == (False, True)
    for words in (("account", "acme"), ("--workspace", "elsewhere", "account", "acme"), ("stats",)):
        refused = await shell(*words)
        assert (refused.exit_code, "Say which workspace" in refused.output) == (2, True)
    assert "installed by U0MAYA" in (await shell("workspaces", "history", NORTH)).output
    tenants.registry.end(NORTH, 1, State.FROZEN, tenants.slacks[NORTH].clock.now(), "uninstalled")
    refused = await shell("--workspace", NORTH, "account", "acme")
    assert (refused.exit_code, "its data is frozen" in refused.output) == (2, True)
    assert "frozen, installed 2026-03-04, left 2026-03-04" in (await shell("workspaces")).output
    assert '"team_id": "T0NORTHLIGHT"' in (await shell("workspaces", "--json")).output


async def test_doctor_looks_at_every_workspace(tenants: Tenants, shell: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    said = (await shell("doctor")).output
    assert "2 workspaces are served." in said
    for name in ("T0Northlight", "T0Southwind"):
        assert f"{name}: database" in said
        assert f"Connected to {name} as" in said
    old, fresh = os.environ["STEWARD_TOKEN_KEYS"], (await shell("workspaces", "new-key")).output.strip()
    monkeypatch.setenv("STEWARD_TOKEN_KEYS", fresh)
    found = await shell("doctor")
    assert (found.exit_code, "opens with no key of STEWARD_TOKEN_KEYS" in found.output) == (1, True)
    monkeypatch.setenv("STEWARD_TOKEN_KEYS", f"{fresh},{old}")
    assert "2 tokens are encrypted with the first key" in (await shell("workspaces", "reseal")).output
    monkeypatch.setenv("STEWARD_TOKEN_KEYS", fresh)
    assert "2 workspaces are served." in (await shell("doctor")).output
    monkeypatch.setenv("STEWARD_TOKEN_KEYS", "no key")
    found = await shell("doctor")
    assert (found.exit_code, "Key 1 of STEWARD_TOKEN_KEYS is not one" in found.output) == (1, True)


def test_options_for_several_workspaces_need_several(monkeypatch: pytest.MonkeyPatch) -> None:
    for words in (["--workspace", "x", "stats"], ["workspaces"], ["workspaces", "reseal"]):
        found = CliRunner().invoke(main, words)
        assert (found.exit_code, "STEWARD_WORKSPACES is not set" in found.output) == (2, True)


def test_options_for_one_workspace_need_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("STEWARD_WORKSPACES", str(tmp_path))
    found = CliRunner().invoke(main, ["run", "--http"])
    assert (found.exit_code, "--socket and --http are for one workspace" in found.output) == (2, True)


async def test_bolt_makes_no_store_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It would, in clear text, wherever it finds the app's id and secret in the environment."""
    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"):
        monkeypatch.setenv(name, "1.2")
    use = Settings(_env_file=None, bot_token="xoxb-x", database_url=f"sqlite:///{tmp_path}/x.db")
    desk = build_desk(use, open_database(use))
    for makes_one in (True, False):
        app = build_slack_app(use, desk)
        assert (app.oauth_flow is not None) is makes_one
        await app.close()
        keep_from_bolt()


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    use = Settings(_env_file=None, workspaces=str(tmp_path), bot_token="xoxb-x")
    with pytest.raises(SettingsError) as caught:
        serve_several(use)
    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_SIGNING_SECRET", "STEWARD_TOKEN_KEYS"):
        assert f"{name} is not set" in str(caught.value)
    assert "both set" in str(caught.value)
    assert use.model_copy(update={"token_keys": None}).keys == ()
    assert len(Settings(_env_file=None, token_keys=f"{new_key()}, {new_key()}").keys) == 2


@asynccontextmanager
async def one_workspace(tmp_path: Path, template: bytes) -> AsyncIterator[tuple[Sandbox, Settings, Desk]]:
    """A workspace and what `steward run` would serve it with."""
    async with Sandbox(REPOSITORY / "manifest.yml") as slack:
        use = settings_for(slack, database_url=f"sqlite:///{tmp_path}/steward.db")
        database = open_database(use)
        assert database.path is not None
        database.path.write_bytes(template)
        yield slack, use, build_desk(use, database, slack.clock.now)
        assert database.path.exists()
        database.close()


async def test_one_workspace_that_is_uninstalled_ends_the_bot(tmp_path: Path, sqlite_template: bytes) -> None:
    async with one_workspace(tmp_path, sqlite_template) as (slack, use, desk):
        serving = asyncio.create_task(_serve(use, "socket", desk, Rulebook(None)))
        await slack.connected(timeout=60)
        slack.changes.uninstall()
        with pytest.raises(StartError, match="was uninstalled from the workspace, or its token revoked"):
            await serving


async def test_one_that_was_uninstalled_before(tmp_path: Path, sqlite_template: bytes) -> None:
    async with one_workspace(tmp_path, sqlite_template) as (slack, use, desk):
        slack.world.tokens.end("uninstalled")
        with pytest.raises(StartError, match=r"Slack refused SLACK_BOT_TOKEN \(account_inactive\)"):
            await _serve(use, "http", desk, Rulebook(None))
