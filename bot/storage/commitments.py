"""Promises as people change them: each change is an edit that can be taken back."""

from __future__ import annotations

from typing import Literal

from bot.storage import batches, edits
from bot.storage.database import Writer
from bot.storage.tables import commitment

Ended = Literal["kept", "missed", "cancelled"]
_NOTE = "promise"


def end(writer: Writer, one: int, status: Ended) -> int | None:
    """The promise ended like that today; the change that says so, None when it was not open any more."""
    edits.wait_for_turn(writer)
    row = edits.current(writer, commitment, one)
    if row is None or row.status != "open":
        return None
    with edits.edit(writer, f"{_NOTE} {status}") as edit:
        kept_on = writer.now.date() if status == "kept" else None
        edit.revise(commitment, row, {"status": status, "kept_on": kept_on})
        return edit.change_id


def reopen(writer: Writer, one: int) -> bool:
    """Take back how it ended. False when something else changed since, or it did not end by a person's word."""
    row = edits.current(writer, commitment, one)
    found = batches.get_or_none(writer, row.v_in) if row is not None else None
    if found is None or found.kind != "edit" or not (found.note or "").startswith(_NOTE):
        return False
    return edits.undo(writer, found) is None
