"""Morning messages: whose lines are whose.

Lines wait until somebody's morning comes. They belong to whoever would be told now: the owner, who stands in for them,
who leads them. So each line is in one message only, and those of somebody away are in the message of their stand-in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property

from bot.domain.audience import SYSTEM, only_the_asker
from bot.domain.ids import parse_id
from bot.domain.policy import Policies
from bot.domain.reminders.moment import Instead, Matter, Send, moment
from bot.domain.reminders.presence import Addressee
from bot.domain.reminders.promises import OVERDUE, once_overdue
from bot.domain.reminders.reminder import Reminder
from bot.domain.reminders.sight import Chain
from bot.domain.reminders.wanted import OWNER, Wanted, to_member
from bot.domain.when.wall import local_day
from bot.services.preferences import Usual
from bot.services.reminders.gather import gather
from bot.services.reminders.lines import Lines, line_of, said
from bot.services.reminders.people import People
from bot.services.results.matters import Acted, Morning, MorningLine
from bot.storage import outbox, reminders
from bot.storage.database import AnyRow, Database, Reader
from bot.storage.queries import mornings as queries
from bot.storage.queries import planning, preferences

_EVERYTHING = only_the_asker(SYSTEM)
_DAY = timedelta(days=1)
_UNOWNED = "nobody owns it"
_HOW = {"missed": "missed", "cancelled": "no longer needed"}


class Mornings:
    """Everybody's morning as of an instant; who is to hear what is read once, for all of them."""

    def __init__(self, reader: Reader, policies: Policies, usual: Usual, now: datetime) -> None:
        self.reader, self.policies, self.usual, self.now = reader, policies, usual, now
        self._rows = queries.waiting(reader, now + _DAY)
        self._late = queries.overdue(reader, local_day(now, usual.zone) + _DAY)
        ids = {row.account_id for row in self._rows if row.account_id is not None}
        about = sorted(ids.union(row.account_id for row in self._late))
        self._people = People(reader, about, usual, policies.access)

    def of_member(self, member_id: int) -> tuple[Morning, tuple[int, ...]] | None:
        """The message and the rows that it speaks for; None when there is nothing to say."""
        to = self._people.of_member(member_id)
        waiting = self._waiting.get(to.presence.slack_user_id) if to is not None else None
        if to is None or waiting is None:
            return None
        zone = to.preferences.zone
        today = local_day(self.now, zone)
        mine = Lines([row for row in waiting.rows if local_day(row.due_at, zone) <= today], waiting.promises)
        found = said(self.reader, mine, self.policies, self.usual, self.now)
        if found is None:
            return None
        by_id = {row.id: row for row in mine.rows}
        lines = _owned(self._people, tuple(line_of(line, by_id) for line in found.lines))
        return Morning(on=today, lines=lines, left_out=found.left_out), found.carried

    def alone(self) -> list[int]:
        """Rows that are due of those who want no morning message: they come by themselves."""
        due = [row for row in self._rows if row.due_at <= self.now]
        return [row.id for row, to in self._addressed(due) if not to.preferences.digest]

    def overdue_alone(self) -> list[Wanted]:
        """Promises past their day of those who want no morning message: each is said once, by itself."""
        alone = {}
        for one in self._late:
            told = _told(_chain(self._people, one), self.policies, self.now)
            if told is not None and not told.preferences.digest:
                alone[one.id] = one.account_id
        ids = sorted(set(alone.values()))
        rows = planning.rows(self.reader, ids) if ids else {}
        said = {row.anchor_id for found in rows.values() for row in found if row.milestone == OVERDUE}
        accounts = gather(self.reader, ids, self.now, self.usual.zone) if ids else {}
        promises = (one for account in accounts.values() for one in account.promises if one.id in alone.keys() - said)
        wanted = (once_overdue(one, self.policies.reminders, self.now) for one in promises)
        return [one for one in wanted if one is not None]

    @cached_property
    def _waiting(self) -> dict[str, Lines]:
        """By the one who would be told now."""
        found: dict[str, Lines] = {}
        for row, to in self._addressed(self._rows):
            found.setdefault(to.presence.slack_user_id, Lines([], [])).rows.append(row)
        for one in self._late:
            told = _told(_chain(self._people, one), self.policies, self.now)
            if told is not None:
                lines = found.setdefault(told.presence.slack_user_id, Lines([], []))
                lines.promises.append((one.id, one.account_id))
        return found

    def _addressed(self, rows: Sequence[Reminder]) -> Iterator[tuple[Reminder, Addressee]]:
        for row in rows:
            told = _told(self._people.chain(row.recipient, row.account_id), self.policies, self.now)
            if told is not None:
                yield row, told


