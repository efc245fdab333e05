"""Everything a change must pass: `make test`. Each gate has been seen red (tests/architecture shows how)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
GATES = (
    ("lint", ("-m", "ruff", "check", ".")),
    ("format", ("-m", "ruff", "format", "--check", ".")),
    ("types", ("-m", "mypy")),
    ("tests", ("-m", "pytest", "-q", "-n", "auto", "--ignore=tests/browser")),
)
BROWSER = ("-m", "pytest", "-q", "tests/browser")
"""By themselves and one by one: a starved browser misses keys that a person would type again."""


def main() -> int:
    """Run all gates, fast ones first; the first red one ends it."""
    for name, command in GATES:
        code = _run(name, command)
        if code != 0:
            print(f"== {name} failed", flush=True)
            return code
    code = _run("browser", BROWSER)
    return _run("browser, what failed once more", (*BROWSER, "--last-failed")) if code else 0


def _run(name: str, command: tuple[str, ...]) -> int:
    print(f"== {name}", flush=True)
    return subprocess.run([sys.executable, *command], cwd=ROOT, check=False).returncode  # noqa: S603 - our own tools


if __name__ == "__main__":
    sys.exit(main())
