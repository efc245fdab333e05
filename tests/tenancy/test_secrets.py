"""No secret and no customer's word gets out: not into a log, an error, the doctor's answer, or a repr."""

from __future__ import annotations

import asyncio
import logging
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg
import pytest
from click.testing import CliRunner
from pydantic import SecretStr

from bot.bootstrap import build_desk, build_model, open_database
from bot.cli.main import main
from bot.llm import Config
from bot.sandbox import Sandbox
from bot.settings import Settings
from bot.slack.logs import SecretFilter
from bot.storage.database import Database
from bot.storage.registry import new_key
from tests.conftest import NOW
from tests.services.clerk import Clerk
from tests.slack.oracle import REPOSITORY
from tests.tenancy.conftest import NORTH, SOUTH, Tenants, book

PASSWORD, API_KEY, URL_PASSWORD = "pl4nted-database", "sk-pl4nted-model", "pl4nted-address"
RECORD = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ (DEBUG|INFO|WARNING|ERROR|CRITICAL) ", re.MULTILINE)


def records(log: str) -> Iterator[tuple[str, str]]:
    """(level, text) of each record, tracebacks included."""
    starts = [*RECORD.finditer(log)]
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        yield start[1], log[start.start() : following.start() if following else None]


@pytest.fixture
def address(postgres_server: str) -> Iterator[str]:
    """A database that takes any password."""
    name = "t_secrets"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template_steward".encode())
    yield postgres_server.replace("postgres:@", f"postgres:{PASSWORD}@").replace("/postgres?", f"/{name}?")
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


async def test_nothing_gets_out_of_a_bot_that_says_all_it_can(tmp_path: Path, address: str) -> None:
    """The whole program at DEBUG, through answers, a model that fails, Slack's troubles and a broken table."""
    assert PASSWORD in address
    database = Database(address)
    Clerk(database, tmp_path / "files").bring(book("quokka"))
    async with Sandbox(REPOSITORY / "manifest.yml") as slack:
        model = slack.base_url.replace("http://", f"http://steward:{URL_PASSWORD}@") + "v1"
        environment = {
            **os.environ, "PYTHONPATH": str(REPOSITORY), "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token, "SLACK_API_URL": slack.base_url, "DATABASE_URL": address,
            "OPENAI_API_KEY": API_KEY, "OPENAI_BASE_URL": model, "STEWARD_LLM_MODEL": "m", "STEWARD_LOG_LEVEL": "DEBUG",
            "STEWARD_LLM_SECONDS": "2",
        }  # fmt: skip
        run = (sys.executable, "-m", "bot.cli", "run", "--socket")
        pipe = asyncio.subprocess.PIPE
        bot = await asyncio.create_subprocess_exec(*run, env=environment, cwd=tmp_path, stdout=pipe, stderr=pipe)
        await slack.connected(timeout=60)

        async def ask(text: str) -> None:
            before = len(slack.messages("#accounts", "maya"))
            await slack.say("maya", "#accounts", text)
            await slack.until(lambda: len(slack.messages("#accounts", "maya")) > before, timeout=30)
            await slack.quiet()

        await ask("/account timeline acme")
        await ask("/account log acme talked about wombats")
        await ask("/account brief acme")
        for kind in ("rate_limited", "http_500_after", "error"):
            slack.fault(kind, "chat.post*")
            await ask("/account acme")
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("ALTER TABLE interaction RENAME TO gone")
        await ask("/account log acme talked about wombats again")
        slack.changes.uninstall()
        out, err = await asyncio.wait_for(bot.communicate(), 30)
    log = (out + err).decode()
    assert bot.returncode == 2
    assert {"DEBUG", "INFO", "ERROR"} <= {level for level, _ in records(log)}
    assert "Traceback" in log
    secrets = (slack.bot_token, slack.app_token, PASSWORD, API_KEY, URL_PASSWORD)
    assert [one for one in secrets if one in log] == []
    said = [text for level, text in records(log) if level != "DEBUG" and re.search("quokka|wombat", text)]
    assert said == []
    database.close()


async def test_nothing_gets_out_of_several_workspaces(tenants: Tenants, caplog: pytest.LogCaptureFixture) -> None:
    """The records as they are made, before any mask: the causes are mended."""
    caplog.set_level(logging.DEBUG)
    state, cookie = await tenants.begin()
    await tenants.get(f"/slack/oauth_redirect?{urlencode({'code': 'pl4nted-code', 'state': state})}", cookie)
    await tenants.install(NORTH)
    await tenants.ask(NORTH, "/account timeline acme")
    command = {
        "command": "/account",
        "text": "wombat",
        "team_id": NORTH,
        "user_id": "U0MAYA",
        "channel_id": "C0ACCOUNTS",
    }
    assert (await tenants.post(urlencode(command), secret="forged"))[0] == 401
    await tenants.post(
        {"type": "event_callback", "team_id": NORTH, "event": {"type": "unknown_thing", "text": "wombat"}}
    )
    token, other = tenants.slacks[NORTH].bot_token, tenants.slacks[SOUTH].bot_token
    tenants.slacks[NORTH].changes.uninstall()
    await tenants.settled()
    await tenants.workspaces._tasks.drain(60)
    use = tenants.use
    keys = [one.get_secret_value() for one in (use.client_secret, use.signing_secret, use.token_keys) if one]
    # uvicorn writes whole addresses, with codes and states, to a logger that is cut off; pytest listens all the same.
    assert logging.getLogger("uvicorn.access").propagate is False
    heard = [record for record in caplog.records if record.name != "uvicorn.access"]
    logged = "\n".join(logging.Formatter("%(name)s %(message)s").format(record) for record in heard)
    assert "served no more" in logged
    secrets = (token, other, state, "pl4nted-code", *keys)
    assert [line for line in logged.splitlines() if any(one in line for one in secrets)] == []
    informed = [record for record in heard if record.levelno >= logging.INFO]
    assert not [one for one in informed if re.search("aurora|mistral|wombat", logging.Formatter().format(one))]


