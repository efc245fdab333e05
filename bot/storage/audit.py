"""The audit trail: each event carries the hash of the one before, so that a changed or missing one shows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any

import sqlalchemy as sa

from bot.storage import bulk
from bot.storage.database import Reader, Writer
from bot.storage.tables import audit_event
from bot.storage.types import instant_text

_FIRST = "0" * 64
_LOCK = 7_236_002


def append(writer: Writer, action: str, subject_id: int | None, detail: dict[str, Any]) -> None:
    """Record what the writer's actor did, in the same transaction as the deed."""
    append_many(writer, action, [(subject_id, detail)])


def append_many(writer: Writer, action: str, deeds: Sequence[tuple[int | None, dict[str, Any]]]) -> None:
    """The same for several deeds at once: (what it was done to, detail)."""
    if not deeds:
        return
    dialect = writer.connection.dialect.name
    if dialect == "postgresql":
        writer.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    c = audit_event.c
    last = writer.execute(sa.select(c.seq, c.hash).order_by(c.seq.desc()).limit(1)).first()
    previous, events = last.hash if last else _FIRST, []
    for seq, (subject_id, detail) in enumerate(deeds, last.seq + 1 if last else 1):
        event = {
            "seq": seq,
            "at": writer.now,
            "actor": writer.actor.slack_user_id or writer.actor.name,
            "via": writer.actor.via,
            "action": action,
            "subject_id": subject_id,
            "detail": detail,
            "previous_hash": previous,
        }
        previous = _hash(event)
        events.append({**event, "hash": previous})
    rows = [tuple(one.values()) for one in events]
    bulk.insert(writer, audit_event, tuple(events[0]), bulk.encode(audit_event, tuple(events[0]), rows, dialect))


def _hash(event: dict[str, Any]) -> str:
    written = {**event, "at": instant_text(event["at"])}
    return sha256(json.dumps(written, sort_keys=True, ensure_ascii=False, default=str).encode()).hexdigest()


def broken_links(reader: Reader) -> Iterator[int]:
    """Numbers of events that were changed, or before which one is missing."""
    previous, expected = _FIRST, 1
    for row in reader.connection.execute(sa.select(audit_event).order_by(audit_event.c.seq)):
        event = {key: value for key, value in row._mapping.items() if key != "hash"}
        if row.seq != expected or row.previous_hash != previous or row.hash != _hash(event):
            yield row.seq
        previous, expected = row.hash, row.seq + 1
