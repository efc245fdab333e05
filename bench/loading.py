"""Importing a million interactions: time beside a bare load of the same run, memory, and the bot's acks meanwhile."""

from __future__ import annotations

import asyncio
import csv
import os
import sqlite3
import subprocess
import sys
import time
from datetime import datetime
from itertools import islice
from pathlib import Path

import psycopg
from aiohttp import ClientSession

from bench.edge import Client, FakeSlack, server
from bench.report import Report, percentile

_COLUMNS = "id, v_in, account_id, at, kind, direction, subject, text, visibility, origin, source, external_id"


def steward_import(database: str, path: Path) -> tuple[float, float]:
    """(seconds, peak megabytes) of `steward import` in a process of its own."""
    begun = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "bot.cli", "import", "files", str(path), "--json"],
        env={**os.environ, "DATABASE_URL": database},
        stdout=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise RuntimeError(f"the import of {path} failed")
    return time.perf_counter() - begun, usage.ru_maxrss / 1024


def bare_sqlite(database: Path, path: Path) -> float:
    """`csv` and `executemany` into the same table with the same indexes and journal, nothing checked."""
    connection = sqlite3.connect(database, isolation_level=None)
    for setting in ("journal_mode=WAL", "synchronous=NORMAL"):
        connection.execute(f"PRAGMA {setting}")
    change, account = _anything(connection)
    insert = f"INSERT INTO interaction ({_COLUMNS}) VALUES (?, {change}, {account}, ?, ?, ?, ?, ?, 'internal', 'import', 'bare', ?)"  # noqa: S608, E501
    begun = time.perf_counter()
    with path.open(newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        next(rows)
        serial = 0
        while chunk := list(islice(rows, 5_000)):
            connection.execute("BEGIN")
            connection.executemany(
                insert, [(serial + at, *row[2:5], *row[6:8], row[0]) for at, row in enumerate(chunk)]
            )
            connection.execute("COMMIT")
            serial += len(chunk)
    seconds = time.perf_counter() - begun
    connection.close()
    return seconds


def _anything(connection: sqlite3.Connection | psycopg.Connection[tuple[int, ...]]) -> tuple[int, int]:
    change = connection.execute("SELECT id FROM change LIMIT 1").fetchone()
    account = connection.execute("SELECT id FROM entity WHERE kind = 'account' LIMIT 1").fetchone()
    if change is None or account is None:
        raise RuntimeError("the database is empty")
    return change[0], account[0]


def bare_postgres(address: str, path: Path) -> float:
    """The file's rows by COPY into the same table with the same indexes, nothing checked."""
    with psycopg.connect(address) as connection:
        change, account = _anything(connection)
        begun = time.perf_counter()
        with (
            path.open(newline="", encoding="utf-8") as file,
            connection.cursor().copy(f"COPY interaction ({_COLUMNS}) FROM STDIN") as copy,
        ):
            rows = csv.reader(file)
            next(rows)
            for serial, row in enumerate(rows):
                at = datetime.fromisoformat(row[2])
                copy.write_row(
                    (serial, change, account, at, *row[3:5], *row[6:8], "internal", "import", "bare", row[0])
                )
        connection.commit()
        return time.perf_counter() - begun


async def _acks(database: str, names: list[str], path: Path | None) -> float:
    """p95 of acks in milliseconds, while a file is imported or for a few seconds of quiet."""
    async with FakeSlack().serving() as slack, server("steward", database, slack) as url, ClientSession() as session:
        client = Client(session, url, slack)
        for name in names[:20]:
            await client.ask(name)
        importing = None
        if path is not None:
            importing = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot.cli", "import", "files", str(path), "--json",
                env={**os.environ, "DATABASE_URL": database}, stdout=subprocess.DEVNULL,
            )  # fmt: skip
        acks = []
        end = time.perf_counter() + 10
        for at in range(100_000):
            acks.append((await client.ask(names[at * 37 % len(names)]))[0] * 1000)
            if (importing is None and time.perf_counter() > end) or (
                importing is not None and importing.returncode is not None
            ):
                break
        if importing is not None and await importing.wait() != 0:
            raise RuntimeError("the import failed")
    return percentile(acks, 0.95)


def run_sqlite(report: Report, accounts: Path, interactions: Path, folder: Path, names: list[str]) -> None:
    bare_file, own_file = folder / "bare.db", folder / "own.db"
    for file in (bare_file, own_file):
        steward_import(f"sqlite:///{file}", accounts)
    bare = bare_sqlite(bare_file, interactions)
    idle = asyncio.run(_acks(f"sqlite:///{own_file}", names, None))
    seconds, megabytes = steward_import(f"sqlite:///{own_file}", interactions)
    rows = sum(1 for _ in interactions.open(encoding="utf-8")) - 1
    report.ratio(f"import of {rows:,} interactions, SQLite", seconds, bare, 4, "s")
    report.below("its peak memory", megabytes, 400, "MB")
    for file in folder.glob("own.db*"):
        file.unlink()
    steward_import(f"sqlite:///{own_file}", accounts)
    busy = asyncio.run(_acks(f"sqlite:///{own_file}", names, interactions))
    report.ratio("ack p95 while it loads, beside idle", busy, idle, 3, "ms")


def run_postgres(report: Report, accounts: Path, interactions: Path, address: str) -> None:
    bare_url, own_url = (address.replace("/postgres?", f"/{name}?") for name in ("bench_bare", "bench_own"))
    with psycopg.connect(address, autocommit=True) as connection:
        for name in (b"bench_bare", b"bench_own"):
            connection.execute(b"CREATE DATABASE " + name)
    for url in (bare_url, own_url):
        steward_import(url, accounts)
    bare = bare_postgres(bare_url, interactions)
    seconds, megabytes = steward_import(own_url, interactions)
    report.ratio("the same import, PostgreSQL, beside a bare COPY", seconds, bare, 4, "s")
    report.below("its peak memory there", megabytes, 400, "MB")
