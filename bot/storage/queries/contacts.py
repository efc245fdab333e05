"""The people at one customer, and where they are named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.storage.among import among
from bot.storage.database import AnyRow, Reader
from bot.storage.live import Live
from bot.storage.tables import interaction, person, survey_answer

_ACCOUNT: sa.BindParameter[int] = sa.bindparam("account")


def _contacts(live: Live) -> sa.Select[Any]:
    c = person.c
    return sa.select(c.id, c.name, c.email, c.title, c.department, c.role, c.stance, c.active, c.left_on).where(
        c.account_id == _ACCOUNT, live(person)
    )


def _answered(live: Live) -> sa.Select[Any]:
    c = survey_answer.c
    return (
        sa.select(c.person_id, sa.func.max(c.at).label("at"))
        .where(c.account_id == _ACCOUNT, c.person_id.is_not(None), c.at <= _now(), live(survey_answer))
        .group_by(c.person_id)
    )


def _taking_part(live: Live) -> sa.Select[Any]:
    c = interaction.c
    return (
        sa.select(c.people, sa.func.max(c.at).label("at"))
        .where(c.account_id == _ACCOUNT, c.people.is_not(None), c.at.between(_since(), _now()), live(interaction))
        .group_by(c.people)
    )


def _answered_of(live: Live) -> sa.Select[Any]:
    c = survey_answer.c
    return (
        sa.select(c.person_id, sa.func.max(c.at).label("at"))
        .where(among(c.account_id, "ids"), c.person_id.is_not(None), c.at <= _now(), live(survey_answer))
        .group_by(c.person_id)
    )


def _named_of(live: Live) -> sa.Select[Any]:
    c = interaction.c
    return (
        sa.select(c.account_id, c.people, sa.func.max(c.at).label("at"))
        .where(among(c.account_id, "ids"), c.people.is_not(None), c.at.between(_since(), _now()), live(interaction))
        .group_by(c.account_id, c.people)
    )


def _now() -> sa.BindParameter[datetime]:
    return sa.bindparam("now", type_=interaction.c.at.type)


def _since() -> sa.BindParameter[datetime]:
    return sa.bindparam("since", type_=interaction.c.at.type)


def contacts(reader: Reader, account_id: int) -> list[AnyRow]:
    """id, name, email, title, department, role, active, left_on of everybody known at an account."""
    return reader.rows(_contacts, account=account_id)


def last_answers(reader: Reader, account_id: int, now: datetime) -> dict[int, datetime]:
    """When each person last answered a survey."""
    return {row.person_id: row.at for row in reader.rows(_answered, account=account_id, now=now)}


def people_named(reader: Reader, account_id: int, since: datetime, now: datetime) -> list[AnyRow]:
    """people, at: who took part in conversations since then, as it was written down, and when last so."""
    return reader.rows(_taking_part, account=account_id, since=since, now=now)


def answered_of(reader: Reader, ids: Sequence[int], now: datetime) -> dict[int, datetime]:
    """When each person of these accounts last answered a survey."""
    return {row.person_id: row.at for row in reader.rows(_answered_of, ids=ids, now=now)}


def named_of(reader: Reader, ids: Sequence[int], since: datetime, now: datetime) -> dict[int, list[AnyRow]]:
    """people, at by account: who took part in conversations since then, and when last so."""
    found: dict[int, list[AnyRow]] = {}
    for row in reader.rows(_named_of, ids=ids, since=since, now=now):
        found.setdefault(row.account_id, []).append(row)
    return found
