"""What recent changes brought to a set of accounts. Every query is bounded by these accounts, not by the book."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from bot.storage.among import among
from bot.storage.database import AnyRow, Reader
from bot.storage.live import Live
from bot.storage.queries.accounts import TOUCHES
from bot.storage.tables import (
    account,
    assignment,
    change,
    contract,
    interaction,
    member,
    person,
    survey_answer,
    ticket,
)

NEWEST = 5_000
"""So many changes are looked at, the newest: more than people and imports make in a day or two."""

_MOST = 1_000


def _recent(_live: Live) -> sa.Select[Any]:
    c = change.c
    newest = sa.select(c.id).order_by(c.id.desc()).limit(NEWEST)
    since = sa.bindparam("since", type_=c.published_at.type)
    return sa.select(c.id, c.kind, c.note, c.published_at).where(
        c.id.in_(newest), c.state == "live", c.published_at >= since
    )


def recent_changes(reader: Reader, since: datetime) -> list[AnyRow]:
    """id, kind, note, published_at of what became visible since then."""
    return reader.rows(_recent, since=since)


def _changed(table: sa.Table) -> sa.ColumnElement[bool]:
    """Written by one of the changes. Added to 0, so that no index on it is used: an import wrote half of the table."""
    return among(table.c.v_in + sa.literal_column("0"), "changes")


def _came(table: sa.Table, live: Live) -> sa.ColumnElement[bool]:
    return sa.and_(among(table.c.account_id, "ids"), _changed(table), live(table))


def _is_first(table: sa.Table) -> sa.ColumnElement[bool]:
    """No version of it came before."""
    other = table.alias("earlier")
    return ~sa.exists().where(other.c.id == table.c.id, other.c.v_in != table.c.v_in)


def _accounts(live: Live) -> sa.Select[Any]:
    c = account.c
    return sa.select(c.id, c.v_in, _is_first(account).label("first")).where(
        among(c.id, "ids"), _changed(account), live(account)
    )


def accounts(reader: Reader, ids: Sequence[int], changes: Sequence[int]) -> list[AnyRow]:
    """id, v_in, first (nobody had it before) of accounts that were written."""
    return reader.rows(_accounts, ids=ids, changes=changes)


def _tickets(live: Live) -> sa.Select[Any]:
    c = ticket.c
    return (
        sa.select(c.account_id, c.v_in, c.subject, c.priority, c.escalated, c.opened_at)
        .where(_came(ticket, live), c.status != "solved", c.opened_at >= sa.bindparam("since", type_=c.opened_at.type))
        .order_by(c.opened_at.desc())
        .limit(_MOST)
    )


def tickets(reader: Reader, ids: Sequence[int], changes: Sequence[int], since: datetime) -> list[AnyRow]:
    """Open tickets that were opened since then, newest first."""
    return reader.rows(_tickets, ids=ids, changes=changes, since=since)


def _answers(live: Live) -> sa.Select[Any]:
    c = survey_answer.c
    return (
        sa.select(c.account_id, c.v_in, c.kind, c.score, c.scale_max, c.at)
        .where(_came(survey_answer, live), c.at >= sa.bindparam("since", type_=c.at.type))
        .order_by(c.at.desc())
        .limit(_MOST)
    )


def answers(reader: Reader, ids: Sequence[int], changes: Sequence[int], since: datetime) -> list[AnyRow]:
    """Survey answers that were given since then, newest first."""
    return reader.rows(_answers, ids=ids, changes=changes, since=since)


def _touches(live: Live) -> sa.Select[Any]:
    c = interaction.c
    return (
        sa.select(c.account_id, c.v_in, c.kind, c.subject, c.at, member.c.name.label("author"))
        .select_from(interaction)
        .outerjoin(member, sa.and_(member.c.id == c.author_id, live(member)))
        .where(
            _came(interaction, live),
            c.at >= sa.bindparam("since", type_=c.at.type),
            sa.or_(c.author_id.is_(None), c.author_id != sa.bindparam("me")),
            sa.or_(*(c.kind == kind for kind in TOUCHES)),
        )
        .order_by(c.at.desc())
        .limit(_MOST)
    )


def touches(reader: Reader, ids: Sequence[int], changes: Sequence[int], since: datetime, me: int) -> list[AnyRow]:
    """Conversations of others with the customer since then, newest first."""
    return reader.rows(_touches, ids=ids, changes=changes, since=since, me=me)


def _leavers(live: Live) -> sa.Select[Any]:
    c = person.c
    return (
        sa.select(c.account_id, c.v_in, c.name, c.role, c.left_on)
        .where(_came(person, live), c.left_on >= sa.bindparam("since", type_=c.left_on.type))
        .order_by(c.left_on.desc())
        .limit(_MOST)
    )


def leavers(reader: Reader, ids: Sequence[int], changes: Sequence[int], since: date) -> list[AnyRow]:
    """People at the customer who left since that day."""
    return reader.rows(_leavers, ids=ids, changes=changes, since=since)


def _contracts(live: Live) -> sa.Select[Any]:
    c = contract.c
    return (
        sa.select(c.account_id, c.v_in, c.number, c.ends_on, _is_first(contract).label("first"))
        .where(_came(contract, live))
        .order_by(c.v_in.desc(), c.id.desc())
        .limit(_MOST)
    )


def contracts(reader: Reader, ids: Sequence[int], changes: Sequence[int]) -> list[AnyRow]:
    """Contracts that were written; `first` is false for those that changed."""
    return reader.rows(_contracts, ids=ids, changes=changes)


def _assigned(live: Live) -> sa.Select[Any]:
    c = assignment.c
    return sa.select(c.account_id, c.v_in).where(
        _came(assignment, live), c.member_id == sa.bindparam("member"), c.role == "owner"
    )


def assigned(reader: Reader, ids: Sequence[int], changes: Sequence[int], member_id: int) -> list[AnyRow]:
    """Accounts that this member came to own."""
    return reader.rows(_assigned, ids=ids, changes=changes, member=member_id)


def _written_about(live: Live) -> sa.Select[Any]:
    tables = (contract, ticket, survey_answer, person)
    each = (sa.select(one.c.account_id, one.c.v_in).where(_came(one, live)) for one in tables)
    found = sa.union(*each).subquery()
    return sa.select(found.c.account_id, found.c.v_in)


def written_about(reader: Reader, ids: Sequence[int], changes: Sequence[int]) -> list[tuple[int, int]]:
    """(account, change) of contracts, tickets, survey answers and people that were written."""
    return [(row[0], row[1]) for row in reader.rows(_written_about, ids=ids, changes=changes)]
