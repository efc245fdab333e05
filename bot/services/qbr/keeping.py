"""Reviews as they are kept: reading one with its newest version, and adding the next."""

from __future__ import annotations

import json

from bot.domain.audience import Audience
from bot.domain.ids import id_text
from bot.domain.qbr.period import before_of
from bot.services.errors import NotFound, Stale
from bot.services.existing import require_account
from bot.services.lookup import require_internal
from bot.services.results.qbr import Qbr, QbrBody, QbrDeed
from bot.storage import audit, qbrs
from bot.storage.database import AnyRow, Database, Reader, Writer

GONE = "That review is not here any more. Make one with `/qbr` and the account's name."
MEANWHILE = "changed this review while you were at it. Open it again, so that nothing of theirs is lost."


def read_qbr(database: Database, audience: Audience, qbr_id: int) -> Qbr:
    """A review as it is now. Raises NotFound, also when its account is gone."""
    require_internal(audience)
    with database.reading(audience) as reader:
        return qbr_of(reader, require_row(reader, qbr_id))


def qbr_history(database: Database, audience: Audience, qbr_id: int) -> tuple[QbrDeed, ...]:
    """Who did what to it, oldest first."""
    require_internal(audience)
    with database.reading(audience) as reader:
        rows = qbrs.history(reader, qbr_id)
    return tuple(
        QbrDeed(number=row.number, deed=row.deed, by=row.name or row.by, at=row.at, note=row.note) for row in rows
    )


def require_row(reader: Reader, qbr_id: int) -> AnyRow:
    row = qbrs.newest(reader, qbr_id)
    if row is None:
        raise NotFound(GONE)
    return row


def qbr_of(reader: Reader, row: AnyRow) -> Qbr:
    account = require_account(reader, row.account_id)
    first = qbrs.numbered(reader, row.id, 1)
    maker = first.name if first is not None else row.name
    return Qbr(
        id=id_text(row.id),
        version=row.number,
        state=row.state,
        account_id=id_text(row.account_id),
        account=account.name,
        period=row.words,
        first=row.first,
        last=row.last,
        before=before_of(row.first, row.last).words,
        body=QbrBody.model_validate(row.body),
        made_by=maker or "",
        made_at=row.created_at,
        changed_by=row.name or "",
        changed_at=row.at,
        undoable=row.number > 1 and row.deed != "undone",
        channel=row.channel,
        ts=row.ts,
        parts=tuple(row.parts or ()),
    )


def go_on(writer: Writer, row: AnyRow, seen: int, version: qbrs.Version) -> Qbr:
    """The review after one more deed. Raises Stale when somebody went on since version `seen`."""
    if row.number != seen or qbrs.add(writer, row.id, seen, version) is None:
        raise Stale(f"{row.name or 'Somebody'} {MEANWHILE}")
    return qbr_of(writer, require_row(writer, row.id))


def body_of(row: AnyRow) -> QbrBody:
    return QbrBody.model_validate(row.body)


def text_of(before: QbrBody | None, after: QbrBody, qbr_id: int) -> list[audit.Value]:
    """The text before and after, for the audit trail: too long to be kept there, its digest is."""
    was, now = (json.dumps(kept(body), sort_keys=True) if body is not None else None for body in (before, after))
    return [audit.Value("qbr.text", was, now, qbr_id)]


def kept(body: QbrBody) -> dict[str, object]:
    """The body as it is written down."""
    return body.model_dump(mode="json")
