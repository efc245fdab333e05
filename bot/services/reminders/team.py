"""Planning what comes round: morning messages for those who look after accounts, weekly lines for those who lead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.audience import SYSTEM, Role, only_the_asker
from bot.domain.policy import ReminderPolicy
from bot.domain.preferences import resolve
from bot.domain.reminders.course import Changes, compare
from bot.domain.reminders.reminder import Reminder
from bot.domain.reminders.rounds import Member, rounds
from bot.domain.reminders.wanted import Rule
from bot.domain.when.wall import local_day
from bot.services.reminders.writing import write
from bot.services.roles import role_of
from bot.storage import planned
from bot.storage.database import Database, Reader
from bot.storage.queries import planning as queries
from bot.storage.queries import preferences

_EVERYTHING = only_the_asker(SYSTEM)


def plan_members(
    database: Database, policy: ReminderPolicy, zone: ZoneInfo, now: datetime, ids: Sequence[int] | None
) -> Changes:
    """Plan the rounds of these members, of all when None. `zone` is the workspace's."""
    with database.writing(_EVERYTHING, now) as writer:
        planned.take_turns(writer)
        team = members(writer, zone)
        wanted = list(team) if ids is None else list(ids)
        rows = queries.rounds(writer, wanted)
        together, looks = Changes(), list[tuple[int, datetime | None]]()
        for one in wanted:
            member, there = team.get(one), rows.get(one, ())
            courses = rounds(member, policy, _late(member, there, now), now) if member is not None else ()
            together.extend(compare(courses, there, now))
            again = (course.again_at for course in courses if course.again_at is not None)
            looks.append((one, min(again, default=None)))
        write(writer, together)
        planned.look_again(writer, looks)
    return together


def _late(member: Member, rows: Iterable[Reminder], now: datetime) -> set[Rule]:
    """The rounds of an earlier day that nobody sent."""
    today = local_day(now, member.preferences.zone)
    return {row.rule for row in rows if row.anchor_on < today}


def members(reader: Reader, zone: ZoneInfo) -> dict[int, Member]:
    """The active members of the team list, with what they chose."""
    rows = [row for row in queries.members(reader) if row.active]
    concerned = queries.concerned(reader)
    leads = {row.manager_id for row in rows if row.manager_id is not None}
    chosen = preferences.all_choices(reader)
    backups = chosen.backups()
    concerned |= {row.id for row in rows if role_of(row.role).covers(Role.LEAD)} | leads
    concerned |= {row.id for row in rows if backups & {row.slack_user_id, chosen.users.get(row.id)}}
    return {
        row.id: Member(
            id=row.id,
            preferences=resolve(chosen.of(row), row.timezone, zone),
            hears=row.id in concerned,
            leads=row.id in leads,
        )
        for row in rows
    }
