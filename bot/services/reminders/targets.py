"""Letters on the point of being posted, and the day's budget that they are held against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from bot.domain.policy import ReminderPolicy
from bot.domain.reminders.budget import COUNTED, Due, Said, over_budget
from bot.domain.reminders.wanted import to_person
from bot.domain.when.wall import local_day
from bot.domain.when.wall import resolve as instant_of
from bot.services.reminders.letters import Letter
from bot.storage import outbox
from bot.storage.database import AnyRow, Writer


@dataclass(frozen=True, slots=True)
class Target:
    """A letter and the conversation that it is about to be posted to."""

    letter: Letter
    place: str

    @property
    def told(self) -> str | None:
        return to_person(self.letter.user) if self.letter.user is not None else None


@dataclass(frozen=True, slots=True)
class Kept:
    """The reminders that are ours, and until when. The others are in other hands, or were left to the next morning
    message."""

    until: datetime
    ours: frozenset[int]


def beyond_budget(writer: Writer, targets: Sequence[Target], policy: ReminderPolicy, now: datetime) -> dict[int, str]:
    """Why letters are left to the next morning message, by the id of their first reminder.

    Counts what was said today, and what anybody is about to say. Decided while nobody else decides.
    """
    counted = [one for one in targets if one.told is not None and one.letter.first.rule in COUNTED]
    if not counted:
        return {}
    outbox.spend_in_turn(writer)
    starts = {str(one.told): _day_start(one.letter, now) for one in counted}
    mine = {reminder.id for one in targets for reminder in one.letter.reminders}
    said: dict[str, Said] = {}
    told = outbox.told_since(writer, sorted(starts), min(starts.values()))
    for user, start in starts.items():
        rows = [row for row in told if row.told == user and row.id not in mine]
        said[user] = _said([row for row in rows if row.sent_at is None or row.sent_at >= start])
    due = [Due(one.letter.first, str(one.told), pressing=one.letter.pressing) for one in counted]
    return over_budget(due, said, policy)


def _said(rows: Sequence[AnyRow]) -> Said:
    messages = {(row.channel, row.ts) if row.ts is not None else row.id for row in rows}
    return Said(len(messages), frozenset(row.account_id for row in rows if row.account_id is not None))


def _day_start(letter: Letter, now: datetime) -> datetime:
    zone = letter.preferences.zone
    return instant_of(datetime.combine(local_day(now, zone), time()), zone)
