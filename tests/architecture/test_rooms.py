"""The rooms of the house and the doors between them, read from the code itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# What a room may import of ours. Everything may import itself.
DOORS: dict[str, frozenset[str]] = {
    "bot.domain": frozenset(),
    "bot.clock": frozenset(),
    "bot.settings": frozenset(),
    "bot.rulebook": frozenset({"bot.domain"}),
    "bot.storage": frozenset({"bot.domain"}),
    "bot.importers": frozenset({"bot.domain"}),
    "bot.sample": frozenset({"bot.domain"}),
    "bot.services": frozenset(
        {"bot.domain", "bot.storage", "bot.importers", "bot.charts", "bot.documents", "bot.clock", "skills"}
    ),
    "bot.charts": frozenset({"bot.domain"}),
    "bot.documents": frozenset(),
    "bot.llm": frozenset({"skills"}),
    "bot.scheduler": frozenset({"bot.services"}),
    "bot.slack": frozenset({"bot.services", "bot.domain", "bot.settings"}),
    "bot.sandbox": frozenset({"bot.settings"}),
    "bot.bootstrap": frozenset({"bot"}),
    "bot.tenancy": frozenset({"bot"}),
    "bot.cli": frozenset({"bot"}),
    "skills": frozenset(),
}

# Libraries that only some rooms may know.
KEEPERS: dict[str, frozenset[str]] = {
    "sqlalchemy": frozenset({"bot.storage"}),
    "alembic": frozenset({"bot.storage"}),
    "psycopg": frozenset({"bot.storage"}),
    "cryptography": frozenset({"bot.storage"}),
    "sqlite3": frozenset({"bot.storage"}),
    "slack_bolt": frozenset({"bot.slack"}),
    "slack_sdk": frozenset({"bot.slack"}),
    "apscheduler": frozenset({"bot.scheduler"}),
    "openai": frozenset({"bot.llm"}),
    "httpx2": frozenset({"bot.llm"}),
    "click": frozenset({"bot.cli"}),
    "uvicorn": frozenset({"bot.slack"}),
    "pptx": frozenset({"bot.documents"}),
    "docx": frozenset({"bot.documents"}),
    "matplotlib": frozenset({"bot.charts"}),
}


def room_of(module: str) -> str | None:
    """The room a module of ours is in: the longest name in `DOORS` that it starts with."""
    found = [room for room in DOORS if module == room or module.startswith(f"{room}.")]
    return max(found, key=len, default=None)


def imports(source: str, module: str, *, is_package: bool) -> Iterator[str]:
    """Every module that a source imports, relative ones resolved."""
    package = module if is_package else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parts = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*parts, *([node.module] if node.module else [])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def violations(module: str, source: str, *, is_package: bool = False) -> list[str]:
    """Sentences about imports that no door allows."""
    room = room_of(module)
    if room is None:
        return [] if module == "bot" else [f"{module} is in no room: give it one in DOORS"]
    found = []
    for name in imports(source, module, is_package=is_package):
        top = name.partition(".")[0]
        if top in KEEPERS and not any(room == keeper for keeper in KEEPERS[top]):
            found.append(f"{module} imports {top}, which only {', '.join(sorted(KEEPERS[top]))} may")
        other = room_of(name)
        if other is not None and other != room and not any(other == door or door == "bot" for door in DOORS[room]):
            found.append(f"{module} imports {name}: no door leads from {room} to {other}")
    return sorted(set(found))


def sources() -> Iterator[tuple[str, Path]]:
    for top in ("bot", "skills"):
        for path in sorted((ROOT / top).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


def test_arrows_point_one_way() -> None:
    found = [
        line
        for module, path in sources()
        for line in violations(module, path.read_text(encoding="utf-8"), is_package=path.name == "__init__.py")
    ]
    assert found == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("bot.domain.money", "import sqlalchemy"),
        ("bot.domain.money", "from bot.storage import database"),
        ("bot.services.card", "from slack_sdk.web import client"),
        ("bot.storage.live", "from bot.services.desk import Desk"),
        ("bot.sandbox.world", "from bot.domain import ids"),
        ("bot.slack.app", "def f():\n    from bot.storage.database import Database"),
        ("bot.importers.file", "from ..services import errors"),
        ("bot.charts.trend", "from bot.services.results import KpiAnswer"),
        ("bot.services.card", "def f():\n    from matplotlib.figure import Figure"),
        ("bot.newroom.thing", "import os"),
    ],
)
def test_the_gate_sees_a_wrong_import(module: str, source: str) -> None:
    assert violations(module, source)


def test_files_and_functions_stay_small() -> None:
    """Files up to 350 lines, functions up to 50: past that the room wants a wall."""
    large = []
    for _, path in sources():
        text = path.read_text(encoding="utf-8")
        if text.count("\n") > 350:
            large.append(f"{path.name}: {text.count(chr(10))} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                size = (node.end_lineno or 0) - node.lineno + 1
                if size > 50:
                    large.append(f"{path.name}:{node.lineno} {node.name}: {size} lines")
    assert large == []


BROAD = {"bot/cli/context.py", "bot/slack/errors.py"}
"""Where the last resort stands: errors become a sentence with a reference there."""


def test_broad_excepts_stand_in_named_places() -> None:
    found = set()
    for _, path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.ExceptHandler):
                continue
            names = {"Exception", "BaseException"}
            broad = node.type is None or (isinstance(node.type, ast.Name) and node.type.id in names)
            if broad and not any(isinstance(inner, ast.Raise) for inner in ast.walk(node)):
                found.add(path.relative_to(ROOT).as_posix())
    assert found <= BROAD


def test_every_query_takes_a_reader() -> None:
    """No query function without the audience: its first parameter is a Reader, which carries one."""
    wrong = []
    for path in sorted((ROOT / "bot/storage/queries").glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                first = node.args.args[0] if node.args.args else None
                annotation = ast.unparse(first.annotation) if first is not None and first.annotation else ""
                if annotation not in {"Reader", "Writer"}:
                    wrong.append(f"{path.name}: {node.name}")
    assert wrong == []
