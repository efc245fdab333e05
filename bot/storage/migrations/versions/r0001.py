"""Changes and what comes with them.

Revision ID: 0001
Revises:
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.storage.migrations.shape import index, plain, versioned

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    plain(
        "audit_event",
        "seq",
        "seq:int! at:instant! actor:text! via:text! action:text! subject_id:int detail:json "
        "previous_hash:text! hash:text!",
    )
    plain(
        "change",
        "id",
        "id:int! kind:text! state:text! actor:text! via:text! note:text started_at:instant! "
        "published_at:instant holder:text lease_until:instant purged:flag! report:json",
    )
    hidden = sa.text("state <> 'live'")
    op.create_index("ix_change_hidden", "change", ["id"], sqlite_where=hidden, postgresql_where=hidden)
    plain("handled", "key", "key:text! at:instant!")
    index("handled", "at", "at")
    plain("mapping", "shape", "shape:text! mapping:json! saved_at:instant!")
    plain("entity", "id", "id:int! kind:text! change_id:int!>change")
    index("entity", "change_id", "change_id")
    plain(
        "import_file",
        "id",
        "id:int! change_id:int!>change name:text! kind:text! source:text! layout:text! shape:text! "
        "modified_at:instant newest_on:day columns:json",
    )
    index("import_file", "change_id", "change_id")
    plain(
        "review_item",
        "id",
        "id:int! change_id:int!>change file_id:int line:int kind:text! reason:text! cells:json "
        "candidates:json state:text! decided_by:text decided_at:instant",
    )
    index("review_item", "change_id", "change_id")
    versioned("external_ref", "source:text! noun:text! external_id:text!", "entity_id:int!>entity url:text")
    index("external_ref", "entity_id", "entity_id")


def downgrade() -> None:
    op.drop_table("external_ref")
    op.drop_table("review_item")
    op.drop_table("import_file")
    op.drop_table("entity")
    op.drop_table("mapping")
    op.drop_table("handled")
    op.drop_table("change")
    op.drop_table("audit_event")
