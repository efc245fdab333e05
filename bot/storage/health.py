"""Keeping health over time: passes that any number of processes may try, and what they write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bot.domain.health_past import Kept
from bot.storage import bulk
from bot.storage.database import Writer
from bot.storage.tables import health_pass, health_reading

_P, _R = health_pass.c, health_reading.c
_COLUMNS: Final = ("account_id", "on", "score", "computed", "band", "coverage", "overridden", "model", "parts")


@dataclass(frozen=True, slots=True)
class Turn:
    """A pass that is ours until its lease ends: of which day, and from which account on."""

    on: date
    holder: str
    cursor: int
    comparable_from: date


def begin(writer: Writer, on: date, basis: str, holder: str, until: datetime) -> Turn | None:
    """Take the pass of a day: a new one, or one whose holder died. None when it is done or in other hands."""
    before = writer.execute(sa.select(health_pass).where(_P.on < on).order_by(_P.on.desc()).limit(1)).first()
    comparable_from = before.comparable_from if before is not None and before.basis == basis else on
    fresh = {
        "on": on, "basis": basis, "comparable_from": comparable_from, "cursor": 0, "accounts": 0, "written": 0,
        "alerts": 0, "holder": holder, "lease_until": until, "started_at": writer.now,
    }  # fmt: skip
    make = postgresql.insert if writer.connection.dialect.name == "postgresql" else sqlite.insert
    writer.execute(make(health_pass).values(fresh).on_conflict_do_nothing())
    take = (
        sa.update(health_pass)
        .where(_P.on == on, _P.finished_at.is_(None), sa.or_(_P.holder == holder, _P.lease_until <= writer.now))
        .values(holder=holder, lease_until=until)
        .returning(_P.cursor, _P.comparable_from)
    )
    ours = writer.execute(take).first()
    return Turn(on, holder, ours.cursor, ours.comparable_from) if ours is not None else None


def advance(writer: Writer, turn: Turn, cursor: int, accounts: int, written: int, until: datetime) -> bool:
    """So far it is done. False when the pass is not ours any more: then nothing may be kept."""
    query = (
        sa.update(health_pass)
        .where(_P.on == turn.on, _P.holder == turn.holder, _P.finished_at.is_(None))
        .values(
            cursor=cursor, accounts=_P.accounts + accounts, written=_P.written + written, lease_until=until
        )
    )  # fmt: skip
    return writer.execute(query).rowcount == 1


def finish(writer: Writer, turn: Turn, alerts: int) -> bool:
    """The pass is done. False when it was not ours any more."""
    query = (
        sa.update(health_pass)
        .where(_P.on == turn.on, _P.holder == turn.holder, _P.finished_at.is_(None))
        .values(finished_at=writer.now, alerts=alerts)
    )
    return writer.execute(query).rowcount == 1


def write(writer: Writer, readings: Sequence[tuple[int, Kept]]) -> None:
    """Keep these readings, each instead of one of the same account and day."""
    if not readings:
        return
    days = {one.on for _, one in readings}
    ids = [account_id for account_id, _ in readings]
    writer.execute(sa.delete(health_reading).where(_R.account_id.in_(ids), _R.on.in_(days)))
    rows = [
        (account_id, one.on, one.score, one.computed, one.band, one.coverage, one.overridden, one.model, _parts(one))
        for account_id, one in readings
    ]
    dialect = writer.connection.dialect.name
    bulk.insert(writer, health_reading, _COLUMNS, bulk.encode(health_reading, _COLUMNS, rows, dialect))


def _parts(one: Kept) -> list[list[Any]]:
    return [[p.component, p.value, p.weight, p.points, p.fed_on and p.fed_on.isoformat(), p.source] for p in one.parts]


def thin_out(writer: Writer, ids: Sequence[int], first: date, last: date) -> None:
    """Of each of these accounts keep one reading of a month: the newest. Looks at days from `first` to `last`, which
    are the first and the last day of months."""
    newer = health_reading.alias("newer")
    month = _month(writer, newer.c.on) == _month(writer, _R.on)
    later = sa.exists().where(newer.c.account_id == _R.account_id, newer.c.on > _R.on, newer.c.on <= last, month)
    writer.execute(sa.delete(health_reading).where(_R.account_id.in_(ids), _R.on.between(first, last), later))


def _month(writer: Writer, day: Any) -> Any:
    if writer.connection.dialect.name == "postgresql":
        return sa.func.date_trunc("month", day)
    return sa.func.substr(sa.type_coerce(day, sa.Text()), 1, 7)
