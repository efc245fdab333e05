"""Conversations with the bot: what was understood, so that a follow-up knows what it follows. Not what was typed."""

from __future__ import annotations

import sqlalchemy as sa

from bot.storage.tables.base import column, key, table, text
from bot.storage.types import Instant, Json

ask_turn = table(
    "ask_turn",
    key(),
    text("channel", required=True),
    text("thread", required=True),  # of a message outside of threads: its own
    text("asker", required=True),
    column("at", Instant(), required=True),
    column("questions", Json(), required=True),  # bot.domain.asking.queries
    column("chosen", Json(), required=True),  # which account a name stands for in this conversation
    text("verdict"),  # good | bad | misread: what the asker thought of the answer
    sa.Index("ix_ask_turn_thread", "channel", "thread"),
    sa.Index("ix_ask_turn_at", "at"),
)
