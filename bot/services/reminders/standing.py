"""What a message that was sent says now: its reminders by the facts of today, and what became of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.audience import Audience
from bot.domain.policy import Policies
from bot.services.lookup import require_internal
from bot.services.reminders.matters import facts, matter
from bot.services.results.matters import Acted, Reminding
from bot.storage import acts
from bot.storage.database import AnyRow, Database, Reader
from bot.storage.outbox import of_row

LATE = timedelta(minutes=10)
"""From here on a reminder says that it is late; waiting for one's turn takes less."""


@dataclass(frozen=True, slots=True)
class Place:
    """A message in a conversation."""

    channel: str
    ts: str


def place_of(row: AnyRow) -> Place | None:
    return Place(row.channel, row.ts) if row.channel is not None and row.ts is not None else None


def standing(
    database: Database, audience: Audience, place: Place, policies: Policies, now: datetime, today: date
) -> Reminding | None:
    """None when it is no message of ours, or all that it was about is gone."""
    require_internal(audience)
    with database.reading(audience) as reader:
        return read(reader, acts.in_message(reader, place.channel, place.ts), policies, now, today)


def read(reader: Reader, rows: Iterable[AnyRow], policies: Policies, now: datetime, today: date) -> Reminding | None:
    by_row = [(row, of_row(row)) for row in rows]
    known = facts(reader, [one for _, one in by_row], policies, now, today)
    matters = tuple(
        said.model_copy(update={"acted": acted(reader, row)})
        for row, one in by_row
        if (said := matter(one, known, policies)) is not None
    )
    if not matters:
        return None
    late = next((row.due_at for row, _ in by_row if row.sent_at and row.sent_at - row.due_at > LATE), None)
    return Reminding(matters=matters, late_since=late)


def acted(reader: Reader, row: AnyRow) -> Acted | None:
    """What became of a reminder."""
    if row.acted is None:
        return None
    last = next(iter(reversed(acts.followers(reader, row))), None)
    handed = row.acted == "reassigned"
    return Acted(
        how=row.acted,
        by=row.acted_by,
        at=row.acted_at,
        until=last.due_at if last is not None and row.acted == "snoozed" else None,
        to=row.reason if handed else None,
        why=None if handed else row.reason,
        undoable=_by_click(row) and (last is None or last.state in {"planned", "cancelled"}),
    )


def _by_click(row: AnyRow) -> bool:
    """Whether somebody did that from the message. What the facts settled is undone where the facts are."""
    return row.acted in {"snoozed", "reassigned", "not renewing", "dismissed"} or (
        row.acted == "done" and row.reason is None
    )
