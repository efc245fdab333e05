"""Everything a card or a book needs about accounts, each query for a set of accounts at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from bot.storage.among import among
from bot.storage.database import AnyRow, Reader
from bot.storage.live import Live
from bot.storage.tables import (
    account,
    account_name,
    assignment,
    commitment,
    contract,
    contract_line,
    import_file,
    interaction,
    member,
    opportunity,
    person,
    survey_answer,
    ticket,
    usage,
)
from bot.storage.tables import change as change_table

TOUCHES = ("call", "email", "meeting", "message")
"""Kinds of interaction in which somebody spoke with the customer; notes and tasks are our own."""

NEWEST = 60
"""How many interactions of an account are read for words."""


def _spoken(kind: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    return sa.or_(*(kind == touch for touch in TOUCHES))


def _accounts(live: Live) -> sa.Select[Any]:
    return sa.select(account).where(among(account.c.id, "ids"), live(account))


def _names(live: Live) -> sa.Select[Any]:
    c = account_name.c
    return sa.select(c.account_id, c.shown).where(among(c.account_id, "ids"), c.kind == "alias", live(account_name))


def _owners(live: Live) -> sa.Select[Any]:
    c = assignment.c
    return (
        sa.select(c.account_id, member.c.id, member.c.name, member.c.active, member.c.slack_user_id)
        .select_from(assignment)
        .join(member, sa.and_(member.c.id == c.member_id, live(member)))
        .where(among(c.account_id, "ids"), c.role == "owner", live(assignment))
    )


def _subsidiaries(live: Live) -> sa.Select[Any]:
    c = account.c
    return sa.select(c.parent_id, sa.func.count()).where(among(c.parent_id, "ids"), live(account)).group_by(c.parent_id)


def _contracts(live: Live) -> sa.Select[Any]:
    return sa.select(contract).where(among(contract.c.account_id, "ids"), live(contract))


def _lines(live: Live) -> sa.Select[Any]:
    return sa.select(contract_line).where(among(contract_line.c.account_id, "ids"), live(contract_line))


def _last_touch_at(live: Live) -> sa.Select[Any]:
    c = interaction.c
    return (
        sa.select(c.account_id, sa.func.max(c.at))
        .where(
            among(c.account_id, "ids"),
            _spoken(c.kind),
            c.at <= sa.bindparam("now", type_=c.at.type),
            live(interaction),
        )
        .group_by(c.account_id)
    )


def _latest_interactions(live: Live) -> sa.Select[Any]:
    c = interaction.c
    newest = (
        sa.select(
            c.id, c.account_id, c.at, c.kind, c.subject, c.text, c.author_id,
            sa.func.row_number().over(partition_by=c.account_id, order_by=c.at.desc()).label("place"),
        )
        .where(
            among(c.account_id, "ids"),
            c.at.between(sa.bindparam("since", type_=c.at.type), sa.bindparam("now", type_=c.at.type)),
            live(interaction),
        )
        .subquery()
    )  # fmt: skip
    return (
        sa.select(newest, member.c.name.label("author"))
        .select_from(newest)
        .outerjoin(member, sa.and_(member.c.id == newest.c.author_id, live(member)))
        .where(newest.c.place <= NEWEST)
        .order_by(newest.c.at.desc())
    )


def _last_touch(live: Live) -> sa.Select[Any]:
    c = interaction.c
    return (
        sa.select(
            c.id,
            c.account_id,
            c.at,
            c.kind,
            c.subject,
            c.text,
            c.next_step,
            c.next_step_on,
            member.c.name.label("author"),
        )
        .select_from(interaction)
        .outerjoin(member, sa.and_(member.c.id == c.author_id, live(member)))
        .where(
            c.account_id == sa.bindparam("account"),
            _spoken(c.kind),
            c.at <= sa.bindparam("now", type_=c.at.type),
            live(interaction),
        )
        .order_by(c.at.desc())
        .limit(1)
    )


def _tickets(live: Live) -> sa.Select[Any]:
    c = ticket.c
    return sa.select(c.id, c.account_id, c.opened_at, c.solved_at, c.status, c.priority, c.subject, c.escalated).where(
        among(c.account_id, "ids"),
        sa.or_(c.status != "solved", c.opened_at >= sa.bindparam("since", type_=c.opened_at.type)),
        live(ticket),
    )


def _ever_ticketed(live: Live) -> sa.Select[Any]:
    c = ticket.c
    return sa.select(c.account_id).where(among(c.account_id, "ids"), live(ticket)).distinct()


def _usage(live: Live) -> sa.Select[Any]:
    c = usage.c
    return sa.select(c.id, c.account_id, c.on, c.days, c.metric, c.feature, c.value, c.entitlement).where(
        among(c.account_id, "ids"), c.on >= sa.bindparam("since", type_=c.on.type), live(usage)
    )


def _answers(live: Live) -> sa.Select[Any]:
    c = survey_answer.c
    return sa.select(c.id, c.account_id, c.person_id, c.kind, c.score, c.scale_min, c.scale_max, c.at, c.comment).where(
        among(c.account_id, "ids"), c.at >= sa.bindparam("since", type_=c.at.type), live(survey_answer)
    )


def _people(live: Live) -> sa.Select[Any]:
    c = person.c
    return sa.select(c.id, c.account_id, c.name, c.email, c.title, c.role, c.active, c.left_on).where(
        among(c.account_id, "ids"), live(person)
    )


def _promises(live: Live) -> sa.Select[Any]:
    c = commitment.c
    return (
        sa.select(c.id, c.account_id, c.by, c.quote, c.due_on, c.made_on, c.status, member.c.name.label("owner"))
        .select_from(commitment)
        .outerjoin(member, sa.and_(member.c.id == c.owner_id, live(member)))
        .where(among(c.account_id, "ids"), c.status == "open", live(commitment))
    )


def _renewal_deals(live: Live) -> sa.Select[Any]:
    c = opportunity.c
    return sa.select(c.id, c.account_id, c.name, c.kind, c.stage, c.amount, c.opened_on, c.closed_on).where(
        among(c.account_id, "ids"), c.outcome == "open", live(opportunity)
    )


def _grouped(rows: list[AnyRow]) -> dict[int, list[AnyRow]]:
    found: dict[int, list[AnyRow]] = {}
    for row in rows:
        found.setdefault(row.account_id, []).append(row)
    return found


def accounts(reader: Reader, ids: Sequence[int]) -> dict[int, AnyRow]:
    return {row.id: row for row in reader.rows(_accounts, ids=ids)} if ids else {}


def aliases(reader: Reader, ids: Sequence[int]) -> dict[int, list[AnyRow]]:
    return _grouped(reader.rows(_names, ids=ids))


def owners(reader: Reader, ids: Sequence[int]) -> dict[int, AnyRow]:
    """account_id, id, name, active, slack_user_id of each account's owner."""
    return {row.account_id: row for row in reader.rows(_owners, ids=ids)} if ids else {}


