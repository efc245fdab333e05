"""What waits for the morning messages, and what a weekly line counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.reminders.reminder import Reminder
from bot.storage.among import among
from bot.storage.database import AnyRow, Reader
from bot.storage.live import Live
from bot.storage.outbox import of_row
from bot.storage.tables import change, commitment, reminder

_READ = tuple(reminder.c[name] for name in Reminder.__dataclass_fields__)
_C = commitment.c
# As its index says it, so that both databases see that it serves.
_TO_TELL = sa.text("carrier = 'morning' AND state = 'planned'")


def _waiting(live: Live) -> sa.Select[Any]:
    c = reminder.c
    return (
        sa.select(*_READ)
        .where(_TO_TELL, c.account_id.is_not(None), c.due_at <= sa.bindparam("until", type_=c.due_at.type))
        .where(live.seen(reminder))
        .order_by(c.id)
    )


def _late(live: Live) -> sa.Select[Any]:
    return sa.select(_C.id, _C.account_id, _C.owner_id).where(
        _C.by == "us", _C.due_on < sa.bindparam("day", type_=_C.due_on.type), live(commitment)
    )


def _overdue(live: Live) -> sa.Select[Any]:
    return _late(live).where(_C.status == "open").order_by(_C.due_on, _C.id)


def _ended(live: Live) -> sa.Select[Any]:
    since = sa.bindparam("since", type_=change.c.started_at.type)
    return (
        _late(live)
        .add_columns(_C.status, change.c.actor, change.c.started_at)
        .join(change, change.c.id == _C.v_in)
        .where(_C.status != "open", change.c.started_at >= since)
        .order_by(_C.due_on, _C.id)
    )


def waiting(reader: Reader, until: datetime) -> list[Reminder]:
    """Lines that are due by then."""
    return [of_row(row) for row in reader.rows(_waiting, until=until)]


def overdue(reader: Reader, day: date) -> list[AnyRow]:
    """id, account_id, owner_id of promises of ours that were due before this day and are open."""
    return reader.rows(_overdue, day=day)


def ended(reader: Reader, day: date, since: datetime) -> list[AnyRow]:
    """The same of those that somebody ended since, with how (`status`), by whom and when."""
    return reader.rows(_ended, day=day, since=since)


def _told_about(live: Live) -> sa.Select[Any]:
    c = reminder.c
    return sa.select(c.rule, c.acted, c.sent_at).where(
        among(c.account_id, "ids"),
        c.state == "sent",
        c.sent_at >= sa.bindparam("since", type_=c.sent_at.type),
        live.seen(reminder),
    )


def _reminded(live: Live) -> sa.Select[Any]:
    c = reminder.c
    planned = sa.or_(c.state == "planned", c.state == "claimed", c.state == "doubt")
    return sa.select(c.account_id).where(planned, c.account_id.is_not(None), live.seen(reminder)).distinct()


def told_about(reader: Reader, account_ids: Sequence[int], since: datetime) -> list[AnyRow]:
    """rule, acted, sent_at of what was said since then about these accounts."""
    return reader.rows(_told_about, ids=account_ids, since=since) if account_ids else []


def reminded(reader: Reader) -> list[int]:
    """Accounts about which something is to be said."""
    return [row[0] for row in reader.rows(_reminded)]
