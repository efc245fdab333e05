"""Readings of health as they were kept, and what people decided in place of a score or of a risk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from bot.domain.health_past import Kept, Part
from bot.storage.among import among
from bot.storage.database import AnyRow, Reader
from bot.storage.live import Live
from bot.storage.tables import (
    account,
    change,
    contract,
    health_override,
    health_pass,
    health_reading,
    objective,
    reminder,
    renewal_outcome,
    revenue_movement,
    signal,
)
from bot.storage.types import Day

_R = health_reading.c
_DAY: sa.BindParameter[date] = sa.bindparam("day", type_=Day())
_SINCE: sa.BindParameter[date] = sa.bindparam("since", type_=Day())


def _standing(live: Live) -> sa.Select[Any]:
    """Per account one step down the index."""
    other = health_reading.alias("other")
    newest = (
        sa.select(sa.func.max(other.c.on))
        .where(other.c.account_id == _R.account_id, other.c.on <= _DAY)
        .scalar_subquery()
    )
    return sa.select(health_reading).where(among(_R.account_id, "ids"), _R.on == newest, live.seen(health_reading))


def _from_day(live: Live) -> sa.Select[Any]:
    return (
        sa.select(health_reading)
        .where(among(_R.account_id, "ids"), _R.on.between(_SINCE, _DAY), live.seen(health_reading))
        .order_by(_R.account_id, _R.on)
    )


def _first(live: Live) -> sa.Select[Any]:
    return sa.select(sa.func.min(_R.on)).where(among(_R.account_id, "ids"), live.seen(health_reading))


def _lower(live: Live) -> sa.Select[Any]:
    """Accounts whose reading of the day is below one that stood on `since` or later."""
    other, earlier = health_reading.alias("other"), health_reading.alias("earlier")
    stood = (
        sa.select(sa.func.max(earlier.c.on))
        .where(earlier.c.account_id == _R.account_id, earlier.c.on <= _SINCE)
        .scalar_subquery()
    )
    better = [
        sa.exists().where(other.c.account_id == _R.account_id, other.c.score > _R.score, on)
        for on in (other.c.on.between(_SINCE, _DAY), other.c.on == stood)
    ]
    fell = (_R.on == _DAY, _R.score.is_not(None), sa.or_(*better), live.seen(health_reading))
    return sa.select(_R.account_id).where(*fell).order_by(_R.account_id)


def _overrides(live: Live) -> sa.Select[Any]:
    c = health_override.c
    return (
        sa.select(c.id, c.account_id, c.score, c.reason, c.expires_on, c.v_in, change.c.actor, change.c.started_at)
        .select_from(health_override)
        .join(change, change.c.id == c.v_in)
        .where(among(c.account_id, "ids"), live(health_override))
        .order_by(c.account_id, c.v_in)
    )


def _dismissed(live: Live) -> sa.Select[Any]:
    c = signal.c
    return (
        sa.select(
            c.id, c.account_id, c.kind, c.severity, c.sentence, c.evidence, c.reason, c.v_in, change.c.actor,
            change.c.started_at,
        )
        .select_from(signal)
        .join(change, change.c.id == c.v_in)
        .where(among(c.account_id, "ids"), c.state == "dismissed", live(signal))
        .order_by(c.account_id, c.v_in)
    )  # fmt: skip


def _objectives(live: Live) -> sa.Select[Any]:
    c = objective.c
    return (
        sa.select(c.id, c.account_id, c.text, c.agreed_on, change.c.started_at.label("written_at"))
        .select_from(objective)
        .join(change, change.c.id == c.v_in)
        .where(among(c.account_id, "ids"), c.status == "open", live(objective))
        .order_by(c.account_id, c.id)
    )


def _any_objective(live: Live) -> sa.Select[Any]:
    return sa.select(objective.c.id).where(live(objective)).limit(1)


def _alerted(live: Live) -> sa.Select[Any]:
    c = reminder.c
    return (
        sa.select(c.account_id, sa.func.min(c.milestone).label("rank"))
        .where(among(c.account_id, "ids"), c.rule == "alert", c.anchor_on >= _SINCE, live.seen(reminder))
        .group_by(c.account_id)
    )


def _accounts_after(live: Live) -> sa.Select[Any]:
    c = account.c
    most = sa.bindparam("most", type_=sa.Integer())
    return sa.select(c.id).where(c.id > sa.bindparam("cursor"), live(account)).order_by(c.id).limit(most)


def _kept(row: AnyRow) -> Kept:
    return Kept(
        row.on, row.score, row.computed, row.band, row.coverage, row.overridden, row.model,
        tuple(
            Part(component, value, weight, points, date.fromisoformat(fed) if fed else None, source)
            for component, value, weight, points, fed, source in row.parts
        ),
    )  # fmt: skip


def standing(reader: Reader, ids: Sequence[int], day: date) -> dict[int, Kept]:
    """Each account's health as of a day: the newest reading up to it."""
    return {row.account_id: _kept(row) for row in reader.rows(_standing, ids=ids, day=day)}


