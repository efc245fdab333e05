"""What happened with one account between two instants, for its review: each query reads the whole period at once."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from bot.storage.database import AnyRow, Reader
from bot.storage.live import Live
from bot.storage.tables import commitment, interaction, member, person, survey_answer, ticket, usage
from bot.storage.types import Day, Instant

_TEXT = 1200
"""Characters of a text that are read: what a sentence can be taken from."""

_MOST_BESIDES = 600
"""Conversations of other times, the newest: enough to know what somebody pastes from them."""

I, C, T, A, U = interaction.c, commitment.c, ticket.c, survey_answer.c, usage.c  # noqa: E741 - the tables' columns
_ACCOUNT: sa.BindParameter[int] = sa.bindparam("account")
_SINCE, _UNTIL = sa.bindparam("since", type_=Instant()), sa.bindparam("until", type_=Instant())
_FIRST, _LAST = sa.bindparam("first", type_=Day()), sa.bindparam("last", type_=Day())


def _said(live: Live) -> sa.Select[Any]:
    text = sa.func.substr(I.text, 1, _TEXT).label("text")
    return sa.select(
        I.id, I.at, I.kind, I.direction, I.author_id, I.people, I.subject, text, I.visibility, I.origin, I.permalink,
        I.next_step, I.next_step_on,
    ).where(I.account_id == _ACCOUNT, live(interaction))  # fmt: skip


def _interactions(live: Live) -> sa.Select[Any]:
    return _said(live).where(I.at >= _SINCE, I.at < _UNTIL).order_by(I.at, I.id)


def _besides(live: Live) -> sa.Select[Any]:
    outside = sa.or_(I.at < _SINCE, I.at >= _UNTIL)
    return _said(live).where(outside).order_by(I.at.desc(), I.id.desc()).limit(_MOST_BESIDES)


def _authors(live: Live) -> sa.Select[Any]:
    known = sa.select(I.author_id).where(I.account_id == _ACCOUNT, I.at >= _SINCE, I.at < _UNTIL).distinct()
    return sa.select(member.c.id, member.c.name).where(member.c.id.in_(known), live(member))


def _promises(live: Live) -> sa.Select[Any]:
    """Those that a review may speak of: due, kept or made since the period before began, and whatever is open."""
    recent = sa.or_(C.status == "open", C.due_on >= _FIRST, C.kept_on >= _FIRST, C.made_on >= _FIRST)
    return (
        sa.select(
            C.id, C.by, C.quote, C.metric, C.visibility, C.made_on, C.due_on, C.kept_on, C.status,
            member.c.name.label("owner"), I.permalink,
        )
        .select_from(commitment)
        .outerjoin(member, sa.and_(member.c.id == C.owner_id, live(member)))
        .outerjoin(interaction, sa.and_(I.id == C.interaction_id, live(interaction)))
        .where(C.account_id == _ACCOUNT, recent, live(commitment))
        .order_by(C.due_on, C.id)
    )  # fmt: skip


def _tickets(live: Live) -> sa.Select[Any]:
    """Every ticket that was open at some moment between the instants."""
    alive = sa.and_(T.opened_at < _UNTIL, sa.or_(T.solved_at.is_(None), T.solved_at >= _SINCE))
    return (
        sa.select(T.id, T.opened_at, T.solved_at, T.status, T.priority, T.subject, T.escalated)
        .where(T.account_id == _ACCOUNT, alive, live(ticket))
        .order_by(T.opened_at, T.id)
    )


def _answers(live: Live) -> sa.Select[Any]:
    return (
        sa.select(
            A.id, A.kind, A.score, A.scale_min, A.scale_max, A.at, A.comment, A.person_id,
            person.c.name.label("person"), person.c.title,
        )
        .select_from(survey_answer)
        .outerjoin(person, sa.and_(person.c.id == A.person_id, live(person)))
        .where(A.account_id == _ACCOUNT, A.at >= _SINCE, A.at < _UNTIL, live(survey_answer))
        .order_by(A.at, A.id)
    )  # fmt: skip


def _usage(live: Live) -> sa.Select[Any]:
    return sa.select(U.id, U.on, U.days, U.metric, U.feature, U.value, U.entitlement).where(
        U.account_id == _ACCOUNT, U.on.between(_FIRST, _LAST), live(usage)
    )


def _last_answer(live: Live) -> sa.Select[Any]:
    return sa.select(sa.func.max(A.at).label("at")).where(A.account_id == _ACCOUNT, A.at < _UNTIL, live(survey_answer))


def _last_interaction(live: Live) -> sa.Select[Any]:
    return sa.select(sa.func.max(I.at).label("at")).where(I.account_id == _ACCOUNT, I.at < _UNTIL, live(interaction))


def interactions(reader: Reader, account_id: int, since: datetime, until: datetime) -> list[AnyRow]:
    """What was said and noted, oldest first; of a text its first `_TEXT` characters."""
    return reader.rows(_interactions, account=account_id, since=since, until=until)


def besides(reader: Reader, account_id: int, since: datetime, until: datetime) -> list[AnyRow]:
    """The newest of what was said and noted before and after, newest first."""
    return reader.rows(_besides, account=account_id, since=since, until=until)


def authors(reader: Reader, account_id: int, since: datetime, until: datetime) -> dict[int, str]:
    """The names of those of us who wrote it."""
    return {row.id: row.name for row in reader.rows(_authors, account=account_id, since=since, until=until)}


def promises(reader: Reader, account_id: int, first: date) -> list[AnyRow]:
    """Promises that were made, due or kept from that day on, and all that are open; with where they were said."""
    return reader.rows(_promises, account=account_id, first=first)


def tickets(reader: Reader, account_id: int, since: datetime, until: datetime) -> list[AnyRow]:
    return reader.rows(_tickets, account=account_id, since=since, until=until)


def answers(reader: Reader, account_id: int, since: datetime, until: datetime) -> list[AnyRow]:
    """Survey answers with who gave them."""
    return reader.rows(_answers, account=account_id, since=since, until=until)


def usage_points(reader: Reader, account_id: int, first: date, last: date) -> list[AnyRow]:
    return reader.rows(_usage, account=account_id, first=first, last=last)


def last_heard(reader: Reader, account_id: int, until: datetime) -> tuple[datetime | None, datetime | None]:
    """When a survey was last answered, and when anything was last said or noted, before that instant."""
    found = (reader.row(build, account=account_id, until=until) for build in (_last_answer, _last_interaction))
    answered, said = (row.at if row is not None else None for row in found)
    return answered, said
