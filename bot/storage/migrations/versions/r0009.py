"""Health over time, and what people decided in place of a score.

Revision ID: 0009
Revises: 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.storage.migrations.shape import columns, fact, index

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "health_reading",
        *columns(
            "account_id:int!>entity on:day! score:int computed:int band:text! coverage:int! overridden:flag! "
            "model:text! parts:json!"
        ),
        sa.PrimaryKeyConstraint("account_id", "on"),
        sqlite_strict=True,
    )
    index("health_reading", "on", "on")
    op.create_table(
        "health_pass",
        *columns(
            "on:day! basis:text! comparable_from:day! cursor:int! accounts:int! written:int! alerts:int! holder:text! "
            "lease_until:instant! started_at:instant! finished_at:instant"
        ),
        sa.PrimaryKeyConstraint("on"),
        sqlite_strict=True,
    )
    fact("health_override", "account_id:int!>entity score:int! reason:text! expires_on:day!")
    index("health_override", "account", "account_id")


def downgrade() -> None:
    for name in ("health_override", "health_pass", "health_reading"):
        op.drop_table(name)
