"""Accounts that only some may see, and the members who are named for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from bot.storage.database import AnyRow, Reader, Writer
from bot.storage.edits import by
from bot.storage.live import Live
from bot.storage.put import put
from bot.storage.tables import account, restricted_account

_C = restricted_account.c


def _of(live: Live) -> sa.Select[Any]:
    return sa.select(restricted_account).where(
        _C.account_id == sa.bindparam("account"), live.seen(restricted_account)
    )  # fmt: skip


def _all(live: Live) -> sa.Select[Any]:
    return (
        sa.select(restricted_account, account.c.name)
        .join(account, sa.and_(account.c.id == _C.account_id, live(account)))
        .where(live.seen(restricted_account))
        .order_by(account.c.name)
    )


def get_or_none(reader: Reader, account_id: int) -> AnyRow | None:
    return reader.row(_of, account=account_id)


def all_of_them(reader: Reader) -> list[AnyRow]:
    """With `name`; by name."""
    return reader.rows(_all)


def restrict(writer: Writer, account_id: int, named: Sequence[int], reason: str | None) -> None:
    """Only who works on it, the `named` and admins see it from now on; who was named before is not any more."""
    writer.begin_change("access")  # what readers keep of who sees what goes by the newest change
    values = {"account_id": account_id, "named": sorted(named), "reason": reason, "by": by(writer.actor)}
    put(writer, restricted_account, {**values, "at": writer.now})


def lift(writer: Writer, account_id: int) -> None:
    writer.begin_change("access")
    writer.execute(sa.delete(restricted_account).where(_C.account_id == account_id))
