"""Contracts that came up for renewal in a period, and what stands beside them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from bot.storage.among import among
from bot.storage.database import AnyRow, Reader
from bot.storage.live import Build, Live
from bot.storage.queries.kpi.lines import yearly
from bot.storage.tables import contract, contract_line, renewal_outcome
from bot.storage.types import Amount

L, C = contract_line.c, contract.c


def _day(name: str) -> sa.BindParameter[Any]:
    return sa.bindparam(name, type_=C.ends_on.type)


@lru_cache(maxsize=2)
def _around(some: bool) -> Build:
    """Contracts that end in the period, renewed themselves before it, or may be what followed."""

    def build(live: Live) -> sa.Select[Any]:
        rolled = sa.and_(C.auto_renew.is_(sa.true()), C.ends_on < _day("first"))
        near = sa.or_(C.ends_on.between(_day("first"), _day("last")), C.starts_on.between(_day("early"), _day("late")))
        query = sa.select(
            C.id, C.account_id, C.number, C.starts_on, C.ends_on, C.auto_renew, C.signed_on, C.status
        ).where(live(contract), sa.or_(near, rolled))
        return query.where(among(C.account_id, "ids")) if some else query

    return build


@lru_cache(maxsize=2)
def _worth(some: bool) -> Build:
    """What each contract is worth a year on its first and on its last day, product by product."""

    def build(live: Live) -> sa.Select[Any]:
        lasts = sa.or_(L.ends_on.is_(None), C.ends_on.is_(None), L.ends_on >= C.ends_on)
        begins = sa.or_(L.starts_on.is_(None), C.starts_on.is_(None), L.starts_on <= C.starts_on)
        price = yearly()

        def total(name: str, counts: Any) -> sa.ColumnElement[Any]:
            found = sa.cast(sa.func.sum(sa.case((counts, price), else_=0)), sa.BigInteger())
            return sa.type_coerce(found, Amount()).label(name)

        query = (
            sa.select(
                L.contract_id, L.product_id, sa.func.min(L.currency).label("currency"), total("at_end", lasts),
                total("at_start", begins),
                sa.func.max(sa.case((price.is_(None), 1), else_=0)).label("unclear"),
            )
            .select_from(contract_line)
            .join(contract, sa.and_(C.id == L.contract_id, live(contract)))
            .where(
                live(contract_line), L.period != "once", L.trial.is_(sa.false()),
                sa.or_(
                    C.ends_on.between(_day("first"), _day("last")), C.starts_on.between(_day("early"), _day("late")),
                    sa.and_(C.auto_renew.is_(sa.true()), C.ends_on < _day("first")),
                ),
            )
            .group_by(L.contract_id, L.product_id)
        )  # fmt: skip
        return query.where(among(L.account_id, "ids")) if some else query

    return build


def _outcomes(_live: Live) -> sa.Select[Any]:
    c = renewal_outcome.c
    return sa.select(c.contract_id, c.anchor_on, c.outcome, c.at)


def around(reader: Reader, days: dict[str, date], ids: Sequence[int] | None) -> list[AnyRow]:
    """`days` has first and last of the period, early and late for the start of what may have followed."""
    given = {} if ids is None else {"ids": ids}
    return reader.rows(_around(ids is not None), **days, **given)


def worth(reader: Reader, days: dict[str, date], ids: Sequence[int] | None) -> list[AnyRow]:
    """contract_id, product_id, currency, at_end, at_start, unclear (a price is missing or needs a closer look)."""
    given = {} if ids is None else {"ids": ids}
    return reader.rows(_worth(ids is not None), **days, **given)


def outcomes(reader: Reader) -> dict[int, AnyRow]:
    """What people recorded about renewals, by contract: the latest."""
    return {row.contract_id: row for row in sorted(reader.rows(_outcomes), key=lambda row: row.at)}
