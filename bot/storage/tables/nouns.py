"""Things with an identity: members, products, accounts, people, contracts, opportunities."""

from __future__ import annotations

import sqlalchemy as sa

from bot.storage.tables.base import by_change, column, link, noun, text, versioned
from bot.storage.types import Amount, BigInt, Day, Flag

member = noun(
    "member",
    text("name", required=True),
    text("folded", required=True),
    text("email"),
    text("slack_user_id"),
    column("active", Flag(), required=True),
    text("role"),
    text("team"),
    link("manager_id"),
    text("timezone"),
    sa.Index("ix_member_slack", "slack_user_id"),
    sa.Index("ix_member_email", "email"),
)

product = noun(
    "product",
    text("name", required=True),
    text("squashed", required=True),
    text("family"),
    column("list_price", Amount()),
    text("currency"),
)

account = noun(
    "account",
    text("name", required=True),
    link("parent_id"),
    text("kind"),
    text("segment"),
    text("tier"),
    text("industry"),
    text("lifecycle"),
    text("country"),
    text("timezone"),
    text("currency"),
    column("employees", BigInt),
    column("annual_revenue", Amount()),
    column("created_on", Day()),
    column("last_activity_on", Day()),
    text("url"),
    sa.Index("ix_account_parent", "parent_id"),
    by_change("account"),
)

account_name = versioned(
    "account_name",
    (
        sa.Column("account_id", BigInt, sa.ForeignKey("entity.id"), nullable=False),
        text("kind", required=True),  # name | alias | domain
        text("folded", required=True),
    ),
    text("shown", required=True),
    text("squashed", required=True),
    sa.Index("ix_account_name_folded", "folded"),
    sa.Index("ix_account_name_squashed", "squashed"),
)

assignment = versioned(
    "assignment",
    (
        sa.Column("account_id", BigInt, sa.ForeignKey("entity.id"), nullable=False),
        sa.Column("member_id", BigInt, sa.ForeignKey("entity.id"), nullable=False),
        text("role", required=True),  # owner | csm | sponsor | support ...
    ),
    column("since", Day()),
    column("until", Day()),
    sa.Index("ix_assignment_member", "member_id"),
)

person = noun(
    "person",
    link("account_id"),
    text("name", required=True),
    text("email"),
    text("title"),
    text("department"),
    text("role"),
    column("stance", BigInt),
    column("active", Flag(), required=True),
    column("left_on", Day()),
    sa.Index("ix_person_account", "account_id"),
    sa.Index("ix_person_email", "email"),
)

contract = noun(
    "contract",
    link("account_id", required=True),
    text("number"),
    column("starts_on", Day()),
    column("ends_on", Day()),  # the last paid day
    column("auto_renew", Flag()),
    column("notice_days", BigInt),
    column("notice_business_days", Flag(), required=True),
    column("signed_on", Day()),
    text("status"),
    sa.Index("ix_contract_account", "account_id"),
    sa.Index("ix_contract_ends", "ends_on"),
    by_change("contract"),
)

opportunity = noun(
    "opportunity",
    link("account_id"),
    link("product_id"),
    link("owner_id"),
    text("name", required=True),
    text("kind"),
    text("stage"),
    text("outcome", required=True),  # open | won | lost
    column("amount", Amount()),
    text("currency"),
    column("probability", Amount()),
    column("opened_on", Day()),
    column("closed_on", Day()),
    text("next_step"),
    text("reason"),
    sa.Index("ix_opportunity_account", "account_id"),
)
