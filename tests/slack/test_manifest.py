"""The manifest says what the code does: commands, scopes, events."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import yaml

from bot.slack import commands
from bot.slack.render.help import help_page
from tests.slack.oracle import _SCRIPT, REPOSITORY, needs_oracle
from tests.slack.test_render import words

MANIFEST = REPOSITORY / "manifest.yml"


def manifest() -> Any:
    return yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))


def test_commands_come_from_the_table() -> None:
    assert manifest()["features"]["slash_commands"] == commands.manifest_commands()


def test_suggested_prompts_come_from_the_table() -> None:
    prompts = manifest()["features"]["agent_view"]["suggested_prompts"]
    assert [(prompt["title"], prompt["message"]) for prompt in prompts] == list(commands.SUGGESTED_PROMPTS)


def test_every_scope_says_what_it_is_for() -> None:
    lines = MANIFEST.read_text(encoding="utf-8").splitlines()
    start = lines.index("    bot:")
    scopes = [line for line in lines[start + 1 :] if line.startswith("      - ")][: len(manifest_scopes())]
    assert all("#" in line for line in scopes)


def manifest_scopes() -> list[str]:
    found: list[str] = manifest()["oauth_config"]["scopes"]["bot"]
    return found


def test_settings() -> None:
    read = manifest()
    assert "assistant_view" not in read["features"]
    assert read["settings"]["socket_mode_enabled"] is True
    assert read["settings"]["token_rotation_enabled"] is False
    assert read["settings"]["interactivity"]["is_enabled"] is True
    assert all(command["should_escape"] for command in read["features"]["slash_commands"])


def test_help_and_table_agree() -> None:
    overview = words(help_page())
    for command in commands.COMMANDS:
        assert command.example in overview
        assert command.brief in overview
        for name in command.names:
            alone = words(help_page(name))
            assert command.help in alone
            assert commands.slash_example(command) in alone
            assert commands.spoken_example(command) in alone


@needs_oracle
def test_slack_accepts_the_manifest_and_its_scopes_cover_the_code() -> None:
    for arguments in (["manifest", str(MANIFEST)], ["scopes", str(REPOSITORY / "bot/slack"), str(MANIFEST)]):
        done = subprocess.run(  # noqa: S603 - our own script with our own arguments
            [sys.executable, str(_SCRIPT), *arguments], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout
