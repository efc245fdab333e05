"""What is kept for longer than it may be: how much of it there is, and letting it go in small steps.

Indexes follow by the tables' own triggers. What figures and plans rest on stays: only words go, or rows on which
nothing rests. A reminder's row stays: without it the planner would plan it again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.storage.database import Reader, Writer
from bot.storage.overwriting import overwriting
from bot.storage.tables import (
    ask_turn,
    audit_event,
    audit_value,
    change,
    health_reading,
    interaction,
    qbr,
    qbr_feedback,
    qbr_version,
    reminder,
    review_item,
    skill_run,
    survey_answer,
    ticket,
)

STEP: Final = 2_000
_CLOSED: Final = ("sent", "cancelled", "superseded", "failed")
_OF_A_REMINDER: Final = ("told", "acted_by", "reason", "channel", "ts")
"""Who got it, what they said with it, and where it stands."""


@dataclass(frozen=True, slots=True)
class Before:
    """What is older than this goes: an instant, and the day that it is in the workspace's zone."""

    at: datetime
    on: date

    @classmethod
    def day(cls, on: date, zone: ZoneInfo) -> Before:
        return cls(datetime.combine(on, time(), zone), on)


@dataclass(frozen=True, slots=True)
class _Rule:
    """Which rows of a table are over, and what is emptied in them; None: the rows go, with those of `parts`."""

    table: sa.Table
    over: Callable[[Before], sa.ColumnElement[bool]]
    empty: tuple[str, ...] | None = None
    parts: tuple[sa.Column[Any], ...] = ()


def _said(table: sa.Table, *columns: str) -> sa.ColumnElement[bool]:
    return sa.or_(*(table.c[name].is_not(None) for name in columns))


def _unapproved(before: Before) -> sa.ColumnElement[bool]:
    v = qbr_version.c
    of_it = v.qbr_id == qbr.c.id
    newer = sa.exists().where(of_it, sa.or_(v.at >= before.at, v.deed.in_(("approved", "shared"))))
    return sa.and_(qbr.c.created_at < before.at, ~newer)


def _over(before: Before) -> sa.ColumnElement[bool]:
    c = reminder.c
    return sa.and_(c.state.in_(_CLOSED), c.due_at < before.at, _said(reminder, *_OF_A_REMINDER))


def _recorded(before: Before) -> sa.ColumnElement[bool]:
    e = audit_event.c
    return sa.and_(audit_value.c.salt.is_not(None), audit_value.c.seq.in_(sa.select(e.seq).where(e.at < before.at)))


_i, _t, _s = interaction.c, ticket.c, survey_answer.c
RULES: Final[dict[str, _Rule]] = {
    "conversations": _Rule(
        interaction, lambda b: sa.and_(_i.at < b.at, _said(interaction, "subject", "text")), ("subject", "text")
    ),
    "tickets": _Rule(ticket, lambda b: sa.and_(_t.solved_at < b.at, _said(ticket, "subject")), ("subject",)),
    "answers": _Rule(survey_answer, lambda b: sa.and_(_s.at < b.at, _said(survey_answer, "comment")), ("comment",)),
    "questions": _Rule(ask_turn, lambda b: ask_turn.c.at < b.at),
    "drafts": _Rule(skill_run, lambda b: sa.and_(skill_run.c.at < b.at, _said(skill_run, "draft")), ("draft",)),
    "reviews": _Rule(qbr, _unapproved, None, (qbr_feedback.c.qbr_id, qbr_version.c.qbr_id)),
    "reminders": _Rule(reminder, _over, _OF_A_REMINDER),
    "health": _Rule(health_reading, lambda b: health_reading.c.on < b.on),
    "trail": _Rule(audit_value, _recorded, ("before", "after", "salt")),
    "leftovers": _Rule(
        review_item, lambda b: review_item.c.change_id.in_(sa.select(change.c.id).where(change.c.started_at < b.at))
    ),
}
"""By the name of the setting."""


def count(reader: Reader, what: str, before: Before) -> int:
    """How many rows are over."""
    rule = RULES[what]
    query = sa.select(sa.func.count()).select_from(rule.table).where(rule.over(before))
    return int(reader.connection.execute(query).scalar_one())


def let_go(writer: Writer, what: str, before: Before) -> int:
    """Up to `STEP` rows that are over go, or lose their words; how many. 0: there are none left."""
    rule = RULES[what]
    keys = list(rule.table.primary_key.columns)
    found = writer.execute(sa.select(*keys).where(rule.over(before)).limit(STEP)).all()
    if not found:
        return 0
    these = sa.tuple_(*keys).in_([tuple(row) for row in found]) if len(keys) > 1 else keys[0].in_([r[0] for r in found])
    with overwriting(writer):
        for column in rule.parts:
            writer.execute(sa.delete(column.table).where(column.in_([row[0] for row in found])))
        if rule.empty is None:
            return writer.execute(sa.delete(rule.table).where(these)).rowcount
        return writer.execute(sa.update(rule.table).where(these).values(dict.fromkeys(rule.empty))).rowcount
