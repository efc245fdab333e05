"""README's table of scopes, written from `bot.slack.scopes` and from what the code calls.

    python -m tests.slack.scope_table

writes it anew.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from functools import lru_cache

from bot.sandbox.api.table import METHODS
from bot.slack.scopes import SCOPES, Scope
from tests.slack.oracle import REPOSITORY

README = REPOSITORY / "README.md"
BEGIN, END = "<!-- scopes -->\n", "<!-- /scopes -->\n"
_BY_CALL = {name.replace(".", "_"): name for name in METHODS}


@lru_cache(maxsize=1)
def called() -> dict[str, tuple[str, ...]]:
    """Every method of the Web API that the code calls, by slack_sdk's name for it or by Slack's, and the files."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in sorted((REPOSITORY / "bot" / "slack").rglob("*.py")):
        if path.name == "scopes.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = None
            if isinstance(node, ast.Attribute):
                name = _BY_CALL.get(node.attr)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in METHODS:
                name = node.value
            if name is not None:
                found[name].add(path.relative_to(REPOSITORY).as_posix())
    return {name: tuple(sorted(files)) for name, files in found.items()}


def where(scope: Scope) -> str:
    """The files that need a scope; events and commands come in by the manifest."""
    files = sorted({file for use in scope.uses for file in called().get(use, ())})
    events = any(use not in METHODS for use in scope.uses) or not scope.uses
    named = [f"`{file.removeprefix('bot/slack/')}`" for file in files]
    return ", ".join([*named, *(["what Slack sends"] if events else [])])


def table() -> str:
    rows = [
        f"| `{scope.name}` | {scope.feature} | {where(scope)} | {'optional' if scope.optional else 'needed'} |"
        for scope in SCOPES
    ]
    head = ["| scope | what it is for | where in `bot/slack` | |", "|---|---|---|---|"]
    return "\n".join([*head, *rows]) + "\n"


def write() -> None:
    text = README.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    README.write_text(f"{before}{BEGIN}{table()}{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    write()
