"""What a message that was sent says now: its reminders by the facts of today, and what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.audience import Audience
from bot.domain.policy import Policies
from bot.domain.reminders.moment import Instead, matter_of, moment
from bot.domain.reminders.wanted import channel_of, to_person
from bot.domain.when.wall import local_day
from bot.services.lookup import require_internal
from bot.services.preferences import Usual
from bot.services.reminders.matters import facts, matter
from bot.services.reminders.mornings import again
from bot.services.reminders.people import People
from bot.services.results.matters import Acted, Reminding, Says, Standing
from bot.storage import acts
from bot.storage.database import AnyRow, Database, Reader
from bot.storage.outbox import of_row

LATE = timedelta(minutes=10)
"""From here on a reminder says that it is late; waiting for one's turn takes less."""


def standing(
    database: Database, audience: Audience, channel: str, ts: str, policies: Policies, usual: Usual, now: datetime
) -> Standing | None:
    """What a message is to say now; None when it is none of ours."""
    require_internal(audience)
    with database.reading(audience) as reader:
        rows = acts.in_message(reader, channel, ts)
        if not rows:
            return None
        told = next((row.told for row in rows if row.told is not None), None)
        says = _read(reader, rows, policies, usual, now)
        return Standing(channel=channel, ts=ts, told=told, as_of=now, says=says)


def _read(reader: Reader, rows: Sequence[AnyRow], policies: Policies, usual: Usual, now: datetime) -> Says:
    """What is said of these rows; those whose matter is gone are left out, but for lines of a morning message."""
    by_row = [(row, of_row(row)) for row in rows]
    posted = [row for row in rows if row.carrier == "own" and row.sent_at is not None]
    late = next((row.due_at for row in posted if row.sent_at - row.due_at > LATE), None)
    became = {row.id: found for row in rows if (found := acted(reader, row)) is not None}
    around = next((row for row in rows if row.rule == "morning"), None)
    meant = _meant_for(reader, around if around is not None else rows[0], policies, usual)
    if around is not None:
        lines = [one for _, one in by_row if one.rule != "morning"]
        says = again(reader, around, lines, became, policies, usual, now)
        return says.model_copy(update={**meant, "late_since": late})
    known = facts(reader, [one for _, one in by_row], policies, now, local_day(now, usual.zone))
    said = ((row.id, matter(one, known, policies)) for row, one in by_row)
    matters = tuple(each.model_copy(update={"acted": became.get(one)}) for one, each in said if each is not None)
    return Reminding(matters=matters, late_since=late, **meant)


def _meant_for(reader: Reader, row: AnyRow, policies: Policies, usual: Usual) -> dict[str, str]:
    """For whom it was and why they did not get it, as far as our data still tells; empty when they did."""
    if row.sent_at is None or channel_of(row.recipient) is not None:
        return {}
    about = [row.account_id] if row.account_id is not None else []
    people = People(reader, about, usual, policies.access)
    comes_round = row.rule in {"morning", "weekly"}
    chain = people.of_round(row.anchor_id) if comes_round else people.chain(row.recipient, row.account_id)
    verdict = moment(chain, matter_of(of_row(row)), policies.reminders.wait_days, row.sent_at)
    if not isinstance(verdict, Instead) or to_person(verdict.to.presence.slack_user_id) != row.told:
        return {}
    return {"instead_of": chain[0].presence.name, "because": verdict.why}


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
