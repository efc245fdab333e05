"""What a question may name, and the rows behind its answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from bot.domain.names import fold
from bot.storage.among import among
from bot.storage.database import AnyRow, Reader
from bot.storage.live import Live
from bot.storage.tables import account, account_name, change, contract_line, member, product, ticket

_MOST_NAMES = 500


def _members(live: Live) -> sa.Select[Any]:
    return sa.select(member.c.name).where(live(member)).limit(5_000)


def _segments(live: Live) -> sa.Select[Any]:
    return sa.select(account.c.segment).where(account.c.segment.is_not(None), live(account)).distinct().limit(200)


def _products(live: Live) -> sa.Select[Any]:
    return sa.select(product.c.name).where(live(product)).limit(2_000)


def vocabulary(reader: Reader) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Folded names of colleagues (whole and first), segments and products."""
    newest = reader.row(_newest_change)
    return reader.remembered("vocabulary", (newest and newest[0], reader.hidden), lambda: _vocabulary(reader))


def _newest_change(_live: Live) -> sa.Select[Any]:
    return sa.select(sa.func.max(change.c.id))


def _vocabulary(reader: Reader) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    names = [str(row[0]) for row in reader.rows(_members)]
    firsts = {fold(part) for name in names for part in (name, name.partition(" ")[0]) if part}
    segments = {fold(str(row[0])) for row in reader.rows(_segments)}
    products = {fold(str(row[0])) for row in reader.rows(_products)}
    return frozenset(firsts), frozenset(segments), frozenset(products)


def accounts_named(reader: Reader, folded: Sequence[str]) -> set[str]:
    """Which of these folded texts are, to the letter, a name, alias or domain of an account."""
    c = account_name.c

    def build(live: Live) -> sa.Select[Any]:
        return sa.select(c.folded).where(c.folded.in_(list(folded)[:_MOST_NAMES]), live(account_name)).distinct()

    return set(reader.run_once(build).scalars())


def _there(live: Live) -> sa.Select[Any]:
    return sa.select(account.c.id).where(account.c.id == sa.bindparam("account"), live(account))


def is_there(reader: Reader, account_id: int) -> bool:
    return reader.row(_there, account=account_id) is not None


def _lines(live: Live) -> sa.Select[Any]:
    c = contract_line.c
    return (
        sa.select(c.account_id, product.c.name, c.starts_on, c.ends_on)
        .join(product, sa.and_(product.c.id == c.product_id, live(product)))
        .where(among(c.account_id, "ids"), live(contract_line))
    )


def product_lines(reader: Reader, ids: Sequence[int]) -> list[AnyRow]:
    """Which products the contract lines of accounts are about, and from when to when."""
    return reader.rows(_lines, ids=list(ids)) if ids else []


def _open_tickets(live: Live) -> sa.Select[Any]:
    c = ticket.c
    return (
        sa.select(c.id, c.account_id, c.opened_at, c.priority, c.subject, c.escalated)
        .where(among(c.account_id, "ids"), c.status != "solved", live(ticket))
        .order_by(c.opened_at, c.id)
    )


def open_tickets(reader: Reader, ids: Sequence[int]) -> list[AnyRow]:
    """Open tickets of accounts, oldest first."""
    return reader.rows(_open_tickets, ids=list(ids)) if ids else []
