"""Erasing one person from a large book: every row of every table is looked through, twice."""

from __future__ import annotations

import time

import sqlalchemy as sa

from bench.report import Report
from bot.clock import system_clock
from bot.domain.audience import SHELL, only_the_asker
from bot.domain.ids import new_id
from bot.services.erasing.person import erase_person
from bot.services.erasing.whom import Whom
from bot.services.erasing.work import Work
from bot.services.results.erasing import Erased
from bot.storage.database import Database
from bot.storage.tables import entity, interaction, person

_NAMED = 500
_WHOLE = only_the_asker(SHELL)


def run(report: Report, address: str, interactions: int, *, limit_s: float) -> None:
    """The last of all: it writes."""
    database = Database(address)
    _name(database)
    begun = time.perf_counter()
    done = erase_person(Work(database, _WHOLE, system_clock), Whom("Zelda Quarrington"))
    seconds = time.perf_counter() - begun
    if not isinstance(done, Erased) or sum(one.rows for one in done.named) != _NAMED or done.remains:
        raise RuntimeError(f"not erased: {done}")
    report.below(f"erase a person from {interactions:,} conversations", seconds, limit_s, "s")


def _name(database: Database) -> None:
    """Somebody of one account, named in some conversations."""
    i = interaction.c
    with database.writing(_WHOLE, system_clock()) as writer:
        change_id, one = writer.begin_change("edit"), new_id()
        found = writer.execute(sa.select(i.id, i.account_id).limit(_NAMED)).all()
        writer.execute(entity.insert(), {"id": one, "kind": "person", "change_id": change_id})
        values = {"id": one, "v_in": change_id, "account_id": found[0].account_id, "active": True}
        writer.execute(person.insert(), {**values, "name": "Zelda Quarrington", "email": "zelda@q.example"})
        for row in found:
            named = sa.update(interaction).where(i.id == row.id)
            writer.execute(named.values(text="We met Zelda Quarrington and talked about pricing"))
