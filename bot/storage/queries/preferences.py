"""What people chose for themselves."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time
from typing import Any

import sqlalchemy as sa

from bot.domain.preferences import Choices
from bot.storage.among import among_texts
from bot.storage.database import AnyRow, Reader, Writer
from bot.storage.live import Live
from bot.storage.put import put
from bot.storage.tables import preference


def _of_user(_live: Live) -> sa.Select[Any]:
    return sa.select(preference).where(preference.c.slack_user_id == sa.bindparam("user"))


def _of_users(_live: Live) -> sa.Select[Any]:
    return sa.select(preference).where(among_texts(preference.c.slack_user_id, "users"))


def _stood_in_for(_live: Live) -> sa.Select[Any]:
    c = preference.c
    today = sa.bindparam("today", type_=c.away_from.type)
    return sa.select(c.member_id).where(
        c.backup_id == sa.bindparam("user"), c.away_from <= today, c.away_until >= today, c.member_id.is_not(None)
    )


def _all(_live: Live) -> sa.Select[Any]:
    return sa.select(preference)


def choices_of(reader: Reader, slack_user_id: str) -> Choices | None:
    """None for somebody who never chose anything."""
    row = reader.row(_of_user, user=slack_user_id)
    return _choices(row) if row is not None else None


def is_noted(reader: Reader, slack_user_id: str) -> bool:
    """Whether somebody has settings, and with them who they are."""
    return reader.row(_of_user, user=slack_user_id) is not None


def stood_in_for(reader: Reader, slack_user_id: str, today: date) -> tuple[int, ...]:
    """The members who are away today and have this person as their stand-in."""
    return tuple(row[0] for row in reader.rows(_stood_in_for, user=slack_user_id, today=today))


def choices_among(reader: Reader, slack_user_ids: Collection[str]) -> dict[str, Choices]:
    """By Slack user, of those among these who chose anything."""
    found = reader.rows(_of_users, users=slack_user_ids) if slack_user_ids else ()
    return {row.slack_user_id: _choices(row) for row in found}


@dataclass(frozen=True, slots=True)
class AllChoices:
    """What everybody chose, by Slack user and, as far as they are in it, by member of the team list."""

    by_user: dict[str, Choices]
    by_member: dict[int, Choices]
    users: dict[int, str]

    def of(self, member: AnyRow) -> Choices | None:
        """Of one of us, whom the team list may know by an e-mail address only."""
        return self.by_user.get(member.slack_user_id or "") or self.by_member.get(member.id)

    def backups(self) -> set[str]:
        """The Slack users who stand in for somebody, some day."""
        return {one.backup_id for one in self.by_user.values() if one.backup_id is not None}


def all_choices(reader: Reader) -> AllChoices:
    rows = [(row, _choices(row)) for row in reader.rows(_all)]
    return AllChoices(
        by_user={row.slack_user_id: chosen for row, chosen in rows},
        by_member={row.member_id: chosen for row, chosen in rows if row.member_id is not None},
        users={row.member_id: row.slack_user_id for row, _ in rows if row.member_id is not None},
    )


def _choices(row: AnyRow) -> Choices:
    return Choices(
        timezone=row.timezone,
        locale=row.locale,
        country=row.country,
        working_days=frozenset(int(day) for day in row.working_days) if row.working_days else None,
        digest=row.digest,
        digest_at=_time(row.digest_at),
        quiet_from=_time(row.quiet_from),
        quiet_until=_time(row.quiet_until),
        away_from=row.away_from,
        away_until=row.away_until,
        backup_id=row.backup_id,
        alerts=row.alerts,
    )


def save_choices(writer: Writer, slack_user_id: str, chosen: Choices, member_id: int | None) -> None:
    put(
        writer,
        preference,
        {
            "slack_user_id": slack_user_id,
            "timezone": chosen.timezone,
            "locale": chosen.locale,
            "country": chosen.country,
            "working_days": "".join(str(day) for day in sorted(chosen.working_days)) if chosen.working_days else None,
            "digest": chosen.digest,
            "digest_at": _text(chosen.digest_at),
            "quiet_from": _text(chosen.quiet_from),
            "quiet_until": _text(chosen.quiet_until),
            "away_from": chosen.away_from,
            "away_until": chosen.away_until,
            "backup_id": chosen.backup_id,
            "alerts": chosen.alerts,
            "updated_at": writer.now,
            "member_id": member_id,
        },
    )


def _text(value: time | None) -> str | None:
    return None if value is None else f"{value:%H:%M}"


def _time(text: str | None) -> time | None:
    return None if text is None else time.fromisoformat(text)
