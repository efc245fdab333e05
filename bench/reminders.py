"""Sending reminders: how many a second, how late, what it costs those who ask meanwhile, and a tick without work."""

from __future__ import annotations

import asyncio
import os
import random
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from aiohttp import ClientSession, TCPConnector

from bench.edge import SECRET, Client, FakeSlack
from bench.report import Report, median, percentile
from bench.workspace import PEOPLE, Running, workspace
from bot.bootstrap import load_policies
from bot.clock import system_clock
from bot.domain.audience import SYSTEM, only_the_asker
from bot.domain.ids import new_id
from bot.domain.reminders.wanted import Wanted, to_person
from bot.domain.when.recurrence import Schedule
from bot.domain.when.stored import to_text
from bot.services.reminders.outbox import Outbox
from bot.storage import migrate, reminders
from bot.storage.database import Database
from bot.storage.tables import reminder, schedule

SELF = only_the_asker(SYSTEM)
STEP = 5_000
ASKED, PACE = 400, 0.03
BURST = 6_000
"""More than go out while everything is asked, on a machine that does nothing else."""


def plan(database: Database, due: Sequence[datetime]) -> None:
    """A reminder in somebody's own words for each of these instants, round all people."""
    once = to_text(Schedule(rule=None, first=due[0].replace(tzinfo=None, microsecond=0), zone="UTC"))
    common = {"phrase": "now", "times": once, "zone": "UTC", "recipient": "", "created_by": "U1", "state": "active"}
    for start in range(0, len(due), STEP):
        some = due[start : start + STEP]
        ids = list(new_id.many(len(some)))
        rows = [{"id": one, "text": f"word {one}", "occurrence": 1, **common} for one in ids]
        wanted = [
            Wanted("own", None, one, at.date(), 0, to_person(f"U{n % PEOPLE}"), at, "UTC", "own")
            for n, (one, at) in enumerate(zip(ids, some, strict=True))
        ]
        with database.writing(SELF, system_clock()) as writer:
            writer.execute(schedule.insert(), [{**row, "created_at": writer.now} for row in rows])
            reminders.insert(writer, wanted)


@asynccontextmanager
async def _process(kind: str, address: str, slack: Running, count: int = 0) -> AsyncIterator[asyncio.StreamReader]:
    environment = {
        **os.environ,
        "SLACK_API_URL": f"{slack.url}/api/",
        "SLACK_BOT_TOKEN": "xoxb-bench",
        "SLACK_SIGNING_SECRET": SECRET,
        "DATABASE_URL": address,
        "STEWARD_PORT": "0",
        "STEWARD_LOG_LEVEL": "ERROR",
        "BENCH_COUNT": str(count),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.postal", kind, env=environment, stdout=subprocess.PIPE
    )
    if process.stdout is None:
        raise RuntimeError("the process has no output")
    try:
        yield process.stdout
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _rate(kind: str, address: str, count: int, delay: float = 0.0) -> float:
    """Reminders a second, from the first claim to the last that was settled."""
    async with workspace(delay) as slack, _process(kind, address, slack, count) as said:
        seconds = float((await said.readline()).decode())
        arrived = len(await slack.arrived())
    if arrived != count:
        raise RuntimeError(f"{arrived} of {count} reminders were sent")
    return count / seconds


