"""What people log, decide for themselves and bind to channels.

Revision ID: 0004
Revises: 0003
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.storage.migrations.shape import columns

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_KEPT = sa.text("text_until IS NOT NULL")


def _table(name: str, spec: str, *parts: Any) -> None:
    op.create_table(name, *columns(spec), *parts, sqlite_strict=True)


def upgrade() -> None:
    for column in columns("next_step:text next_step_on:day text_until:instant"):
        op.add_column("interaction", column)
    op.create_index("ix_interaction_kept", "interaction", ["text_until"], sqlite_where=_KEPT, postgresql_where=_KEPT)
    op.drop_index("ix_account_channel", "account")
    op.drop_column("account", "channel_id")
    _table(
        "preference",
        "slack_user_id:text! timezone:text locale:text country:text working_days:text digest:flag digest_at:text "
        "quiet_from:text quiet_until:text away_from:day away_until:day backup_id:text updated_at:instant!",
        sa.PrimaryKeyConstraint("slack_user_id"),
    )
    _table(
        "channel_binding",
        "channel_id:text! account_id:int!>entity bound_by:text! bound_at:instant! bookmark_id:text",
        sa.PrimaryKeyConstraint("channel_id"),
    )
    op.create_index("ix_channel_binding_account_id", "channel_binding", ["account_id"])


def downgrade() -> None:
    op.drop_table("channel_binding")
    op.drop_table("preference")
    op.add_column("account", *columns("channel_id:text"))
    op.create_index("ix_account_channel", "account", ["channel_id"])
    op.drop_index("ix_interaction_kept", "interaction")
    for name in ("text_until", "next_step_on", "next_step"):
        op.drop_column("interaction", name)
