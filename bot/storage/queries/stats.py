"""Counts and sums over the whole book."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from bot.storage.database import Reader
from bot.storage.live import Live
from bot.storage.tables import account, assignment, member, opportunity

COUNTED = {
    "accounts": "account", "people": "person", "members": "member", "products": "product", "contracts": "contract",
    "contract_lines": "contract_line", "opportunities": "opportunity", "opportunity_lines": "opportunity_line",
    "interactions": "interaction", "promises": "commitment", "tickets": "ticket", "surveys": "survey_answer",
    "usage": "usage", "churn_events": "revenue_movement",
}  # fmt: skip


def count(reader: Reader, table: sa.Table) -> int:
    def build(live: Live) -> sa.Select[Any]:
        return sa.select(sa.func.count()).select_from(table).where(live(table))

    return int(reader.run_once(build).scalar_one())


def _subsidiaries(live: Live) -> sa.Select[Any]:
    return sa.select(sa.func.count()).select_from(account).where(account.c.parent_id.is_not(None), live(account))


def subsidiaries(reader: Reader) -> int:
    return int(reader.rows(_subsidiaries)[0][0])


def _without_owner(live: Live) -> sa.Select[Any]:
    c = assignment.c
    owned = (
        sa.select(c.account_id)
        .join(member, sa.and_(member.c.id == c.member_id, live(member)))
        .where(c.role == "owner", member.c.active.is_(sa.true()), live(assignment))
    )
    return sa.select(sa.func.count()).select_from(account).where(account.c.id.not_in(owned), live(account))


def accounts_without_owner(reader: Reader) -> int:
    """Accounts that nobody owns, or whose owner left."""
    return int(reader.rows(_without_owner)[0][0])


def _outcomes(live: Live) -> sa.Select[Any]:
    c = opportunity.c
    return (
        sa.select(c.outcome, c.account_id.is_(None), sa.func.count())
        .where(live(opportunity))
        .group_by(c.outcome, c.account_id.is_(None))
    )


def outcomes(reader: Reader) -> dict[tuple[str, bool], int]:
    """Opportunities by (outcome, without an account)."""
    return {(row[0], bool(row[1])): int(row[2]) for row in reader.rows(_outcomes)}


def _won(live: Live) -> sa.Select[Any]:
    c = opportunity.c
    return (
        sa.select(c.amount, c.currency, c.opened_on, c.closed_on, account.c.name)
        .select_from(opportunity)
        .outerjoin(account, sa.and_(account.c.id == c.account_id, live(account)))
        .where(c.outcome == "won", live(opportunity))
    )


def won(reader: Reader) -> Iterator[tuple[Decimal | None, str | None, date | None, date | None, str | None]]:
    """(amount, currency, opened on, closed on, account) of every won opportunity."""
    for row in reader.rows(_won):
        yield tuple(row)


def _account_ids(live: Live) -> sa.Select[Any]:
    return (
        sa.select(account.c.id)
        .where(account.c.id > sa.bindparam("after"), live(account))
        .order_by(account.c.id)
        .limit(sa.bindparam("most"))
    )


def account_ids(reader: Reader, step: int = 2_000) -> Iterator[list[int]]:
    """All accounts, in pieces."""
    after = 0
    while found := [row[0] for row in reader.rows(_account_ids, after=after, most=step)]:
        yield found
        after = found[-1]