def run(report: Report, address: str, count: int, *, at_least: float, across: bool) -> None:
    """Bursts on one kind of database, beside APScheduler's own store on the same."""
    database = Database(address)
    migrate.upgrade(database)
    kind = "SQLite" if database.is_sqlite else "PostgreSQL"
    few = max(200, count // 5)
    theirs = asyncio.run(_rate("jobs", address, few))
    plan(database, [system_clock()] * count)
    ours = asyncio.run(_rate("burst", address, count))
    report.above(f"reminders sent, Slack at 0 ms, {kind}", ours, at_least, "/s", f"{theirs:.0f} /s")
    if across:
        plan(database, [system_clock()] * count)
        report.above(
            "reminders sent across people, Slack at 50 ms", asyncio.run(_rate("burst", address, count, 0.05)), 300, "/s"
        )
    database.close()


def run_beside(report: Report, address: str, names: list[str]) -> None:
    """Whoever asks while a burst goes out, and how late one is when nothing else happens."""
    database = Database(address)
    idle, busy = asyncio.run(_beside_as_shipped(database, address, names))
    report.ratio(f"/account ack p95 while {BURST:,} wait and go out at Slack's pace, beside idle", busy, idle, 2, "ms")
    acks, late = asyncio.run(_beside(database, address, names))
    idle, busy = acks
    report.ratio("/account ack p95 while they go out at 350/s, beside idle", busy, idle, 2, "ms")
    report.below("lateness of a reminder at an idle moment, p99", percentile(late, 0.99) * 1000, 50, "ms")
    report.note("lateness of a reminder at an idle moment, p50", f"{median(late) * 1000:.2f} ms")
    database.close()


async def _beside_as_shipped(database: Database, address: str, names: list[str]) -> tuple[float, float]:
    draw = random.Random(3)  # noqa: S311 - picks names
    async with (
        workspace(delay=0.05) as slack,
        FakeSlack().serving() as answers,
        _process("shipped", address, slack) as said,
        ClientSession(connector=TCPConnector(limit=64)) as session,
    ):
        port = int((await said.readline()).decode())
        client = Client(session, f"http://127.0.0.1:{port}/slack/events", answers)
        for _ in range(30):
            await client.ask(draw.choice(names))
        idle = [await _paced(client, draw.choice(names)) for _ in range(ASKED)]
        plan(database, [system_clock()] * BURST)
        busy = [await _paced(client, draw.choice(names)) for _ in range(ASKED)]
        if not 0 < len(await slack.arrived()) < BURST:
            raise RuntimeError("nothing was sent while it was asked, or all of it")
    with database.writing(SELF, system_clock()) as writer:
        writer.execute(sa.delete(reminder))
    return percentile(idle, 0.95) * 1000, percentile(busy, 0.95) * 1000


async def _beside(database: Database, address: str, names: list[str]) -> tuple[tuple[float, float], list[float]]:
    draw = random.Random(3)  # noqa: S311 - picks names
    async with (
        workspace(delay=0.05) as slack,
        FakeSlack().serving() as answers,
        _process("serve", address, slack) as said,
        ClientSession(connector=TCPConnector(limit=64)) as session,
    ):
        port = int((await said.readline()).decode())
        client = Client(session, f"http://127.0.0.1:{port}/slack/events", answers)
        for _ in range(30):
            await client.ask(draw.choice(names))
        idle = [await _paced(client, draw.choice(names)) for _ in range(ASKED)]
        due = [system_clock() + timedelta(seconds=2 + n / 5) for n in range(100)]
        plan(database, due)
        await asyncio.sleep((due[-1] - system_clock()).total_seconds() + 2)
        times = sorted((await slack.arrived()).values())
        late = [at - one.timestamp() for at, one in zip(times, due, strict=True)]
        plan(database, [system_clock()] * BURST)
        asked = [(system_clock().timestamp(), await _paced(client, draw.choice(names))) for _ in range(ASKED)]
        over = max((await slack.arrived()).values())
        busy = [ack for at, ack in asked if at < over]
        if len(busy) < ASKED / 4:
            raise RuntimeError("the burst was over before enough was asked")
    return (percentile(idle, 0.95) * 1000, percentile(busy, 0.95) * 1000), late


async def _paced(client: Client, name: str) -> float:
    tick = asyncio.create_task(asyncio.sleep(PACE))
    ack, _ = await client.ask(name)
    await tick
    return ack


def run_empty(report: Report, address: str, pending: int) -> None:
    """A tick that finds nothing, among very many that wait."""
    database = Database(address)
    migrate.upgrade(database)
    later = system_clock() + timedelta(days=30)
    for start in range(0, pending, STEP):
        wanted = [
            Wanted("own", None, n, date(2026, 1, 1), 0, "slack:U1", later + timedelta(seconds=n), "UTC", "own")
            for n in range(start, start + STEP)
        ]
        with database.writing(SELF, system_clock()) as writer:
            reminders.insert(writer, wanted)
    box = Outbox(database, system_clock, load_policies(None))
    times = []
    for _ in range(2_000):
        begun = time.perf_counter()
        if box.is_anything_due():
            raise RuntimeError("nothing is due")
        times.append(time.perf_counter() - begun)
    report.below(f"a tick without work, {pending:,} waiting, p95", percentile(times, 0.95) * 1000, 1, "ms")
    database.close()
