"""Business reviews and every version of them. Not made of facts: a version says what somebody saw and decided."""

from __future__ import annotations

import sqlalchemy as sa

from bot.storage.tables.base import column, key, table, text
from bot.storage.types import BigInt, Day, Instant, Json

qbr = table(
    "qbr",
    key(),
    sa.Column("account_id", BigInt, sa.ForeignKey("entity.id"), nullable=False),
    column("first", Day(), required=True),
    column("last", Day(), required=True),
    text("words", required=True),  # the period as its title says it
    text("created_by", required=True),
    column("created_at", Instant(), required=True),
    column("version", BigInt, required=True),  # the newest of qbr_version
    text("state", required=True),  # drafted | edited | approved | shared: that of the newest version
    text("channel"),  # where its thread is
    text("ts"),
    column("parts", Json()),  # the messages of that thread that show it, by their ts
    sa.Index("ix_qbr_account", "account_id", "last"),
)

qbr_version = table(
    "qbr_version",
    sa.Column("qbr_id", BigInt, sa.ForeignKey("qbr.id"), nullable=False),
    sa.Column("number", BigInt, nullable=False),
    text("deed", required=True),  # drafted | edited | regenerated | approved | shared | undone
    text("state", required=True),
    text("by", required=True),
    text("name", required=True),  # whoever did it, as people call them
    column("at", Instant(), required=True),
    text("note"),  # what was done, in a few words
    column("body", Json(), required=True),
    sa.PrimaryKeyConstraint("qbr_id", "number"),
)

qbr_feedback = table(
    "qbr_feedback",
    sa.Column("qbr_id", BigInt, sa.ForeignKey("qbr.id"), nullable=False),
    sa.Column("by", sa.Text(), nullable=False),
    text("verdict", required=True),  # good | bad
    column("version", BigInt, required=True),
    column("at", Instant(), required=True),
    sa.PrimaryKeyConstraint("qbr_id", "by"),
)
