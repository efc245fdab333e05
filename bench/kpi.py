"""All figures of a large workspace, each beside a query written by hand for the same number over the same rows.

SQLite works in this process and is measured in seconds of its processor; PostgreSQL in seconds on the clock. The hand-
written queries take the data for clean; ours look for overlaps, odd terms and missing prices first. Both must come to
the same.
"""

from __future__ import annotations

import csv
import gc
import random
import re
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from string import Template
from typing import Any
from zoneinfo import ZoneInfo

from bench.loading import steward_import
from bench.report import Report
from bot.bootstrap import load_policies
from bot.domain.audience import SHELL, only_the_asker
from bot.domain.kpi.base import Kpi
from bot.domain.kpi.catalogue import KEYS, Key
from bot.domain.kpi.period import Period, parse_period
from bot.services.kpi.asked import Whose
from bot.services.kpi.figures import Sheet, figures
from bot.storage.database import Database
from bot.storage.queries.kpi.lines import Within

TIMES = 3
UNCOMPARED = frozenset({"ttr", "clv"})
"""By hand it is one of two tickets in the middle, and a churn that is not made yearly."""
_DIALECT = {
    True: {
        "next_day": "date(l.ends_on, '+1 day')", "next_end": "date(d.ends_on, '+1 day')",
        "seconds": "strftime('%s', solved_at) - strftime('%s', opened_at)",
    },
    False: {
        "next_day": "l.ends_on + 1", "next_end": "d.ends_on + 1",
        "seconds": "extract(epoch from solved_at) - extract(epoch from opened_at)",
    },
}  # fmt: skip


def by_hand(period: Period, *, on_sqlite: bool) -> dict[Key, str]:
    """The queries of `kpi.sql` for a period."""
    parts = re.split(r"^-- ([\w-]+)\n", (Path(__file__).parent / "kpi.sql").read_text(encoding="utf-8"), flags=re.M)[1:]
    sections = {name: text.strip() for name, text in zip(parts[::2], parts[1::2], strict=True)}
    days = {"before": period.before, "first": period.first, "last": period.last}
    words = {name: f"'{day}'" for name, day in days.items()} | _DIALECT[on_sqlite]
    words["until"] = f"'{period.last + timedelta(days=1)}'"
    for name, text in sections.items():  # each uses only what stands above it
        words[name] = Template(text).substitute(words)
    return {key: words[key] for key in KEYS if key in sections}


def run(report: Report, address: str, folder: Path, accounts: int, today: date) -> None:
    """Import the book and measure. Raises RuntimeError when ours and the hand-written differ."""
    write_book(folder, accounts, today)
    steward_import(address, folder)
    measure(report, Database(address), accounts, today)


def measure(report: Report, database: Database, accounts: int, today: date) -> None:
    period, policy = parse_period("12 months", today), load_policies(None).kpi
    name = "SQLite" if database.is_sqlite else "PostgreSQL"
    clock = time.process_time if database.is_sqlite else time.perf_counter
    with closing(database), database.reading(only_the_asker(SHELL)) as reader:
        raw: Any = reader.connection.connection.driver_connection

        def fresh() -> Sheet:
            return Sheet(reader, Whose("all", Within()), period, policy, ZoneInfo("UTC"))

        def every() -> None:
            sheet = fresh()
            for key in KEYS:
                figures(sheet, key)

        every()  # compiles what is compiled once
        gc.collect()  # as `steward run` does before it serves: the collector need not walk the bench's own book
        gc.freeze()
        report.below(f"all {len(KEYS)} figures, {accounts:,} accounts, {name}", _best(clock, every), 3, "s")
        for key, query in by_hand(period, on_sqlite=database.is_sqlite).items():
            hand: list[Any] = []
            ours = _best(clock, lambda key=key: figures(fresh(), key))  # type: ignore[misc]
            theirs = _best(clock, lambda query=query, hand=hand: hand.append(raw.execute(query).fetchall()))  # type: ignore[misc]
            report.ratio(f"{key}, {name}, beside hand-written SQL", ours, theirs, 3, "s")
            _compare(key, figures(fresh(), key), hand[-1])


