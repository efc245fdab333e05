"""What people do with reminders that were sent. Each deed asks whether the row is still as it was seen: of two who act
at once, one does and the other is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa

from bot.domain.reminders.wanted import Wanted
from bot.storage import reminders
from bot.storage.among import among
from bot.storage.database import AnyRow, Reader, Writer
from bot.storage.live import Live
from bot.storage.put import put
from bot.storage.tables import planned_account, reminder, renewal_outcome

Deed = Literal["done", "snoozed", "reassigned", "not renewing", "dismissed"]

_C = reminder.c
_DAY = timedelta(days=1)
# Written as a literal: both databases see only then that the partial index serves.
_STALE = sa.text("redraw IS NOT NULL")


def _by_ids(live: Live) -> sa.Select[Any]:
    return sa.select(reminder).where(among(_C.id, "ids"), live.seen(reminder))


def _in_message(live: Live) -> sa.Select[Any]:
    return (
        sa.select(reminder)
        .where(_C.channel == sa.bindparam("channel"), _C.ts == sa.bindparam("ts"), _C.ts.is_not(None))
        .where(live.seen(reminder))
        .order_by(_C.due_at, _C.id)
    )


def _followers(live: Live) -> sa.Select[Any]:
    """A follower has the anchor of what it follows, so the index by anchor finds it."""
    return (
        sa.select(reminder)
        .where(_C.anchor_id == sa.bindparam("anchor"), _C.follows == sa.bindparam("one"), live.seen(reminder))
        .order_by(_C.id)
    )


def rows(reader: Reader, ids: Sequence[int]) -> dict[int, AnyRow]:
    return {row.id: row for row in reader.rows(_by_ids, ids=ids)} if ids else {}


def in_message(reader: Reader, channel: str, ts: str) -> list[AnyRow]:
    """Everything that one message says, in the order in which it was due."""
    return reader.rows(_in_message, channel=channel, ts=ts)


def followers(reader: Reader, row: AnyRow) -> list[AnyRow]:
    """The snoozes and hand-overs of a reminder, oldest first."""
    return reader.rows(_followers, anchor=row.anchor_id, one=row.id)


def _last_told(live: Live) -> sa.Select[Any]:
    return (
        sa.select(reminder)
        .where(_C.told == sa.bindparam("user"), _C.state == "sent", live.seen(reminder))
        .order_by(_C.sent_at.desc(), _C.id.desc())
        .limit(1)
    )


def _last_told_of(live: Live) -> sa.Select[Any]:
    return _last_told(live).where(_C.account_id == sa.bindparam("account"))


def last_told(reader: Reader, recipient: str, account_id: int | None) -> AnyRow | None:
    """What somebody was told last, about an account or about any."""
    if account_id is None:
        return reader.row(_last_told, user=recipient)
    return reader.row(_last_told_of, user=recipient, account=account_id)


def _next_of_matter(live: Live) -> sa.Select[Any]:
    return (
        sa.select(sa.func.min(_C.due_at).label("due_at"))
        .where(_C.anchor_id == sa.bindparam("anchor"), _C.rule == sa.bindparam("rule"), _C.state == "planned")
        .where(_C.due_at > sa.bindparam("now", type_=_C.due_at.type), live.seen(reminder))
    )


def next_planned(reader: Reader, row: AnyRow, now: datetime) -> datetime | None:
    """When something is said next about what a reminder is about."""
    found = reader.row(_next_of_matter, anchor=row.anchor_id, rule=row.rule, now=now)
    due_at: datetime | None = found.due_at if found is not None else None
    return due_at


def act(writer: Writer, one: int, deed: Deed, by: str, why: str | None) -> bool:
    """Do it, when nobody did anything before; what stands in the conversation is out of date from then on."""
    query = (
        sa.update(reminder)
        .where(_C.id == one, _C.state == "sent", _C.acted.is_(None))
        .values(acted=deed, acted_by=by, acted_at=writer.now, reason=why, redraw=writer.now)
    )
    return writer.execute(query).rowcount == 1


def take_back(writer: Writer, one: int, at: datetime) -> bool:
    """Undo what was done at that instant, unless something else was done since."""
    query = (
        sa.update(reminder)
        .where(_C.id == one, _C.state == "sent", _C.acted_at == at)
        .values(acted=None, acted_by=None, acted_at=None, reason=None, redraw=writer.now)
    )
    return writer.execute(query).rowcount == 1


def drop_follower(writer: Writer, one: int) -> bool:
    """A follower that was not sent yet will not be."""
    query = (
        sa.update(reminder).where(_C.id == one, _C.state == "planned").values(state="cancelled", reason="taken back")
    )
    return writer.execute(query).rowcount == 1


def give_up(writer: Writer, one: int, why: str) -> bool:
    """What was held back is not said there any more. False when it is not held."""
    query = sa.update(reminder).where(_C.id == one, _C.state == "held").values(state="cancelled", reason=why)
    return writer.execute(query).rowcount == 1


def follow(writer: Writer, row: AnyRow, again: Wanted) -> None:
    """Plan a reminder once more, after as many times as it takes: snoozed, then handed over, then snoozed."""
    same = (_C.anchor_id == row.anchor_id, _C.rule == row.rule, _C.anchor_on == row.anchor_on)
    count = sa.select(sa.func.count()).select_from(reminder).where(*same, _C.follows.is_not(None))
    reminders.insert_follower(writer, again, row.id, writer.execute(count).scalar_one() + 1)


def record_outcome(writer: Writer, contract_id: int, anchor_on: Any, values: dict[str, str | None]) -> None:
    """How a renewal ended: outcome, reason, note, by. What was recorded before is overwritten."""
    key = {"contract_id": contract_id, "anchor_on": anchor_on}
    put(writer, renewal_outcome, {**key, **values, "at": writer.now})


def forget_outcome(writer: Writer, contract_id: int, anchor_on: Any) -> None:
    c = renewal_outcome.c
    writer.execute(sa.delete(renewal_outcome).where(c.contract_id == contract_id, c.anchor_on == anchor_on))


def look_again(writer: Writer, account_id: int) -> None:
    """Let the planner look at this account in its next pass: something was decided that is no change of a fact."""
    put(writer, planned_account, {"account_id": account_id, "again_at": writer.now})


def stale_mornings(writer: Writer, member_ids: Sequence[int]) -> None:
    """What a morning message of these members of the last day says is no longer so."""
    since = writer.now - _DAY
    query = sa.update(reminder).where(
        _C.anchor_id.in_(list(member_ids)), _C.rule == "morning", _C.state == "sent", _C.sent_at >= since
    )
    writer.execute(query.values(redraw=writer.now))


def _stale(live: Live) -> sa.Select[Any]:
    return (
        sa.select(_C.channel, _C.ts, sa.func.max(_C.redraw).label("redraw"))
        .where(
            sa.text("redraw IS NOT NULL"), _C.ts.is_not(None), _C.redraw <= sa.bindparam("until", type_=_C.redraw.type)
        )
        .where(live.seen(reminder))
        .group_by(_C.channel, _C.ts)
        .order_by(sa.func.max(_C.redraw))
        .limit(sa.bindparam("limit", type_=sa.Integer()))
    )


def to_redraw(reader: Reader, until: datetime, limit: int) -> list[AnyRow]:
    """channel, ts, redraw of messages that say something that is no longer so, longest first."""
    return reader.rows(_stale, until=until, limit=limit)


def redrawn(writer: Writer, channel: str, ts: str, seen: datetime) -> None:
    """The message shows what held at `seen`; what was done later keeps it stale."""
    query = sa.update(reminder).where(_C.channel == channel, _C.ts == ts, _C.redraw <= seen).values(redraw=None)
    writer.execute(query)
