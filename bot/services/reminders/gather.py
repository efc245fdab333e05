"""From rows of the book to accounts as the planner reads them. A set of accounts costs half a dozen queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.preferences import zone_of
from bot.domain.reminders.account import Account
from bot.domain.reminders.checkins import Silence
from bot.domain.reminders.course import Over
from bot.domain.reminders.ladder import Contract, Outcome
from bot.domain.reminders.place import Place
from bot.domain.reminders.promises import Promised
from bot.domain.revenue import OVER
from bot.domain.terms import ContractTerms
from bot.domain.when.calendars import Workdays
from bot.storage.database import AnyRow, Reader
from bot.storage.queries import accounts as account_queries
from bot.storage.queries import planning as queries

_GONE = Over("it is no longer in the book")
_FORMER = Over("the account is no customer any more")
_ENDED = frozenset({"former", "churned", "lost", "cancelled", "canceled"})
_NO_CUSTOMERS = frozenset({"prospect", "partner"})
_PROMISE_ENDS: Mapping[str, Over] = {
    "kept": Over("the promise was kept", "done"),
    "missed": Over("the promise was missed"),
    "cancelled": Over("the promise was taken back"),
}


@dataclass(frozen=True, slots=True)
class _Rows:
    """What was read for a set of accounts."""

    contracts: dict[int, list[AnyRow]]
    products: dict[int, set[int]]
    outcomes: dict[int, list[AnyRow]]
    promises: dict[int, list[AnyRow]]
    touches: dict[int, datetime]
    touches_known: bool


def gather(reader: Reader, ids: Sequence[int], now: datetime, zone: ZoneInfo) -> dict[int, Account]:
    """The accounts with these ids, in the customer's zone or else the workspace's `zone`. Those that are gone are
    accounts of which nothing more is to be said."""
    rows = queries.accounts(reader, ids)
    read = _read(reader, ids, now)
    found = {one: _account(row, read, now, zone) for one, row in rows.items()}
    for one in ids:
        if one not in found:
            found[one] = Account(one, "", Place(zone.key, Workdays()), over=_GONE)
    return found


def _read(reader: Reader, ids: Sequence[int], now: datetime) -> _Rows:
    contracts = _by_account(queries.contracts(reader, ids))
    several = [one for one, found in contracts.items() if len(found) > 1]
    outcomes: dict[int, list[AnyRow]] = {}
    for row in queries.outcomes(reader, [row.id for found in contracts.values() for row in found]):
        outcomes.setdefault(row.contract_id, []).append(row)
    touches = account_queries.last_touches(reader, ids, now)
    return _Rows(
        contracts=contracts,
        products=queries.products(reader, several),
        outcomes=outcomes,
        promises=_by_account(queries.promises(reader, ids)),
        touches=touches,
        touches_known=bool(touches) or queries.any_touch(reader),
    )


def _by_account(rows: Iterable[AnyRow]) -> dict[int, list[AnyRow]]:
    found: dict[int, list[AnyRow]] = {}
    for row in rows:
        found.setdefault(row.account_id, []).append(row)
    return found


def _account(row: AnyRow, read: _Rows, now: datetime, zone: ZoneInfo) -> Account:
    own = zone_of(row.timezone)
    place = Place(own.key if own is not None else zone.key, Workdays(row.country))
    if (row.kind or "").casefold() in _ENDED or (row.lifecycle or "").casefold() in _ENDED:
        return Account(row.id, row.name, place, over=_FORMER)
    contracts = tuple(_contract(one, row, read, place) for one in read.contracts.get(row.id, ()))
    return Account(
        id=row.id,
        name=row.name,
        place=place,
        contracts=contracts,
        promises=tuple(_promised(one, place) for one in read.promises.get(row.id, ())),
        silence=_silence(row, contracts, read, place, place.today(now)),
    )


def _contract(row: AnyRow, account: AnyRow, read: _Rows, place: Place) -> Contract:
    terms = ContractTerms(
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        auto_renew=row.auto_renew,
        notice_days=row.notice_days,
        notice_business_days=row.notice_business_days,
        country=account.country,
    )
    return Contract(
        id=row.id,
        account_id=account.id,
        terms=terms,
        segment=account.segment,
        place=place,
        over=_over(row),
        outcomes=tuple(Outcome(one.anchor_on, one.outcome, one.by) for one in read.outcomes.get(row.id, ())),
        number=row.number,
        products=frozenset(read.products.get(row.id, ())),
    )


def _over(row: AnyRow) -> Over | None:
    status = (row.status or "").casefold()
    if status not in OVER:
        return None
    return Over(f"the contract is {status}", "overtaken" if status == "draft" else "not renewing")


def _promised(row: AnyRow, place: Place) -> Promised:
    over = None if row.status == "open" else _PROMISE_ENDS.get(row.status, _GONE)
    return Promised(row.id, row.account_id, row.quote, row.owner_id, row.due_on, place, over)


def _silence(row: AnyRow, contracts: Sequence[Contract], read: _Rows, place: Place, today: date) -> Silence | None:
    """Check-ins are for customers: with a contract, or of whom no contract is known."""
    if not contracts and (row.kind or "").casefold() in _NO_CUSTOMERS:
        return None
    touch = read.touches.get(row.id)
    since = place.today(touch) if touch is not None else None
    if since is None and read.touches_known:
        began = [one.terms.starts_on for one in contracts if one.over is None and one.terms.starts_on is not None]
        since = min((on for on in began if on <= today), default=None)
    return Silence(row.id, row.segment, place, since)
