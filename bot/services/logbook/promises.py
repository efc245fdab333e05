"""The promise made in what is logged."""

from __future__ import annotations

from typing import Any

from bot.services.logbook.entry import LogEntry
from bot.storage import edits
from bot.storage.database import AnyRow, Writer
from bot.storage.edits import Edit
from bot.storage.tables import commitment

_SAID = ("account_id", "by", "owner_id", "quote", "due_on")


def promise_cells(writer: Writer, account_id: int, touch_id: int, entry: LogEntry) -> dict[str, Any] | None:
    """The row of the promise in an entry. Of ours, one that names nobody is the actor's to keep."""
    promise = entry.promise
    if promise is None:
        return None
    owner = promise.owner_id or (writer.actor.member_id if promise.by == "us" else None)
    return {
        "account_id": account_id,
        "interaction_id": touch_id,
        "by": promise.by,
        "owner_id": owner,
        "quote": promise.quote,
        "made_on": entry.at.date(),
        "due_on": promise.due_on,
        "status": "open",
    }


def differs(held: AnyRow | None, wanted: dict[str, Any] | None) -> bool:
    if held is None or wanted is None:
        return held is not wanted
    return any(getattr(held, name) != wanted[name] for name in _SAID)


def write(edit: Edit, held: AnyRow | None, wanted: dict[str, Any] | None) -> None:
    """Make the promise what is wanted: new, said differently, or gone. Whether it was kept stays."""
    if not differs(held, wanted):
        return
    if held is None and wanted is not None:
        edit.add(commitment, wanted)
    elif held is not None and wanted is None:
        edit.end(commitment, held.id)
    elif held is not None and wanted is not None:
        row = edits.current(edit.writer, commitment, held.id)
        edit.revise(commitment, row, {name: wanted[name] for name in _SAID})
