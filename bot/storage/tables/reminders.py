"""Reminders as rows with a life, and what they are made from: rules of one's own, outcomes, the planner's memory.

Not versioned: a reminder says what was sent to whom, which no undo takes back. Every change of `state` is guarded by
the state it leaves and by who holds the row.
"""

from __future__ import annotations

import sqlalchemy as sa

from bot.storage.tables.base import column, key, link, table, text
from bot.storage.types import BigInt, Day, Instant

_TO_SEND = sa.text("carrier = 'own' AND state IN ('planned', 'claimed', 'doubt')")
_TO_TELL = sa.text("carrier = 'morning' AND state = 'planned'")
_POSTED = sa.text("ts IS NOT NULL")
_TOLD = sa.text("told IS NOT NULL")
_STALE = sa.text("redraw IS NOT NULL")

reminder = table(
    "reminder",
    key(),
    sa.Column("key", sa.Text(), nullable=False, unique=True),  # see bot.domain.reminders.Wanted.key
    text("rule", required=True),
    link("account_id"),
    column("anchor_id", BigInt, required=True),
    column("anchor_on", Day(), required=True),
    column("milestone", BigInt, required=True),
    text("recipient", required=True),  # owner | slack:U... | channel:C...
    text("carrier", required=True),  # own | morning
    text("zone", required=True),  # IANA zone of the wall time behind due_at
    column("due_at", Instant(), required=True),  # moved by quiet hours and snoozes
    column("wanted_at", Instant(), required=True),  # the first due_at, shown when it comes late
    text("state", required=True),  # planned | claimed | doubt | sent | held | failed | cancelled | superseded
    text("reason"),  # why it was held, failed, cancelled, superseded or moved
    text("claimed_by"),
    column("claimed_at", Instant()),  # the first claim after which it may have been posted
    column("claimed_until", Instant()),  # the end of the lease; of a doubt, when to look
    column("attempts", BigInt, required=True),
    text("channel"),  # where it stands, or may stand
    text("ts"),
    column("sent_at", Instant()),
    text("told"),  # who got it, or who was told that it failed or is held
    text("acted"),  # done | snoozed | reassigned | not renewing | dismissed
    text("acted_by"),
    column("acted_at", Instant()),
    column("redraw", Instant()),  # since when what stands there is out of date
    column("follows", BigInt),  # the reminder that this one is a snooze of
    column("created_at", Instant(), required=True),
    sa.Index("ix_reminder_to_send", "due_at", "id", sqlite_where=_TO_SEND, postgresql_where=_TO_SEND),
    sa.Index("ix_reminder_to_tell", "account_id", "due_at", sqlite_where=_TO_TELL, postgresql_where=_TO_TELL),
    sa.Index("ix_reminder_account", "account_id"),
    sa.Index("ix_reminder_anchor", "anchor_id"),
    sa.Index("ix_reminder_posted", "channel", "ts", sqlite_where=_POSTED, postgresql_where=_POSTED),
    sa.Index("ix_reminder_told", "told", "sent_at", sqlite_where=_TOLD, postgresql_where=_TOLD),
    sa.Index("ix_reminder_redraw", "redraw", sqlite_where=_STALE, postgresql_where=_STALE),
)

schedule = table(
    "schedule",
    key(),
    sa.Column("account_id", BigInt, sa.ForeignKey("entity.id"), index=True),
    text("text", required=True),  # the words of the person who wants it
    text("phrase", required=True),  # when, in their words
    text("times"),  # when, as bot.domain.when.stored writes it; None where it is counted from a date that may move
    text("zone", required=True),
    text("recipient", required=True),
    text("created_by", required=True),
    column("created_at", Instant(), required=True),
    text("state", required=True),  # active | paused | deleted
    column("next_on", Day()),  # the day it comes next; None when it is over
    column("occurrence", BigInt, required=True),  # how many were planned so far
    text("anchor"),  # renewal | notice | ...: counted from a date that may move
    column("anchor_amount", BigInt),
    text("anchor_unit"),  # days | business days | weeks | months
    text("anchor_side"),  # before | after
    text("anchor_at"),  # HH:MM on that day
    sa.Index("ix_schedule_creator", "created_by"),
)

renewal_outcome = table(
    "renewal_outcome",
    sa.Column("contract_id", BigInt, sa.ForeignKey("entity.id"), nullable=False),
    sa.Column("anchor_on", Day(), nullable=False),
    text("outcome", required=True),  # renewed | not renewing
    text("reason"),  # one of a closed list
    text("note"),
    text("by", required=True),
    column("at", Instant(), required=True),
    sa.PrimaryKeyConstraint("contract_id", "anchor_on"),
)

planned_through = table(
    "planned_through",
    sa.Column("name", sa.Text(), primary_key=True),  # one row: "all"
    text("rules", required=True),  # a hash of the policies that were applied
    column("change_id", BigInt, required=True),  # no change up to this one can bring anything new
    column("undone", BigInt, required=True),  # how many changes were undone by then
)

planned_change = table(
    "planned_change",
    key("change_id"),  # a change after that one which has been looked at
)

planned_account = table(
    "planned_account",
    sa.Column("account_id", BigInt, sa.ForeignKey("entity.id"), primary_key=True, autoincrement=False),
    column("again_at", Instant(), required=True),  # from then on there is something new to plan
    sa.Index("ix_planned_account_again_at", "again_at"),
)
