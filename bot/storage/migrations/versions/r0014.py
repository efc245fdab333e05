"""Who wants no alerts.

Revision ID: 0014
Revises: 0013
"""

from __future__ import annotations

from alembic import op

from bot.storage.migrations.shape import columns

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("preference", *columns("alerts:flag"))


def downgrade() -> None:
    op.drop_column("preference", "alerts")
