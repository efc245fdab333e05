"""Reading the audit trail."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.storage.chain import columns
from bot.storage.database import AnyRow, Reader
from bot.storage.tables import audit_account, audit_event, audit_value

_E = audit_event.c
_PIECE = 2_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events: about an account, by an actor (as events name them), since an instant."""

    account_id: int | None = None
    actors: tuple[str, ...] | None = None
    since: datetime | None = None


def count(reader: Reader, wanted: Wanted) -> int:
    query = sa.select(sa.func.count()).select_from(audit_event).where(*_conditions(wanted))
    return int(reader.connection.execute(query).scalar_one())


def newest_first(reader: Reader, wanted: Wanted, limit: int, skipping: int = 0) -> list[AnyRow]:
    """Events with their detail read."""
    query = sa.select(audit_event).where(*_conditions(wanted)).order_by(_E.seq.desc()).limit(limit).offset(skipping)
    return list(reader.connection.execute(query))


def oldest_first(reader: Reader) -> Iterator[list[AnyRow]]:
    """Every event, its detail as it is stored, in pieces."""
    last = 0
    while True:
        query = sa.select(*columns()).where(_E.seq > last).order_by(_E.seq).limit(_PIECE)
        piece = list(reader.connection.execute(query))
        if not piece:
            return
        yield piece
        last = piece[-1].seq


def values(reader: Reader, events: Iterable[int]) -> dict[int, list[AnyRow]]:
    """What the events changed, by event."""
    c = audit_value.c
    found: dict[int, list[AnyRow]] = defaultdict(list)
    query = sa.select(audit_value).where(c.seq.in_(list(events))).order_by(c.seq, c.place)
    for row in reader.connection.execute(query):
        found[row.seq].append(row)
    return found


def actors_called(reader: Reader, name: str) -> Sequence[str]:
    """Actors as events name them whose name that is, where it stands there as it is."""
    query = sa.select(_E.actor).where(sa.func.lower(_E.actor) == name.casefold()).distinct()
    return list(reader.connection.execute(query).scalars())


def _conditions(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    found: list[Any] = []
    if (one := wanted.account_id) is not None:
        beside = sa.select(audit_account.c.seq).where(audit_account.c.account_id == one)
        subject = sa.select(_E.seq).where(_E.subject_id == one)
        found.append(_E.seq.in_(sa.union_all(beside, subject)))
    if wanted.actors is not None:
        found.append(_E.actor.in_(wanted.actors))
    if wanted.since is not None:
        found.append(_E.at >= wanted.since)
    return found