PLANTED: dict[str, Any] = {
    "bot_token": SecretStr("xoxb-pl4nted-bot"), "app_token": SecretStr("xapp-pl4nted-app"), "client_id": "1.2",
    "signing_secret": SecretStr("pl4nted-signing"), "client_secret": SecretStr("pl4nted-client"),
    "token_keys": SecretStr(f"{new_key()},{new_key()}"), "llm_key": SecretStr("pl4nted-llm"), "llm_model": "m",
    "database_url": "postgresql://u:pl4nted-a@h/d?password=pl4nted-b", "llm_url": "https://u:pl4nted-c@h/v1",
    "workspaces": "postgresql://u:pl4nted%2Fd@h/x_{workspace}",
}  # fmt: skip


def test_settings_know_their_secrets_and_do_not_show_them(tmp_path: Path) -> None:
    use = Settings(_env_file=None, **PLANTED)
    for word in ("bot", "app", "signing", "client", "llm", "a", "b", "c", "/d", "%2Fd"):
        assert any(secret.endswith(f"pl4nted-{word}") or f"pl4nted{word}" in secret for secret in use.secrets), word
    assert set(use.keys) <= use.secrets
    shown = [repr(use), str(use), f"{use!r}", repr(use.model_copy())]
    small = use.model_copy(update={"database_url": f"sqlite:///{tmp_path}/x.db"})
    desk = build_desk(small, open_database(small), lambda: NOW)
    shown += [repr(desk), repr(desk.drafting), repr(build_model(small, desk.database, lambda: NOW))]
    shown.append(repr(Config(model="m", api_key="pl4nted", base_url="http://u:pl4nted@h")))
    assert [text for text in shown if "pl4nted" in text or use.keys[0] in text] == []


@pytest.mark.parametrize(
    "words", [["run"], ["run", "--http"], ["doctor"], ["account", "acme"], ["import", "x"], ["migrate"], ["workspaces"]]
)
def test_no_error_of_the_shell_tells_a_secret(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, words: list[str]
) -> None:
    """Whatever is wrong with what was set: only its name is said."""
    common = {
        "SLACK_BOT_TOKEN": "xoxb-pl4nted", "SLACK_APP_TOKEN": "xapp-pl4nted", "SLACK_SIGNING_SECRET": "pl4nted",
        "SLACK_API_URL": "http://127.0.0.1:9/", "SLACK_CLIENT_SECRET": "pl4nted", "STEWARD_TOKEN_KEYS": "pl4nted",
        "OPENAI_API_KEY": "pl4nted",
    }  # fmt: skip
    wrong = (
        {"DATABASE_URL": "postgresql://u:pl4nted@127.0.0.1:9/x?password=pl4nted"},
        {"DATABASE_URL": "postgresql://u:pl4nted@h:port/x"},
        {"DATABASE_URL": "pl4nted"},
        {"DATABASE_URL": "mysql://u:pl4nted@h/x"},
        {"SLACK_BOT_TOKEN": "pl4nted", "SLACK_APP_TOKEN": "pl4nted"},
        {"STEWARD_WORKSPACES": "postgresql://u:pl4nted@127.0.0.1:9/x_{workspace}"},
        {"STEWARD_WORKSPACES": "postgresql://u:pl4nted@h/x"},
        {"STEWARD_WORKSPACES": str(tmp_path)},
    )
    for settings in wrong:
        with monkeypatch.context() as patch:
            for name, value in {**common, **settings}.items():
                patch.setenv(name, value)
            found = CliRunner().invoke(main, words)
            assert "pl4nted" not in found.output + str(found.exception), (settings, found.output)
            assert "Traceback" not in found.output


def test_the_last_line_masks_what_is_set() -> None:
    record = logging.LogRecord("x", logging.INFO, __file__, 1, "of %s and abc", ("pl4nted-key",), None)
    assert SecretFilter({"pl4nted-key", "abc", ""}).filter(record)
    assert record.getMessage() == "of [redacted] and abc"


def test_an_unexpected_error_of_the_shell_is_logged_without_secrets(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """In a process of its own, where nobody has set up a log."""
    program = (
        "import sys; from bot.cli.context import one_sentence\n"
        "@one_sentence\n"
        "def fail(): raise RuntimeError('xoxb-pl4nted-token and pl4nted-key')\n"
        "fail()"
    )
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "OPENAI_API_KEY": "pl4nted-key"}
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program], env=environment, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, "Traceback" in done.stderr, "pl4nted-" in done.stderr) == (1, True, False)
