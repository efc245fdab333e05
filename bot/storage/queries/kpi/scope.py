"""Which accounts or product a figure is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from bot.storage.among import among
from bot.storage.database import AnyRow, Reader
from bot.storage.live import Live
from bot.storage.tables import account, product


def _segments(live: Live) -> sa.Select[Any]:
    return sa.select(account.c.id, account.c.segment).where(account.c.segment.is_not(None), live(account))


def _product(live: Live) -> sa.Select[Any]:
    return sa.select(product.c.id, product.c.name).where(
        product.c.squashed == sa.bindparam("squashed"), live(product)
    )  # fmt: skip


def _names(live: Live) -> sa.Select[Any]:
    return sa.select(account.c.id, account.c.name).where(among(account.c.id, "ids"), live(account))


def segments(reader: Reader) -> list[AnyRow]:
    """(account, segment as in the data) of all accounts that have one."""
    return reader.rows(_segments)


def product_called(reader: Reader, squashed: str) -> AnyRow | None:
    """id and name of the product of that name; of two the one that was there first."""
    return min(reader.rows(_product, squashed=squashed), key=lambda row: row.id, default=None)


def names(reader: Reader, ids: Sequence[int]) -> dict[int, str]:
    return {row.id: row.name for row in reader.rows(_names, ids=ids)} if ids else {}
