"""Business reviews, their versions, and what people thought of them.

Revision ID: 0008
Revises: 0007
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.storage.migrations.shape import columns, index

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def _table(name: str, spec: str, *parts: Any) -> None:
    op.create_table(name, *columns(spec), *parts, sqlite_strict=True)


def upgrade() -> None:
    _table(
        "qbr",
        "id:int! account_id:int!>entity first:day! last:day! words:text! created_by:text! created_at:instant! "
        "version:int! state:text! channel:text ts:text parts:json",
        sa.PrimaryKeyConstraint("id"),
    )
    index("qbr", "account", "account_id", "last")
    _table(
        "qbr_version",
        "qbr_id:int!>qbr number:int! deed:text! state:text! by:text! name:text! at:instant! note:text body:json!",
        sa.PrimaryKeyConstraint("qbr_id", "number"),
    )
    _table(
        "qbr_feedback",
        "qbr_id:int!>qbr by:text! verdict:text! version:int! at:instant!",
        sa.PrimaryKeyConstraint("qbr_id", "by"),
    )


def downgrade() -> None:
    for name in ("qbr_feedback", "qbr_version", "qbr"):
        op.drop_table(name)
