"""Promises as people change them: each change is an edit that can be taken back."""

from __future__ import annotations

from typing import Literal

from bot.storage import acts, batches, edits
from bot.storage.database import AnyRow, Writer
from bot.storage.queries import accounts
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
    acts.stale_mornings(writer, _owed_by(writer, row))
    return edit.change_id


def reopen(writer: Writer, one: int) -> bool:
    """Take back how it ended. False when something else changed since, or it did not end by a person's word."""
    row = edits.current(writer, commitment, one)
    found = batches.get_or_none(writer, row.v_in) if row is not None else None
    if found is None or found.kind != "edit" or not (found.note or "").startswith(_NOTE):
        return False
    acts.stale_mornings(writer, _owed_by(writer, row))
    return edits.undo(writer, found) is None


def _owed_by(writer: Writer, row: AnyRow) -> list[int]:
    """Whose morning messages speak of it."""
    if row.owner_id is not None:
        return [row.owner_id]
    owner = accounts.owners(writer, [row.account_id]).get(row.account_id)
    return [owner.id] if owner is not None else []
