"""Whether a ticket was solved with the first contact, where its source counts contacts.

Revision ID: 0013
Revises: 0012
"""

from __future__ import annotations

from alembic import op

from bot.storage.migrations.shape import columns

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ticket", *columns("first_contact:flag"))


def downgrade() -> None:
    op.drop_column("ticket", "first_contact")
