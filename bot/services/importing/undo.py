"""Take an import back, or say which later work stands on it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.domain.audience import Audience
from bot.domain.ids import id_text, parse_id
from bot.services.errors import BadInput, NotAllowed, NotFound
from bot.services.importing import batch as batching
from bot.services.importing.batch import Now
from bot.services.lookup import require_internal
from bot.services.results import Result
from bot.storage import audit, batches
from bot.storage.database import AnyRow, Database, Reader


class BatchLine(Result):
    """One import in the list of imports."""

    batch: str
    state: str
    at: datetime
    by: str
    files: str
    read: int
    created: int
    updated: int
    to_review: int


def history(database: Database, audience: Audience) -> tuple[BatchLine, ...]:
    """Imports, newest first."""
    require_internal(audience)
    with database.reading(audience) as reader:
        rows = batches.imports(reader)
    return tuple(_line(row) for row in rows)


def _line(row: Any) -> BatchLine:
    report = row.report or {}
    return BatchLine(
        batch=id_text(row.id),
        state=row.state,
        at=row.started_at,
        by=row.actor,
        files=row.note or "",
        **{name: int(report.get(name, 0)) for name in ("read", "created", "updated", "to_review")},
    )


def undo(database: Database, audience: Audience, now: Now, batch: str) -> BatchLine:
    """Make everything an import (or the merge of a review) did disappear at once.

    Raises NotFound for an unknown batch, Busy while an import loads, and NotAllowed when later changes replaced or use
    what it brought in: those have to be undone first, newest first.
    """
    batching.require_writer(audience)
    batching.recover(database, audience, now)
    with database.writing(audience, now()) as writer:
        found = _undoable(writer, batch)
        batching.require_no_import(writer)
        if later := batches.later_edits(writer, found.id):
            names = ", ".join(
                f"{id_text(one.id)} ({one.note or one.kind}, {one.started_at:%d %b %H:%M} UTC)" for one in later
            )
            more = " and more" if len(later) == batches.NAMED else ""
            raise NotAllowed(f"{batch} cannot be undone: later changes build on it: {names}{more}. Undo those first.")
        batches.hide(writer, found.id)
        audit.append(writer, f"undo {found.kind}", None, {"change": id_text(found.id)})
    batches.purge(database, audience, now(), found.id)
    return _line(found).model_copy(update={"state": "undone"})


def _undoable(reader: Reader, batch: str) -> AnyRow:
    change_id = parse_id(batch)
    found = batches.get_or_none(reader, change_id) if change_id is not None else None
    if found is None:
        raise NotFound(f"There is no import {batch}; `steward import list` shows them.")
    if found.kind == "edit":
        raise BadInput(f"{batch} is not an import; take it back with: steward undo {batch}")
    if found.state != "live":
        raise NotAllowed(f"{batch} is {found.state} already; nothing was changed.")
    return found
