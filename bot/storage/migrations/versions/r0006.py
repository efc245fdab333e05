"""Whose settings they are, as the team list knows them: it may know an e-mail address only.

Revision ID: 0006
Revises: 0005
"""

from __future__ import annotations

from alembic import op

from bot.storage.migrations.shape import columns

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("preference", *columns("member_id:int"))


def downgrade() -> None:
    op.drop_column("preference", "member_id")
