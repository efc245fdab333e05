"""Accounts, people, contracts and whom they belong to.

Revision ID: 0002
Revises: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.storage.migrations.shape import index, noun, versioned

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    noun(
        "account",
        "name:text! parent_id:int>entity kind:text segment:text tier:text industry:text lifecycle:text "
        "country:text timezone:text currency:text employees:int annual_revenue:amount created_on:day "
        "last_activity_on:day url:text channel_id:text",
    )
    index("account", "channel", "channel_id")
    index("account", "parent", "parent_id")
    versioned("account_name", "account_id:int!>entity kind:text! folded:text!", "shown:text! squashed:text!")
    index("account_name", "folded", "folded")
    index("account_name", "squashed", "squashed")
    versioned("assignment", "account_id:int!>entity member_id:int!>entity role:text!", "since:day until:day")
    index("assignment", "member", "member_id")
    noun(
        "contract",
        "account_id:int!>entity number:text starts_on:day ends_on:day auto_renew:flag notice_days:int "
        "notice_business_days:flag! signed_on:day status:text",
    )
    index("contract", "account", "account_id")
    index("contract", "ends", "ends_on")
    noun(
        "member",
        "name:text! folded:text! email:text slack_user_id:text active:flag! role:text team:text "
        "manager_id:int>entity timezone:text",
    )
    index("member", "email", "email")
    index("member", "slack", "slack_user_id")
    noun(
        "opportunity",
        "account_id:int>entity product_id:int>entity owner_id:int>entity name:text! kind:text stage:text "
        "outcome:text! amount:amount currency:text probability:amount opened_on:day closed_on:day "
        "next_step:text reason:text",
    )
    index("opportunity", "account", "account_id")
    noun(
        "person",
        "account_id:int>entity name:text! email:text title:text department:text role:text stance:int "
        "active:flag! left_on:day",
    )
    index("person", "account", "account_id")
    index("person", "email", "email")
    noun("product", "name:text! squashed:text! family:text list_price:amount currency:text")
    _create_name_search()


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE account_search")
    op.drop_table("product")
    op.drop_table("person")
    op.drop_table("opportunity")
    op.drop_table("member")
    op.drop_table("contract")
    op.drop_table("assignment")
    op.drop_table("account_name")
    op.drop_table("account")


def _create_name_search() -> None:
    """Trigrams over squashed names: FTS5 on SQLite; on PostgreSQL pg_trgm where the server has it, else nothing."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE account_search"
            " USING fts5(squashed, account_id UNINDEXED, v_in UNINDEXED, tokenize='trigram')"
        )
        return
    if connection.execute(sa.text("SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'")).first():
        op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        op.execute("CREATE INDEX ix_account_name_trigram ON account_name USING gin (squashed gin_trgm_ops)")
