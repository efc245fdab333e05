"""What was drafted by skills, and what models were asked for: no word of a customer unless that was switched on."""

from __future__ import annotations

import sqlalchemy as sa

from bot.storage.tables.base import column, key, link, table, text
from bot.storage.types import Amount, BigInt, Day, Instant, Json

skill_run = table(
    "skill_run",
    key(),
    column("at", Instant(), required=True),
    text("skill", required=True),
    text("version", required=True),  # of its manual: a hash
    link("account_id"),
    text("asker", required=True),
    text("written_by", required=True),  # model | rules
    text("reason"),  # why no model wrote it although one was asked
    text("model"),
    column("tokens_in", BigInt),
    column("tokens_out", BigInt),
    column("tokens_cached", BigInt),
    column("milliseconds", BigInt, required=True),
    column("evidence", BigInt, required=True),
    column("claims", BigInt, required=True),
    column("withheld", Json(), required=True),  # reason -> count
    column("draft", Json()),  # what was shown, where that is kept
    sa.Index("ix_skill_run_at", "at"),
)

llm_call = table(
    "llm_call",
    key(),
    column("on", Day(), required=True),  # the workspace's day, whose budget it is
    text("asker", required=True),
    column("tokens", BigInt, required=True),  # set aside before the call, then what it took
    column("cost", Amount(), required=True),
    sa.Index("ix_llm_call_on", "on", "asker"),
)
