"""Contract rows turned into what the renewal and revenue rules read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.money import Money, totals
from bot.domain.revenue import OVER, Arr, Line, arr
from bot.domain.terms import ContractTerms, RenewalDates, current_term, renewal_dates
from bot.storage.database import AnyRow, Reader
from bot.storage.queries import accounts as queries


@dataclass(frozen=True, slots=True)
class ContractState:
    """A contract with its dates as of a day."""

    row: AnyRow
    terms: ContractTerms
    dates: RenewalDates


def contract_state(row: AnyRow, country: str | None, today: date) -> ContractState:
    terms = ContractTerms(
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        auto_renew=row.auto_renew,
        notice_days=row.notice_days,
        notice_business_days=row.notice_business_days,
        country=country,
    )
    return ContractState(row, terms, renewal_dates(terms, today))


_RUNNING = {
    "upcoming": 0,
    "notice passed": 0,
    "auto-renewed": 0,
    "not started": 1,
    "open-ended": 2,
    "lapsed": 3,
    "unknown": 4,
}


def leading(states: Sequence[ContractState]) -> ContractState | None:
    """The contract to lead with: of those that run the one whose date comes first; else what comes nearest to it.

    A contract that ended and was followed by another that runs or starts is history and never leads.
    """
    if not states:
        return None

    def order(state: ContractState) -> tuple[int, int, int]:
        days = state.dates.days_left if state.dates.days_left is not None else 10**6
        return _RUNNING[state.dates.state], abs(days), state.row.id

    return min(states, key=order)


def account_arr(contracts: Iterable[AnyRow], lines: Iterable[AnyRow], currency: str | None, today: date) -> Arr:
    """ARR of one account. A line that ends with a contract that renewed itself runs on with the current term."""
    by_id = {row.id: row for row in contracts}
    return arr((_line(row, by_id.get(row.contract_id), currency, today) for row in lines), today)


def _line(row: AnyRow, contract: AnyRow | None, currency: str | None, today: date) -> Line:
    starts_on, ends_on = row.starts_on, row.ends_on
    if contract is not None and ends_on is not None and ends_on < today and ends_on == contract.ends_on:
        terms = ContractTerms(contract.starts_on, contract.ends_on, contract.auto_renew, contract.notice_days)
        term = current_term(terms, today)
        if term is not None and term.rolled:
            starts_on, ends_on = term.starts_on, term.ends_on
    code = row.currency or currency
    cancelled = contract is not None and (contract.status or "").casefold() in OVER
    return Line(
        id=row.id,
        contract_id=row.contract_id,
        product_id=row.product_id,
        unit=row.unit,
        amount=Money(row.amount, code or "?") if row.amount is not None else None,
        period=row.period,
        recurring=row.period != "once" and not cancelled,
        starts_on=starts_on,
        ends_on=ends_on,
        trial=row.trial,
    )


@dataclass(frozen=True, slots=True)
class BookArr:
    """ARR over many accounts: sums per currency, and how many lines stand behind them."""

    totals: tuple[Money, ...]
    counted: int
    left_out: int
    overlapping: int


def book_arr(reader: Reader, ids: Sequence[int], today: date) -> BookArr:
    """ARR of these accounts, each by the same rule as on its card."""
    return added_arr(reader, queries.accounts(reader, ids), queries.contracts(reader, ids), today)


def added_arr(
    reader: Reader, rows: Mapping[int, AnyRow], contracts: Mapping[int, Sequence[AnyRow]], today: date
) -> BookArr:
    """The same of accounts whose rows and contracts are read already."""
    return summed(each_arr(reader, rows, contracts, today).values())


def each_arr(
    reader: Reader, rows: Mapping[int, AnyRow], contracts: Mapping[int, Sequence[AnyRow]], today: date
) -> dict[int, Arr]:
    """The ARR of each account that has contract lines."""
    lines = queries.lines(reader, list(rows))
    return {one: account_arr(contracts.get(one, ()), found, rows[one].currency, today) for one, found in lines.items()}


def summed(arrs: Iterable[Arr]) -> BookArr:
    """Per currency, never across."""
    each = list(arrs)
    return BookArr(
        totals=totals(money for one in each for money in one.totals),
        counted=sum(len(one.counted) for one in each),
        left_out=sum(len(one.left_out) for one in each),
        overlapping=sum(len(overlap.ignored) for one in each for overlap in one.overlaps),
    )
