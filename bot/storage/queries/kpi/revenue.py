"""Recurring revenue on two days and the steps in between, account by account.

What the rows of an account that stands `apart` (`lines`) say means nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from bot.storage.among import among
from bot.storage.database import AnyRow, Reader
from bot.storage.days import day_after
from bot.storage.live import Build, Live
from bot.storage.queries.kpi.lines import Asked, L, amount, day, earning, running, yearly
from bot.storage.tables import account


@lru_cache(maxsize=2)
def _held(by_product: bool) -> Callable[[bool, bool], Build]:
    """One row per account, or per account, product and unit."""

    @lru_cache(maxsize=4)
    def of(some: bool, one_product: bool) -> Build:
        def build(live: Live) -> sa.Select[Any]:
            keys = [L.account_id, *([L.product_id, L.unit] if by_product else [])]
            since = sa.type_coerce(sa.func.min(L.starts_on), L.starts_on.type).label("since")
            return (
                sa.select(*keys, sa.func.min(L.currency).label("currency"), *levels(), since)
                .where(earning(live, some, one_product))
                .group_by(*keys)
            )

        return build

    return of


def levels() -> tuple[sa.ColumnElement[Any], ...]:
    """What the lines of a group are worth a year on the first and on the last day."""
    return tuple(amount(sa.func.sum(sa.case((running(name), yearly()), else_=0)), name) for name in ("before", "after"))


def began() -> sa.ColumnElement[bool]:
    """Lines that earn from a day of the period on."""
    goes_on = sa.or_(L.ends_on.is_(None), L.starts_on <= L.ends_on)
    return sa.and_(L.starts_on > day("before"), L.starts_on <= day("after"), goes_on)


def ended() -> sa.ColumnElement[bool]:
    """Lines that earned until a day of the period, or until the day before it."""
    within = sa.and_(L.ends_on >= day("before"), L.ends_on < day("after"), L.starts_on <= L.ends_on)
    return sa.and_(within, sa.not_(among(L.id, "rolled")))


@lru_cache(maxsize=4)
def _steps(some: bool, one_product: bool) -> Build:
    def build(live: Live) -> sa.Select[Any]:
        worth, earns = yearly(), earning(live, some, one_product)
        begun = sa.select(L.account_id, L.currency, L.starts_on.label("on"), worth.label("worth")).where(earns, began())
        gone = sa.select(L.account_id, L.currency, day_after(L.ends_on).label("on"), (-worth).label("worth")).where(
            earns, ended()
        )
        both = sa.union_all(begun, gone).subquery().c
        total = sa.func.sum(both.worth)
        on = sa.type_coerce(both.on, L.starts_on.type).label("on")
        return (
            sa.select(both.account_id, both.currency, on, amount(total, "amount"))
            .group_by(both.account_id, both.currency, both.on)
            .having(total != 0)
        )

    return build


def held(reader: Reader, asked: Asked, *, by_product: bool = False) -> list[AnyRow]:
    """account_id, currency, before, after (yearly), since (first day ever); by product also product_id, unit.

    `currency` None stands for the account's own.
    """
    return asked.rows(reader, _held(by_product))


def steps(reader: Reader, asked: Asked) -> list[AnyRow]:
    """account_id, currency, on, amount (yearly): what changed after the first day, up to the last."""
    return asked.rows(reader, _steps)


def _parents(live: Live) -> sa.Select[Any]:
    """A parent that may not be seen, or is gone, is none: its subsidiaries are customers of their own."""
    c, above = account.c, account.alias("above")
    families = account.join(above, above.c.id == c.parent_id)
    return sa.select(c.id, c.parent_id).select_from(families).where(live(account), live(above))


def parents(reader: Reader) -> dict[int, int]:
    """Subsidiary -> parent."""
    return {row[0]: row[1] for row in reader.rows(_parents)}


def _currencies(live: Live) -> sa.Select[Any]:
    return sa.select(account.c.id, account.c.currency).where(account.c.currency.is_not(None), live(account))


def currencies(reader: Reader) -> dict[int, str]:
    """Each account's own currency."""
    return {row[0]: row[1] for row in reader.rows(_currencies)}
