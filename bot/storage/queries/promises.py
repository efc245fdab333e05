"""Promises, with who owes them and where they were said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from bot.storage.among import among
from bot.storage.database import AnyRow, Reader
from bot.storage.live import Live
from bot.storage.tables import commitment, interaction, member

_C = commitment.c


def _read(live: Live) -> sa.Select[Any]:
    return (
        sa.select(
            _C.id, _C.v_in, _C.account_id, _C.by, _C.quote, _C.due_on, _C.made_on, _C.status, _C.owner_id,
            member.c.name.label("owner"), interaction.c.permalink,
        )
        .select_from(commitment)
        .outerjoin(member, sa.and_(member.c.id == _C.owner_id, live(member)))
        .outerjoin(interaction, sa.and_(interaction.c.id == _C.interaction_id, live(interaction)))
        .where(live(commitment))
    )  # fmt: skip


def _of_ids(live: Live) -> sa.Select[Any]:
    return _read(live).where(among(_C.id, "ids"))


def _open_of_account(live: Live) -> sa.Select[Any]:
    return _read(live).where(_C.account_id == sa.bindparam("account"), _C.status == "open")


def _open_of_owner(live: Live) -> sa.Select[Any]:
    return _read(live).where(_C.owner_id == sa.bindparam("owner"), _C.by == "us", _C.status == "open")


def of_ids(reader: Reader, ids: Sequence[int]) -> dict[int, AnyRow]:
    """These promises, whatever became of them."""
    return {row.id: row for row in reader.rows(_of_ids, ids=ids)} if ids else {}


def open_of_account(reader: Reader, account_id: int) -> list[AnyRow]:
    return reader.rows(_open_of_account, account=account_id)


def open_of_owner(reader: Reader, member_id: int) -> list[AnyRow]:
    """What somebody of us owes."""
    return reader.rows(_open_of_owner, owner=member_id)