def between(reader: Reader, ids: Sequence[int], since: date, day: date) -> dict[int, list[Kept]]:
    """Readings of these days, oldest first."""
    found: dict[int, list[Kept]] = {}
    for row in reader.rows(_from_day, ids=ids, since=since, day=day):
        found.setdefault(row.account_id, []).append(_kept(row))
    return found


def first_day(reader: Reader, account_id: int) -> date | None:
    """The day of the first reading that was kept of an account."""
    found = reader.row(_first, ids=[account_id])
    day = found[0] if found is not None else None
    return date.fromisoformat(day) if isinstance(day, str) else day


def lower_than_before(reader: Reader, day: date, since: date) -> list[int]:
    """Accounts whose score of the day is below one that stood on an earlier day, since then or on that day."""
    return [row[0] for row in reader.rows(_lower, day=day, since=since)]


def overrides(reader: Reader, ids: Sequence[int]) -> dict[int, AnyRow]:
    """The newest override of each account, expired or not: score, reason, expires_on, actor, started_at, v_in."""
    return {row.account_id: row for row in reader.rows(_overrides, ids=ids)}


def dismissed(reader: Reader, ids: Sequence[int]) -> dict[int, list[AnyRow]]:
    """Risks that people dismissed: kind, severity, evidence, reason, actor, started_at, v_in; oldest first."""
    found: dict[int, list[AnyRow]] = {}
    for row in reader.rows(_dismissed, ids=ids):
        found.setdefault(row.account_id, []).append(row)
    return found


def any_objective(reader: Reader) -> bool:
    """Whether objectives are recorded at all."""
    return reader.row(_any_objective) is not None


def objectives(reader: Reader, ids: Sequence[int]) -> dict[int, list[AnyRow]]:
    """Open objectives: id, text, agreed_on, written_at."""
    found: dict[int, list[AnyRow]] = {}
    for row in reader.rows(_objectives, ids=ids):
        found.setdefault(row.account_id, []).append(row)
    return found


def alerted_since(reader: Reader, ids: Sequence[int], since: date) -> dict[int, int]:
    """The worst band (by its place) that an alert told of, for accounts of which one told since then."""
    return {row.account_id: row.rank for row in reader.rows(_alerted, ids=ids, since=since)}


def accounts_after(reader: Reader, cursor: int, most: int) -> list[int]:
    """The next accounts by id."""
    return [row[0] for row in reader.rows(_accounts_after, cursor=cursor, most=most)]


def _last(_live: Live) -> sa.Select[Any]:
    return sa.select(health_pass).where(health_pass.c.on <= _DAY).order_by(health_pass.c.on.desc()).limit(1)


def last_pass(reader: Reader, day: date) -> AnyRow | None:
    """The newest pass up to a day, finished or not."""
    return reader.row(_last, day=day)


def _passes(_live: Live) -> sa.Select[Any]:
    return sa.select(health_pass).order_by(health_pass.c.on.desc()).limit(sa.bindparam("most", type_=sa.Integer()))


def passes(reader: Reader, most: int = 10) -> list[AnyRow]:
    """The latest passes, newest first."""
    return reader.rows(_passes, most=most)


def _imports_undone(_live: Live) -> sa.Select[Any]:
    c = change.c
    # Written out: SQLite sees only then that the partial index serves.
    state = sa.text("state <> 'live' AND state = 'undone'")
    return sa.select(sa.func.count()).select_from(change).where(state, c.kind != sa.literal("edit"))


def imports_undone(reader: Reader) -> int:
    """How many imports and merges were ever taken back."""
    return int(reader.rows(_imports_undone)[0][0])


def _ended_with_us(live: Live) -> sa.Select[Any]:
    c = revenue_movement.c
    return sa.select(c.account_id).where(
        c.kind == sa.literal("churn"), c.effective_on > _SINCE, c.effective_on <= _DAY, live(revenue_movement)
    )


def _not_renewing(live: Live) -> sa.Select[Any]:
    c = renewal_outcome.c
    return (
        sa.select(contract.c.account_id)
        .select_from(renewal_outcome)
        .join(contract, sa.and_(contract.c.id == c.contract_id, live(contract)))
        .where(c.outcome == sa.literal("not renewing"), c.anchor_on > _SINCE, c.anchor_on <= _DAY)
    )


def left_since(reader: Reader, since: date, day: date) -> frozenset[int]:
    """Accounts that churned, or whose contract somebody said is not renewed, on the days after `since` up to `day`."""
    found = [*reader.rows(_ended_with_us, since=since, day=day), *reader.rows(_not_renewing, since=since, day=day)]
    return frozenset(row[0] for row in found)
