"""Writes and what came with them: changes, imported files, review items, remembered mappings."""

from __future__ import annotations

import sqlalchemy as sa

from bot.storage.tables.base import column, key, table, text, versioned
from bot.storage.types import BigInt, Day, Flag, Instant, Json

_HIDDEN = sa.text("state <> 'live'")

change = table(
    "change",
    key(),
    text("kind", required=True),  # edit | import | merge | access
    text("state", required=True),  # loading | live | undone
    text("actor", required=True),
    text("via", required=True),
    text("note"),
    column("started_at", Instant(), required=True),
    column("published_at", Instant()),
    text("holder"),  # host:pid of the loader
    column("lease_until", Instant()),  # a loader that is alive keeps moving this
    column("purged", Flag(), required=True),  # an undone change whose rows are gone
    column("report", Json()),
    sa.Index("ix_change_hidden", "id", sqlite_where=_HIDDEN, postgresql_where=_HIDDEN),
)

import_file = table(
    "import_file",
    key(),
    sa.Column("change_id", BigInt, sa.ForeignKey("change.id"), nullable=False, index=True),
    text("name", required=True),
    text("kind", required=True),
    text("source", required=True),
    text("layout", required=True),
    text("shape", required=True),
    column("modified_at", Instant()),
    column("newest_on", Day()),  # the newest day in the data; None for snapshots
    column("columns", Json()),
)

mapping = table(
    "mapping",
    sa.Column("shape", sa.Text(), primary_key=True),
    column("mapping", Json(), required=True),
    column("saved_at", Instant(), required=True),
)

review_item = table(
    "review_item",
    key(),
    sa.Column("change_id", BigInt, sa.ForeignKey("change.id"), nullable=False, index=True),
    column("file_id", BigInt),
    column("line", BigInt),
    text("kind", required=True),
    text("reason", required=True),
    column("cells", Json()),
    column("candidates", Json()),
    text("state", required=True),  # open | accepted | dismissed
    text("decided_by"),
    column("decided_at", Instant()),
)

entity = table(
    "entity",
    key(),
    text("kind", required=True),
    sa.Column("change_id", BigInt, sa.ForeignKey("change.id"), nullable=False, index=True),
)

external_ref = versioned(
    "external_ref",
    (
        text("source", required=True),
        text("noun", required=True),
        text("external_id", required=True),
    ),
    sa.Column("entity_id", BigInt, sa.ForeignKey("entity.id"), nullable=False, index=True),
    text("url"),
)

handled = table(
    "handled",
    sa.Column("key", sa.Text(), primary_key=True),
    column("at", Instant(), required=True),
    sa.Index("ix_handled_at", "at"),
)
