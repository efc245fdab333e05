"""Accounts that only some people may see.

Revision ID: 0015
Revises: 0014
"""

from __future__ import annotations

from alembic import op

from bot.storage.migrations.shape import index, plain

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    plain(
        "restricted_account",
        "account_id",
        "account_id:int!>entity named:json! reason:text by:text! at:instant!",
    )
    index("preference", "backup", "backup_id")


def downgrade() -> None:
    op.drop_index("ix_preference_backup")
    op.drop_table("restricted_account")
