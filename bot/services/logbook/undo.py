"""Take back what somebody logged."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.domain.audience import Actor, Audience
from bot.domain.ids import id_text, parse_id
from bot.services.errors import NotAllowed, NotFound
from bot.services.logbook.details import require_own
from bot.services.logbook.read import UNDO_FOR, own_words
from bot.services.lookup import require_member
from bot.services.results import Undone
from bot.services.writing import writing
from bot.storage import audit, batches, edits
from bot.storage.database import AnyRow, Database, Reader
from bot.storage.tables import interaction


def undo_change(database: Database, audience: Audience, change: str, now: datetime) -> Undone:
    """Take back an edit of the actor's own (a lead: anybody's) within `UNDO_FOR`; the shell may do so at any time.

    Raises NotFound when there is none of that name; NotAllowed when it is somebody else's, too old, or when somebody
    went on from it; Busy when somebody else keeps writing.
    """
    require_member(audience)
    with writing(database, audience, now) as writer:
        edits.wait_for_turn(writer)
        found = _edit(writer, change)
        require_own(audience.actor, found.report.get("by"), "undo it")
        if found.state == "undone":
            return _undone(found, None, edits.touched(writer, found), repeated=True)
        text = _words(writer, found)
        if audience.actor.via != "shell" and now - found.started_at > UNDO_FOR:
            raise NotAllowed(
                f"That was logged more than {UNDO_FOR.seconds // 60} minutes ago and stays. Log what is right instead, "
                f"or ask an admin to run `steward undo {change}`."
            )
        touched = edits.touched(writer, found)
        if (later := edits.undo(writer, found)) is not None:
            raise NotAllowed(_stands_in_the_way(later, audience.actor))
        audit.append_many(writer, "undo", [audit.Deed(detail={"change": change}, accounts=sorted(touched))])
        return _undone(found, text, touched, repeated=False)


def _edit(reader: Reader, change: str) -> AnyRow:
    change_id = parse_id(change)
    found = batches.get_or_none(reader, change_id) if change_id is not None else None
    if found is None or found.kind != "edit":
        raise NotFound(
            f"There is nothing called {change[:40]} to undo; an import is undone with `steward import undo`."
        )
    return found


def _stands_in_the_way(later: AnyRow, actor: Actor) -> str:
    own = later.kind == "edit" and later.report.get("by") == edits.by(actor)
    what = f"{'You' if own else later.actor} went on from that ({later.note or later.kind}): undo that first"
    command = "steward undo" if later.kind == "edit" else "steward import undo"
    return f"{what}, with `{command} {id_text(later.id)}`." if actor.via == "shell" else f"{what}."


def _words(reader: Reader, found: AnyRow) -> str | None:
    """What the change logged."""
    touches = [one for name, one in found.report["wrote"] if name == interaction.name]
    rows = [row for one in touches if (row := edits.current(reader, interaction, one)) is not None]
    return own_words(rows[0]) if rows else None


def _undone(found: AnyRow, text: str | None, touched: Iterable[int], *, repeated: bool) -> Undone:
    restored = bool(found.report["ended"])
    what = f"{found.note}; it is as it was before" if restored else found.note
    return Undone(
        change=id_text(found.id),
        repeated=repeated,
        restored=restored,
        text=text,
        sentence=f"{'Was undone before' if repeated else 'Undone'}: {what}.",
        account_ids=tuple(id_text(one) for one in sorted(touched)),
    )
