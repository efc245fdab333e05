"""Recurring revenue on two days and the steps in between, summed per account.

The rule is the card's (`bot.domain.revenue`, `bot.services.contracts`), as far as SQL can follow it. Accounts for
which it cannot (contracts that overlap, terms of odd length, missing prices, contracts that renewed themselves) are
marked `tangled`: their lines are read one by one and worked out by that rule itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from bot.domain.revenue import OVER
from bot.storage.among import among
from bot.storage.database import AnyRow, Reader
from bot.storage.days import day_after, months_of_term
from bot.storage.live import Build, Live
from bot.storage.tables import account, contract, contract_line
from bot.storage.types import Amount

L, C = contract_line.c, contract.c
Truth = sa.ColumnElement[bool]
_FACTORS = {"month": 12, "quarter": 4, "year": 1}
_FAR = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Within:
    """Whose lines, and of which product; None for all."""

    ids: Sequence[int] | None = None
    product: int | None = None

    @property
    def values(self) -> dict[str, Any]:
        found: dict[str, Any] = {} if self.ids is None else {"ids": self.ids}
        return found if self.product is None else {**found, "product": self.product}

    def build(self, of: Callable[[bool, bool], Build]) -> Build:
        return of(self.ids is not None, self.product is not None)


def _day(name: str) -> sa.BindParameter[Any]:
    return sa.bindparam(name, type_=L.starts_on.type)


def _units(expression: Any) -> sa.ColumnElement[Any]:
    return sa.type_coerce(expression, sa.BigInteger())


def _amount(units: sa.ColumnElement[Any], name: str) -> sa.ColumnElement[Any]:
    return sa.type_coerce(sa.cast(units, sa.BigInteger()), Amount()).label(name)


def yearly(line: Any = L) -> sa.ColumnElement[Any]:
    """The price a year in ten-thousandths; NULL where it takes a closer look."""
    months, amount = months_of_term(line.starts_on, line.ends_on), _units(line.amount)
    per_term = sa.case((sa.and_(months > 0, (amount * 12) % months == 0), amount * 12 // months))
    plain = ((line.period == period, amount * factor) for period, factor in _FACTORS.items())
    return sa.case(*plain, (line.period == "term", per_term))


def _earning(live: Live, some: bool, one_product: bool) -> Truth:
    conditions = [live(contract_line), L.period != "once", L.trial.is_(sa.false())]
    if some:
        conditions.append(among(L.account_id, "ids"))
    if one_product:
        conditions.append(L.product_id == sa.bindparam("product"))
    return sa.and_(*conditions)


def _unclear(live: Live) -> Truth:
    """Lines that SQL cannot judge by themselves: without a price or a start, or of a contract that ended and renewed
    itself, or that is over by its status."""
    over = sa.or_(*(sa.func.lower(C.status) == one for one in sorted(OVER)))
    rolled = sa.and_(C.auto_renew.is_(sa.true()), C.ends_on < _day("after"))
    special = sa.select(C.id).where(live(contract), sa.or_(over, rolled))
    return sa.or_(yearly().is_(None), L.starts_on.is_(None), L.contract_id.in_(special))


def _running(name: str) -> Truth:
    return sa.and_(L.starts_on <= _day(name), sa.or_(L.ends_on.is_(None), L.ends_on >= _day(name)))


def _beside(name: str) -> Truth:
    """More than one contract runs on the day, and some product is on more than one of its lines."""
    running = _running(name)
    contracts = sa.case((running, L.contract_id))
    products = sa.func.count(sa.distinct(sa.case((running, sa.func.coalesce(L.product_id, 0)))))
    lines = sa.func.count(sa.case((running, 1)))
    return sa.and_(sa.func.min(contracts) != sa.func.max(contracts), products != lines)


@lru_cache(maxsize=8)
def _held(by_product: bool) -> Callable[[bool, bool], Build]:
    """One row per account, or per account, product and unit."""

    @lru_cache(maxsize=4)
    def of(some: bool, one_product: bool) -> Build:
        def build(live: Live) -> sa.Select[Any]:
            worth = yearly()
            currencies = sa.or_(
                sa.func.min(L.currency) != sa.func.max(L.currency),
                sa.and_(sa.func.count(L.currency) > 0, sa.func.count(L.currency) < sa.func.count()),
            )
            unclear = sa.func.max(sa.case((_unclear(live), 1), else_=0)) > 0
            tangled = sa.or_(unclear, currencies, _beside("before"), _beside("after"))
            totals = (
                _amount(sa.func.sum(sa.case((_running(name), worth), else_=0)), name) for name in ("before", "after")
            )
            keys = [L.account_id, *([L.product_id, L.unit] if by_product else [])]
            since = sa.type_coerce(sa.func.min(L.starts_on), L.starts_on.type).label("since")
            return (
                sa.select(*keys, sa.func.min(L.currency).label("currency"), *totals, since, tangled.label("tangled"))
                .where(_earning(live, some, one_product))
                .group_by(*keys)
            )

        return build

    return of


@lru_cache(maxsize=4)
def _steps(some: bool, one_product: bool) -> Build:
    def build(live: Live) -> sa.Select[Any]:
        worth, earning = yearly(), _earning(live, some, one_product)
        begun = sa.select(L.account_id, L.currency, L.starts_on.label("on"), worth.label("worth")).where(
            earning, L.starts_on > _day("before"), L.starts_on <= _day("after")
        )
        ended = sa.select(L.account_id, L.currency, day_after(L.ends_on).label("on"), (-worth).label("worth")).where(
            earning, L.ends_on >= _day("before"), L.ends_on < _day("after"), L.starts_on <= L.ends_on
        )
        both = sa.union_all(begun, ended).subquery().c
        total = sa.func.sum(both.worth)
        on = sa.type_coerce(both.on, L.starts_on.type).label("on")
        return (
            sa.select(both.account_id, both.currency, on, _amount(total, "amount"))
            .group_by(both.account_id, both.currency, both.on)
            .having(total != 0)
        )

    return build


@lru_cache(maxsize=4)
def _overlapping(some: bool, one_product: bool) -> Build:
    def build(live: Live) -> sa.Select[Any]:
        other = contract_line.alias("other")
        o = other.c
        beside = (
            sa.select(sa.literal(1))
            .where(
                live(other),
                o.account_id == L.account_id,
                o.contract_id != L.contract_id,
                sa.or_(o.product_id == L.product_id, sa.and_(o.product_id.is_(None), L.product_id.is_(None))),
                o.starts_on <= L.starts_on,
                sa.or_(o.ends_on.is_(None), o.ends_on >= L.starts_on),
                sa.or_(o.ends_on.is_(None), o.ends_on >= _day("before")),
            )
            .exists()
        )
        ends = sa.func.coalesce(L.ends_on, sa.literal(_FAR, L.ends_on.type))
        return (
            sa.select(L.account_id)
            .where(_earning(live, some, one_product), L.starts_on <= _day("after"), ends >= _day("before"), beside)
            .distinct()
        )

    return build


def held(reader: Reader, before: date, after: date, within: Within, *, by_product: bool = False) -> list[AnyRow]:
    """account_id, currency, before, after (yearly), since (first day ever), tangled; by product also product_id, unit.

    `currency` None stands for the account's own. What a tangled account's amounts say means nothing.
    """
    return reader.rows(within.build(_held(by_product)), before=before, after=after, **within.values)


def steps(reader: Reader, before: date, after: date, within: Within) -> list[AnyRow]:
    """account_id, currency, on, amount (yearly): what changed after the first day, up to the last."""
    return reader.rows(within.build(_steps), before=before, after=after, **within.values)


def overlapping(reader: Reader, before: date, after: date, within: Within) -> set[int]:
    """Accounts with lines of different contracts for one product at once, on some day from the first to the last."""
    rows = reader.rows(within.build(_overlapping), before=before, after=after, **within.values)
    return {row[0] for row in rows}


def _parents(live: Live) -> sa.Select[Any]:
    c = account.c
    return sa.select(c.id, c.parent_id).where(c.parent_id.is_not(None), live(account))


def parents(reader: Reader) -> dict[int, int]:
    """Subsidiary -> parent."""
    return {row[0]: row[1] for row in reader.rows(_parents)}


def _currencies(live: Live) -> sa.Select[Any]:
    return sa.select(account.c.id, account.c.currency).where(account.c.currency.is_not(None), live(account))


def currencies(reader: Reader) -> dict[int, str]:
    """Each account's own currency."""
    return {row[0]: row[1] for row in reader.rows(_currencies)}
