"""Who saw an account and who changed it, for admins; the answer is recorded like every other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.audience import Audience, Role
from bot.domain.ids import id_text
from bot.domain.names import fold
from bot.domain.when.past import PastError, past_day
from bot.services.errors import BadInput, NotAllowed
from bot.services.existing import require_account
from bot.services.lookup import require_internal
from bot.services.results.trail import TrailEvent, TrailLine, TrailPage
from bot.services.shown import SHOWN
from bot.services.trail.wording import changes_of, did, place
from bot.storage.database import AnyRow, Database, Reader
from bot.storage.queries import people
from bot.storage.queries import trail as queries
from bot.storage.queries.trail import Wanted

PAGE: Final = 40
"""Events of a page; equal ones of a day become one line."""


def require_admin(audience: Audience) -> None:
    require_internal(audience)
    if not audience.actor.role.covers(Role.ADMIN):
        raise NotAllowed("The audit trail is for admins. Ask one of them, or a Slack admin of this workspace.")


def since_when(words: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The beginning of a day of the past in words; None for none. Raises BadInput."""
    if not words.strip():
        return None
    try:
        day = past_day(words, now.astimezone(zone).date())
    except PastError as error:
        raise BadInput(str(error)) from error
    return datetime.combine(day, time.min, zone)


def account_trail(
    database: Database, audience: Audience, account_id: int, since: str, page: int, now: datetime, zone: ZoneInfo
) -> TrailPage:
    """Raises NotAllowed for anybody but admins, BadInput for a `since` that is no day, NotFound."""
    require_admin(audience)
    wanted = Wanted(account_id, since=since_when(since, now, zone))
    with database.reading(audience) as reader:
        account = require_account(reader, account_id)
        total = queries.count(reader, wanted)
        pages = max(1, -(-total // PAGE))
        page = min(page, pages)
        rows = queries.newest_first(reader, wanted, PAGE, (page - 1) * PAGE)
        lines = tuple(_lines(reader, rows, zone))
    return TrailPage(
        account_id=id_text(account_id), account=account.name, since=wanted.since, page=page, pages=pages, total=total,
        lines=lines, as_of=now,
    )  # fmt: skip


def events(
    database: Database, audience: Audience, account_id: int | None, who: str | None, since: str, limit: int,
    now: datetime, zone: ZoneInfo,
) -> tuple[TrailEvent, ...]:  # fmt: skip
    """The newest events, of an account, by a person (a name, or as the events name them), since a day. Raises as
    `account_trail`."""
    require_admin(audience)
    with database.reading(audience) as reader:
        wanted = Wanted(account_id, _actors(reader, who), since_when(since, now, zone))
        rows = queries.newest_first(reader, wanted, limit)
        names = _names(reader, rows)
        values = queries.values(reader, [row.seq for row in rows])
    return tuple(_event(row, names, values.get(row.seq, [])) for row in rows)


def _actors(reader: Reader, who: str | None) -> tuple[str, ...] | None:
    if who is None:
        return None
    found = {*queries.actors_called(reader, who)}
    found |= {row.slack_user_id for row in people.members_called(reader, fold(who)) if row.slack_user_id}
    if not found:
        raise BadInput(f"Nobody called {who[:60]!r} is in the audit trail. Try a full name, or a Slack user id.")
    return tuple(sorted(found))


def _names(reader: Reader, rows: Iterable[AnyRow]) -> Mapping[str, str]:
    """People's names by their Slack ids, of those who act in these events or were sent something."""
    ids = {row.actor for row in rows}
    ids |= {str(row.detail["to"]) for row in rows if isinstance(row.detail, dict) and row.detail.get("to")}
    return people.names_behind(reader, sorted(ids))


def _lines(reader: Reader, rows: Sequence[AnyRow], zone: ZoneInfo) -> Iterator[TrailLine]:
    names = _names(reader, rows)
    values = queries.values(reader, [row.seq for row in rows])
    found: dict[tuple[object, ...], TrailLine] = {}
    for row in rows:
        line = _line(row, names, values.get(row.seq, []))
        day = row.at.astimezone(zone).date()
        key = (day, line.who, line.did, line.channel) if row.action == SHOWN else (row.seq,)
        before = found.get(key)
        found[key] = line if before is None else before.model_copy(update={"times": before.times + 1})
    yield from found.values()


def _line(row: AnyRow, names: Mapping[str, str], values: Sequence[AnyRow]) -> TrailLine:
    channel, seen_by, only = place(row)
    return TrailLine(
        seq=row.seq, at=row.at, who=names.get(row.actor, row.actor), did=did(row, names), channel=channel,
        people=seen_by, only=only, changes=changes_of(values),
    )  # fmt: skip


def _event(row: AnyRow, names: Mapping[str, str], values: Sequence[AnyRow]) -> TrailEvent:
    detail = row.detail if isinstance(row.detail, dict) else {}
    return TrailEvent(
        seq=row.seq, at=row.at, actor=row.actor, via=row.via, action=row.action,
        account_id=id_text(row.subject_id) if row.subject_id is not None else None,
        accounts=tuple(detail.get("accounts", ())),
        detail={name: value for name, value in detail.items() if name not in ("values", "accounts")},
        sentence=f"{names.get(row.actor, row.actor)} {did(row, names)}", changes=changes_of(values), hash=row.hash,
    )  # fmt: skip
