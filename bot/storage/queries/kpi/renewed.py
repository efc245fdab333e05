"""What became of the contracts that ended in a period, counted and added up where the rows are.

A contract is followed by those of its account that begin after it did, soon enough after its end, run longer and sell
one of its products. Accounts that take a closer look are not in the sums but listed: lines without a price, with and
without products, contracts that renewed themselves before, outcomes that people recorded.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa

from bot.domain.revenue import OVER
from bot.storage.database import AnyRow, Reader
from bot.storage.days import days_later
from bot.storage.live import Live
from bot.storage.queries.kpi.lines import amount, yearly
from bot.storage.tables import account, contract, contract_line, renewal_outcome

L, C = contract_line.c, contract.c
APART, ENDED, ROLLING, UNPRICED = "apart", "ended", "rolling", "unpriced"


def _day(name: str) -> sa.BindParameter[Any]:
    return sa.bindparam(name, type_=C.ends_on.type)


def _over() -> sa.ColumnElement[bool]:
    return sa.and_(C.status.is_not(None), sa.or_(*(sa.func.lower(C.status) == one for one in sorted(OVER))))


def _worth(live: Live) -> Any:
    """Product by product what a contract is worth a year on its last and on its first day. No product is 0."""
    lasts = sa.or_(L.ends_on.is_(None), C.ends_on.is_(None), L.ends_on >= C.ends_on)
    begins = sa.or_(L.starts_on.is_(None), C.starts_on.is_(None), L.starts_on <= C.starts_on)
    price, product = yearly(), sa.func.coalesce(L.product_id, 0)
    # What follows runs longer than what it follows, so it cannot have ended before the period.
    may_follow = sa.and_(
        C.starts_on.between(_day("early"), _day("late")), sa.or_(C.ends_on.is_(None), C.ends_on > _day("first"))
    )
    near = sa.or_(C.ends_on.between(_day("first"), _day("last")), may_follow)
    # The same on every line of a contract; the least of them is cheaper than one more key to sort by.
    of_contract = (C.account_id, C.starts_on, C.ends_on, C.signed_on)
    return (
        sa.select(
            L.contract_id,
            product.label("product"),
            *(sa.type_coerce(sa.func.min(one), one.type).label(one.name) for one in of_contract),
            sa.func.max(sa.case((_over(), 1), else_=0)).label("over"),
            sa.func.min(L.currency).label("code"),
            sa.func.sum(sa.case((lasts, price), else_=0)).label("at_end"),
            sa.func.sum(sa.case((begins, price), else_=0)).label("at_start"),
            sa.func.max(sa.case((price.is_(None), 1), else_=0)).label("unclear"),
        )
        .select_from(contract_line)
        .join(contract, sa.and_(C.id == L.contract_id, live(contract)))
        .where(live(contract_line), L.period != "once", L.trial.is_(sa.false()), near)
        .group_by(L.contract_id, product)
        .cte("worth")
    )


def _apart(live: Live, worth: Any) -> Any:
    w, other = worth.c, worth.alias("without").c
    unclear = sa.select(w.account_id).where(w.unclear > 0)
    both = sa.select(w.account_id).where(
        w.product > 0, w.account_id.in_(sa.select(other.account_id).where(other.product == 0))
    )
    # Nearly all contracts ended before: reading them in order beats looking each up by its end.
    ended = sa.func.coalesce(C.ends_on, _day("first")) < _day("first")
    rolled = sa.select(C.account_id).where(C.auto_renew.is_(sa.true()), ended, live(contract))
    recorded = sa.select(C.account_id).where(C.id.in_(sa.select(renewal_outcome.c.contract_id)), live(contract))
    return sa.union(unclear, both, rolled, recorded).cte("apart")


def _followed(worth: Any) -> Any:
    """Each contract that ended in the period: what it was worth, and what followed it."""
    due, other = worth.alias("due"), worth.alias("other")
    d, o = due.c, other.c
    took_over = sa.and_(
        o.account_id == d.account_id,
        o.product == d.product,
        o.contract_id != d.contract_id,
        sa.or_(d.starts_on.is_(None), o.starts_on > d.starts_on),
        o.starts_on <= days_later(d.ends_on, "soon"),
        sa.or_(o.ends_on.is_(None), o.ends_on > d.ends_on),
        o.over == 0,
    )
    ends = d.ends_on.between(_day("first"), _day("last"))
    signed = sa.func.coalesce(o.signed_on, days_later(o.starts_on, -1)).label("signed")
    # What ended and what followed as rows of their own: added up once, however many followed.
    ended = sa.select(d.contract_id, d.code, d.at_end.label("worth"), sa.null().label("renewed"), sa.null())
    followed = sa.select(d.contract_id, d.code, sa.null(), o.at_start, signed)
    rows = sa.union_all(followed.select_from(due.join(other, took_over)).where(ends), ended.where(ends)).subquery().c
    by_contract, code, worth_of, renewed, signed_on = rows
    return (
        sa.select(
            by_contract.label("contract_id"),
            sa.func.min(code).label("code"),
            sa.func.sum(worth_of).label("worth"),
            sa.func.sum(renewed).label("renewed"),
            sa.type_coerce(sa.func.min(signed_on), C.ends_on.type).label("signed"),
        )
        .group_by(by_contract)
        .subquery()
    )


def _fates(live: Live) -> sa.Select[Any]:
    worth = _worth(live)
    apart, each = _apart(live, worth), _followed(worth)
    e, strange = each.c, sa.select(apart.c.account_id)
    own = sa.select(account.c.currency).where(account.c.id == C.account_id, live.along(account)).scalar_subquery()
    kept = sa.case((sa.or_(e.renewed.is_(None), e.renewed >= e.worth), e.worth), else_=e.renewed)
    one = (
        sa.select(
            _fate(e).label("fate"),
            sa.func.coalesce(e.code, own, "?").label("currency"),
            e.worth,
            sa.case((kept > 0, kept), else_=0).label("kept"),
        )
        .select_from(each)
        .join(contract, sa.and_(C.id == e.contract_id, live(contract)))
        .where(C.account_id.not_in(strange))
        .subquery()
        .c
    )
    counted = sa.select(
        one.fate,
        one.currency,
        sa.func.count().label("number"),
        amount(sa.func.sum(one.worth), "worth"),
        amount(sa.func.sum(one.kept), "kept"),
    ).group_by(one.fate, one.currency)
    nothing = (amount(sa.cast(sa.literal(0), sa.BigInteger()), name) for name in ("worth", "kept"))
    ended = sa.select(sa.literal(ENDED), sa.cast(sa.null(), sa.Text()), sa.func.count(), *nothing).where(
        live(contract), C.ends_on.between(_day("first"), _day("last")), C.account_id.not_in(strange)
    )
    nothing = (amount(sa.cast(sa.literal(0), sa.BigInteger()), name) for name in ("worth", "kept"))
    listed = sa.select(sa.literal(APART), sa.cast(sa.null(), sa.Text()), apart.c.account_id, *nothing)
    return sa.select(sa.union_all(counted, ended, listed).subquery())


def _fate(each: Any) -> sa.ColumnElement[Any]:
    """What became of it, in the words of `bot.domain.kpi.renewals`; `rolling` and `unpriced` do not count."""
    renews = C.auto_renew.is_(sa.true())
    return sa.case(
        (each.worth <= 0, UNPRICED),
        (sa.and_(renews, C.ends_on < days_later(C.starts_on, "short")), ROLLING),
        (each.signed <= C.ends_on, "active"),
        (each.signed <= days_later(C.ends_on, "grace"), "late"),
        (sa.and_(each.signed.is_(None), renews, sa.not_(_over())), "passive"),
        (C.ends_on >= _day("last"), "pending"),
        else_="lost",
    )


def fates(reader: Reader, days: dict[str, date], late_days: int, short: int) -> list[AnyRow]:
    """fate, currency, number, worth, kept: how many contracts met which fate. And a row `ended`, how many ended in
    all, priced or not; and a row `apart` for each account that is not among them, its id as `number`.

    `days` has first and last of the period, early and late for the start of what may have followed.
    """
    return reader.rows(_fates, **days, soon=late_days + 1, grace=late_days, short=short)
