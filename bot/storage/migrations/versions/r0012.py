"""Conversations with the bot.

Revision ID: 0012
Revises: 0011
"""

from __future__ import annotations

from alembic import op

from bot.storage.migrations.shape import index, plain

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    plain(
        "ask_turn",
        "id",
        "id:int! channel:text! thread:text! asker:text! at:instant! questions:json! chosen:json! verdict:text",
    )
    index("ask_turn", "thread", "channel", "thread")
    index("ask_turn", "at", "at")


def downgrade() -> None:
    op.drop_table("ask_turn")
