"""What is at stake in the contracts of accounts: it decides what is said first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from bot.domain.reminders.account import Account
from bot.services.contracts import account_arr
from bot.storage.database import AnyRow, Reader
from bot.storage.queries import accounts as queries


def with_stakes(reader: Reader, accounts: Mapping[int, Account], now: datetime) -> dict[int, Account]:
    """The accounts, each contract with its ARR as of the account's day; of several currencies the largest."""
    rows = queries.contracts(reader, list(accounts))
    lines = queries.lines(reader, list(accounts))
    return {one: _staked(found, rows.get(one, ()), lines.get(one, ()), now) for one, found in accounts.items()}


def _staked(account: Account, rows: Sequence[AnyRow], lines: Sequence[AnyRow], now: datetime) -> Account:
    today = account.place.today(now)
    stakes = {}
    for row in rows:
        found = account_arr([row], [line for line in lines if line.contract_id == row.id], None, today)
        stakes[row.id] = max((money.amount for money in found.totals), default=Decimal(0))
    contracts = tuple(replace(one, arr=stakes.get(one.id, Decimal(0))) for one in account.contracts)
    return replace(account, contracts=contracts)
