"""The state of accounts from their rows: one way for the card, the book and everything later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from bot.domain.health import Health, health
from bot.domain.policy import Component, Policies
from bot.domain.readings import ReadingFacts, readings
from bot.domain.records import Kind
from bot.domain.revenue import Arr
from bot.domain.satisfaction import Answer, LatestScore, latest_csat, latest_nps
from bot.domain.signals import (
    AccountFacts,
    DataSource,
    Finding,
    Note,
    Promise,
    RenewalWork,
    Stakeholder,
    Ticket,
    signals,
)
from bot.domain.usage import Trend, UsagePoint, trend
from bot.services.contracts import ContractState, account_arr, contract_state, leading
from bot.storage.database import AnyRow, Reader
from bot.storage.queries import accounts as queries

_USAGE_DAYS = 420
_TICKET_DAYS = 150
_ANSWER_DAYS = 365
_NOTE_DAYS = 180
_LEVELS = ("user", "seat", "licen", "entitle", "active")
_SOURCES: tuple[tuple[Component, Kind], ...] = (
    ("usage", Kind.USAGE),
    ("engagement", Kind.INTERACTIONS),
    ("support", Kind.TICKETS),
    ("sentiment", Kind.SURVEYS),
    ("commercial", Kind.CONTRACTS),
)


@dataclass(frozen=True, slots=True)
class State:
    """What is known of one account, as of a day."""

    row: AnyRow
    owner: AnyRow | None
    contracts: tuple[ContractState, ...]
    leading: ContractState | None
    arr: Arr
    last_touch_at: datetime | None
    tickets: tuple[AnyRow, ...] | None
    usage: Trend | None
    nps: LatestScore | None
    csat: LatestScore | None
    health: Health
    findings: tuple[Finding, ...]
    promises: tuple[AnyRow, ...]
    ages: Mapping[str, AnyRow]


@dataclass(frozen=True, slots=True)
class _Rows:
    """Everything read for a set of accounts, by account."""

    accounts: dict[int, AnyRow]
    owners: dict[int, AnyRow]
    contracts: dict[int, list[AnyRow]]
    lines: dict[int, list[AnyRow]]
    touches: dict[int, datetime]
    notes: dict[int, list[AnyRow]]
    tickets: dict[int, list[AnyRow]]
    ticketed: set[int]
    usage: dict[int, list[AnyRow]]
    answers: dict[int, list[AnyRow]]
    people: dict[int, list[AnyRow]]
    promises: dict[int, list[AnyRow]]
    deals: dict[int, list[AnyRow]]
    ages: Mapping[str, AnyRow]


def _instant(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _read(reader: Reader, ids: Sequence[int], now: datetime, today: date) -> _Rows:
    tickets = queries.tickets(reader, ids, _instant(today - timedelta(days=_TICKET_DAYS)))
    quiet = [one for one in ids if one not in tickets]
    return _Rows(
        accounts=queries.accounts(reader, ids),
        owners=queries.owners(reader, ids),
        contracts=queries.contracts(reader, ids),
        lines=queries.lines(reader, ids),
        touches=queries.last_touches(reader, ids, now),
        notes=queries.latest_interactions(reader, ids, _instant(today - timedelta(days=_NOTE_DAYS)), now),
        tickets=tickets,
        ticketed=tickets.keys() | (queries.ever_ticketed(reader, quiet) if quiet else set()),
        usage=queries.usage_points(reader, ids, today - timedelta(days=_USAGE_DAYS)),
        answers=queries.answers(reader, ids, _instant(today - timedelta(days=_ANSWER_DAYS))),
        people=queries.people(reader, ids),
        promises=queries.open_promises(reader, ids),
        deals=queries.open_deals(reader, ids),
        ages=queries.data_ages(reader),
    )


def assess(reader: Reader, ids: Sequence[int], policies: Policies, now: datetime, today: date) -> dict[int, State]:
    """The state of each of these accounts; accounts that are gone are left out."""
    if not ids:
        return {}
    rows = _read(reader, ids, now, today)
    return {one: _state(one, rows, policies, today) for one in ids if one in rows.accounts}


def _state(one: int, rows: _Rows, policies: Policies, today: date) -> State:
    row = rows.accounts[one]
    contracts = tuple(contract_state(contract, row.country, today) for contract in rows.contracts.get(one, ()))
    # Tickets are counted as "none" only where a ticket desk is known to serve this account.
    tickets = tuple(rows.tickets.get(one, ())) if one in rows.ticketed else None
    answers = [_answer(answer) for answer in rows.answers.get(one, ())]
    usage = main_trend(rows.usage.get(one, ()), today)
    nps, csat = latest_nps(answers, today), latest_csat(answers, today)
    facts = _facts(one, rows, policies, contracts, usage, answers, tickets)
    reading_facts = ReadingFacts(
        cadence_days=facts.cadence_days,
        usage=usage,
        last_touch_on=rows.touches[one].date() if one in rows.touches else None,
        tickets=facts.tickets,
        nps=nps,
        csat=csat,
        renewals=[state.dates for state in contracts if not _succeeded(state, contracts)] or None,
        fed_on=fed_on(rows.ages),
        sources={component: rows.ages[kind.value].source for component, kind in _SOURCES if kind.value in rows.ages},
    )
    found = readings(reading_facts, policies.health.readings, today)
    return State(
        row=row,
        owner=rows.owners.get(one),
        contracts=contracts,
        leading=leading(contracts),
        arr=account_arr(rows.contracts.get(one, ()), rows.lines.get(one, ()), row.currency, today),
        last_touch_at=rows.touches.get(one),
        tickets=tickets,
        usage=usage,
        nps=nps,
        csat=csat,
        health=health(found, policies.health, row.segment, today),
        findings=signals(facts, policies.signals, today),
        promises=tuple(rows.promises.get(one, ())),
        ages=rows.ages,
    )


def fed_on(ages: Mapping[str, AnyRow]) -> dict[Component, date]:
    """When each component's source last brought news: its newest day, or for snapshots when it was imported."""
    found: dict[Component, date] = {}
    for component, kind in _SOURCES:
        age = ages.get(kind.value)
        day = _newest(age) if age is not None else None
        if day is not None:
            found[component] = day
    return found


