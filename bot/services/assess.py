"""The state of accounts from their rows: one way for the card, the book and everything later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.health import Health
from bot.domain.ids import id_text
from bot.domain.policy import Policies
from bot.domain.revenue import Arr
from bot.domain.satisfaction import LatestScore
from bot.domain.signals import Dismissed, Finding, Signal, is_dismissed, signals
from bot.domain.usage import Trend
from bot.services.assess_facts import Rows, signal_facts
from bot.services.contracts import ContractState, account_arr, leading
from bot.services.measure import instant, measured, read_inputs
from bot.storage.database import AnyRow, Reader
from bot.storage.queries import accounts as queries
from bot.storage.queries import contacts
from bot.storage.queries import health as decided

_NOTE_DAYS = 180
_HEARD = timedelta(days=365)


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
    dismissed: tuple[Dismissed, ...]
    promises: tuple[AnyRow, ...]
    ages: Mapping[str, AnyRow]


def _read(reader: Reader, ids: Sequence[int], now: datetime, today: date) -> Rows:
    people = queries.people(reader, ids)
    peopled = [one for one in ids if one in people]
    return Rows(
        inputs=read_inputs(reader, ids, now, today),
        owners=queries.owners(reader, ids),
        lines=queries.lines(reader, ids),
        notes=queries.latest_interactions(reader, ids, instant(today - timedelta(days=_NOTE_DAYS)), now),
        people=people,
        promises=queries.open_promises(reader, ids),
        deals=queries.open_deals(reader, ids),
        objectives=decided.objectives(reader, ids) if decided.any_objective(reader) else None,
        answered=contacts.answered_of(reader, peopled, now) if peopled else {},
        named=contacts.named_of(reader, peopled, now - _HEARD, now) if peopled else {},
        dismissed=decided.dismissed(reader, ids),
    )


def assess(reader: Reader, ids: Sequence[int], policies: Policies, now: datetime, today: date) -> dict[int, State]:
    """The state of each of these accounts; accounts that are gone are left out."""
    if not ids:
        return {}
    rows = _read(reader, ids, now, today)
    return {one: _state(one, rows, policies, today) for one in ids if one in rows.inputs.accounts}


def _state(one: int, rows: Rows, policies: Policies, today: date) -> State:
    row = rows.inputs.accounts[one]
    of = measured(one, rows.inputs, policies, today)
    findings = signals(signal_facts(one, rows, of), policies.signals, today)
    dismissed = tuple(_dismissed(findings, rows.dismissed.get(one, ())))
    set_aside = {id(found.signal) for found in dismissed}
    return State(
        row=row,
        owner=rows.owners.get(one),
        contracts=of.contracts,
        leading=leading(of.contracts),
        arr=account_arr(rows.inputs.contracts.get(one, ()), rows.lines.get(one, ()), row.currency, today),
        last_touch_at=rows.inputs.touches.get(one),
        tickets=of.ticket_rows,
        usage=of.usage,
        nps=of.nps,
        csat=of.csat,
        health=of.health,
        findings=tuple(finding for finding in findings if id(finding) not in set_aside),
        dismissed=dismissed,
        promises=tuple(rows.promises.get(one, ())),
        ages=rows.inputs.ages,
    )


def _dismissed(findings: Sequence[Finding], rows: Sequence[AnyRow]) -> Iterator[Dismissed]:
    """Risks that somebody dismissed and of which nothing new is known since."""
    for finding in findings:
        if isinstance(finding, Signal):
            for row in reversed(rows):
                seen = frozenset(row.evidence or ())
                if row.kind == finding.kind and is_dismissed(finding, row.severity, seen):
                    on = row.started_at.date()
                    yield Dismissed(finding, row.reason or "", row.actor, on, id_text(row.v_in))
                    break
