"""Looking through the audit trail for what was changed, removed, inserted or put in another order."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from bot.domain.ids import parse_id
from bot.storage import audit
from bot.storage.database import AnyRow, Reader
from bot.storage.tables import audit_account, audit_event, audit_value
from bot.storage.types import instant_text

PIECE: Final = 5_000


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the trail at an event."""

    seq: int
    what: str


@dataclass
class Look:
    """A look through the trail, or the `newest` so many events of it, told by `faults`; the rest counts what was
    looked at so far.

    `kept_head`, the hash of what was once the last event, must be met: else events at the end were removed.
    """

    reader: Reader
    kept_head: str | None = None
    progress: Callable[[int], None] | None = None
    newest: int | None = None
    events: int = 0
    erased: int = 0
    head: str = audit.BEGINNING

    def faults(self) -> Iterator[Fault]:
        """One after the other, in the order of the trail."""
        met, last = self.kept_head in (None, audit.BEGINNING), self._start()
        expected = last + 1 if last is not None else 1
        while piece := _events(self.reader, last):
            beside = _Beside(self.reader, last, piece[-1].seq)
            for row in piece:
                yield from _links(row, expected, self.head)
                yield from beside.faults(row)
                self.head, expected, met = row.hash, row.seq + 1, met or row.hash == self.kept_head
            last = piece[-1].seq
            self.events += len(piece)
            self.erased += beside.erased
            yield from beside.strays()
            if self.progress is not None:
                self.progress(self.events)
        yield from _Beside(self.reader, last, None).strays()
        if not met:
            yield Fault(expected, f"the event with the hash {self.kept_head} is not there: later ones were removed")

    def _start(self) -> int | None:
        """The event after which to begin, None for the very first; its hash is believed."""
        end = audit.newest(self.reader) if self.newest is not None else None
        if end is None or self.newest is None or end.seq <= self.newest:
            return None
        c = audit_event.c
        query = sa.select(c.seq, c.hash).where(c.seq <= end.seq - self.newest).order_by(c.seq.desc()).limit(1)
        row = self.reader.connection.execute(query).first()
        if row is None:
            return None
        self.head = row.hash
        return int(row.seq)


def line(row: AnyRow) -> str:
    """The text that the hash of an event is of."""
    if row.version is None:  # the first ones
        detail = json.loads(row.detail) if row.detail is not None else None
        first = {
            "seq": row.seq, "at": instant_text(row.at), "actor": row.actor, "via": row.via, "action": row.action,
            "subject_id": row.subject_id, "detail": detail, "previous_hash": row.previous_hash,
        }  # fmt: skip
        return json.dumps(first, sort_keys=True, ensure_ascii=False, default=str)
    return audit.written(row.seq, row.at, row.actor, row.via, row.action, row.subject_id, row.detail, row.previous_hash)


def columns() -> list[sa.ColumnElement[Any]]:
    """Those of an event, its detail as it is stored."""
    c = audit_event.c
    detail = sa.type_coerce(c.detail, sa.Text()).label("detail")
    return [detail if one is c.detail else one for one in c]


def _events(reader: Reader, last: int | None) -> Sequence[AnyRow]:
    c = audit_event.c
    query = sa.select(*columns()).order_by(c.seq).limit(PIECE)
    return reader.connection.execute(query if last is None else query.where(c.seq > last)).all()


def _links(row: AnyRow, expected: int, previous: str) -> Iterator[Fault]:
    if row.seq < expected:
        yield Fault(row.seq, "no event has such a number: it was inserted")
    elif row.seq > expected:
        gone = f"event {expected} is" if row.seq == expected + 1 else f"events {expected} to {row.seq - 1} are"
        yield Fault(row.seq, f"{gone} missing before it")
    elif row.previous_hash != previous:
        yield Fault(row.seq, "it does not follow on the event before it: one of the two was put in the other's place")
    if row.version not in (None, audit.VERSION) or row.hash != audit.digest(line(row)):
        yield Fault(row.seq, "it was changed")


class _Beside:
    """What lies beside some events: values, and the accounts they are found by."""

    def __init__(self, reader: Reader, after: int | None, upto: int | None) -> None:
        self.erased = 0
        self._values: dict[int, list[AnyRow]] = defaultdict(list)
        self._accounts: dict[int, set[int]] = defaultdict(set)
        v, a = audit_value.c, audit_account.c
        for row in _between(reader, sa.select(audit_value).order_by(v.seq, v.place), v.seq, after, upto):
            self._values[row.seq].append(row)
        for row in _between(reader, sa.select(audit_account), a.seq, after, upto):
            self._accounts[row.seq].add(row.account_id)

    def faults(self, row: AnyRow) -> Iterator[Fault]:
        values, accounts = self._values.pop(row.seq, []), self._accounts.pop(row.seq, set())
        if row.version is None or row.detail is None:
            return
        has_more = values or accounts or '"values"' in row.detail or '"accounts"' in row.detail
        detail = _read(row.detail) if has_more else {}
        said = [(one.place, [one.field, one.about]) for one in values]
        wanted = [
            (place, [name, parse_id(thing) if thing is not None else None])
            for place, (name, thing, _) in enumerate(detail.get("values", ()))
        ]
        if said != wanted:
            yield Fault(row.seq, "a value of it was removed or added")
        else:
            for one, (name, _, seal) in zip(values, detail.get("values", ()), strict=True):
                if one.salt is None:
                    self.erased += 1
                elif audit.sealed(one.salt, one.before, one.after) != seal:
                    yield Fault(row.seq, f"its value of {name} was changed")
        if accounts != {parse_id(one) for one in detail.get("accounts", ())}:
            yield Fault(row.seq, "the accounts that it is found by were changed")

    def strays(self) -> Iterator[Fault]:
        """What belongs to no event."""
        for seq in sorted({*self._values, *self._accounts}):
            yield Fault(seq, "values or accounts of an event that is not there")


def _read(detail: str) -> dict[str, Any]:
    try:
        found = json.loads(detail)
    except ValueError:  # changed, which its hash says
        return {}
    return found if isinstance(found, dict) else {}


def _between(
    reader: Reader, query: sa.Select[Any], seq: sa.ColumnElement[int], after: int | None, upto: int | None
) -> Sequence[AnyRow]:
    if after is not None:
        query = query.where(seq > after)
    return reader.connection.execute(query if upto is None else query.where(seq <= upto)).all()