def _newest(age: AnyRow) -> date | None:
    imported = age.imported_at.date() if age.imported_at is not None else None
    newest: date | None = age.newest_on
    return min(newest, imported) if newest is not None and imported is not None else newest or imported


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


def _facts(
    one: int,
    rows: _Rows,
    policies: Policies,
    contracts: Sequence[ContractState],
    usage: Trend | None,
    answers: Sequence[Answer],
    tickets: Sequence[AnyRow] | None,
) -> AccountFacts:
    noted = Kind.INTERACTIONS.value in rows.ages or one in rows.notes
    touch = rows.touches.get(one)
    peopled = Kind.PEOPLE.value in rows.ages
    promised = Kind.COMMITMENTS.value in rows.ages or one in rows.promises
    return AccountFacts(
        cadence_days=policies.cadence.days_for(rows.accounts[one].segment).value,
        usage=usage,
        tickets=[_ticket(row) for row in tickets] if tickets is not None else None,
        stakeholders=[_stakeholder(row) for row in rows.people.get(one, ())] if peopled else None,
        notes=[_note(row) for row in rows.notes.get(one, ())] if noted else None,
        answers=answers or None,
        last_touch=Note(0, touch.date(), "") if touch is not None else None,
        promises=[_promise(row) for row in rows.promises.get(one, ()) if row.by == "us"] if promised else None,
        renewals=_work(contracts, rows.deals.get(one, ())) or None,
        sources=[
            DataSource(0, kind.value, day)
            for _, kind in _SOURCES
            if (age := rows.ages.get(kind.value)) is not None and (day := _newest(age)) is not None
        ],
    )


def _ticket(row: AnyRow) -> Ticket:
    solved = row.solved_at.date() if row.solved_at is not None else None
    return Ticket(row.id, row.opened_at.date(), solved, row.status != "solved", row.priority, row.subject)


def _stakeholder(row: AnyRow) -> Stakeholder:
    return Stakeholder(row.id, row.name, row.role, row.active, row.left_on)


def _note(row: AnyRow) -> Note:
    return Note(row.id, row.at.date(), "\n".join(part for part in (row.subject, row.text) if part))


def _promise(row: AnyRow) -> Promise:
    return Promise(row.id, row.quote, row.due_on)


def _work(contracts: Sequence[ContractState], deals: Sequence[AnyRow]) -> list[RenewalWork]:
    deal = next((row for row in deals if row.kind == "renewal"), None)
    running = [state for state in contracts if not _succeeded(state, contracts)]
    return [
        RenewalWork(
            state.row.id,
            state.dates,
            deal.id if deal else None,
            deal.stage if deal else None,
            deal.opened_on if deal else None,
        )
        for state in running
    ]


def _succeeded(state: ContractState, contracts: Sequence[ContractState]) -> bool:
    """Ended, and another contract of the account runs on: history, not a lapse."""
    return state.dates.state == "lapsed" and any(
        other is not state and (other.row.ends_on is None or other.row.ends_on > state.row.ends_on)
        for other in contracts
    )
