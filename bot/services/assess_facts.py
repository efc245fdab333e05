"""What was read about a set of accounts, and the facts in it that the risk rules look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.contacts import Contact, keys_of, named_in
from bot.domain.records import Kind
from bot.domain.signals import AccountFacts, DataSource, Note, Objective, Promise, RenewalWork, Stakeholder
from bot.services.contracts import ContractState
from bot.services.measure import SOURCES, Inputs, Measured, is_succeeded, newest
from bot.storage.database import AnyRow


@dataclass(frozen=True, slots=True)
class Rows:
    """What was read besides `inputs`, by account."""

    inputs: Inputs
    owners: dict[int, AnyRow]
    lines: dict[int, list[AnyRow]]
    notes: dict[int, list[AnyRow]]
    people: dict[int, list[AnyRow]]
    promises: dict[int, list[AnyRow]]
    deals: dict[int, list[AnyRow]]
    objectives: dict[int, list[AnyRow]] | None
    answered: dict[int, datetime]
    named: dict[int, list[AnyRow]]
    dismissed: dict[int, list[AnyRow]]


def signal_facts(one: int, rows: Rows, of: Measured) -> AccountFacts:
    """What the risk rules look at. Where nobody ever recorded a kind of thing it is unknown, not none."""
    ages = rows.inputs.ages
    noted = Kind.INTERACTIONS.value in ages or one in rows.notes
    peopled = Kind.PEOPLE.value in ages
    promised = Kind.COMMITMENTS.value in ages or one in rows.promises
    return AccountFacts(
        cadence_days=of.cadence_days,
        usage=of.usage,
        tickets=of.tickets,
        stakeholders=list(_stakeholders(one, rows)) if peopled else None,
        notes=[_note(row) for row in rows.notes.get(one, ())] if noted else None,
        answers=of.answers or None,
        last_touch=_last_touch(one, rows),
        promises=[_promise(row) for row in rows.promises.get(one, ()) if row.by == "us"] if promised else None,
        renewals=_work(of.contracts, rows.deals.get(one, ())) or None,
        objectives=_objectives(rows.objectives.get(one, ())) if rows.objectives is not None else None,
        sources=[
            DataSource(0, kind.value, day)
            for _, kind in SOURCES
            if (age := ages.get(kind.value)) is not None and (day := newest(age)) is not None
        ],
    )


def _stakeholders(one: int, rows: Rows) -> Iterator[Stakeholder]:
    """Everybody known, each with their last exchange: an answer of theirs, or a conversation that names them."""
    people = rows.people.get(one, ())
    heard = {row.id: rows.answered[row.id].date() for row in people if row.id in rows.answered}
    keys = keys_of(Contact(row.id, row.name, row.email) for row in people)
    for row in rows.named.get(one, ()) if people else ():
        for person in named_in(row.people, keys):
            heard[person] = max(heard.get(person, row.at.date()), row.at.date())
    for row in people:
        yield Stakeholder(row.id, row.name, row.role, row.active, row.left_on, None, heard.get(row.id))


def _last_touch(one: int, rows: Rows) -> Note | None:
    at = rows.inputs.touches.get(one)
    if at is None:
        return None
    return Note(next((row.id for row in rows.notes.get(one, ()) if row.at == at), 0), at.date(), "")


def _objectives(found: Sequence[AnyRow]) -> list[Objective]:
    """Open ones; written down or agreed is when one was last confirmed."""
    return [
        Objective(row.id, row.text, max(row.agreed_on or row.written_at.date(), row.written_at.date())) for row in found
    ]


def _note(row: AnyRow) -> Note:
    return Note(row.id, row.at.date(), "\n".join(part for part in (row.subject, row.text) if part))


def _promise(row: AnyRow) -> Promise:
    return Promise(row.id, row.quote, row.due_on)


def _work(contracts: Sequence[ContractState], deals: Sequence[AnyRow]) -> list[RenewalWork]:
    deal = next((row for row in deals if row.kind == "renewal"), None)
    running = [state for state in contracts if not is_succeeded(state, contracts)]
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
