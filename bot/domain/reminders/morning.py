"""The morning message: the few things of today, what matters most first.

Overdue promises lead, then dates to act on that are missed or near, weighed by what is at stake, then promises that are
due soon, renewals farther away, check-ins, and what changed. An account has one line; what else there is about it is
said at its end. What does not fit is counted, and comes the next day. On a day without lines there is no message.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Kind = Literal["overdue promise", "deadline", "promise", "renewal", "check-in", "change"]
"""What a line is about, in the order in which they come."""

_RANK: dict[Kind, int] = {
    "overdue promise": 0, "deadline": 1, "promise": 2, "renewal": 3, "check-in": 4, "change": 5
}  # fmt: skip
_SEVERAL: dict[Kind, tuple[str, str]] = {
    "overdue promise": ("overdue promise", "overdue promises"),
    "deadline": ("date to act on", "dates to act on"),
    "promise": ("promise due soon", "promises due soon"),
    "renewal": ("renewal", "renewals"),
    "check-in": ("check-in", "check-ins"),
    "change": ("change", "changes"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that could be said. `reason` is a sentence, `step` the one next thing to do, `clause` the reason in a
    few words for when another thing about the account leads. `days_left` counts to its day, negative when that has
    passed; `arr` only orders, whatever its currency. `reminders` are the rows it speaks for; none for what is said
    every morning, which is a promise then."""

    kind: Kind
    account_id: int
    account: str
    reason: str
    step: str
    clause: str
    days_left: int = 0
    arr: Decimal = Decimal(0)
    reminders: tuple[int, ...] = ()
    promise: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """What is said of one account; `also` are clauses about what else there is. `items` are what stands behind it."""

    kind: Kind
    account_id: int
    account: str
    reason: str
    step: str
    also: tuple[str, ...]
    items: tuple[Item, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Morning:
    """A morning message; `left_out` is the sentence about what did not fit, None when everything did. `carried` are the
    rows that it speaks for; those of what was left out wait for the next one."""

    lines: tuple[Line, ...]
    left_out: str | None
    carried: tuple[int, ...]


def morning(items: Iterable[Item], most: int) -> Morning | None:
    """The message of at most `most` lines; None when there is nothing to say."""
    by_account: dict[int, list[Item]] = {}
    for item in sorted(items, key=_order):
        by_account.setdefault(item.account_id, []).append(item)
    lines = [_line(found) for found in by_account.values()]
    if not lines:
        return None
    carried = tuple(row for line in lines[:most] for item in line.items for row in item.reminders)
    return Morning(tuple(lines[:most]), _left_out(lines[most:]), carried)


def _order(item: Item) -> tuple[int, bool, Decimal, int, Decimal, str, int]:
    """By kind; promises and renewals by their day, dates to act on by stake over days left, the rest by stake. Whatever
    its stake, a date of today or before comes first among its kind."""
    by_day = item.kind in {"overdue promise", "promise", "renewal"}
    days = max(item.days_left, 0) + 1 if item.kind == "deadline" else 1
    stake = Decimal(0) if by_day else item.arr / days
    late = item.kind == "deadline" and item.days_left <= 0
    return _RANK[item.kind], not late, -stake, item.days_left, -item.arr, item.account, item.account_id


def _line(items: Sequence[Item]) -> Line:
    first = items[0]
    also = tuple(dict.fromkeys(item.clause for item in items[1:]))
    return Line(first.kind, first.account_id, first.account, first.reason, first.step, also, tuple(items))


def _left_out(lines: Sequence[Line]) -> str | None:
    """ "4 more: 3 renewals and 1 check-in." """
    if not lines:
        return None
    counted: dict[Kind, int] = {}
    for line in lines:
        counted[line.kind] = counted.get(line.kind, 0) + 1
    parts = [f"{count} {_SEVERAL[kind][count != 1]}" for kind, count in counted.items()]
    listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    return f"{len(lines)} more: {listed}." if len(parts) > 1 else f"{listed.replace(' ', ' more ', 1)}."
