"""Who stands behind an account, and behind them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from bot.storage.among import among
from bot.storage.database import AnyRow, Reader
from bot.storage.live import Live
from bot.storage.tables import assignment, member, schedule


def _assigned(live: Live) -> sa.Select[Any]:
    c = assignment.c
    return (
        sa.select(c.account_id, c.role.label("part"), c.member_id)
        .where(among(c.account_id, "ids"), live(assignment))
        .order_by(c.account_id, c.role, c.member_id)
    )


def _members(live: Live) -> sa.Select[Any]:
    c = member.c
    return sa.select(
        c.id, c.name, c.email, c.slack_user_id, c.active, c.role, c.team, c.manager_id, c.timezone
    ).where(live(member))  # fmt: skip


def _creators(live: Live) -> sa.Select[Any]:
    return sa.select(schedule.c.id, schedule.c.created_by).where(among(schedule.c.id, "ids"), live.seen(schedule))


def assigned(reader: Reader, account_ids: Sequence[int]) -> dict[int, list[AnyRow]]:
    """part and member_id of everybody who is assigned to each of these accounts."""
    found: dict[int, list[AnyRow]] = {}
    for row in reader.rows(_assigned, ids=account_ids) if account_ids else ():
        found.setdefault(row.account_id, []).append(row)
    return found


def members(reader: Reader) -> dict[int, AnyRow]:
    """The whole team by id: id, name, email, slack_user_id, active, role, team, manager_id, timezone."""
    return {row.id: row for row in reader.rows(_members)}


def creators(reader: Reader, schedule_ids: Sequence[int]) -> dict[int, str]:
    """The Slack users whose own reminders these are."""
    return {row.id: row.created_by for row in reader.rows(_creators, ids=schedule_ids)} if schedule_ids else {}
