"""Reminders: rows with a life, rules of one's own, outcomes of renewals, the planner's memory.

Revision ID: 0005
Revises: 0004
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.storage.migrations.shape import columns, index

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_PLANNED_FROM = ("account", "commitment", "contract", "interaction")


def _table(name: str, spec: str, *parts: Any) -> None:
    op.create_table(name, *columns(spec), *parts, sqlite_strict=True)


def _index_where(table: str, label: str, condition: str, *names: str) -> None:
    where = sa.text(condition)
    op.create_index(f"ix_{table}_{label}", table, list(names), sqlite_where=where, postgresql_where=where)


def upgrade() -> None:
    _table(
        "reminder",
        "id:int! key:text! rule:text! account_id:int>entity anchor_id:int! anchor_on:day! milestone:int! "
        "recipient:text! carrier:text! zone:text! due_at:instant! wanted_at:instant! state:text! reason:text "
        "claimed_by:text claimed_at:instant claimed_until:instant attempts:int! channel:text ts:text sent_at:instant "
        "told:text acted:text acted_by:text acted_at:instant redraw:instant follows:int created_at:instant!",
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    to_send = "carrier = 'own' AND state IN ('planned', 'claimed', 'doubt')"
    _index_where("reminder", "to_send", to_send, "due_at", "id")
    _index_where("reminder", "to_tell", "carrier = 'morning' AND state = 'planned'", "account_id", "due_at")
    index("reminder", "account", "account_id")
    index("reminder", "anchor", "anchor_id")
    _index_where("reminder", "posted", "ts IS NOT NULL", "channel", "ts")
    _index_where("reminder", "told", "told IS NOT NULL", "told", "sent_at")
    _index_where("reminder", "redraw", "redraw IS NOT NULL", "redraw")
    _table(
        "schedule",
        "id:int! account_id:int>entity text:text! phrase:text! times:text zone:text! recipient:text! created_by:text! "
        "created_at:instant! state:text! next_on:day occurrence:int! anchor:text anchor_amount:int anchor_unit:text "
        "anchor_side:text anchor_at:text",
        sa.PrimaryKeyConstraint("id"),
    )
    index("schedule", "account_id", "account_id")
    index("schedule", "creator", "created_by")
    _table(
        "renewal_outcome",
        "contract_id:int!>entity anchor_on:day! outcome:text! reason:text note:text by:text! at:instant!",
        sa.PrimaryKeyConstraint("contract_id", "anchor_on"),
    )
    _table("planned_through", "name:text! rules:text! change_id:int! undone:int!", sa.PrimaryKeyConstraint("name"))
    _table("planned_change", "change_id:int!", sa.PrimaryKeyConstraint("change_id"))
    _table("planned_account", "account_id:int!>entity again_at:instant!", sa.PrimaryKeyConstraint("account_id"))
    index("planned_account", "again_at", "again_at")
    for name in _PLANNED_FROM:
        index(name, "v_in", "v_in")


def downgrade() -> None:
    for name in _PLANNED_FROM:
        op.drop_index(f"ix_{name}_v_in", name)
    for name in ("planned_account", "planned_change", "planned_through", "renewal_outcome", "schedule", "reminder"):
        op.drop_table(name)
