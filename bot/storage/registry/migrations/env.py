"""Run by Alembic for each upgrade, on the connection that `bot.storage.migrate` hands over."""

from __future__ import annotations

from alembic import context

from bot.storage.registry.tables import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, transaction_per_migration=True
)
with context.begin_transaction():
    context.run_migrations()
