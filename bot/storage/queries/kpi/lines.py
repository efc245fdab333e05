"""What a contract line earns, and on which days: the words that every query about revenue is made of.

The rule is the card's (`bot.domain.revenue`, `bot.services.contracts`), as far as SQL can follow it. Accounts for
which it cannot (`apart`) are worked out by that rule itself.
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
from bot.storage.days import months_of_term
from bot.storage.live import Build, Live
from bot.storage.tables import contract, contract_line
from bot.storage.types import Amount

L, C = contract_line.c, contract.c
Truth = sa.ColumnElement[bool]
_FACTORS = {"month": 12, "quarter": 4, "year": 1}


@dataclass(frozen=True, slots=True)
class Within:
    """Whose lines, and of which product; None for all."""

    ids: Sequence[int] | None = None
    product: int | None = None

    @property
    def values(self) -> dict[str, Any]:
        found: dict[str, Any] = {} if self.ids is None else {"ids": self.ids}
        return found if self.product is None else {**found, "product": self.product}


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose revenue, on which two days, and the few contracts that need a word: those that are `over` by their status,
    the lines that `rolled` on because their contract renewed itself, contracts that did so after `odd` terms."""

    within: Within
    before: date
    after: date
    over: tuple[int, ...] = ()
    rolled: tuple[int, ...] = ()
    odd: tuple[int, ...] = ()

    def rows(self, reader: Reader, of: Callable[[bool, bool], Build], **more: Any) -> list[AnyRow]:
        """Run the query that `of` makes for somebody's lines, or of one product."""
        return reader.rows(
            of(self.within.ids is not None, self.within.product is not None), before=self.before, after=self.after,
            over=self.over, rolled=self.rolled, odd=self.odd, **self.within.values, **more,
        )  # fmt: skip


def day(name: str) -> sa.BindParameter[Any]:
    return sa.bindparam(name, type_=L.starts_on.type)


def amount(units: Any, name: str) -> sa.ColumnElement[Any]:
    """A sum of ten-thousandths as an amount."""
    return sa.type_coerce(sa.cast(sa.func.coalesce(units, 0), sa.BigInteger()), Amount()).label(name)


def _units(expression: Any) -> sa.ColumnElement[Any]:
    return sa.type_coerce(expression, sa.BigInteger())


def yearly(line: Any = L) -> sa.ColumnElement[Any]:
    """The price a year in ten-thousandths; NULL where it takes a closer look."""
    months, price = months_of_term(line.starts_on, line.ends_on), _units(line.amount)
    per_term = sa.case((sa.and_(months > 0, (price * 12) % months == 0), price * 12 // months))
    plain = ((line.period == period, price * factor) for period, factor in _FACTORS.items())
    return sa.case(*plain, (line.period == "term", per_term))


def earning(live: Live, some: bool = False, one_product: bool = False, beside: Any = None) -> Truth:
    """Recurring lines of contracts that are no drafts and were not cancelled; or those `beside` a line, of the same
    account."""
    c = contract_line.c if beside is None else beside.c
    visible = live(contract_line) if beside is None else live.along(beside)
    conditions = [c.period != "once", c.trial.is_(sa.false()), sa.not_(among(c.contract_id, "over")), visible]
    if some:
        conditions.append(among(c.account_id, "ids"))
    if one_product:
        conditions.append(c.product_id == sa.bindparam("product"))
    return sa.and_(*conditions)


def lasts(until: Any, line: Any = L) -> Truth:
    """It has not ended before a day, or runs on with its contract."""
    return sa.or_(line.ends_on.is_(None), line.ends_on >= until, among(line.id, "rolled"))


def running(name: str) -> Truth:
    """It earns on the day; a line that ends before it starts never does."""
    return sa.and_(L.starts_on <= day(name), lasts(day(name)))


def between() -> Truth:
    """It may earn on some day from the first to the last; others add nothing."""
    return sa.and_(L.starts_on <= day("after"), lasts(day("before")))


def _unclear() -> Truth:
    """SQL cannot judge the line by itself: no price, no start, or its contract renews after terms of odd length."""
    lacks = sa.and_(sa.or_(yearly().is_(None), L.starts_on.is_(None)), lasts(day("before")))
    return sa.or_(lacks, among(L.contract_id, "odd"))


@lru_cache(maxsize=4)
def _apart(some: bool, one_product: bool) -> Build:
    def build(live: Live) -> sa.Select[Any]:
        earns = earning(live, some, one_product)
        currencies = sa.or_(
            sa.func.min(L.currency) != sa.func.max(L.currency),
            sa.and_(sa.func.count(L.currency) > 0, sa.func.count(L.currency) < sa.func.count()),
        )
        unclear = sa.func.max(sa.case((_unclear(), 1), else_=0)) > 0
        odd = sa.select(L.account_id).where(earns).group_by(L.account_id).having(sa.or_(currencies, unclear))
        other = contract_line.alias("other")
        o = other.c
        beside = sa.and_(
            o.account_id == L.account_id,
            o.contract_id != L.contract_id,
            o.product_id.is_not_distinct_from(L.product_id),
            o.starts_on <= L.starts_on,
            lasts(L.starts_on, o),
            lasts(day("before"), o),
            earning(live, beside=other),
        )
        overlapping = sa.select(L.account_id).select_from(contract_line).join(other, beside).where(earns, between())
        found = sa.union(odd, overlapping).subquery()
        return sa.select(found.c.account_id)

    return build


def apart(reader: Reader, asked: Asked) -> set[int]:
    """Accounts whose lines SQL cannot judge by themselves, or that have lines of different contracts for one product
    at once on some day from the first to the last."""
    return {row[0] for row in asked.rows(reader, _apart)}


def _special(live: Live) -> sa.Select[Any]:
    """Contracts that are over by their status, or that ended before the last day and renewed themselves: what lines are
    judged by, which are guarded themselves. Nothing of them is shown."""
    status = sa.func.lower(C.status)
    over = sa.and_(C.status.is_not(None), sa.or_(*(status == one for one in sorted(OVER))))
    renewed = sa.and_(C.auto_renew.is_(sa.true()), C.ends_on < day("after"))
    plainly = sa.func.coalesce(months_of_term(C.starts_on, C.ends_on), 0) > 0
    kind = sa.case((over, "over"), (plainly, "rolled"), else_="odd").label("kind")
    return sa.select(C.id, kind).where(sa.or_(over, renewed), live.along(contract))


def _rolled(live: Live) -> sa.Select[Any]:
    """Lines that end with such a contract."""
    both = sa.and_(C.id == L.contract_id, C.ends_on == L.ends_on, live(contract))
    query = sa.select(L.id).select_from(contract_line).join(contract, both)
    return query.where(among(L.contract_id, "contracts"), live(contract_line))


def ask(reader: Reader, before: date, after: date, within: Within) -> Asked:
    """What the other queries are asked with."""
    kinds: dict[str, list[int]] = {"over": [], "rolled": [], "odd": []}
    for one, kind in reader.rows(_special, after=after):
        kinds[kind].append(one)
    rolled = [row[0] for row in reader.rows(_rolled, contracts=kinds["rolled"])] if kinds["rolled"] else []
    return Asked(within, before, after, tuple(kinds["over"]), tuple(rolled), tuple(kinds["odd"]))
