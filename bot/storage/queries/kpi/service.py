"""Survey answers, tickets and deals of a period: counted where the rows are, and read a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from bot.storage.among import among
from bot.storage.database import AnyRow, Reader
from bot.storage.days import seconds_between
from bot.storage.live import Build, Live
from bot.storage.tables import account, opportunity, survey_answer, ticket

S, T, O = survey_answer.c, ticket.c, opportunity.c  # noqa: E741 - the deal's columns
Ids = Sequence[int] | None


def _asked(ids: Ids) -> dict[str, Any]:
    return {} if ids is None else {"ids": ids}


def _answered(live: Live, some: bool) -> sa.ColumnElement[bool]:
    since, until = (sa.bindparam(name, type_=S.at.type) for name in ("since", "until"))
    among_them = [among(S.account_id, "ids")] if some else []
    return sa.and_(S.kind == sa.bindparam("kind"), S.at >= since, S.at < until, live(survey_answer), *among_them)


def _newest(live: Live, some: bool) -> Any:
    """Answers on the scale from 0 to 10, each with its place among those of the same person, newest first."""
    who = sa.func.coalesce(S.person_id, -S.id)
    place = sa.func.row_number().over(partition_by=who, order_by=(S.at.desc(), S.id.desc()))
    return (
        sa.select(S.id, S.account_id, S.score, S.scale_min, S.scale_max, S.at, place.label("place"))
        .where(_answered(live, some), S.scale_min == 0, S.scale_max == 10)
        .subquery()
    )


@lru_cache(maxsize=2)
def _scores(some: bool) -> Build:
    def build(live: Live) -> sa.Select[Any]:
        keys = (S.score, S.scale_min, S.scale_max)
        return sa.select(*keys, sa.func.count().label("answers")).where(_answered(live, some)).group_by(*keys)

    return build


@lru_cache(maxsize=2)
def _latest_scores(some: bool) -> Build:
    def build(live: Live) -> sa.Select[Any]:
        c = _newest(live, some).c
        keys = (c.score, c.scale_min, c.scale_max)
        return sa.select(*keys, sa.func.count().label("answers")).where(c.place == 1).group_by(*keys)

    return build


@lru_cache(maxsize=2)
def _answers(some: bool) -> Build:
    def build(live: Live) -> sa.Select[Any]:
        return (
            sa.select(S.id, S.account_id, S.score, S.scale_min, S.scale_max, S.at)
            .where(_answered(live, some))
            .order_by(S.at.desc(), S.id.desc())
            .limit(sa.bindparam("most"))
            .offset(sa.bindparam("skip"))
        )

    return build


@lru_cache(maxsize=2)
def _latest_answers(some: bool) -> Build:
    def build(live: Live) -> sa.Select[Any]:
        newest = _newest(live, some)
        return (
            sa.select(newest)
            .where(newest.c.place == 1)
            .order_by(newest.c.at.desc(), newest.c.id.desc())
            .limit(sa.bindparam("most"))
            .offset(sa.bindparam("skip"))
        )

    return build


def _solved(live: Live, some: bool) -> sa.ColumnElement[bool]:
    since, until = (sa.bindparam(name, type_=T.solved_at.type) for name in ("since", "until"))
    among_them = [among(T.account_id, "ids")] if some else []
    return sa.and_(T.solved_at >= since, T.solved_at < until, live(ticket), *among_them)


def _fits() -> sa.ColumnElement[bool]:
    return T.opened_at <= T.solved_at


@lru_cache(maxsize=2)
def _solutions(some: bool) -> Build:
    def build(live: Live) -> sa.Select[Any]:
        fits = _fits()
        counts: list[Any] = [
            sa.func.count(sa.case((fits, 1))).label("fitting"),
            sa.func.count(sa.case((sa.not_(fits), 1))).label("wrong"),
            sa.func.count(sa.case((fits, T.first_contact))).label("known"),
            sa.func.count(sa.case((sa.and_(T.first_contact.is_(sa.true()), fits), 1))).label("first"),
        ]
        return sa.select(*counts).where(_solved(live, some))

    return build


@lru_cache(maxsize=2)
def _times(some: bool) -> Build:
    """The times in the middle, in order of length, beside what all of them come to."""

    def build(live: Live) -> sa.Select[Any]:
        took = seconds_between(T.opened_at, T.solved_at).label("took")
        c = sa.select(took).where(_solved(live, some), _fits()).cte("times").c
        total = sa.cast(sa.select(sa.func.sum(c.took)).scalar_subquery(), sa.BigInteger()).label("total")
        return sa.select(c.took, total).order_by(c.took).limit(sa.bindparam("most")).offset(sa.bindparam("skip"))

    return build


@lru_cache(maxsize=2)
def _tickets(some: bool) -> Build:
    def build(live: Live) -> sa.Select[Any]:
        return (
            sa.select(T.id, T.account_id, T.subject, T.opened_at, T.solved_at, T.first_contact)
            .where(_solved(live, some))
            .order_by(T.solved_at.desc(), T.id.desc())
            .limit(sa.bindparam("most"))
            .offset(sa.bindparam("skip"))
        )

    return build


@lru_cache(maxsize=2)
def _unsolved(some: bool) -> Build:
    def build(live: Live) -> sa.Select[Any]:
        open_ = sa.and_(T.status != "solved", T.opened_at < sa.bindparam("until", type_=T.opened_at.type))
        lost = sa.and_(T.status == "solved", T.solved_at.is_(None))
        counts: list[Any] = [sa.func.count(sa.case((state, 1))) for state in (open_, lost)]
        query: sa.Select[Any] = sa.select(*counts).where(live(ticket))
        return query.where(among(T.account_id, "ids")) if some else query

    return build


@lru_cache(maxsize=4)
def _deals(some: bool, outcome: str) -> Build:
    def build(live: Live) -> sa.Select[Any]:
        first, last = (sa.bindparam(name, type_=O.closed_on.type) for name in ("first", "last"))
        currency = sa.func.coalesce(O.currency, account.c.currency, "?").label("currency")
        query = (
            sa.select(
                O.id, O.account_id, O.name, O.kind, O.stage, O.amount, currency, O.probability, O.closed_on
            )
            .select_from(opportunity)
            .outerjoin(account, sa.and_(account.c.id == O.account_id, live.along(account)))
            .where(O.outcome == outcome, O.closed_on.between(first, last), live(opportunity))
            .order_by(O.closed_on, O.id)
        )  # fmt: skip
        return query.where(among(O.account_id, "ids")) if some else query

    return build


def scores(reader: Reader, kind: str, since: datetime, until: datetime, ids: Ids, *, latest: bool) -> list[AnyRow]:
    """score, scale_min, scale_max, answers. `latest`: each person's newest answer on the scale from 0 to 10 only."""
    build = (_latest_scores if latest else _scores)(ids is not None)
    return reader.rows(build, kind=kind, since=since, until=until, **_asked(ids))


