"""What was drafted by skills, and what models were asked for.

Revision ID: 0010
Revises: 0009
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.storage.migrations.shape import columns, index

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "skill_run",
        *columns(
            "id:int! at:instant! skill:text! version:text! account_id:int>entity asker:text! written_by:text! "
            "reason:text model:text tokens_in:int tokens_out:int tokens_cached:int milliseconds:int! evidence:int! "
            "claims:int! withheld:json! draft:json"
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    index("skill_run", "at", "at")
    op.create_table(
        "llm_call",
        *columns("id:int! on:day! asker:text! tokens:int! cost:amount!"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    index("llm_call", "on", "on", "asker")


def downgrade() -> None:
    op.drop_table("llm_call")
    op.drop_table("skill_run")
