"""What became of things that are not there any more."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from bot.storage.database import AnyRow, Reader
from bot.storage.live import Live
from bot.storage.tables import account, change, entity


def _ended(live: Live) -> sa.Select[Any]:
    at = sa.func.coalesce(change.c.published_at, change.c.started_at, type_=change.c.started_at.type).label("at")
    return (
        sa.select(account.c.name, change.c.kind, change.c.note, change.c.actor, at)
        .select_from(account.join(change, change.c.id == account.c.v_out))
        .where(account.c.id == sa.bindparam("account"), change.c.state == "live", live.seen(account))
        .order_by(account.c.v_in.desc())
        .limit(1)
    )


def _taken_back(_live: Live) -> sa.Select[Any]:
    return (
        sa.select(entity.c.id)
        .select_from(entity.join(change, change.c.id == entity.c.change_id))
        .where(entity.c.id == sa.bindparam("account"), change.c.state == "undone")
    )


def ended(reader: Reader, account_id: int) -> AnyRow | None:
    """The name of an account that a live change ended, and that change's kind, note, actor and instant."""
    return reader.row(_ended, account=account_id)


def was_taken_back(reader: Reader, account_id: int) -> bool:
    """Whether the change that brought an account in was undone."""
    return reader.row(_taken_back, account=account_id) is not None