def let_go(database: Database, policies: Policies, usual: Usual, now: datetime) -> int:
    """What would be lines for those who want no morning message becomes messages of their own when it is due; how
    many."""
    with database.reading(_EVERYTHING) as reader:
        if all(chosen.digest is not False for chosen in preferences.all_choices(reader).by_user.values()):
            return 0
        mornings = Mornings(reader, policies, usual, now)
        alone, overdue = mornings.alone(), mornings.overdue_alone()
    if not alone and not overdue:
        return 0
    with database.writing(_EVERYTHING, now) as writer:
        return outbox.let_go(writer, alone) + reminders.insert(writer, overdue)


def again(
    reader: Reader,
    sent: AnyRow,
    rows: Sequence[Reminder],
    acted: Mapping[int, Acted],
    policies: Policies,
    usual: Usual,
    now: datetime,
) -> Morning:
    """What a morning message that was sent says now: `sent` is its own row, `rows` are those of its lines. Promises
    past their day have none: those are said of which its reader would have been told then."""
    late = queries.overdue(reader, local_day(sent.sent_at, usual.zone) + _DAY)
    over = queries.ended(reader, local_day(sent.sent_at, usual.zone) + _DAY, sent.sent_at)
    about = sorted({one.account_id or 0 for one in (*late, *over, *rows)})
    people = People(reader, about, usual, policies.access)
    to = people.of_member(sent.anchor_id)
    on = local_day(sent.sent_at, to.preferences.zone) if to is not None else sent.anchor_on
    promises = []
    for one in (*late, *over):
        told = _told(_chain(people, one), policies, sent.sent_at)
        if to is not None and told is not None and told.presence.slack_user_id == to.presence.slack_user_id:
            promises.append((one.id, one.account_id))
    found = said(reader, Lines(list(rows), promises, on), policies, usual, now)
    ended = {row.id: _acted(row) for row in over}
    by_id = {row.id: row for row in rows}
    lines = tuple(line_of(line, by_id, acted, ended) for line in found.lines) if found is not None else ()
    return Morning(on=on, lines=_owned(people, lines))


def _owned(people: People, lines: tuple[MorningLine, ...]) -> tuple[MorningLine, ...]:
    """Who leads hears of accounts that nobody owns, and that this is why."""
    return tuple(
        line.model_copy(update={"also": (*line.also, _UNOWNED)})
        if line.acted is None and all(one.part == "lead" for one in people.chain(OWNER, parse_id(line.account_id)))
        else line
        for line in lines
    )


def _chain(people: People, promise: AnyRow) -> Chain:
    recipient = OWNER if promise.owner_id is None else to_member(promise.owner_id)
    return people.chain(recipient, promise.account_id)


def _told(chain: Chain, policies: Policies, at: datetime) -> Addressee | None:
    """Who of them would be told at that instant; None when it would wait, or there is nobody."""
    verdict = moment(chain, Matter(), policies.reminders.wait_days, at)
    return verdict.to if isinstance(verdict, Send | Instead) else None


def _acted(row: AnyRow) -> Acted:
    how = "done" if row.status == "kept" else "dismissed"
    return Acted(how=how, by=row.actor, at=row.started_at, why=_HOW.get(row.status))
