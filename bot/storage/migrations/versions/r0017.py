"""Erasures and the marks by which imports know whom not to bring back.

Revision ID: 0017
Revises: 0016
"""

from __future__ import annotations

from alembic import op

from bot.storage.migrations.shape import plain

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    plain(
        "erasure",
        "id",
        "id:int! kind:text! state:text! by:text! at:instant! finished_at:instant lifted_at:instant pending:json "
        "report:json",
    )
    plain("erased_mark", "hash", "hash:text! erasure_id:int!>erasure entity_id:int")
    op.create_index("ix_erased_mark_erasure_id", "erased_mark", ["erasure_id"])
    plain("erasure_salt", "id", "id:int! salt:text!")


def downgrade() -> None:
    for name in ("erasure_salt", "erased_mark", "erasure"):
        op.drop_table(name)
