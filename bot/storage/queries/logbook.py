"""What was logged: a touch with the promise made in it, and the change that wrote it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.storage import audit
from bot.storage.database import AnyRow, Reader, Writer
from bot.storage.edits import SOURCE
from bot.storage.live import Live
from bot.storage.overwriting import overwriting
from bot.storage.tables import account, change, commitment, interaction, member


def _touch(live: Live) -> sa.Select[Any]:
    c = interaction.c
    return (
        sa.select(interaction, account.c.name.label("account"), member.c.name.label("author"), change.c.started_at)
        .select_from(interaction)
        .join(account, sa.and_(account.c.id == c.account_id, live.along(account)))
        .join(change, change.c.id == c.v_in)
        .outerjoin(member, sa.and_(member.c.id == c.author_id, live(member)))
        .where(c.id == sa.bindparam("touch"), c.source == SOURCE, live(interaction))
    )


def _promise(live: Live) -> sa.Select[Any]:
    c = commitment.c
    return (
        sa.select(commitment, member.c.name.label("owner"), member.c.slack_user_id)
        .select_from(commitment)
        .outerjoin(member, sa.and_(member.c.id == c.owner_id, live(member)))
        .where(c.account_id == sa.bindparam("account"), c.interaction_id == sa.bindparam("touch"), live(commitment))
    )


def _first_change(live: Live) -> sa.Select[Any]:
    """Of any version: who logged it is who logged it first."""
    return (
        sa.select(change.c.report)
        .select_from(interaction)
        .join(change, change.c.id == interaction.c.v_in)
        .where(interaction.c.id == sa.bindparam("touch"), live.seen(interaction))
        .order_by(interaction.c.v_in)
        .limit(1)
    )


def touch(reader: Reader, touch_id: int) -> AnyRow | None:
    """What somebody logged, with `account`, `author` and when it was written (`started_at`)."""
    return reader.row(_touch, touch=touch_id)


def promise_in(reader: Reader, account_id: int, touch_id: int) -> AnyRow | None:
    """The promise made in a touch, with `owner` and their `slack_user_id`."""
    return reader.row(_promise, account=account_id, touch=touch_id)


def logged_by(reader: Reader, touch_id: int) -> str | None:
    """Who logged it: as `edits.by` writes them."""
    row = reader.row(_first_change, touch=touch_id)
    return row.report.get("by") if row is not None and row.report else None


def forget_quotes(writer: Writer, now: datetime) -> int:
    """Erase quoted messages whose time has come, from every version; how many versions had one."""
    c = interaction.c
    over = sa.and_(c.text_until.is_not(None), c.text_until <= now)
    with overwriting(writer):
        audit.forget(writer, things=writer.execute(sa.select(c.id).where(over).distinct()).scalars().all())
        due = sa.update(interaction).where(over)
        erased = writer.execute(due.values(text=None, text_until=None)).rowcount
        if erased and writer.connection.dialect.name == "sqlite":
            # The index only marks words as gone; written anew it has them no more.
            writer.execute(sa.text("INSERT INTO note_search (note_search) VALUES ('optimize')"))
    return erased
