"""What somebody's accounts ask of them today: promises, renewals, check-ins, and what changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.audience import Audience
from bot.domain.ids import id_text
from bot.domain.policy import Policies
from bot.domain.preferences import Preferences
from bot.services import scope as scopes
from bot.services.book import chosen
from bot.services.card import KINDS, age_of
from bot.services.contracts import ContractState, contract_state, leading
from bot.services.lookup import require_internal
from bot.services.news import Recent, brought, news
from bot.services.results import DueCheckIn, DuePromise, DueRenewal, MyDay
from bot.storage import batches
from bot.storage.database import AnyRow, Database, Reader
from bot.storage.queries import accounts as queries
from bot.storage.queries import portfolio
from bot.storage.queries.news import recent_changes

SHOWN = 5
MOST = 2_000
"""Accounts of one person that are looked at; of more, those whose contracts end first."""

_BACK = 7
_OVER = frozenset({"lapsed", "not started", "unknown"})


@dataclass(frozen=True, slots=True)
class _Look:
    """What was read about the accounts of one person."""

    rows: dict[int, AnyRow]
    contracts: dict[int, list[ContractState]]
    touches: dict[int, datetime]
    ages: Mapping[str, AnyRow]
    policies: Policies
    today: date


def since_when(held: Preferences, now: datetime) -> datetime:
    """From when on changes are news to somebody: the beginning of the last day they worked, at most a week ago."""
    today = now.astimezone(held.zone).date()
    days = [today - timedelta(days=back) for back in range(1, _BACK + 1)]
    last = next((day for day in days if held.works_on(day)), days[-1])
    return datetime.combine(last, time(), held.zone).astimezone(UTC)


def my_day(
    database: Database, audience: Audience, policies: Policies, now: datetime, today: date, since: datetime
) -> MyDay:
    """The asker's day; `since` is from when on changes are news."""
    require_internal(audience)
    with database.reading(audience) as reader:
        scope = scopes.resolve(reader, audience, None)
        loading = batches.loading(reader) if reader.hidden else []
        ages = queries.data_ages(reader)
        day = MyDay(
            scope=scope.words,
            notes=(scope.note,) if scope.note else (),
            accounts=len(scope.ids) if scope.ids is not None else None,
            any_accounts=portfolio.any_account(reader),
            since=since,
            data=tuple(age_of(kind, ages.get(kind), today) for kind in KINDS),
            stale_days=policies.signals.data.stale_days,
            importing=next((row.note or "an import" for row in loading if row.kind == "import"), None),
            as_of=now,
        )
        if not scope.ids:
            return day
        ids, notes = chosen(reader, scope, None, today, MOST)
        return _filled(reader, day, _look(reader, ids, ages, policies, now, today), notes)


def _look(
    reader: Reader, ids: Sequence[int], ages: Mapping[str, AnyRow], policies: Policies, now: datetime, today: date
) -> _Look:
    rows = queries.accounts(reader, ids)
    contracts = {
        one: [contract_state(contract, rows[one].country, today) for contract in found]
        for one, found in queries.contracts(reader, ids).items()
        if one in rows
    }
    return _Look(rows, contracts, queries.last_touches(reader, ids, now), ages, policies, today)


def _filled(reader: Reader, day: MyDay, look: _Look, notes: list[str]) -> MyDay:
    ids = sorted(look.rows)
    promises = _promises(look, queries.open_promises(reader, ids))
    renewals, check_ins = _renewals(look), _check_ins(look)
    changes = recent_changes(reader, day.since)
    recent = Recent(
        reader,
        {one: row.name for one, row in look.rows.items()},
        changes,
        day.since,
        reader.audience.actor.member_id or 0,
        look.policies.signals.satisfaction.low_nps,
    )
    found = news(recent)
    return day.model_copy(
        update={
            "notes": (*day.notes, *notes),
            "promises": tuple(promises[:SHOWN]),
            "promises_total": len(promises),
            "renewals": tuple(renewals[:SHOWN]),
            "renewals_total": len(renewals),
            "check_ins": tuple(check_ins[:SHOWN]),
            "check_ins_total": len(check_ins),
            "news": tuple(found[:SHOWN]),
            "news_total": len(found),
            "brought": brought(recent)[:SHOWN],
        }
    )


def _promises(look: _Look, open_ones: dict[int, list[AnyRow]]) -> list[DuePromise]:
    """Overdue ones, longest first."""
    found = [
        DuePromise(
            account_id=id_text(one),
            account=look.rows[one].name,
            quote=row.quote,
            by=row.by,
            owner=row.owner,
            due_on=row.due_on,
            days_overdue=(look.today - row.due_on).days,
        )
        for one, rows in open_ones.items()
        for row in rows
        if row.due_on is not None and row.due_on < look.today
    ]
    return sorted(found, key=lambda promise: (promise.due_on, promise.account))


def _renewals(look: _Look) -> list[DueRenewal]:
    """Contracts inside the ladder of their segment, soonest first."""
    found = []
    for one, states in look.contracts.items():
        first = leading(states)
        window = max(look.policies.renewals.ladder_for(look.rows[one].segment).value)
        dates = first.dates if first is not None else None
        if first is None or dates is None or dates.leads is None or dates.lead_on is None or dates.days_left is None:
            continue
        if 0 <= dates.days_left <= window and dates.state != "not started":
            found.append(
                DueRenewal(
                    account_id=id_text(one),
                    account=look.rows[one].name,
                    leads=dates.leads,
                    lead_on=dates.lead_on,
                    days_left=dates.days_left,
                    auto_renew=first.row.auto_renew,
                )
            )
    return sorted(found, key=lambda renewal: (renewal.days_left, renewal.account))


def _check_ins(look: _Look) -> list[DueCheckIn]:
    """Customers whose silence is longer than the cadence of their segment, most overdue first. Where no conversations
    were ever imported nothing is known of silence, so nobody is said to be silent."""
    if "interactions" not in look.ages:
        return []
    found = [due for one in look.rows if (due := _check_in(look, one)) is not None]
    return sorted(found, key=lambda due: (-due.days_silent / due.cadence_days, due.account))


def _check_in(look: _Look, one: int) -> DueCheckIn | None:
    row, states = look.rows[one], look.contracts.get(one, [])
    running = [state for state in states if state.dates.state not in _OVER]
    if not running and "contracts" in look.ages:
        return None
    touched = look.touches.get(one)
    began = min((state.row.starts_on for state in running if state.row.starts_on is not None), default=None)
    since = touched.date() if touched is not None else began
    cadence = look.policies.cadence.days_for(row.segment).value
    if since is None or (look.today - since).days < cadence:
        return None
    return DueCheckIn(
        account_id=id_text(one),
        account=row.name,
        last_touch_on=touched.date() if touched is not None else None,
        days_silent=(look.today - since).days,
        cadence_days=cadence,
    )
