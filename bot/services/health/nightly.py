"""The nightly pass: the health of every account, kept for the day.

Any process may try at any time: one does it, in pieces, and who takes over from a dead one goes on where that one
stopped. The same facts make the same readings, so a piece done twice is done once. A reading that says what the one
before says is not written: the day of the earlier one stands for both.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.domain.audience import SYSTEM, only_the_asker
from bot.domain.health_past import Kept, is_same, kept
from bot.domain.policy import Policies
from bot.services.health.alerts import announce_falls
from bot.services.measure import healths
from bot.storage import health as storage
from bot.storage.database import Database, LockedError, Reader
from bot.storage.health import Turn
from bot.storage.queries import accounts as account_queries
from bot.storage.queries import health as queries

AT_ONCE = 500
LEASE = timedelta(minutes=5)
DAILY_FOR = timedelta(days=400)
"""Every reading is kept for so long; of the months before, the last one of each."""

_EVERYTHING = only_the_asker(SYSTEM)


@dataclass(frozen=True, slots=True)
class Passed:
    """What this process did of a day's pass: accounts it looked at, readings it wrote, alerts it planned. `done`: the
    pass is, by whomever."""

    on: date
    done: bool = False
    accounts: int = 0
    written: int = 0
    alerts: int = 0


def keep_health(database: Database, policies: Policies, zone: ZoneInfo, clock: Clock) -> Passed:
    """The pass of the workspace's day, unless it is done or others do it."""
    now = clock()
    today = now.astimezone(zone).date()
    with database.reading(_EVERYTHING) as reader:
        last = queries.last_pass(reader, today)
        if last is not None and last.on == today and (last.finished_at is not None or last.lease_until > now):
            return Passed(today, last.finished_at is not None)
        basis = _basis(reader, policies)
    holder = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(3)}"
    with database.writing(_EVERYTHING, now) as writer:
        turn = storage.begin(writer, today, basis, holder, now + LEASE)
    return _Pass(database, policies, zone, clock, turn).go() if turn is not None else Passed(today)


def _basis(reader: Reader, policies: Policies) -> str:
    """What scores rest on besides facts. Scores of passes with another basis are not compared: new sources, imports
    that were taken back and new rules move all of them at once."""
    rules = [policies.health.scoring, policies.cadence.fingerprint]
    return json.dumps([rules, account_queries.sources(reader), queries.imports_undone(reader)])


@dataclass
class _Pass:
    database: Database
    policies: Policies
    zone: ZoneInfo
    clock: Clock
    turn: Turn
    accounts: int = 0
    written: int = 0

    def go(self) -> Passed:
        cursor = self.turn.cursor
        while ids := self._next(cursor):
            cursor = ids[-1]
            if not self._keep(ids):
                return self._passed(done=False)
        alerts = announce_falls(self.database, self.policies, self.zone, self.turn, self.clock())
        return self._passed(done=True, alerts=alerts)

    def _passed(self, *, done: bool, alerts: int = 0) -> Passed:
        return Passed(self.turn.on, done, self.accounts, self.written, alerts)

    def _next(self, cursor: int) -> list[int]:
        with self.database.reading(_EVERYTHING) as reader:
            return queries.accounts_after(reader, cursor, AT_ONCE)

    def _keep(self, ids: Sequence[int]) -> bool:
        """Whether the pass is still ours after these."""
        now, today = self.clock(), self.turn.on
        with self.database.reading(_EVERYTHING) as reader:
            before = queries.standing(reader, ids, today)
            measured = healths(reader, ids, self.policies, now, today)
        found = [(one, kept(health, self.policies, today)) for one, health in measured.items()]
        new = [(one, reading) for one, reading in found if _is_news(before.get(one), reading)]
        with self.database.writing(_EVERYTHING, now) as writer:
            if not storage.advance(writer, self.turn, ids[-1], len(found), len(new), now + LEASE):
                return False
            storage.write(writer, new)
            storage.thin_out(writer, ids, *_old_months(today))
        self.accounts += len(found)
        self.written += len(new)
        return True


def _is_news(before: Kept | None, reading: Kept) -> bool:
    return before is None or before.on == reading.on or not is_same(reading, before)


def _old_months(today: date) -> tuple[date, date]:
    """From the first to the last day of the months that have just grown old: two, for a pass that did not run."""
    last = (today - DAILY_FOR).replace(day=1) - timedelta(days=1)
    return (last.replace(day=1) - timedelta(days=1)).replace(day=1), last


class Nightly:
    """Tried every minute: it asks the database only when the day is another one, or a pass was left unfinished."""

    def __init__(self, keep: Callable[[], Passed], today: Callable[[], date]) -> None:
        self._keep, self._today = keep, today
        self._done: date | None = None

    def tick(self) -> None:
        if self._done == self._today():
            return
        try:
            passed = self._keep()
        except LockedError:
            return  # an import is writing; a minute later is soon enough
        if passed.done:
            self._done = passed.on


def last_passes(database: Database) -> list[tuple[date, datetime | None, int, int, int]]:
    """(day, finished at, accounts, readings written, alerts) of the latest passes, newest first."""
    with database.reading(_EVERYTHING) as reader:
        return [(row.on, row.finished_at, row.accounts, row.written, row.alerts) for row in queries.passes(reader)]
