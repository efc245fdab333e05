"""The health of accounts from their rows, and the measures it is made of.

Nothing else is read, for all accounts are measured every night; `assess` adds what a person wants to see.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from bot.domain.health import Health, Override, health
from bot.domain.ids import id_text
from bot.domain.policy import Component, Policies
from bot.domain.readings import ReadingFacts, readings
from bot.domain.records import Kind
from bot.domain.satisfaction import Answer, LatestScore, latest_csat, latest_nps
from bot.domain.signals import Ticket
from bot.domain.usage import Trend, UsagePoint, trend
from bot.services.contracts import ContractState, contract_state
from bot.storage.database import AnyRow, Reader
from bot.storage.queries import accounts as queries
from bot.storage.queries import health as decided

SOURCES: tuple[tuple[Component, Kind], ...] = (
    ("usage", Kind.USAGE),
    ("engagement", Kind.INTERACTIONS),
    ("support", Kind.TICKETS),
    ("sentiment", Kind.SURVEYS),
    ("commercial", Kind.CONTRACTS),
)
_USAGE_DAYS = 420
_TICKET_DAYS = 150
_ANSWER_DAYS = 365
_LEVELS = ("user", "seat", "licen", "entitle", "active")


@dataclass(frozen=True, slots=True)
class Inputs:
    """What was read for a set of accounts, by account."""

    accounts: dict[int, AnyRow]
    contracts: dict[int, list[AnyRow]]
    touches: dict[int, datetime]
    tickets: dict[int, list[AnyRow]]
    ticketed: set[int]
    usage: dict[int, list[AnyRow]]
    answers: dict[int, list[AnyRow]]
    overrides: dict[int, AnyRow]
    ages: Mapping[str, AnyRow]
    fed_on: Mapping[Component, date]
    sources: Mapping[Component, str]


@dataclass(frozen=True, slots=True)
class Measured:
    """One account's measures, and its health by them. `tickets` None: no ticket desk is known to serve it."""

    contracts: tuple[ContractState, ...]
    cadence_days: int
    usage: Trend | None
    ticket_rows: tuple[AnyRow, ...] | None
    tickets: Sequence[Ticket] | None
    answers: Sequence[Answer]
    nps: LatestScore | None
    csat: LatestScore | None
    health: Health