def answers(
    reader: Reader, kind: str, since: datetime, until: datetime, ids: Ids, *, latest: bool, most: int, skip: int
) -> list[AnyRow]:
    """The answers behind `scores`, newest first."""
    build = (_latest_answers if latest else _answers)(ids is not None)
    return reader.rows(build, kind=kind, since=since, until=until, most=most, skip=skip, **_asked(ids))


def solutions(reader: Reader, since: datetime, until: datetime, ids: Ids) -> AnyRow:
    """Of the tickets solved in the period: fitting, wrong (solved before they were opened), and of the fitting known
    (the source counts contacts) and first (solved with the first contact)."""
    (row,) = reader.rows(_solutions(ids is not None), since=since, until=until, **_asked(ids))
    return row


def times(reader: Reader, since: datetime, until: datetime, ids: Ids, fitting: int) -> tuple[list[int], int]:
    """In seconds: the one or two of so many times that lie in the middle, and all of them together."""
    skip = max(fitting - 1, 0) // 2
    rows = reader.rows(
        _times(ids is not None), since=since, until=until, most=2 - fitting % 2, skip=skip, **_asked(ids)
    )
    return [int(row.took) for row in rows], int(rows[0].total) if rows else 0


def tickets(reader: Reader, since: datetime, until: datetime, ids: Ids, *, most: int, skip: int) -> list[AnyRow]:
    """The tickets behind `solutions`, the last solved first."""
    return reader.rows(_tickets(ids is not None), since=since, until=until, most=most, skip=skip, **_asked(ids))


def unsolved(reader: Reader, until: datetime, ids: Ids) -> tuple[int, int]:
    """(open tickets, tickets that are called solved without saying when)."""
    (row,) = reader.rows(_unsolved(ids is not None), until=until, **_asked(ids))
    return int(row[0]), int(row[1])


def open_deals(reader: Reader, first: date, last: date, ids: Ids) -> list[AnyRow]:
    """Open deals that are due to close in the period."""
    return reader.rows(_deals(ids is not None, "open"), first=first, last=last, **_asked(ids))


def won_deals(reader: Reader, first: date, last: date, ids: Ids) -> list[AnyRow]:
    return reader.rows(_deals(ids is not None, "won"), first=first, last=last, **_asked(ids))
