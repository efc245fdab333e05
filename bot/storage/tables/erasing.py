"""Erasures: what was asked, how far it is, and by what an import knows again whom it must not bring back.

Of who was erased nothing readable stays: `pending` is emptied when the work is done, a mark is a keyed hash.
"""

from __future__ import annotations

import sqlalchemy as sa

from bot.storage.tables.base import column, key, table, text
from bot.storage.types import BigInt, Instant, Json

erasure = table(
    "erasure",
    key(),
    text("kind", required=True),  # person | colleague | account
    text("state", required=True),  # started | done
    text("by", required=True),
    column("at", Instant(), required=True),
    column("finished_at", Instant()),
    column("lifted_at", Instant()),  # from then on imports may bring them in again
    column("pending", Json()),  # whom to erase; None when that is done
    column("report", Json()),  # what went, in numbers
)

erased_mark = table(
    "erased_mark",
    sa.Column("hash", sa.Text(), primary_key=True),
    sa.Column("erasure_id", BigInt, sa.ForeignKey("erasure.id"), nullable=False, index=True),
    column("entity_id", BigInt),  # a colleague, whose work goes on without a name
)

erasure_salt = table(
    "erasure_salt",
    key(),
    text("salt", required=True),  # made at the first erasure of this database
)
