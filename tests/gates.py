"""Everything a change must pass: `make test`. Each gate has been seen red (tests/architecture shows how)."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
GATES = (
    ("lint", ("-m", "ruff", "check", ".")),
    ("format", ("-m", "ruff", "format", "--check", ".")),
    ("types", ("-m", "mypy")),
    ("tests", ("-m", "pytest", "-q", "-n", "auto", "--cov=bot", "--cov-report=term:skip-covered")),
)


def main() -> int:
    """Run all gates, fast ones first; the first red one ends it."""
    for name, command in GATES:
        print(f"== {name}", flush=True)
        code = subprocess.run([sys.executable, *command], cwd=ROOT, check=False).returncode  # noqa: S603 - our own tools
        if code != 0:
            print(f"== {name} failed", flush=True)
            return code
    if shutil.which("chromium") is None:
        print("== the browser tests were skipped: no chromium here")
    return 0


if __name__ == "__main__":
    sys.exit(main())
