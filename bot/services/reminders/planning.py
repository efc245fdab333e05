"""Planning: what should be said, as rows.

A pass looks at accounts that a change touched since the last pass, at those whose day has come, and at all of them when
the rules changed or something was undone. It may run any number of times, on any number of machines: the same facts
make the same rows. A pass that dies is made again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from bot.domain.audience import SYSTEM, only_the_asker
from bot.domain.policy import Policies
from bot.domain.reminders.account import plan_account, with_standing
from bot.domain.reminders.checkins import Standing
from bot.domain.reminders.course import Changes
from bot.domain.signals import Signal
from bot.services.assess import State, assess
from bot.services.reminders.gather import gather
from bot.services.reminders.team import plan_members
from bot.services.reminders.writing import write
from bot.storage import planned
from bot.storage.database import Database
from bot.storage.queries import planning as queries

ACCOUNTS_AT_ONCE = 250
"""With ten reminders each, that is half of what a transaction may write."""

LOOKS_AT_ONCE = 2_000
"""Accounts whose day has come, and those whose health decides, in one pass; the next pass takes the next."""

_EVERYTHING = only_the_asker(SYSTEM)
_EDITION = 1  # of the rules in code: a new one plans everything again
_NO_STANDING: Mapping[int, Standing] = {}


@dataclass(frozen=True, slots=True)
class Planned:
    """What a pass did: accounts it looked at, reminders that are new, come at another time, or are not said any more,
    messages that stand there though their matter is over; `left` are accounts that the next pass has to look at."""

    accounts: int = 0
    created: int = 0
    moved: int = 0
    ended: int = 0
    settled: int = 0
    left: int = 0

    def __add__(self, other: Planned) -> Planned:
        return Planned(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))


def plan(database: Database, policies: Policies, zone: ZoneInfo, now: datetime) -> Planned:
    """One pass as of now; `zone` is the workspace's."""
    rules = fingerprint(policies, zone)
    with database.reading(_EVERYTHING) as reader:
        news = planned.news(reader, rules)
        due = planned.due_again(reader, now, LOOKS_AT_ONCE)
        ids = set(queries.everybody(reader)) if news.everything else queries.touched(reader, news.changes)
        team = news.everything or queries.members_touched(reader, news.changes)
    planner = Planner(database, policies, zone, now)
    planner.plan(sorted(ids.union(row.account_id for row in due if row.kind == "account")))
    planner.look()
    members = None if team else [row.account_id for row in due if row.kind == "member"]
    if members is None or members:
        planner.done += _written(plan_members(database, policies.reminders, zone, now, members))
    if news.everything or news.changes:
        with database.writing(_EVERYTHING, now) as writer:
            planned.remember(writer, news, rules)
    return planner.done


def plan_accounts(database: Database, ids: Iterable[int], policies: Policies, zone: ZoneInfo, now: datetime) -> Planned:
    """Plan these accounts now and not in the next pass: for who waits to see what became of their deed."""
    planner = Planner(database, policies, zone, now)
    planner.plan(sorted(ids))
    planner.look()
    return planner.done


def fingerprint(policies: Policies, zone: ZoneInfo) -> str:
    """What the plan rests on besides facts: when it changes, everything is planned again."""
    rules = (policies.renewals, policies.cadence, policies.reminders)
    text = "\n".join([str(_EDITION), zone.key, *(one.model_dump_json() for one in rules)])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class Planner:
    """One pass over accounts, in transactions of a size that others can wait for. `done` is what it did."""

    def __init__(self, database: Database, policies: Policies, zone: ZoneInfo, now: datetime) -> None:
        self.database, self.policies, self.zone, self.now = database, policies, zone, now
        self.done = Planned()
        self._asking: list[int] = []

    def plan(self, ids: Iterable[int]) -> None:
        """Plan these accounts; where health decides, all but the check-ins."""
        for some in _some(ids, ACCOUNTS_AT_ONCE):
            self._plan(some, _NO_STANDING)
            self.done += Planned(accounts=len(some))

    def look(self) -> None:
        """Plan the check-ins of accounts whose health decides: as many as a pass may."""
        asking, self._asking = self._asking[:LOOKS_AT_ONCE], self._asking[LOOKS_AT_ONCE:]
        left = len(self._asking)
        today = self.now.astimezone(self.zone).date()
        for some in _some(asking, ACCOUNTS_AT_ONCE):
            with self.database.reading(_EVERYTHING) as reader:
                states = assess(reader, some, self.policies, self.now, today)
            self._plan(some, {one: standing_of(state) for one, state in states.items()})
        self.done += Planned(left=left)

    def _plan(self, ids: Sequence[int], standing: Mapping[int, Standing]) -> None:
        # Read inside the transaction that writes: what another planner did meanwhile is not undone by what we saw.
        with self.database.writing(_EVERYTHING, self.now) as writer:
            planned.take_turns(writer)
            book = gather(writer, ids, self.now, self.zone)
            rows = queries.rows(writer, ids)
            together, looks = Changes(), list[tuple[int, datetime | None]]()
            for one in ids:
                account = with_standing(book[one], standing.get(one))
                found = plan_account(account, rows.get(one, ()), self.policies, self.now)
                together.extend(found.changes)
                looks.append((one, found.again_at))
                if found.asks:
                    self._asking.append(one)
            write(writer, together)
            planned.look_again(writer, looks)
        self.done += _written(together)


def _written(changes: Changes) -> Planned:
    return Planned(
        created=len(changes.insert), moved=len(changes.move), ended=len(changes.end), settled=len(changes.settle)
    )


def standing_of(state: State) -> Standing:
    """How an account stands. Silence is no risk here: it is what check-ins are about."""
    severities = [one.severity for one in state.findings if isinstance(one, Signal) and one.kind != "silence"]
    return Standing(state.health.score, max(severities, default=None))


def _some(ids: Iterable[int], most: int) -> Iterator[list[int]]:
    rest = iter(ids)
    while some := list(islice(rest, most)):
        yield some