def subsidiaries(reader: Reader, ids: Sequence[int]) -> dict[int, int]:
    return {row[0]: row[1] for row in reader.rows(_subsidiaries, ids=ids)}


def contracts(reader: Reader, ids: Sequence[int]) -> dict[int, list[AnyRow]]:
    return _grouped(reader.rows(_contracts, ids=ids)) if ids else {}


def lines(reader: Reader, ids: Sequence[int]) -> dict[int, list[AnyRow]]:
    return _grouped(reader.rows(_lines, ids=ids)) if ids else {}


def last_touches(reader: Reader, ids: Sequence[int], now: datetime) -> dict[int, datetime]:
    """When somebody last spoke with each customer."""
    return {row[0]: row[1] for row in reader.rows(_last_touch_at, ids=ids, now=now)}


def last_touch(reader: Reader, account_id: int, now: datetime) -> AnyRow | None:
    """The last time somebody spoke with the customer: id, at, kind, subject, text, author."""
    return reader.row(_last_touch, account=account_id, now=now)


def latest_interactions(reader: Reader, ids: Sequence[int], since: datetime, now: datetime) -> dict[int, list[AnyRow]]:
    """The newest of each account since then, newest first."""
    return _grouped(reader.rows(_latest_interactions, ids=ids, since=since, now=now))


