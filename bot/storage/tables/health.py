"""Health over time: a reading of each account for each day on which it differed, the passes that took them, and what
people decided in place of a score. What people decided is versioned: it can be undone, and the past stays readable."""

from __future__ import annotations

import sqlalchemy as sa

from bot.storage.tables.base import column, fact, link, table, text
from bot.storage.types import BigInt, Day, Flag, Instant, Json

health_reading = table(
    "health_reading",
    sa.Column("account_id", BigInt, sa.ForeignKey("entity.id"), nullable=False),
    sa.Column("on", Day(), nullable=False),  # holds until the next one of the account
    column("score", BigInt),  # as shown; None is "unknown"
    column("computed", BigInt),  # without an override
    text("band", required=True),
    column("coverage", BigInt, required=True),  # percent of the weight that was known
    column("overridden", Flag(), required=True),
    text("model", required=True),  # of the rules: weights that were applied, and their fingerprint
    column("parts", Json(), required=True),  # [component, value, weight, points, day of its news, source] each
    sa.PrimaryKeyConstraint("account_id", "on"),
    sa.Index("ix_health_reading_on", "on"),
)

health_pass = table(
    "health_pass",
    sa.Column("on", Day(), primary_key=True),
    text("basis", required=True),  # what its scores rest on besides facts: rules, sources, what was undone
    column("comparable_from", Day(), required=True),  # the first day whose scores rest on the same
    column("cursor", BigInt, required=True),  # accounts up to this one are done
    column("accounts", BigInt, required=True),
    column("written", BigInt, required=True),
    column("alerts", BigInt, required=True),
    text("holder", required=True),
    column("lease_until", Instant(), required=True),
    column("started_at", Instant(), required=True),
    column("finished_at", Instant()),
)

health_override = fact(
    "health_override",
    link("account_id", required=True),
    column("score", BigInt, required=True),
    text("reason", required=True),
    column("expires_on", Day(), required=True),  # its last day
    sa.Index("ix_health_override_account", "account_id"),
)
