"""Log a touch or a note."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from bot.domain.audience import Audience
from bot.services.existing import require_account
from bot.services.logbook.entry import PHRASES, LogEntry, checked
from bot.services.logbook.promises import promise_cells
from bot.services.logbook.read import logged
from bot.services.lookup import require_member
from bot.services.results import Logged
from bot.services.writing import writing
from bot.storage import audit, edits
from bot.storage.database import Database, Writer
from bot.storage.tables import commitment, interaction


def log_touch(
    database: Database, audience: Audience, account_id: int, entry: LogEntry, now: datetime, keep_text: timedelta
) -> Logged:
    """Log what happened with an account, in the name of the actor. The same submission again writes nothing.

    `keep_text` is for how long the text of a message may be kept, zero for not at all. Raises BadFields for what is
    wrong with the entry, NotFound when the account is gone, NotAllowed, and Busy when somebody else keeps writing.
    """
    require_member(audience)
    entry = checked(entry, now)
    with writing(database, audience, now) as writer:
        edits.wait_for_turn(writer)
        if (before := edits.added_before(writer, interaction, entry.key)) is not None:
            return logged(writer, before.id, repeated=True)
        account = require_account(writer, account_id)
        with edits.edit(writer, f"{PHRASES[entry.kind]} {account.name}") as edit:
            touch_id = edit.add(interaction, _cells(writer, account_id, entry, keep_text), entry.key)
            promise = promise_cells(writer, account_id, touch_id, entry)
            if promise is not None:
                edit.add(commitment, promise)
        audit.append(writer, "log", account_id, edit.summary(), edit.values)
        return logged(writer, touch_id)


def _cells(writer: Writer, account_id: int, entry: LogEntry, keep_text: timedelta) -> dict[str, Any]:
    """With the kept text of a message the person's own words are the subject."""
    message = entry.message
    quote = message.text if message is not None and keep_text else None
    return {
        "account_id": account_id,
        "at": entry.at,
        "kind": entry.kind,
        "direction": "in" if message is not None and message.origin == "customer" else None,
        "author_id": message.author_id if message is not None else writer.actor.member_id,
        "people": entry.people,
        "subject": entry.text if quote else None,
        "text": quote or entry.text,
        "visibility": entry.visibility,
        "origin": message.origin if message is not None else "team",
        "permalink": message.permalink if message is not None else None,
        "next_step": entry.next_step,
        "next_step_on": entry.next_step_on,
        "text_until": writer.now + keep_text if quote else None,
    }
