"""What is to be said about one matter, and how that becomes changes to the rows there are.

A matter is a contract's renewal, a promise, the silence of an account. Its reminders follow one another; the last one
whose instant has passed makes those before it pointless. So a machine that was off, and a book that is imported today,
say one thing and not all that was missed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Literal, TypeAlias

from bot.domain.reminders.place import Place
from bot.domain.reminders.reminder import Reminder
from bot.domain.reminders.wanted import Rule, Wanted

Settled = Literal["done", "not renewing", "overtaken"]
"""What became of a message: somebody did it, the customer leaves, or time went over it."""


@dataclass(frozen=True, slots=True)
class Over:
    """Why nothing more is to be said: one sentence, what that means for a message already posted, who did it."""

    why: str
    settled: Settled = "overtaken"
    by: str | None = None


_GONE = Over("it is no longer in the book")
_OVERTAKEN = "a nearer reminder took its place"
_OFF_THE_LADDER = "the rules or the dates changed"


@dataclass(frozen=True, slots=True)
class Course:
    """The reminders of one matter as of an instant.

    `ahead` is due later. `passed` is the last one whose instant has passed: it stays while it waits to be sent, and
    `catch_up` is said in its place when nothing was planned in time; None when that would help nobody. `anchors` are
    the days they count towards; on rows with other days nothing more is to be said because of `before`. `again_at` is
    when the course will look different though no fact changes.
    """

    rule: Rule
    anchor_id: int
    anchors: frozenset[date] = frozenset()
    ahead: tuple[Wanted, ...] = ()
    passed: Wanted | None = None
    catch_up: Wanted | None = None
    over: Over | None = None
    before: Over = _GONE
    again_at: datetime | None = None


def in_turn(steps: Iterable[Wanted], now: datetime) -> tuple[tuple[Wanted, ...], Wanted | None]:
    """(what is ahead in order, the last that has passed). Of several at one instant the nearest to its day stays."""
    at: dict[datetime, Wanted] = {}
    for one in steps:
        if one.due_at not in at or one.milestone < at[one.due_at].milestone:
            at[one.due_at] = one
    in_order = [at[due] for due in sorted(at)]
    passed = [one for one in in_order if one.due_at <= now]
    return tuple(in_order[len(passed) :]), passed[-1] if passed else None


def caught_up(passed: Wanted, last_day: date, place: Place, clock: time, now: datetime) -> Wanted:
    """The same, for the next good morning as a line of its message; at once where that would be after the last day."""
    morning = place.next_morning(now, clock)
    if place.today(morning) > last_day >= place.today(now):
        return replace(passed, due_at=now, carrier="own")
    return replace(passed, due_at=morning, carrier="morning")


@dataclass(frozen=True, slots=True)
class Changes:
    """What has to happen to the rows of an account. `end` and `settle` are (row id, why)."""

    insert: list[Wanted] = field(default_factory=list)
    move: list[tuple[int, Wanted]] = field(default_factory=list)
    end: list[tuple[int, str]] = field(default_factory=list)
    settle: list[tuple[int, Over]] = field(default_factory=list)

    def extend(self, other: Changes) -> None:
        """Take over what another one asks for."""
        self.insert.extend(other.insert)
        self.move.extend(other.move)
        self.end.extend(other.end)
        self.settle.extend(other.settle)


_Matter: TypeAlias = tuple[Rule, int]
_Step: TypeAlias = tuple[date, int, str]


def _step(one: Wanted | Reminder) -> _Step:
    return one.anchor_on, one.milestone, one.recipient


def compare(courses: Sequence[Course], rows: Iterable[Reminder], now: datetime, over: Over | None = None) -> Changes:
    """What makes the rows of an account what its courses want. `over`: the account is none of ours any more."""
    by_matter: dict[_Matter, list[Reminder]] = {(one.rule, one.anchor_id): [] for one in courses}
    for row in rows:
        by_matter.setdefault((row.rule, row.anchor_id), []).append(row)
    wanted = {(one.rule, one.anchor_id): one for one in courses}
    changes = Changes()
    for matter, found in by_matter.items():
        one = wanted.get(matter)
        if one is None or over is not None or one.over is not None:
            _close(found, over or (one.over if one is not None else None) or _GONE, changes)
        else:
            _compare_one(one, found, now, changes)
    return changes


def _close(rows: Iterable[Reminder], over: Over, changes: Changes) -> None:
    for row in rows:
        if row.state in {"planned", "held"}:
            changes.end.append((row.id, over.why))
        elif row.state == "sent" and row.acted is None:
            changes.settle.append((row.id, over))


def _compare_one(one: Course, rows: list[Reminder], now: datetime, changes: Changes) -> None:
    _close((row for row in rows if row.anchor_on not in one.anchors), one.before, changes)
    current = [row for row in rows if row.anchor_on in one.anchors]
    there = {_step(row): row for row in current if row.follows is None}
    ahead = {_step(wish): wish for wish in one.ahead}
    for step, wish in ahead.items():
        row = there.get(step)
        if row is None or row.state == "superseded":
            changes.insert.append(wish)
        elif row.state == "planned" and not _as_wished(row, wish):
            changes.move.append((row.id, wish))
    changes.insert.extend(_missed(one, current, there))
    late = _step(one.passed) if one.passed is not None else None
    for step, row in there.items():
        if step == late:
            if row.state == "planned" and row.wanted_at > now and one.catch_up and not _as_wished(row, one.catch_up):
                changes.move.append((row.id, one.catch_up))
        elif step not in ahead and row.state in {"planned", "held"}:
            changes.end.append((row.id, _OVERTAKEN if row.wanted_at <= now else _OFF_THE_LADDER))


def _as_wished(row: Reminder, wish: Wanted) -> bool:
    return (row.wanted_at, row.zone, row.carrier) == (wish.due_at, wish.zone, wish.carrier)


def _missed(one: Course, rows: list[Reminder], there: dict[_Step, Reminder]) -> Iterator[Wanted]:
    """The catch-up, when nothing that counts towards the same day was planned, or its own row had been given up."""
    if one.passed is None or one.catch_up is None:
        return
    own = there.get(_step(one.passed))
    nothing = all(row.state == "superseded" for row in rows if row.anchor_on == one.passed.anchor_on)
    if nothing or (own is not None and own.state == "superseded"):
        yield one.catch_up