def tickets(reader: Reader, ids: Sequence[int], since: datetime) -> dict[int, list[AnyRow]]:
    """Tickets that are open, or were opened since."""
    return _grouped(reader.rows(_tickets, ids=ids, since=since))


def ever_ticketed(reader: Reader, ids: Sequence[int]) -> set[int]:
    """Accounts that ever had a ticket."""
    return {row[0] for row in reader.rows(_ever_ticketed, ids=ids)}


def usage_points(reader: Reader, ids: Sequence[int], since: date) -> dict[int, list[AnyRow]]:
    return _grouped(reader.rows(_usage, ids=ids, since=since))


def answers(reader: Reader, ids: Sequence[int], since: datetime) -> dict[int, list[AnyRow]]:
    return _grouped(reader.rows(_answers, ids=ids, since=since))


def people(reader: Reader, ids: Sequence[int]) -> dict[int, list[AnyRow]]:
    return _grouped(reader.rows(_people, ids=ids)) if ids else {}


def open_promises(reader: Reader, ids: Sequence[int]) -> dict[int, list[AnyRow]]:
    return _grouped(reader.rows(_promises, ids=ids)) if ids else {}


def open_deals(reader: Reader, ids: Sequence[int]) -> dict[int, list[AnyRow]]:
    return _grouped(reader.rows(_renewal_deals, ids=ids)) if ids else {}


def _data_ages(_live: Live) -> sa.Select[Any]:
    return (
        sa.select(
            import_file.c.kind,
            sa.func.max(import_file.c.source).label("source"),
            sa.func.max(change_table.c.published_at).label("imported_at"),
            sa.func.max(import_file.c.newest_on).label("newest_on"),
        )
        .select_from(import_file)
        .join(change_table, change_table.c.id == import_file.c.change_id)
        .where(change_table.c.state == "live")
        .group_by(import_file.c.kind)
    )


def _data_ages_then(live: Live) -> sa.Select[Any]:
    known_at = sa.bindparam("known_at", type_=change_table.c.published_at.type)
    return _data_ages(live).where(change_table.c.published_at <= known_at)


def _files(_live: Live) -> sa.Select[Any]:
    """Asked apart, SQLite counts without looking at rows and finds the greatest id at the end of the table."""
    files = sa.select(sa.func.count()).select_from(import_file).scalar_subquery()
    return sa.select(files.label("files"), sa.select(sa.func.max(import_file.c.id)).scalar_subquery().label("newest"))


def data_ages(reader: Reader) -> Mapping[str, AnyRow]:
    """kind, source, imported_at, newest_on by kind of data."""
    # Every card asks, a year of daily imports is thousands of files, and they change with an import or its undo only:
    # a published one leaves the hidden changes, an undone one enters them and then loses its files.
    if reader.known_at is not None:
        return {row.kind: row for row in reader.rows(_data_ages_then)}
    files = reader.row(_files)
    key = (files and tuple(files), reader.hidden)
    return reader.remembered("data ages", key, lambda: {row.kind: row for row in reader.rows(_data_ages)})


def _fed_by(_live: Live) -> sa.Select[Any]:
    c = import_file.c
    return (
        sa.select(c.kind, c.source)
        .select_from(import_file)
        .join(change_table, change_table.c.id == c.change_id)
        .where(change_table.c.state == "live")
        .distinct()
        .order_by(c.kind, c.source)
    )


def sources(reader: Reader) -> list[list[str]]:
    """[kind of data, source] of all that was ever imported and stands."""
    return [list(row) for row in reader.rows(_fed_by)]


def _how_many(live: Live) -> sa.Select[Any]:
    return sa.select(sa.func.count()).select_from(account).where(live(account))


def how_many(reader: Reader) -> int:
    """All accounts there are."""
    return int(reader.rows(_how_many)[0][0])
