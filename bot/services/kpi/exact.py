"""Revenue of accounts whose lines need a closer look, by the rule of the card: overlaps, odd terms, missing prices."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from bot.domain.kpi.holdings import Holding, Step
from bot.domain.revenue import Arr, annual_value
from bot.domain.terms import ContractTerms, current_term
from bot.services.contracts import account_arr
from bot.storage.database import AnyRow, Reader
from bot.storage.queries import accounts as queries
from bot.storage.queries.kpi.lines import Within

_PIECE = 2_000
_DAY = timedelta(days=1)


@dataclass
class Looked:
    """What came of it, by currency; `without` counts lines that lack something, `beside` lines that overlap others,
    and `ignored` is what those would add if they were added up."""

    held: dict[str, list[Holding]] = field(default_factory=lambda: defaultdict(list))
    ignored: dict[str, list[Holding]] = field(default_factory=lambda: defaultdict(list))
    steps: dict[str, list[Step]] = field(default_factory=lambda: defaultdict(list))
    without: Counter[str] = field(default_factory=Counter)
    beside: int = 0
    accounts_beside: int = 0


@dataclass(frozen=True, slots=True)
class _Account:
    id: int
    currency: str | None
    contracts: Sequence[AnyRow]
    lines: Sequence[AnyRow]

    def on(self, day: date) -> Arr:
        return account_arr(self.contracts, self.lines, self.currency, day)


def look(
    reader: Reader, ids: Iterable[int], before: date, after: date, within: Within, *, stepwise: bool = False
) -> Looked:
    """Each account's lines on the two days; `stepwise` also what happened in between."""
    found = Looked()
    for account in _accounts(reader, sorted(ids), within):
        _hold(found, account, before, after)
        if stepwise:
            _step(found, account, before, after)
    return found


def _accounts(reader: Reader, ids: Sequence[int], within: Within) -> Iterator[_Account]:
    for at in range(0, len(ids), _PIECE):
        piece = ids[at : at + _PIECE]
        contracts, lines = queries.contracts(reader, piece), queries.lines(reader, piece)
        rows = queries.accounts(reader, piece)
        for one in piece:
            own = [row for row in lines.get(one, ()) if within.product in (None, row.product_id)]
            currency = rows[one].currency if one in rows else None
            yield _Account(one, currency, contracts.get(one, ()), own)


def _hold(found: Looked, account: _Account, before: date, after: date) -> None:
    sums: dict[tuple[str, Any], list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    others: dict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    overlapping: set[int] = set()
    for place, day in enumerate((before, after)):
        arr = account.on(day)
        for line in arr.counted:
            worth = annual_value(line)
            if worth is not None:
                sums[worth.currency, (line.product_id, line.unit)][place] += worth.amount
        for line in (line for overlap in arr.overlaps for line in overlap.ignored):
            overlapping.add(line.id)
            worth = annual_value(line)
            if worth is not None:
                others[worth.currency][place] += worth.amount
        if place:
            found.without.update(one.why for one in arr.left_out if one.why in _LACKING)
    found.beside += len(overlapping)
    found.accounts_beside += bool(overlapping)
    for (currency, item), (first, last) in sums.items():
        found.held[currency].append(Holding(account.id, item, first, last))
    for currency, (first, last) in others.items():
        found.ignored[currency].append(Holding(account.id, None, first, last))


_LACKING = frozenset({"no amount", "no start", "no period", "term without an end"})


def _step(found: Looked, account: _Account, before: date, after: date) -> None:
    levels: dict[str, Decimal] = {money.currency: money.amount for money in account.on(before).totals}
    for day in _turns(account, before, after):
        now = {money.currency: money.amount for money in account.on(day).totals}
        for currency in sorted(levels.keys() | now.keys()):
            change = now.get(currency, Decimal(0)) - levels.get(currency, Decimal(0))
            if change:
                found.steps[currency].append(Step(account.id, day, change))
        levels = now


def _turns(account: _Account, before: date, after: date) -> list[date]:
    """Days on which what counts may change: starts, days after ends, and the terms of contracts that renew."""
    days = {row.starts_on for row in account.lines if row.starts_on}
    days |= {row.ends_on + _DAY for row in account.lines if row.ends_on and row.ends_on <= after}
    for row in account.contracts:
        terms = ContractTerms(row.starts_on, row.ends_on, row.auto_renew)
        at = before
        while row.auto_renew and (term := current_term(terms, at)) is not None and term.ends_on < after:
            at = term.ends_on + _DAY
            days.add(at)
            if term.ends_on < before:
                break
    return sorted(day for day in days if before < day <= after)
