"""Keep words no longer than retention.yml says: every night, in small steps, and written down."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.domain.audience import Audience
from bot.domain.policy import RetentionPolicy
from bot.services.erasing.whom import require_admin
from bot.services.importing.batch import Now
from bot.services.results.erasing import Expired, Retention
from bot.storage import audit, retention
from bot.storage.database import Database
from bot.storage.erasing import files
from bot.storage.retention import Before


def let_go(
    database: Database, audience: Audience, now: Now, policy: RetentionPolicy, zone: ZoneInfo, *, dry_run: bool = False
) -> Retention:
    """What the rules remove, or would remove, as of today in the workspace's zone."""
    require_admin(audience)
    today = now().astimezone(zone).date()
    kinds = tuple(
        _kind(database, audience, now, what, days, today, zone, dry_run=dry_run) for what, days in policy.days()
    )
    rows = sum(one.rows for one in kinds)
    if rows and not dry_run:
        files.write_index_anew(database, audience, now())
    return Retention(dry_run=dry_run, kinds=kinds, rows=rows)


def _kind(
    database: Database,
    audience: Audience,
    now: Now,
    what: str,
    days: int | None,
    today: date,
    zone: ZoneInfo,
    *,
    dry_run: bool,
) -> Expired:
    if days is None:
        return Expired(what=what, days=None, before=None, rows=0)
    first_kept = today - timedelta(days=days)
    before = Before.day(first_kept, zone)
    if dry_run:
        with database.reading(audience) as reader:
            rows = retention.count(reader, what, before)
    else:
        rows = 0
        while gone := _step(database, audience, now, what, before):
            rows += gone
    return Expired(what=what, days=days, before=first_kept, rows=rows)


def _step(database: Database, audience: Audience, now: Now, what: str, before: Before) -> int:
    """One step, and its record."""
    with database.writing(audience, now()) as writer:
        gone = retention.let_go(writer, what, before)
        if gone:
            audit.append(writer, "retention", None, {"what": what, "before": before.on.isoformat(), "rows": gone})
        return gone
