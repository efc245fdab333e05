"""What reminders are about, read for a batch of them at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.storage.among import among
from bot.storage.database import AnyRow, Reader
from bot.storage.live import Live
from bot.storage.tables import interaction, schedule


def _schedules(live: Live) -> sa.Select[Any]:
    return sa.select(schedule).where(among(schedule.c.id, "ids"), live.seen(schedule))


def _next_steps(live: Live) -> sa.Select[Any]:
    c = interaction.c
    last = (
        sa.select(
            c.account_id, c.next_step, c.next_step_on,
            sa.func.row_number().over(partition_by=c.account_id, order_by=c.at.desc()).label("place"),
        )
        .where(
            among(c.account_id, "ids"),
            c.at >= sa.bindparam("since", type_=c.at.type),
            c.next_step.is_not(None),
            live(interaction),
        )
        .subquery()
    )  # fmt: skip
    return sa.select(last.c.account_id, last.c.next_step, last.c.next_step_on).where(last.c.place == 1)


def schedules(reader: Reader, ids: Sequence[int]) -> dict[int, AnyRow]:
    return {row.id: row for row in reader.rows(_schedules, ids=ids)} if ids else {}


def next_steps(reader: Reader, ids: Sequence[int], since: datetime) -> dict[int, AnyRow]:
    """The next step that was noted last for each account, by account."""
    return {row.account_id: row for row in reader.rows(_next_steps, ids=ids, since=since)} if ids else {}
