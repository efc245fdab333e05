"""The nightly health of a large book, and asking why one account's health is what it is."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bench.report import Report, percentile
from bot.bootstrap import load_policies
from bot.domain.audience import SYSTEM, only_the_asker
from bot.services.health.nightly import keep_health
from bot.services.why import why_health
from bot.storage import migrate
from bot.storage.database import Database
from bot.storage.queries import health

ASKED = 400
_EVERYTHING = only_the_asker(SYSTEM)


def run(report: Report, database: str, accounts: int, *, name: str) -> None:
    """In a process of its own, so that its memory is its own."""
    process = subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", "bench.health", database], stdout=subprocess.PIPE, env=dict(os.environ)
    )
    if process.stdout is None:
        raise RuntimeError("the nightly pass has no output")
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise RuntimeError("the nightly pass failed")
    found = json.loads(said)
    for night, label in (("first", "first night"), ("second", "next night")):
        report.below(f"{name}: health of {accounts:,} accounts, {label}", found[night], 60, "s")
        report.note(f"{name}: its CPU time", f"{found[f'{night}_cpu']:.1f} s, {found[f'{night}_written']:,} written")
    report.below(f"{name}: its peak memory", usage.ru_maxrss / 1024, 500, "MB")
    report.below(f"{name}: why, since a day, p95", found["why"], 50, "ms")


def measure(address: str) -> dict[str, float]:
    """Seconds of two nights, and the 95th percentile of asking why, in milliseconds."""
    database, policies, zone = Database(address), load_policies(None), ZoneInfo("UTC")
    migrate.upgrade(database)
    found: dict[str, float] = {}
    for after, night in enumerate(("first", "second")):
        now = datetime.now(UTC) + timedelta(days=after)
        begun, cpu = time.perf_counter(), time.process_time()
        passed = keep_health(database, policies, zone, lambda now=now: now)
        found |= {night: time.perf_counter() - begun, f"{night}_cpu": time.process_time() - cpu}
        found[f"{night}_written"] = passed.written
    return found | {"why": _why(database)}


def _why(database: Database) -> float:
    policies, now = load_policies(None), datetime.now(UTC) + timedelta(days=1)
    with database.reading(_EVERYTHING) as reader:
        ids = health.accounts_after(reader, 0, 1_000_000)
    draw = random.Random(5)  # noqa: S311 - whom to ask about
    took = []
    for one in draw.sample(ids, min(ASKED, len(ids))):
        begun = time.perf_counter()
        since = now.date() - timedelta(days=1)
        why_health(database, _EVERYTHING, one, policies, now, now.date(), since=since)
        took.append((time.perf_counter() - begun) * 1000)
    return percentile(took, 0.95)


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1])))
