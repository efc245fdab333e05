"""The plan of an account, and promises with a measure.

Revision ID: 0007
Revises: 0006
"""

from __future__ import annotations

from alembic import op

from bot.storage.migrations.shape import columns, fact, index

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_TABLES = {
    "account_plan": "account_id:int!>entity why_bought:text visibility:text! next_review_on:day",
    "objective": (
        "account_id:int!>entity text:text! measure:text baseline:text target:text due_on:day agreed_on:day status:text!"
    ),
    "outcome": (
        "account_id:int!>entity objective_id:int what:text! metric:text value_before:text value_after:text "
        "amount:amount currency:text evidence:text reached_on:day confirmed_on:day visibility:text!"
    ),
    "request": (
        "account_id:int!>entity person_id:int>entity what:text! asked_on:day status:text! answer:text visibility:text!"
    ),
    "growth_idea": (
        "account_id:int!>entity product_id:int>entity unit:text what:text! state:text! amount:amount currency:text "
        "reason:text"
    ),
    "plan_review": "account_id:int!>entity reviewed_at:instant! reviewed_by:text! note:text",
}


def upgrade() -> None:
    for name, spec in _TABLES.items():
        fact(name, spec)
        index(name, "account", "account_id")
        index(name, "v_in", "v_in")
    for column in columns("metric:text objective_id:int visibility:text"):
        op.add_column("commitment", column)


def downgrade() -> None:
    for name in ("visibility", "objective_id", "metric"):
        op.drop_column("commitment", name)
    for name in reversed(_TABLES):
        op.drop_table(name)
