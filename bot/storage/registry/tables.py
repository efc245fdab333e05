"""The tables of the registry. It holds nothing about anybody's customers."""

from __future__ import annotations

import sqlalchemy as sa

from bot.storage.types import BigInt, Instant, Json

metadata = sa.MetaData()

installation = sa.Table(
    "installation",
    metadata,
    sa.Column("team_id", sa.Text(), primary_key=True),
    sa.Column("team_name", sa.Text(), nullable=False),
    sa.Column("state", sa.Text(), nullable=False),  # bot.domain.installations.State
    sa.Column("app_id", sa.Text(), nullable=False),
    sa.Column("bot_id", sa.Text(), nullable=False),
    sa.Column("bot_user_id", sa.Text(), nullable=False),
    sa.Column("scopes", Json(), nullable=False),
    sa.Column("sealed", sa.Text()),  # tokens, encrypted by bot.storage.registry.seal; none once it has ended
    sa.Column("installed_by", sa.Text(), nullable=False),
    sa.Column("installed_at", Instant(), nullable=False),
    sa.Column("ended_at", Instant()),
    sa.Column("version", BigInt, nullable=False),
    sqlite_strict=True,
)

event = sa.Table(
    "event",
    metadata,
    sa.Column("seq", BigInt, primary_key=True, autoincrement=False),
    sa.Column("at", Instant(), nullable=False),
    sa.Column("team_id", sa.Text(), nullable=False),
    sa.Column("action", sa.Text(), nullable=False),
    sa.Column("detail", sa.Text(), nullable=False),
    sqlite_strict=True,
)
"""What became of every workspace, in order. Rows are only added; they outlive the data."""

oauth_state = sa.Table(
    "oauth_state",
    metadata,
    sa.Column("digest", sa.Text(), primary_key=True),  # of the state: who reads the table cannot finish an installation
    sa.Column("ends_at", Instant(), nullable=False),
    sqlite_strict=True,
)
