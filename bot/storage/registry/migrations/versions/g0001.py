"""Installations, what became of them, and installations that have begun.

Revision ID: g0001
Revises:
"""

from __future__ import annotations

from alembic import op

from bot.storage.migrations.shape import plain

revision = "g0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    plain(
        "installation",
        "team_id",
        "team_id:text! team_name:text! state:text! app_id:text! bot_id:text! bot_user_id:text! scopes:json! "
        "sealed:text installed_by:text! installed_at:instant! ended_at:instant version:int!",
    )
    plain("event", "seq", "seq:int! at:instant! team_id:text! action:text! detail:text!")
    plain("oauth_state", "digest", "digest:text! ends_at:instant!")


def downgrade() -> None:
    for name in ("oauth_state", "event", "installation"):
        op.drop_table(name)
