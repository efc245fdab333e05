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
from bot.domain.kpi.renewals import Due, Fate, Fates
from bot.domain.revenue import OVER
from bot.domain.terms import ContractTerms, current_term
from bot.services.contracts import account_arr
from bot.storage.database import AnyRow, Reader
from bot.storage.queries import accounts as account_queries
from bot.storage.queries.kpi import contracts as queries
from bot.storage.queries.kpi import renewed as queries_of_all
from bot.storage.queries.kpi import revenue

ROLLING_DAYS = 60
"""Contracts that renew by themselves after shorter terms (monthly ones) are no renewals anybody works on."""
_DAY = timedelta(days=1)
_EARLY = timedelta(days=400)


@dataclass
class Renewing:
    """Dues by currency; `of` leads from a due to its contract. `unpriced` and `rolling` do not count."""

    dues: dict[str, list[Due]] = field(default_factory=lambda: defaultdict(list))
    of: dict[int, AnyRow] = field(default_factory=dict)
    unpriced: int = 0
    rolling: int = 0


@dataclass(frozen=True, slots=True)
class Renewed:
    """What became of contracts, by currency, added up."""

    fates: Mapping[str, Fates]
    left_out: tuple[LeftOut, ...]


@dataclass
class _Worth:
    """What a contract is worth a year, product by product, on its last and on its first day."""

    currency: str | None = None
    at_end: dict[int | None, Decimal | None] = field(default_factory=dict)
    at_start: dict[int | None, Decimal | None] = field(default_factory=dict)
    unclear: bool = False


def renewed(reader: Reader, period: Period, ids: tuple[int, ...] | None, late_days: int) -> Renewed:
    """Of a whole workspace the database adds up; the accounts that take a closer look are gathered and added
    (`tests/services/kpi/test_facts.py`)."""
    unpriced = rolling = 0
    fates: dict[str, Fates] = {}
    if ids is None:
        apart = set()
        for row in queries_of_all.fates(reader, _days(period, late_days), late_days, ROLLING_DAYS):
            if row.fate == queries_of_all.APART:
                apart.add(row.number)
            elif row.fate == queries_of_all.ENDED:
                unpriced += row.number
            elif row.fate != queries_of_all.UNPRICED:
                unpriced -= row.number
                rolling += row.number if row.fate == queries_of_all.ROLLING else 0
                if row.fate != queries_of_all.ROLLING:
                    one = Fates({row.fate: Fate(row.number, row.worth, row.kept)})
                    fates[row.currency] = fates[row.currency] + one if row.currency in fates else one
        ids = tuple(sorted(apart))
    looked = renewing(reader, period, ids, late_days) if ids else Renewing()
    for code, dues in looked.dues.items():
        more = Fates.of(dues, period.last, late_days)
        fates[code] = fates[code] + more if code in fates else more
    left_out = (
        LeftOut(unpriced + looked.unpriced, "contracts without a recurring value"),
        LeftOut(
            rolling + looked.rolling,
            f"contracts that renew by themselves after terms of less than {ROLLING_DAYS} days",
        ),
    )
    return Renewed(fates, left_out)


def _days(period: Period, late_days: int) -> dict[str, date]:
    return {
        "first": period.first, "last": period.last, "early": period.first - _EARLY,
        "late": period.last + timedelta(days=late_days + 1),
    }  # fmt: skip


def renewing(reader: Reader, period: Period, ids: tuple[int, ...] | None, late_days: int) -> Renewing:
    """Contract by contract."""
    days = _days(period, late_days)
    rows = queries.around(reader, days, ids)
    worth = _worth(queries.worth(reader, days, ids))
    outcomes = queries.outcomes(reader)
    own = lru_cache(lambda: revenue.currencies(reader))  # all accounts: read only for contracts that name none
    by_account: dict[int, list[AnyRow]] = defaultdict(list)
    for row in rows:
        by_account[row.account_id].append(row)
    found = Renewing()
    for row in rows:
        ends_on, rolled = _due_on(row, period)
        if ends_on is None:
            continue
        price = worth.get(row.id, _Worth())
        if price.unclear:
            price = _priced(reader, row, own().get(row.account_id))
        amount = sum((one for one in price.at_end.values() if one is not None), Decimal(0))
        if amount <= 0:
            found.unpriced += 1
            continue
        if row.auto_renew and row.starts_on and (row.ends_on - row.starts_on).days < ROLLING_DAYS:
            found.rolling += 1
            continue
        due = Due(row.id, ends_on, amount)
        due = _followed(due, row, price, by_account[row.account_id], worth, late_days)
        due = _recorded(due, row, outcomes.get(row.id), rolled=rolled)
        found.of[row.id] = row
        found.dues[price.currency or own().get(row.account_id, "?")].append(due)
    return found


def _worth(rows: Iterable[AnyRow]) -> dict[int, _Worth]:
    found: dict[int, _Worth] = {}
    for row in rows:
        one = found.setdefault(row.contract_id, _Worth())
        if row.currency is not None and (one.currency is None or row.currency < one.currency):
            one.currency = row.currency
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
    begun = [
        amount for other in after for product, amount in worth[other.id].at_start.items()
        if product in price.at_end or None in price.at_end
    ]  # fmt: skip
    # What has no price was renewed as well, for nobody knows how much.
    known = [amount for amount in begun if amount is not None]
    renewed = sum(known, Decimal(0)) if len(known) == len(begun) else None
    # It starts on the day after the end at the earliest when it is on time; the signature says more where it is known.
    signed = min(other.signed_on or other.starts_on - _DAY for other in after)
    return due._replace(renewed=renewed, renewed_on=signed)


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
