"""A person approves a copy and shares it. What was approved is what is shared: an edit takes the approval back."""

from __future__ import annotations

from datetime import datetime

from bot.domain.audience import Audience
from bot.domain.ids import id_text
from bot.services.errors import BadInput, NotAllowed
from bot.services.lookup import require_member
from bot.services.qbr.drafting import Ground
from bot.services.qbr.keeping import body_of, go_on, kept, qbr_of, require_row
from bot.services.results.qbr import READERS, Qbr, QbrFile, Reader
from bot.services.writing import writing
from bot.storage import audit, qbrs
from bot.storage.database import Database

_NAMES: dict[Reader, str] = {"internal": "the team", "exec": "their sponsor", "champion": "their champion"}


def approve_qbr(
    database: Database, audience: Audience, qbr_id: int, seen: int, readers: Reader, ground: Ground, now: datetime
) -> Qbr:
    """Approve the copy for these readers. A customer's copy is written and looked through first.

    Raises NotAllowed with what was found in it and where, Stale, NotFound, Busy.
    """
    require_member(audience)
    if readers not in READERS:
        raise BadInput("Choose who will read it: the team, their sponsor or their champion.")
    files_of(database, audience, qbr_id, readers, ground)
    with writing(database, audience, now) as writer:
        row = require_row(writer, qbr_id)
        if row.number == seen + 1 and row.state == "approved" and body_of(row).approved_for == readers:
            return qbr_of(writer, row)  # the form was sent a second time
        body = body_of(row).model_copy(update={"approved_for": readers})
        note = f"approved for {_NAMES[readers]}"
        found = go_on(writer, row, seen, qbrs.Version("approved", "approved", kept(body), note))
        audit.append(
            writer, "qbr approved", row.account_id, {"qbr": id_text(qbr_id), "for": readers, "version": found.version}
        )
        return found


def files_of(
    database: Database, audience: Audience, qbr_id: int, readers: Reader, ground: Ground
) -> tuple[QbrFile, ...]:
    """The copy for these readers as files. Raises NotAllowed when a customer's copy is not clean."""
    from bot.services.qbr.copies import secrets_from, write_copy  # what writes slides and paper is slow to load

    require_member(audience)
    with database.reading(audience) as reader:
        qbr = qbr_of(reader, require_row(reader, qbr_id))
        secrets = secrets_from(reader, qbr, readers, ground)
    return write_copy(qbr, readers, ground, secrets)


def require_approved(qbr: Qbr) -> Reader:
    """Who the review was approved for, as it stands. Raises NotAllowed when nobody approved it since its last edit."""
    if qbr.state not in ("approved", "shared") or qbr.body.approved_for is None:
        raise NotAllowed("Approve it first: nobody has, since it was last edited.")
    return qbr.body.approved_for


def note_shared(database: Database, audience: Audience, qbr_id: int, seen: int, where: str, now: datetime) -> Qbr:
    """Keep that the approved copy was shared; `where` names the place for people."""
    require_member(audience)
    with writing(database, audience, now) as writer:
        row = require_row(writer, qbr_id)
        found = qbr_of(writer, row)
        readers = require_approved(found)
        version = qbrs.Version("shared", "shared", row.body, f"copy for {_NAMES[readers]} shared in {where}")
        made = go_on(writer, row, seen, version)
        detail = {"qbr": id_text(qbr_id), "for": readers, "version": made.version}
        audit.append(writer, "qbr shared", row.account_id, detail, [audit.Value("qbr.shared_in", None, where, qbr_id)])
        return made


def note_place(
    database: Database, audience: Audience, qbr_id: int, channel: str, ts: str, parts: tuple[str, ...], now: datetime
) -> None:
    """Remember where its thread stands."""
    require_member(audience)
    with writing(database, audience, now) as writer:
        qbrs.place(writer, qbr_id, channel, ts, parts)


def note_feedback(database: Database, audience: Audience, qbr_id: int, verdict: qbrs.Verdict, now: datetime) -> None:
    """What the actor thinks of the draft as it is; a second word replaces the first."""
    require_member(audience)
    with writing(database, audience, now) as writer:
        row = require_row(writer, qbr_id)
        qbrs.feedback(writer, qbr_id, verdict, row.number)
        detail = {"qbr": id_text(qbr_id), "version": row.number}
        audit.append(writer, "qbr judged", row.account_id, detail, [audit.Value("qbr.verdict", None, verdict, qbr_id)])
