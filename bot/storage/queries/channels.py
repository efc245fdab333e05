"""Which channel is about which account."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from bot.storage.among import among
from bot.storage.database import AnyRow, Reader, Writer
from bot.storage.live import Live
from bot.storage.put import put
from bot.storage.tables import account, channel_binding


def _binding(live: Live) -> sa.Select[Any]:
    c = channel_binding.c
    return (
        sa.select(channel_binding, account.c.name, account.c.url)
        .select_from(channel_binding)
        .outerjoin(account, sa.and_(account.c.id == c.account_id, live(account)))
        .where(c.channel_id == sa.bindparam("channel"), live.seen(channel_binding))
    )


def _last_name(live: Live) -> sa.Select[Any]:
    """Of any version: what a thing was called before it went away."""
    return (
        sa.select(account.c.name)
        .where(account.c.id == sa.bindparam("account"), live.seen(account))
        .order_by(account.c.v_in.desc())
        .limit(1)
    )


def _channels(live: Live) -> sa.Select[Any]:
    c = channel_binding.c
    return (
        sa.select(c.account_id, c.channel_id)
        .where(among(c.account_id, "ids"), live.seen(channel_binding))
        .order_by(c.bound_at, c.channel_id)
    )


def binding_of(reader: Reader, channel_id: str) -> AnyRow | None:
    """The binding with `name` and `url` of its account, both None when the account is gone."""
    return reader.row(_binding, channel=channel_id)


def _any(_live: Live) -> sa.Select[Any]:
    return sa.select(channel_binding.c.channel_id).where(channel_binding.c.channel_id == sa.bindparam("channel"))


def is_bound(reader: Reader, channel_id: str) -> bool:
    """Whether a channel is about any account, be it one that the audience may not see."""
    return bool(reader.everything(_any, channel=channel_id))


def last_name(reader: Reader, account_id: int) -> str | None:
    row = reader.row(_last_name, account=account_id)
    return None if row is None else row.name


def channels_of(reader: Reader, ids: Sequence[int]) -> dict[int, list[str]]:
    """The channels that are about each of these accounts, first bound first."""
    found: dict[int, list[str]] = {}
    for row in reader.rows(_channels, ids=ids):
        found.setdefault(row.account_id, []).append(row.channel_id)
    return found


def bind(writer: Writer, channel_id: str, account_id: int, bookmark_id: str | None) -> None:
    """Make a channel about an account, whatever it was about before."""
    put(
        writer,
        channel_binding,
        {
            "channel_id": channel_id,
            "account_id": account_id,
            "bound_by": writer.actor.slack_user_id or writer.actor.name,
            "bound_at": writer.now,
            "bookmark_id": bookmark_id,
        },
    )


def unbind(writer: Writer, channel_id: str) -> None:
    writer.execute(sa.delete(channel_binding).where(channel_binding.c.channel_id == channel_id))


def note_bookmark(writer: Writer, channel_id: str, account_id: int, bookmark_id: str | None) -> None:
    """Remember the bookmark that shows an account in a channel; not when the channel is about another by now."""
    c = channel_binding.c
    bound = sa.and_(c.channel_id == channel_id, c.account_id == account_id)
    writer.execute(sa.update(channel_binding).where(bound).values(bookmark_id=bookmark_id))