def _best(clock: Callable[[], float], work: Callable[[], object]) -> float:
    taken = []
    for _ in range(TIMES):
        begun = clock()
        work()
        taken.append(clock() - begun)
    return min(taken)


def _compare(key: Key, ours: tuple[Kpi, ...], hand: list[Any]) -> None:
    """Raises RuntimeError when the hand-written query comes to something else."""
    found = {row[0]: row[1] for row in hand} if len(hand[0]) > 1 else {one.currency: hand[0][0] for one in ours[:1]}
    for one in ours if key not in UNCOMPARED else ():
        mine, theirs = one.value, found.get(one.currency)
        if theirs is not None and (
            mine is None or abs(float(mine) - float(theirs)) > 1e-6 * max(1.0, abs(float(mine)))
        ):
            raise RuntimeError(f"{key} in {one.currency}: ours {mine}, by hand {theirs}")


def write_book(folder: Path, accounts: int, today: date) -> None:
    """36 months of contracts that follow each other, grow, shrink and end; one account in twenty has a parent."""
    folder.mkdir(parents=True, exist_ok=True)
    draw = random.Random(5)  # noqa: S311 - invented data
    codes = [draw.choice(("EUR", "USD")) for _ in range(accounts)]
    parents = {at: at - 1 for at in range(1, accounts, 20)}
    for child, parent in parents.items():
        codes[child] = codes[parent]
    _write(folder / "accounts.csv", "id,name,parent_id,owner_email,currency", (
        (f"A{at}", f"Customer {at:06}", f"A{parents[at]}" if at in parents else "", f"o{at % 500}@us.example", code)
        for at, code in enumerate(codes)
    ))  # fmt: skip
    heading = "id,contract_number,account_id,product,amount,period,currency,starts_on,ends_on,signed_on"
    _write(
        folder / "contracts.csv", heading, (row for at in range(accounts) for row in _terms(draw, at, codes[at], today))
    )
    _write(folder / "tickets.csv", "id,account_id,opened_at,solved_at,status,contacts", (
        _ticket(draw, at, today) for at in range(accounts)
    ))  # fmt: skip
    _write(folder / "surveys.csv", "id,account_id,person_email,survey,score,scale_min,scale_max,at", (
        (f"S{at}", f"A{at}", f"p{at // 3}@x.example", *_score(draw, at), _at(today, draw.randrange(1, 700)))
        for at in range(accounts)
    ))  # fmt: skip


def _terms(draw: random.Random, account: int, code: str, today: date) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    start, price = today - timedelta(days=1095 - draw.randrange(400)), draw.randrange(5_000, 50_000)
    for term in range(draw.choice((1, 2, 3, 3))):
        end = start + timedelta(days=364)
        number = f"N{account}-{term}"
        own = (number, f"A{account}", "Core", price, "year", code, start, end, start - timedelta(days=9))
        rows.append((f"L{account}-{term}", *own))
        if draw.random() < 0.4:
            more = (number, f"A{account}", "Flow", price // 10, "year", code, start + timedelta(days=90), end, "")
            rows.append((f"L{account}-{term}f", *more))
        start, price = end + timedelta(days=1), int(price * draw.choice((1, 1, 1.1, 1.2, 0.9)))
    return rows


def _ticket(draw: random.Random, at: int, today: date) -> tuple[object, ...]:
    opened = _at(today, draw.randrange(1, 300))
    solved = opened + timedelta(minutes=draw.randrange(5, 9_000))
    return (f"T{at}", f"A{at}", opened, solved, "solved", draw.randrange(1, 5))


def _score(draw: random.Random, at: int) -> tuple[str, int, int, int]:
    return ("nps", draw.randrange(11), 0, 10) if at % 2 else ("csat", draw.randrange(1, 6), 1, 5)


def _at(today: date, days: int) -> datetime:
    return datetime(today.year, today.month, today.day, 9, tzinfo=UTC) - timedelta(days=days)


def _write(path: Path, heading: str, rows: Any) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(heading.split(","))
        out.writerows(rows)
