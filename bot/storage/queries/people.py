"""Our own people: who is behind a Slack user."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from bot.storage import sight
from bot.storage.among import among, among_texts
from bot.storage.database import AnyRow, Reader
from bot.storage.live import Live
from bot.storage.tables import assignment, member


def _by_slack_user(live: Live) -> sa.Select[Any]:
    return sa.select(member).where(member.c.slack_user_id == sa.bindparam("user"), live(member)).limit(2)


def _by_slack_users(live: Live) -> sa.Select[Any]:
    return sa.select(member.c.slack_user_id, member.c.name).where(
        among_texts(member.c.slack_user_id, "users"), live(member)
    )


def _by_id(live: Live) -> sa.Select[Any]:
    return sa.select(member).where(member.c.id == sa.bindparam("member"), live(member))


def _by_email(live: Live) -> sa.Select[Any]:
    return sa.select(member).where(member.c.email == sa.bindparam("email"), live(member)).limit(2)


def _by_name(live: Live) -> sa.Select[Any]:
    return sa.select(member).where(member.c.folded == sa.bindparam("folded"), live(member)).limit(5)


def _starting_with(live: Live) -> sa.Select[Any]:
    return (
        sa.select(member)
        .where(member.c.folded.startswith(sa.bindparam("folded"), autoescape=False), live(member))
        .limit(5)
    )


def member_behind(reader: Reader, user_id: str, email: str | None) -> AnyRow | None:
    """The member with this Slack user, else the only one with this e-mail; None for nobody or several."""
    found = reader.rows(_by_slack_user, user=user_id)
    if not found and email:
        found = reader.rows(_by_email, email=email.lower())
    return found[0] if len(found) == 1 else None


def names_behind(reader: Reader, user_ids: Collection[str]) -> dict[str, str]:
    """The names of the members with these Slack users, as far as they are known."""
    return {row.slack_user_id: row.name for row in reader.rows(_by_slack_users, users=user_ids)} if user_ids else {}


def members_called(reader: Reader, folded: str) -> list[AnyRow]:
    """Members of exactly this folded name, else those whose name starts with it."""
    return reader.rows(_by_name, folded=folded) or reader.rows(_starting_with, folded=folded)


def member_of_id(reader: Reader, member_id: int) -> list[AnyRow]:
    return reader.rows(_by_id, member=member_id)


def team_of(reader: Reader, lead_id: int) -> list[int]:
    """The lead, whoever reports to the lead, and everybody of the lead's team."""
    return [row[0] for row in reader.rows(sight.team_of, lead=lead_id)]


def _owned(live: Live) -> sa.Select[Any]:
    c = assignment.c
    return sa.select(c.account_id).where(among(c.member_id, "members"), c.role == "owner", live(assignment))


def accounts_owned_by(reader: Reader, members: list[int]) -> list[int]:
    return [row[0] for row in reader.rows(_owned, members=members)] if members else []


def _owned_by(live: Live) -> sa.Select[Any]:
    c = assignment.c
    return sa.select(c.account_id, c.member_id).where(
        among(c.member_id, "members"), c.role == "owner", live(assignment)
    )


def _of_ids(live: Live) -> sa.Select[Any]:
    return sa.select(member).where(among(member.c.id, "ids"), live(member)).order_by(member.c.name)


def _owners_in_all(live: Live) -> sa.Select[Any]:
    c = assignment.c
    owning = sa.select(c.member_id).where(c.role == "owner", live(assignment))
    return sa.select(member).where(member.c.id.in_(owning), live(member)).order_by(member.c.name)


def owned_by(reader: Reader, members: list[int]) -> list[AnyRow]:
    """account_id and member_id of what these members own."""
    return reader.rows(_owned_by, members=members) if members else []


def members_of_ids(reader: Reader, ids: list[int]) -> list[AnyRow]:
    """By name."""
    return reader.rows(_of_ids, ids=ids) if ids else []


def owners_in_all(reader: Reader) -> list[AnyRow]:
    """Everybody who owns an account, by name."""
    return reader.rows(_owners_in_all)


def _working(live: Live) -> sa.Select[Any]:
    c = assignment.c
    return sa.select(c.member_id).where(
        c.account_id == sa.bindparam("account"), c.member_id == sa.bindparam("member"), live(assignment)
    )


def works_on(reader: Reader, member_id: int, account_id: int) -> bool:
    """Whether somebody has any part in an account."""
    return reader.row(_working, account=account_id, member=member_id) is not None
