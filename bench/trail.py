"""The audit trail: what the record of a reply costs, and looking through a long one."""

from __future__ import annotations

import time

from bench.report import Report, median, percentile
from bot.clock import system_clock
from bot.domain.audience import SHELL, Actor, Role, only_the_asker
from bot.services.shown import Seen, note_shown
from bot.services.trail.verify import verify
from bot.storage import audit, migrate
from bot.storage.database import Database

_PIECE = 5_000
_REPLIES = 500
_ASKER = Actor(Role.MEMBER, "slack", slack_user_id="U0MAYA", name="Maya")
_WHOLE = only_the_asker(SHELL)


def run(report: Report, address: str, events: int) -> None:
    database = Database(address)
    migrate.upgrade(database)
    _fill(database, events)
    for name, accounts in (("a card", 1), ("a page of a book", 20)):
        times = [_record(database, accounts) for _ in range(_REPLIES)]
        report.below(f"record that {name} is shown, among {events:,} events", median(times), 2, "ms")
        report.below(f"the same, p95 of {_REPLIES}", percentile(times, 0.95), 10, "ms")
    begun = time.perf_counter()
    found = verify(database, _WHOLE)
    seconds = time.perf_counter() - begun
    if found.broken or found.events < events:
        raise RuntimeError(f"not whole: {found}")
    report.below(f"verify {found.events:,} events", seconds, 90, "s")
    database.close()


def _fill(database: Database, events: int) -> None:
    """Half of them show something, half change something."""
    for _ in range(events // _PIECE):
        with database.writing(only_the_asker(_ASKER), system_clock()) as writer:
            detail = {"what": ["card"], "where": "message", "to": "U0MAYA", "asked_in": "C0ACCOUNTS"}
            changed = [audit.Value("interaction.text", None, "talked about pricing", 7)]
            half = _PIECE // 2
            audit.append_many(writer, "shown", [audit.Deed(number, detail) for number in range(half)])
            audit.append_many(writer, "log", [audit.Deed(number, {}, changed) for number in range(half)])


def _record(database: Database, accounts: int) -> float:
    """Milliseconds."""
    seen = Seen(frozenset(range(accounts)), frozenset({"card"}), "message", to="U0MAYA", asked_in="C0ACCOUNTS")
    begun = time.perf_counter()
    note_shown(database, _ASKER, (seen,), system_clock())
    return (time.perf_counter() - begun) * 1000
