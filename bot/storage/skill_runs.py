"""Runs of skills, and the budget for models: set aside first, so that several processes agree."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import sqlalchemy as sa

from bot.domain.ids import new_id
from bot.storage.database import Reader, Writer
from bot.storage.tables import llm_call, skill_run

_LOCK = 7_236_011


class Spent(NamedTuple):
    """What a day has taken so far: by one asker, and by all."""

    own_tokens: int
    tokens: int
    cost: Decimal


def keep(writer: Writer, values: dict[str, Any]) -> None:
    """Log a run."""
    writer.execute(skill_run.insert(), {**values, "at": writer.now})


def spent(reader: Reader, on: date, asker: str) -> Spent:
    c = llm_call.c
    own = sa.func.sum(sa.case((c.asker == asker, c.tokens), else_=0))
    query = sa.select(own.label("own"), sa.func.sum(c.tokens).label("tokens"), sa.func.sum(c.cost).label("cost"))
    row = reader.connection.execute(query.where(c.on == on)).one()
    return Spent(int(row.own or 0), int(row.tokens or 0), row.cost or Decimal(0))


def one_at_a_time(writer: Writer) -> None:
    """Nobody else sets aside until this transaction ends: what `spent` says holds till then."""
    if writer.connection.dialect.name == "postgresql":
        writer.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def set_aside(writer: Writer, on: date, asker: str, tokens: int, cost: Decimal) -> int:
    """Take from the day's budget before a call; the id to settle it by."""
    call = new_id()
    writer.execute(llm_call.insert(), {"id": call, "on": on, "asker": asker, "tokens": tokens, "cost": cost})
    return call


def settle(writer: Writer, call: int, tokens: int, cost: Decimal) -> None:
    """What the call really took."""
    writer.execute(sa.update(llm_call).where(llm_call.c.id == call).values(tokens=tokens, cost=cost))
