"""Finding the right account by what people type: how often it is first, how often among five, how fast."""

from __future__ import annotations

import time

from bench.report import Report, percentile
from bot.domain.audience import SHELL, only_the_asker
from bot.services.lookup import suggest_accounts
from bot.storage.database import Database
from tests.domain.company_names import queries

ASKED = 700


def run(report: Report, database: Database, names: list[str], limit_ms: float, *, promised: bool) -> None:
    """`promised`: whether the accuracy of this size was promised too."""
    audience = only_the_asker(SHELL)
    first = among = 0
    seconds = []
    for query in queries(names, ASKED):
        begun = time.perf_counter()
        found = suggest_accounts(database, audience, query.text, limit=5)
        seconds.append(time.perf_counter() - begun)
        wanted = names[query.meant]
        first += bool(found) and found[0].name == wanted
        among += any(one.name == wanted for one in found)
    size = f"{len(names):,} names"
    report.below(f"name lookup p95, {size}", percentile(seconds, 0.95) * 1000, limit_ms, "ms")
    if promised:
        report.above(f"right account first, {size}", 100 * first / ASKED, 96, "%")
        report.above(f"right account among five, {size}", 100 * among / ASKED, 99, "%")
    else:
        report.note(
            f"right account first / among five, {size}", f"{100 * first / ASKED:.1f} / {100 * among / ASKED:.1f} %"
        )