def instant(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def read_inputs(reader: Reader, ids: Sequence[int], now: datetime, today: date) -> Inputs:
    tickets = queries.tickets(reader, ids, instant(today - timedelta(days=_TICKET_DAYS)))
    quiet = [one for one in ids if one not in tickets]
    ages = queries.data_ages(reader)
    return Inputs(
        accounts=queries.accounts(reader, ids),
        contracts=queries.contracts(reader, ids),
        touches=queries.last_touches(reader, ids, now),
        tickets=tickets,
        ticketed=tickets.keys() | (queries.ever_ticketed(reader, quiet) if quiet else set()),
        usage=queries.usage_points(reader, ids, today - timedelta(days=_USAGE_DAYS)),
        answers=queries.answers(reader, ids, instant(today - timedelta(days=_ANSWER_DAYS))),
        overrides=decided.overrides(reader, ids),
        ages=ages,
        fed_on=fed_on(ages),
        sources={component: ages[kind.value].source for component, kind in SOURCES if kind.value in ages},
    )


def healths(reader: Reader, ids: Sequence[int], policies: Policies, now: datetime, today: date) -> dict[int, Health]:
    """The health of each of these accounts; accounts that are gone are left out."""
    rows = read_inputs(reader, ids, now, today)
    return {one: measured(one, rows, policies, today).health for one in ids if one in rows.accounts}


def measured(one: int, rows: Inputs, policies: Policies, today: date) -> Measured:
    """The measures of an account that was read, and its health."""
    row = rows.accounts[one]
    contracts = tuple(contract_state(contract, row.country, today) for contract in rows.contracts.get(one, ()))
    # Tickets are counted as "none" only where a ticket desk is known to serve this account.
    ticket_rows = tuple(rows.tickets.get(one, ())) if one in rows.ticketed else None
    facts = ReadingFacts(
        cadence_days=policies.cadence.days_for(row.segment).value,
        usage=main_trend(rows.usage.get(one, ()), today),
        last_touch_on=rows.touches[one].date() if one in rows.touches else None,
        tickets=[_ticket(ticket) for ticket in ticket_rows] if ticket_rows is not None else None,
        nps=latest_nps(answers := [_answer(answer) for answer in rows.answers.get(one, ())], today),
        csat=latest_csat(answers, today),
        renewals=[state.dates for state in contracts if not is_succeeded(state, contracts)] or None,
        fed_on=rows.fed_on,
        sources=rows.sources,
    )
    found = readings(facts, policies.health.readings, today)
    override = _override(rows.overrides.get(one), today)
    return Measured(
        contracts=contracts,
        cadence_days=facts.cadence_days,
        usage=facts.usage,
        ticket_rows=ticket_rows,
        tickets=facts.tickets,
        answers=answers,
        nps=facts.nps,
        csat=facts.csat,
        health=health(found, policies.health, row.segment, today, override),
    )


def _override(row: AnyRow | None, today: date) -> Override | None:
    """What a person set, while it holds."""
    if row is None or row.expires_on < today:
        return None
    return Override(row.score, row.reason, row.actor, row.expires_on, id_text(row.v_in))


def fed_on(ages: Mapping[str, AnyRow]) -> dict[Component, date]:
    """When each component's source last brought news: its newest day, or for snapshots when it was imported."""
    found: dict[Component, date] = {}
    for component, kind in SOURCES:
        age = ages.get(kind.value)
        day = newest(age) if age is not None else None
        if day is not None:
            found[component] = day
    return found


def newest(age: AnyRow) -> date | None:
    """The newest day of a kind of data."""
    imported = age.imported_at.date() if age.imported_at is not None else None
    day: date | None = age.newest_on
    return min(day, imported) if day is not None and imported is not None else day or imported


def _ticket(row: AnyRow) -> Ticket:
    solved = row.solved_at.date() if row.solved_at is not None else None
    return Ticket(row.id, row.opened_at.date(), solved, row.status != "solved", row.priority, row.subject)


def _answer(row: AnyRow) -> Answer:
    return Answer(row.id, row.kind, row.score, row.scale_min, row.scale_max, row.at.date(), row.person_id)


def main_trend(points: Sequence[AnyRow], today: date) -> Trend | None:
    """The trend of the metric that says most: one with an entitlement, else people, else the one best covered."""
    metric = main_metric(points)
    if metric is None:
        return None
    rows = [point for point in points if point.metric == metric]
    return trend(metric, added_features(rows), today, counts=not is_level(metric))


def main_metric(points: Sequence[AnyRow]) -> str | None:
    """The metric that says most; None without any."""
    by_metric: dict[str, list[AnyRow]] = {}
    for point in points:
        by_metric.setdefault(point.metric, []).append(point)

    def weight(metric: str) -> tuple[bool, bool, int, str]:
        rows = by_metric[metric]
        return any(row.entitlement is not None for row in rows), is_level(metric), len(rows), metric

    return max(by_metric, key=weight, default=None)


def is_level(metric: str) -> bool:
    """Whether a metric is a state (active users, seats) and not a count of what happened (logins)."""
    return any(word in metric.casefold() for word in _LEVELS)


def added_features(rows: Sequence[AnyRow]) -> list[UsagePoint]:
    """One point per period: measurements of single features are added up."""
    sums: dict[tuple[date, int], tuple[int, Decimal, Any]] = {}
    for row in rows:
        key = (row.on, row.days)
        if key in sums and row.feature is not None:
            first, value, entitlement = sums[key]
            sums[key] = (first, value + row.value, entitlement)
        else:
            sums[key] = (row.id, row.value, row.entitlement)
    return [UsagePoint(first, on, days, value, entitlement) for (on, days), (first, value, entitlement) in sums.items()]


def is_succeeded(state: ContractState, contracts: Sequence[ContractState]) -> bool:
    """Ended, and another contract of the account runs on: history, not a lapse."""
    return state.dates.state == "lapsed" and any(
        other is not state and (other.row.ends_on is None or other.row.ends_on > state.row.ends_on)
        for other in contracts
    )
