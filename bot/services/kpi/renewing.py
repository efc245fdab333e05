"""What came up for renewal in a period, and what followed it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, timedelta
from decimal import Decimal
from functools import lru_cache

from bot.domain.kpi.base import LeftOut
from bot.domain.kpi.period import Period
from bot.domain.kpi.renewals import Due
from bot.domain.revenue import OVER
from bot.domain.terms import ContractTerms, current_term
from bot.services.contracts import account_arr
from bot.storage.database import AnyRow, Reader
from bot.storage.queries import accounts as account_queries
from bot.storage.queries.kpi import contracts as queries
from bot.storage.queries.kpi import revenue

ROLLING_DAYS = 60
"""Contracts that renew by themselves after shorter terms (monthly ones) are no renewals anybody works on."""
_DAY = timedelta(days=1)
_EARLY = timedelta(days=400)


@dataclass
class Renewing:
    """Dues by currency; `of` leads from a due to its contract."""

    dues: dict[str, list[Due]] = field(default_factory=lambda: defaultdict(list))
    of: dict[int, AnyRow] = field(default_factory=dict)
    left_out: tuple[LeftOut, ...] = ()


@dataclass
class _Worth:
    """What a contract is worth a year, product by product, on its last and on its first day."""

    currency: str | None = None
    at_end: dict[int | None, Decimal] = field(default_factory=dict)
    at_start: dict[int | None, Decimal] = field(default_factory=dict)
    unclear: bool = False


def renewing(reader: Reader, period: Period, ids: tuple[int, ...] | None, late_days: int) -> Renewing:
    days = {
        "first": period.first, "last": period.last, "early": period.first - _EARLY,
        "late": period.last + timedelta(days=late_days + 1),
    }  # fmt: skip
    rows = queries.around(reader, days, ids)
    worth = _worth(queries.worth(reader, days, ids))
    outcomes = queries.outcomes(reader)
    own = revenue.currencies(reader)
    by_account: dict[int, list[AnyRow]] = defaultdict(list)
    for row in rows:
        by_account[row.account_id].append(row)
    found, rolling, unpriced = Renewing(), 0, 0
    for row in rows:
        ends_on, rolled = _due_on(row, period)
        if ends_on is None:
            continue
        if row.auto_renew and row.starts_on and (row.ends_on - row.starts_on).days < ROLLING_DAYS:
            rolling += 1
            continue
        price = worth.get(row.id, _Worth())
        if price.unclear:
            price = _priced(reader, row, own.get(row.account_id))
        amount = sum(price.at_end.values(), Decimal(0))
        if amount <= 0:
            unpriced += 1
            continue
        due = Due(row.id, ends_on, amount)
        due = _followed(due, row, price, by_account[row.account_id], worth, late_days)
        due = _recorded(due, row, outcomes.get(row.id), rolled=rolled)
        found.of[row.id] = row
        found.dues[price.currency or own.get(row.account_id, "?")].append(due)
    found.left_out = (
        LeftOut(unpriced, "contracts without a recurring value"),
        LeftOut(rolling, f"contracts that renew by themselves after terms of less than {ROLLING_DAYS} days"),
    )
    return found


def _worth(rows: Iterable[AnyRow]) -> dict[int, _Worth]:
    found: dict[int, _Worth] = {}
    for row in rows:
        one = found.setdefault(row.contract_id, _Worth(row.currency))
        one.at_end[row.product_id] = row.at_end
        one.at_start[row.product_id] = row.at_start
        one.unclear = one.unclear or bool(row.unclear)
    return found


def _due_on(row: AnyRow, period: Period) -> tuple[date | None, bool]:
    """The last day of the term that ended in the period, and whether it had renewed itself before."""
    if row.ends_on is None:
        return None, False
    if period.first <= row.ends_on <= period.last:
        return row.ends_on, False
    if not row.auto_renew or row.ends_on > period.last:
        return None, False
    ends_on = _rolled_end(row.starts_on, row.ends_on, period.first)
    return (ends_on, True) if ends_on is not None and ends_on <= period.last else (None, False)


@lru_cache(maxsize=20_000)
def _rolled_end(starts_on: date | None, ends_on: date, on: date) -> date | None:
    term = current_term(ContractTerms(starts_on, ends_on, True), on)
    return term.ends_on if term is not None and term.rolled else None


def _priced(reader: Reader, row: AnyRow, currency: str | None) -> _Worth:
    """By the rule of the card, where SQL could not say."""
    lines = [line for line in account_queries.lines(reader, [row.account_id]).get(row.account_id, ())
             if line.contract_id == row.id]  # fmt: skip
    total = account_arr([row], lines, currency, row.ends_on).totals
    if not total:
        return _Worth(currency)
    return _Worth(total[0].currency, {None: total[0].amount}, {None: total[0].amount})


def _followed(
    due: Due, row: AnyRow, price: _Worth, others: Iterable[AnyRow], worth: Mapping[int, _Worth], late_days: int
) -> Due:
    """With the contracts of the same account and products that took over: they start after it did, by `late_days`
    after its end at the latest, and run longer."""
    after = [
        other for other in others
        if other.id != row.id
        and other.starts_on is not None
        and (row.starts_on is None or other.starts_on > row.starts_on)
        and other.starts_on <= due.ends_on + timedelta(days=late_days + 1)
        and (other.ends_on is None or other.ends_on > due.ends_on)
        and (other.status or "").casefold() not in OVER
        and _shares(price, worth.get(other.id))
    ]  # fmt: skip
    if not after:
        return due
    renewed = sum(
        (
            amount for other in after for product, amount in worth[other.id].at_start.items()
            if product in price.at_end or None in price.at_end
        ),
        Decimal(0),
    )  # fmt: skip
    first = min(after, key=lambda other: other.starts_on)
    # It starts on the day after the end at the earliest when it is on time; the signature says more where it is known.
    return due._replace(renewed=renewed, renewed_on=first.signed_on or first.starts_on - _DAY)


def _shares(price: _Worth, other: _Worth | None) -> bool:
    if other is None:
        return False
    return bool(price.at_end.keys() & other.at_start.keys()) or None in price.at_end or None in other.at_start


def _recorded(due: Due, row: AnyRow, outcome: AnyRow | None, *, rolled: bool) -> Due:
    """What nothing followed may have renewed by itself, or as a person recorded."""
    if due.renewed_on is not None:
        return due
    if outcome is not None and outcome.anchor_on == due.ends_on:
        if outcome.outcome == "renewed":
            return due._replace(renewed_on=min(outcome.at.astimezone(UTC).date(), due.ends_on))
        return due
    over = (row.status or "").casefold() in OVER
    return due._replace(renewed_on=due.ends_on, by_itself=True) if (row.auto_renew or rolled) and not over else due
