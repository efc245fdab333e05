"""Whether the audit trail is whole, and taking it along in a form that anybody can verify."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, Literal

from bot.domain.audience import Audience
from bot.domain.ids import id_text
from bot.services.results.trail import TrailChecked, TrailFault
from bot.services.trail.read import require_admin
from bot.storage import audit, chain
from bot.storage.database import AnyRow, Database
from bot.storage.queries import trail as queries

MOST_NAMED: Final = 20
Form = Literal["jsonl", "csv"]
_COLUMNS = ("seq", "at", "actor", "via", "action", "account", "hash", "event", "values")


def verify(
    database: Database, audience: Audience, head: str | None = None, progress: Callable[[int], None] | None = None
) -> TrailChecked:
    """Look through the whole trail. `head` is the hash of what was once its last event: it must still be there.
    `progress` is told how many events were looked at. Raises NotAllowed for anybody but admins."""
    require_admin(audience)
    named: list[TrailFault] = []
    broken = 0
    with database.reading(audience) as reader:
        look = chain.Look(reader, head, progress)
        for fault in look.faults():
            broken += 1
            if len(named) < MOST_NAMED:
                named.append(TrailFault(seq=fault.seq, sentence=fault.what))
    return TrailChecked(events=look.events, erased=look.erased, broken=broken, head=look.head, faults=tuple(named))


def head(database: Database, audience: Audience) -> tuple[int, str]:
    """Number and hash of the last event: kept elsewhere, it shows later whether events at the end were removed."""
    require_admin(audience)
    with database.reading(audience) as reader:
        newest = audit.newest(reader)
    return (newest.seq, newest.hash) if newest is not None else (0, audit.BEGINNING)


def export(database: Database, audience: Audience, form: Form) -> Iterator[str]:
    """Every event with its values, oldest first, as lines of text. `event` is the exact text that its hash is of."""
    require_admin(audience)
    with database.reading(audience) as reader:
        if form == "csv":
            yield _csv(_COLUMNS)
        for piece in queries.oldest_first(reader):
            values = queries.values(reader, [row.seq for row in piece])
            for row in piece:
                yield _written(row, values.get(row.seq, ()), form)


def _written(row: AnyRow, values: Sequence[AnyRow], form: Form) -> str:
    event = chain.line(row)
    kept = [[one.field, one.salt, one.before, one.after] for one in values]
    if form == "jsonl":
        return json.dumps({"hash": row.hash, "event": event, "values": kept}, ensure_ascii=False) + "\n"
    account = id_text(row.subject_id) if row.subject_id is not None else ""
    more = json.dumps(kept, ensure_ascii=False) if kept else ""
    return _csv((row.seq, row.at.isoformat(), row.actor, row.via, row.action, account, row.hash, event, more))


def _csv(cells: Sequence[Any]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow(cells)
    return written.getvalue()
