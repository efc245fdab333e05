"""The audit trail: a chain of events that is only ever added to, and beside it what may be erased from it."""

from __future__ import annotations

import sqlalchemy as sa

from bot.storage.tables.base import column, table, text
from bot.storage.types import BigInt, Instant, Json

audit_event = table(
    "audit_event",
    sa.Column("seq", BigInt, primary_key=True, autoincrement=False),
    column("at", Instant(), required=True),
    text("actor", required=True),
    text("via", required=True),
    text("action", required=True),
    column("subject_id", BigInt),
    column("detail", Json()),
    text("previous_hash", required=True),
    text("hash", required=True),
    column("version", BigInt),  # how it is hashed; None in the first events
    sa.Index("ix_audit_event_subject", "subject_id", "seq"),
)

audit_value = table(
    "audit_value",
    sa.Column("seq", BigInt, sa.ForeignKey("audit_event.seq"), nullable=False),
    column("place", BigInt, required=True),
    text("field", required=True),
    column("about", BigInt),  # the thing whose field it is: a note, a person, a promise
    text("before"),
    text("after"),
    text("salt"),  # None once the value is erased
    sa.PrimaryKeyConstraint("seq", "place"),
    sa.Index("ix_audit_value_about", "about"),
)

audit_account = table(
    "audit_account",
    column("account_id", BigInt, required=True),
    sa.Column("seq", BigInt, sa.ForeignKey("audit_event.seq"), nullable=False),
    sa.PrimaryKeyConstraint("account_id", "seq"),
    sa.Index("ix_audit_account_seq", "seq"),
)
