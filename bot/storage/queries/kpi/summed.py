"""Recurring revenue of a scope, added up where the rows are: a line for each currency.

Every account is a customer of its own here; those of which that is not so, and those that stand `apart` (`lines`),
are given as `apart` and not in the sums.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from bot.storage.among import among
from bot.storage.database import AnyRow, Reader
from bot.storage.days import day_after
from bot.storage.live import Build, Live
from bot.storage.queries.kpi.lines import Asked, L, Truth, amount, between, day, earning, running, yearly
from bot.storage.queries.kpi.revenue import ended
from bot.storage.tables import account, contract_line

_Column = sa.ColumnElement[Any]


def _counted(live: Live, some: bool, one_product: bool) -> Truth:
    return sa.and_(earning(live, some, one_product), between(), sa.not_(among(L.account_id, "apart")))


def _own_currency(live: Live, code: _Column, of: _Column) -> _Column:
    """The currency of the lines, else the account's own; looked up only where lines say none."""
    own = sa.select(account.c.currency).where(account.c.id == of, live.along(account)).scalar_subquery()
    return sa.func.coalesce(code, own, "?")


def _worth(name: str) -> _Column:
    return sa.func.sum(sa.case((running(name), yearly()), else_=0)).label(name)


def _how_many(condition: Truth, name: str) -> _Column:
    return sa.func.count(sa.case((condition, 1))).label(name)


def _total(condition: Truth, units: _Column, name: str) -> _Column:
    return amount(sa.func.sum(sa.case((condition, units))), name)


@lru_cache(maxsize=4)
def _cohorts(some: bool, one_product: bool) -> Build:
    def build(live: Live) -> sa.Select[Any]:
        each = (
            sa.select(L.account_id, sa.func.min(L.currency).label("code"), _worth("before"), _worth("after"))
            .where(_counted(live, some, one_product))
            .group_by(L.account_id)
            .subquery()
        )
        before, after = each.c.before, each.c.after
        had, has = before > 0, after > 0
        least = sa.case((before < after, before), else_=after)
        currency = _own_currency(live, each.c.code, each.c.account_id).label("currency")
        return sa.select(
            currency,
            _how_many(sa.or_(before != 0, after != 0), "known"),
            _how_many(had, "customers"),
            _how_many(sa.and_(had, has), "stayed"),
            _total(had, before, "before"),
            _total(had, after, "after"),
            _total(had, least, "least"),
            _total(sa.and_(had, has), least, "kept"),
            _how_many(has, "active"),
            _total(has, after, "paid"),
            amount(sa.func.sum(before), "opening"),
        ).group_by(currency)

    return build


@lru_cache(maxsize=4)
def _sales(some: bool, one_product: bool) -> Build:
    def build(live: Live) -> sa.Select[Any]:
        keys = (L.account_id, L.product_id, L.unit)
        items = (
            sa.select(*keys, sa.func.min(L.currency).label("code"), _worth("before"), _worth("after"))
            .where(_counted(live, some, one_product))
            .group_by(*keys)
            .subquery()
            .c
        )
        more = items.after > sa.case((items.before > 0, items.before), else_=0)
        gain = items.after - items.before
        up, cross = sa.and_(more, items.before > 0), sa.and_(more, items.before <= 0)
        each = (
            sa.select(
                items.account_id,
                sa.func.min(items.code).label("code"),
                sa.func.sum(items.before).label("before"),
                *(sa.func.sum(sa.case((kind, gain))).label(name) for kind, name in ((up, "up"), (cross, "cross"))),
            )
            .group_by(items.account_id)
            .subquery()
        )
        c, had = each.c, each.c.before > 0
        currency = _own_currency(live, c.code, c.account_id).label("currency")
        return sa.select(
            currency,
            _how_many(had, "customers"),
            _total(had, c.before, "before"),
            _how_many(sa.and_(had, c.up.is_not(None)), "up"),
            _total(had, c.up, "up_gained"),
            _how_many(sa.and_(had, c.cross.is_not(None)), "cross"),
            _total(had, c.cross, "cross_gained"),
        ).group_by(currency)

    return build


@lru_cache(maxsize=4)
def _moves(some: bool, one_product: bool) -> Build:
    def build(live: Live) -> sa.Select[Any]:
        days = _days(live, some, one_product)
        # A day is one row: counted in rows the same sum is cheaper than over peers.
        level = sa.func.sum(days.c.worth).over(partition_by=days.c.account_id, order_by=days.c.on, rows=(None, 0))
        each = sa.select(days, level.label("level")).subquery()
        c = each.c
        line = contract_line.alias("earlier")
        earlier = sa.exists().where(earning(live, False, one_product, line), line.c.account_id == c.account_id,
                                    line.c.starts_on < c.on)  # fmt: skip
        was = c.level - c.worth
        kind = sa.case(
            (sa.and_(was <= 0, c.level > 0, sa.not_(earlier)), "new"),
            (sa.and_(was <= 0, c.level > 0), "reactivation"),
            (sa.and_(was > 0, c.level <= 0), "churn"),
            (c.worth > 0, "expansion"),
            else_="contraction",
        ).label("kind")
        currency = _own_currency(live, c.code, c.account_id).label("currency")
        return (
            sa.select(
                currency,
                kind,
                sa.func.count().label("count"),
                amount(sa.func.sum(c.worth), "amount"),
                sa.func.count(sa.distinct(c.account_id)).label("customers"),
            )
            .where(c.on > day("before"), c.worth != 0)
            .group_by(currency, kind)
        )

    return build


def _days(live: Live, some: bool, one_product: bool) -> Any:
    """By how much each account's revenue changed on each day; what it was before stands on the day before all."""
    counted, worth = _counted(live, some, one_product), yearly()
    columns = (L.account_id, L.currency)
    held = L.starts_on <= day("before")
    since = sa.case((held, day("before")), else_=L.starts_on).label("on")
    begins = sa.or_(held, L.ends_on.is_(None), L.starts_on <= L.ends_on)
    begun = sa.select(*columns, since, worth.label("worth")).where(counted, begins)
    gone = sa.select(*columns, day_after(L.ends_on), -worth).where(counted, ended())
    every = sa.union_all(begun, gone).subquery().c
    return (
        sa.select(
            every.account_id,
            every.on,
            sa.func.min(every.currency).label("code"),
            sa.func.sum(every.worth).label("worth"),
        )
        .group_by(every.account_id, every.on)
        .subquery()
    )


def cohorts(reader: Reader, asked: Asked, apart: set[int]) -> list[AnyRow]:
    """currency, and the fields of `grouped.Cohort`."""
    return asked.rows(reader, _cohorts, apart=sorted(apart))


def sales(reader: Reader, asked: Asked, apart: set[int]) -> list[AnyRow]:
    """currency, customers, before, up, up_gained, cross, cross_gained: `grouped.Sold`."""
    return asked.rows(reader, _sales, apart=sorted(apart))


def moves(reader: Reader, asked: Asked, apart: set[int]) -> list[AnyRow]:
    """currency, kind, count, amount, customers: `movements.Moved`."""
    return asked.rows(reader, _moves, apart=sorted(apart))
