"""What the README promises is what there is."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from bot.cli.main import main
from bot.settings import Settings
from bot.slack.commands import SLASHES

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_setting_is_documented_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `([A-Z_]+)` \|\s*([^|]*?)\s*\|", README, flags=re.MULTILINE))
    names = {}
    for field in Settings.model_fields.values():
        alias = field.validation_alias
        names[getattr(alias, "choices", [alias])[0]] = field.default
    assert set(rows) == set(names)
    for name, default in names.items():
        shown = rows[name].strip().strip("`")
        assert shown == ("" if default is None else "Slack's" if "slack.com" in str(default) else str(default)), name


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_shell_command_is_documented(name: str) -> None:
    assert f"steward {name}" in README


@pytest.mark.parametrize("slash", sorted(SLASHES))
def test_every_slash_command_is_documented(slash: str) -> None:
    assert slash in README


def test_every_import_option_is_documented() -> None:
    group = main.commands["import"]
    assert isinstance(group, click.Group)
    options = [name for parameter in group.commands["files"].params for name in parameter.opts if name.startswith("--")]
    assert [name for name in options if name not in README] == []


def test_every_room_is_documented() -> None:
    rooms = {path.parent.name for path in (ROOT / "bot").glob("*/__init__.py")}
    assert {room for room in rooms if f"bot/{room}" not in README} == set()


def test_no_address_of_a_registry_and_no_path_of_a_machine() -> None:
    for name in ("constraints.txt", "constraints-dev.txt", "pyproject.toml", "Makefile"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert not re.search(r"https?://|--(extra-)?index-url|file:///", text), name
