"""What was agreed, said, measured and noticed.

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

from alembic import op

from bot.storage.migrations.shape import fact, index

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    fact(
        "commitment",
        "account_id:int!>entity interaction_id:int by:text! owner_id:int>entity quote:text! made_on:day "
        "due_on:day kept_on:day status:text!",
    )
    index("commitment", "account", "account_id")
    fact(
        "contract_line",
        "contract_id:int!>entity account_id:int!>entity product_id:int>entity unit:text quantity:amount "
        "amount:amount period:text! currency:text starts_on:day ends_on:day trial:flag!",
    )
    index("contract_line", "account", "account_id")
    fact(
        "interaction",
        "account_id:int!>entity at:instant! kind:text! direction:text author_id:int>entity people:text "
        "subject:text text:text visibility:text! origin:text! permalink:text",
    )
    index("interaction", "account", "account_id", "at", "kind", "v_out")
    fact(
        "opportunity_line",
        "opportunity_id:int!>entity product_id:int>entity description:text quantity:amount unit_price:amount "
        "amount:amount",
    )
    fact(
        "revenue_movement",
        "account_id:int!>entity product_id:int>entity kind:text! amount_mrr:amount currency:text "
        "effective_on:day! reason:text note:text",
    )
    index("revenue_movement", "account", "account_id", "effective_on")
    fact(
        "signal",
        "account_id:int!>entity kind:text! severity:int! sentence:text! evidence:json detected_at:instant! "
        "state:text! reason:text",
    )
    index("signal", "account", "account_id")
    fact(
        "survey_answer",
        "account_id:int!>entity person_id:int>entity kind:text! score:amount! scale_min:int! scale_max:int! "
        "at:instant! comment:text",
    )
    index("survey_answer", "account", "account_id", "at")
    fact(
        "ticket",
        "account_id:int!>entity opened_at:instant! first_response_at:instant solved_at:instant status:text! "
        "priority:text subject:text escalated:flag!",
    )
    index("ticket", "account", "account_id", "status", "opened_at")
    fact("usage", "account_id:int!>entity on:day! days:int! metric:text! feature:text value:amount! entitlement:amount")
    index("usage", "account", "account_id", "on")


def downgrade() -> None:
    op.drop_table("usage")
    op.drop_table("ticket")
    op.drop_table("survey_answer")
    op.drop_table("signal")
    op.drop_table("revenue_movement")
    op.drop_table("opportunity_line")
    op.drop_table("interaction")
    op.drop_table("contract_line")
    op.drop_table("commitment")
