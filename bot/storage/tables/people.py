"""What people decided: their settings, which channel is about which account, who may see which."""

from __future__ import annotations

import sqlalchemy as sa

from bot.storage.tables.base import column, table, text
from bot.storage.types import BigInt, Day, Flag, Instant, Json

preference = table(
    "preference",
    sa.Column("slack_user_id", sa.Text(), primary_key=True),
    text("timezone"),  # IANA; what Slack says when empty
    text("locale"),  # how dates are written: en_GB, de_DE ...
    text("country"),  # whose public holidays are free: ISO 3166 alpha-2
    text("working_days"),  # "12345": ISO weekdays
    column("digest", Flag()),
    text("digest_at"),  # HH:MM on their clock
    text("quiet_from"),
    text("quiet_until"),
    column("away_from", Day()),
    column("away_until", Day()),  # the last day away
    text("backup_id"),  # the Slack user who stands in
    column("updated_at", Instant(), required=True),
    column("alerts", Flag()),
    column("member_id", BigInt),  # who they are in the team list, which may know an e-mail address only
    sa.Index("ix_preference_backup", "backup_id"),
)

channel_binding = table(
    "channel_binding",
    sa.Column("channel_id", sa.Text(), primary_key=True),
    sa.Column("account_id", BigInt, sa.ForeignKey("entity.id"), nullable=False, index=True),
    text("bound_by", required=True),
    column("bound_at", Instant(), required=True),
    text("bookmark_id"),
)

restricted_account = table(
    "restricted_account",
    sa.Column("account_id", BigInt, sa.ForeignKey("entity.id"), primary_key=True, autoincrement=False),
    column("named", Json(), required=True),  # members who may see it, besides those who work on it
    text("reason"),
    text("by", required=True),
    column("at", Instant(), required=True),
)
