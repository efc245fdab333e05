"""What renews within a window, by the date that comes first: notice deadline or contract end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.audience import Audience
from bot.domain.ids import id_text
from bot.domain.money import Money, totals
from bot.services import scope as scopes
from bot.services.contracts import ContractState, account_arr, contract_state
from bot.services.errors import BadInput
from bot.services.lookup import require_internal
from bot.services.results import RenewalRow, RenewalsPage, Sum
from bot.storage.database import AnyRow, Database, Reader
from bot.storage.queries import accounts as account_queries
from bot.storage.queries import portfolio

PAGE = 10
_LONGEST = 730
_LAPSED_FOR = timedelta(days=60)
_USUAL_NOTICE = 120
_FEW = 2_000
"""Accounts whose contracts are read by account; of more, all contracts are."""
_LONG_NOTICE = timedelta(days=760)


@dataclass(frozen=True, slots=True)
class Window:
    """Which renewals: how far ahead, whose, which page."""

    within_days: int = 90
    owner: str | None = "all"
    page: int = 1


def renewals_page(database: Database, audience: Audience, window: Window, now: datetime, today: date) -> RenewalsPage:
    """Contracts whose leading date falls within the window from today, and those that ended lately unrenewed.

    Raises BadInput for a window that is not between 1 and 730 days.
    """
    if not 1 <= window.within_days <= _LONGEST:
        raise BadInput(f"A window has 1 to {_LONGEST} days; try /renewals 90d.")
    require_internal(audience)
    with database.reading(audience) as reader:
        scope = scopes.resolve(reader, audience, window.owner)
        states = _in_window(reader, scope, window.within_days, today)
        pages = max(1, -(-len(states) // PAGE))
        page = min(max(window.page, 1), pages)
        sums = _arr_by_contract(reader, states, today)
        shown = states[(page - 1) * PAGE : page * PAGE]
        return RenewalsPage(
            scope=scope.words,
            within_days=window.within_days,
            page=page,
            pages=pages,
            total=len(states),
            rows=tuple(_row(state, sums.get(state.row.id, ())) for state in shown),
            passed=sum(state.dates.state == "notice passed" for state in states),
            arr=_added(sums.get(state.row.id, ()) for state in states if state.dates.state != "lapsed"),
            as_of=now,
        )


def renewing(reader: Reader, scope: scopes.Scope, within_days: int, today: date) -> list[RenewalRow]:
    """All of them, for those who choose among them; soonest first."""
    states = _in_window(reader, scope, within_days, today)
    sums = _arr_by_contract(reader, states, today)
    return [_row(state, sums.get(state.row.id, ())) for state in states]


def _in_window(reader: Reader, scope: scopes.Scope, within_days: int, today: date) -> list[ContractState]:
    since, until = today - _LAPSED_FOR, today + timedelta(days=within_days)
    few = sorted(scope.ids) if scope.ids is not None and len(scope.ids) <= _FEW else None
    rows = portfolio.contracts_ending(
        reader, since, until + timedelta(days=2 * _USUAL_NOTICE), until + _LONG_NOTICE, _USUAL_NOTICE, few
    )
    states = [contract_state(row, row.country, today) for row in rows if scope.holds(row.account_id)]
    near = [state for state in states if state.dates.lead_on is not None and since <= state.dates.lead_on <= until]
    followed = _followed(reader, near)
    kept = [state for state in near if state.row.id not in followed and state.dates.state != "not started"]
    return sorted(kept, key=lambda state: (state.dates.lead_on or until, state.row.account_name, state.row.id))


def _followed(reader: Reader, states: Iterable[ContractState]) -> set[int]:
    """Ended contracts that a later contract of the account took over from: they are renewed, not lapsed."""
    ended = [state for state in states if state.dates.state == "lapsed"]
    others: dict[int, list[AnyRow]] = {}
    for row in portfolio.contracts_of(reader, sorted({state.row.account_id for state in ended})):
        others.setdefault(row.account_id, []).append(row)
    return {
        state.row.id
        for state in ended
        if any(
            other.id != state.row.id and (other.ends_on is None or other.ends_on > state.row.ends_on)
            for other in others.get(state.row.account_id, ())
        )
    }


def _arr_by_contract(reader: Reader, states: list[ContractState], today: date) -> dict[int, tuple[Sum, ...]]:
    """What each contract is worth a year on the last day of its current term, or the day before it starts to matter."""
    lines = account_queries.lines(reader, sorted({state.row.account_id for state in states})) if states else {}
    found = {}
    for state in states:
        own = [line for line in lines.get(state.row.account_id, ()) if line.contract_id == state.row.id]
        on = min(today, state.row.ends_on) if state.row.ends_on and not state.row.auto_renew else today
        worth = account_arr([state.row], own, state.row.account_currency, on)
        found[state.row.id] = tuple(Sum.of(money) for money in worth.totals)
    return found


def _added(sums: Iterable[tuple[Sum, ...]]) -> tuple[Sum, ...]:
    return tuple(Sum.of(money) for money in totals(Money(one.amount, one.currency) for row in sums for one in row))


def _row(state: ContractState, arr: tuple[Sum, ...]) -> RenewalRow:
    dates = state.dates
    return RenewalRow(
        account_id=id_text(state.row.account_id),
        account=state.row.account_name,
        owner=state.row.owner,
        contract=state.row.number,
        arr=arr,
        ends_on=dates.ends_on,
        notice_on=dates.notice_on,
        auto_renew=state.row.auto_renew,
        leads=dates.leads,
        lead_on=dates.lead_on,
        days_left=dates.days_left,
        state=dates.state,
        sentence=dates.sentence,
    )
