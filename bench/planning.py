"""Planning the reminders of a large book: a first pass over everything, and a pass with nothing to do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bench.report import Report, median
from bot.bootstrap import load_policies
from bot.services.reminders.planning import plan
from bot.storage.database import Database

QUIET_PASSES = 50


def run(report: Report, database: str, contracts: int) -> None:
    """In a process of its own, so that its memory is its own."""
    process = subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", "bench.planning", database], stdout=subprocess.PIPE, env=dict(os.environ)
    )
    if process.stdout is None:
        raise RuntimeError("the planner has no output")
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise RuntimeError("the planner failed")
    found = json.loads(said)
    size = f"{contracts:,} contracts, {database.partition(':')[0]}"
    report.below(f"planning {size}, {found['created']:,} reminders", found["first"], 60, "s")
    report.below("its peak memory", usage.ru_maxrss / 1024, 500, "MB")
    report.note("looking at those whose health decides", f"{found['looked']:.1f} s, {found['passes']} passes")
    report.below("a planning pass with nothing to do", found["quiet"], 2_000, "ms")


def measure(address: str) -> dict[str, float]:
    """Seconds of the first pass, of those that look at what it left, and milliseconds of one with nothing to do."""
    database, policies, zone, now = Database(address), load_policies(None), ZoneInfo("UTC"), datetime.now(UTC)
    begun = time.perf_counter()
    done = plan(database, policies, zone, now)
    first = time.perf_counter() - begun
    created, passes = done.created, 0
    begun = time.perf_counter()
    while done.left:
        done = plan(database, policies, zone, now)
        created, passes = created + done.created, passes + 1
    looked = time.perf_counter() - begun
    quiet = []
    for _ in range(QUIET_PASSES):
        begun = time.perf_counter()
        plan(database, policies, zone, now)
        quiet.append((time.perf_counter() - begun) * 1000)
    return {"first": first, "created": created, "looked": looked, "passes": passes, "quiet": median(quiet)}


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1])))
