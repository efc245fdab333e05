"""Add to what was logged, or correct it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.domain.audience import Actor, Audience, Role
from bot.domain.ids import parse_id
from bot.services.errors import BadFields, NotAllowed, NotFound
from bot.services.existing import require_account
from bot.services.logbook import promises
from bot.services.logbook.entry import PHRASES, LogEntry, checked
from bot.services.logbook.read import GONE, logged
from bot.services.lookup import require_member
from bot.services.results import Logged
from bot.services.writing import writing
from bot.storage import audit, edits
from bot.storage.database import AnyRow, Database
from bot.storage.queries import logbook
from bot.storage.tables import interaction

_MEANWHILE = (
    "This entry was changed while your form was open. Copy what you typed, close the form, and press Add details again."
)


def add_details(
    database: Database, audience: Audience, touch_id: int, account_id: int, entry: LogEntry, now: datetime
) -> Logged:
    """Let what was logged say what the entry says. Who wrote the message it is about, and what is kept of it, stays.

    A key that is the id of a change says which version the writer saw: another one is not overwritten. Raises as
    `log_touch`; NotAllowed also for a colleague's entry, NotFound also when it was undone.
    """
    require_member(audience)
    entry = checked(entry, now)
    with writing(database, audience, now) as writer:
        edits.wait_for_turn(writer)
        row = edits.current(writer, interaction, touch_id)
        if row is None:
            raise NotFound(GONE)
        require_own(audience.actor, logbook.logged_by(writer, touch_id), "change it")
        account = require_account(writer, account_id)
        changes = _changes(row, account_id, entry)
        held = logbook.promise_in(writer, row.account_id, touch_id)
        wanted = promises.promise_cells(writer, account_id, touch_id, entry)
        if not changes and not promises.differs(held, wanted):
            return logged(writer, touch_id, repeated=True, added=True)
        if (seen := parse_id(entry.key)) is not None and seen != row.v_in:
            raise BadFields({"text": _MEANWHILE})
        with edits.edit(writer, f"details of {PHRASES[entry.kind]} {account.name}") as edit:
            edit.revise(interaction, row, changes)
            promises.write(edit, held, wanted)
        audit.append(writer, "add details", account_id, edit.summary(), edit.values)
        return logged(writer, touch_id, added=True)


def require_own(actor: Actor, by: str | None, doing: str) -> None:
    """People change their own; leads and admins everybody's."""
    if by != edits.by(actor) and not actor.role.covers(Role.LEAD):
        raise NotAllowed(f"A colleague logged that: only they, a lead or an admin can {doing}.")


def _changes(row: AnyRow, account_id: int, entry: LogEntry) -> dict[str, Any]:
    """What an entry says differently. A form knows the time to the minute."""
    said = {
        "account_id": account_id,
        "at": row.at if _minute(row.at) == _minute(entry.at) else entry.at,
        "kind": entry.kind,
        "people": entry.people,
        "subject" if row.subject is not None else "text": entry.text,
        "visibility": entry.visibility,
        "next_step": entry.next_step,
        "next_step_on": entry.next_step_on,
    }
    return {name: value for name, value in said.items() if getattr(row, name) != value}


def _minute(at: datetime) -> int:
    return int(at.timestamp()) // 60
