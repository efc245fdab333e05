"""A lead's roll-up: every member's book in the same numbers, their sum, and what nobody owns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bot.domain.audience import Audience
from bot.domain.health import UNKNOWN
from bot.domain.ids import id_text
from bot.domain.policy import Policies
from bot.domain.rollup import Held, Numbers, numbers
from bot.services.assess import State
from bot.services.look import Look
from bot.services.lookup import require_internal
from bot.services.ranking import first_of, why_here
from bot.services.results import Sum
from bot.services.results.rollup import TeamNumbers, TeamRollup, TeamRow, Unowned
from bot.storage.database import AnyRow, Database, Reader
from bot.storage.queries import accounts as queries
from bot.storage.queries import people, plans, portfolio

SOON = 90
AT_MOST = 1_000
"""Accounts that are looked at; of more those whose contracts end first."""
_UNOWNED = 5
_DANGER = ("at risk", "critical")


def team_rollup(database: Database, audience: Audience, policies: Policies, now: datetime, today: date) -> TeamRollup:
    """Of the asker's team; of everybody who owns accounts, where the asker is in no team list."""
    require_internal(audience)
    with database.reading(audience) as reader:
        members, scope = _members(reader, audience)
        owned = {row.account_id: row.member_id for row in people.owned_by(reader, [row.id for row in members])}
        ids, notes = _cut(reader, list(owned), today)
        look = Look(reader, policies, now, today, queries.accounts(reader, ids))
        held = _held(look, list(look.rows))
        rows = [_row(look, row, [one for one in held if owned[one] == row.id], held) for row in members]
        idle = [row.member for row in rows if not row.numbers.accounts]
        unowned = portfolio.unowned(reader)
        lost = Look(reader, policies, now, today, queries.accounts(reader, [row.id for row in unowned][:AT_MOST]))
        orphans = _orphans(lost, unowned)
    if idle:
        notes.append(f"Without an account of their own: {', '.join(idle[:5])}{' and others' if len(idle) > 5 else ''}.")
    total = numbers(held.values(), policies.book)
    if total.base is None and len(total.arr) > 1:
        notes.append("Currencies are not added up: book.yml has no rates for all of them.")
    return TeamRollup(
        scope=scope,
        soon_days=SOON,
        rows=tuple(sorted((row for row in rows if row.numbers.accounts), key=_needs)),
        total=_numbers(total),
        unowned=orphans[:_UNOWNED],
        unowned_total=len(unowned),
        notes=tuple(notes),
        as_of=now,
    )


def _members(reader: Reader, audience: Audience) -> tuple[list[AnyRow], str]:
    lead = audience.actor.member_id
    if lead is None:
        return people.owners_in_all(reader), "everybody who owns accounts"
    team = people.members_of_ids(reader, people.team_of(reader, lead))
    owning = {row.member_id for row in people.owned_by(reader, [row.id for row in team])}
    return [row for row in team if row.id in owning or row.active], "your team"


def _cut(reader: Reader, ids: list[int], today: date) -> tuple[list[int], list[str]]:
    if len(ids) <= AT_MOST:
        return ids, []
    note = f"Of {len(ids):,} accounts the {AT_MOST:,} are counted whose contracts end first."
    return portfolio.soonest_of(reader, ids, today)[:AT_MOST], [note]


def _held(look: Look, ids: Sequence[int]) -> dict[int, Held]:
    goals = plans.objectives(look.reader, list(ids))
    planned = {one for one, rows in goals.items() if any(row.status == "open" for row in rows)}
    return {one: _of_account(look, state, planned=one in planned) for one, state in look.states(ids).items()}


def _of_account(look: Look, state: State, *, planned: bool) -> Held:
    days = state.leading.dates.days_left if state.leading else None
    cadence = look.policies.cadence.days_for(state.row.segment).value
    touched = state.last_touch_at
    overdue = [row for row in state.promises if row.by == "us" and row.due_on is not None and row.due_on < look.today]
    return Held(
        arr=state.arr.totals if state.arr.known else (),
        arr_known=bool(state.arr.known and state.arr.totals),
        soon=days is not None and 0 <= days <= SOON,
        danger=state.health.band in _DANGER,
        health_known=state.health.band != UNKNOWN,
        late=touched is None or (look.today - touched.date()).days > cadence,
        overdue_promises=len(overdue),
        planned=planned,
    )


def _row(look: Look, member: AnyRow, ids: list[int], held: dict[int, Held]) -> TeamRow:
    first = next(iter(first_of(look, ids, 1)), None) if ids else None
    return TeamRow(
        member_id=id_text(member.id),
        member=member.name,
        active=member.active,
        numbers=_numbers(numbers([held[one] for one in ids], look.policies.book)),
        first_id=id_text(first) if first is not None else None,
        first=look.rows[first].name if first is not None else None,
        why=why_here(look, [first])[first] if first is not None else (),
    )


def _needs(row: TeamRow) -> tuple[int, int, str]:
    """Whose book needs a lead most."""
    return -row.numbers.danger, -row.numbers.soon, row.member


def _orphans(look: Look, rows: Sequence[AnyRow]) -> tuple[Unowned, ...]:
    found = [
        Unowned(
            id=id_text(row.id),
            name=row.name,
            arr=tuple(Sum.of(money) for money in look.arr([row.id]).totals),
            left=row.left_by,
        )
        for row in rows
        if row.id in look.rows
    ]
    return tuple(sorted(found, key=lambda one: (-max((money.amount for money in one.arr), default=0), one.name)))


def _numbers(found: Numbers) -> TeamNumbers:
    return TeamNumbers(
        accounts=found.accounts,
        arr=tuple(Sum.of(money) for money in found.arr),
        base=Sum.of(found.base) if found.base is not None else None,
        arr_unknown=found.arr_unknown,
        soon=found.soon,
        soon_arr=tuple(Sum.of(money) for money in found.soon_arr),
        danger=found.danger,
        danger_arr=tuple(Sum.of(money) for money in found.danger_arr),
        health_unknown=found.health_unknown,
        late=found.late,
        overdue_promises=found.overdue_promises,
        planned=found.planned,
    )
