"""A look at many accounts at once: what is read of them, when it is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from bot.domain.policy import Policies
from bot.domain.revenue import Arr
from bot.services.assess import State, assess
from bot.services.contracts import BookArr, ContractState, contract_state, each_arr, leading, summed
from bot.storage.database import AnyRow, Reader
from bot.storage.queries import accounts as queries


@dataclass(frozen=True)
class Look:
    """What an order is made from. Only what it needs is read, and once: assessing hundreds of accounts for a page of
    eight takes ten times as long as putting them in order."""

    reader: Reader
    policies: Policies
    now: datetime
    today: date
    rows: dict[int, AnyRow]
    _states: dict[int, State] = field(default_factory=dict)

    @cached_property
    def contracts(self) -> dict[int, list[AnyRow]]:
        return queries.contracts(self.reader, sorted(self.rows))

    def states(self, ids: Iterable[int]) -> dict[int, State]:
        wanted = list(ids)
        unknown = [one for one in wanted if one not in self._states]
        self._states.update(assess(self.reader, unknown, self.policies, self.now, self.today))
        return {one: self._states[one] for one in wanted if one in self._states}

    @cached_property
    def arrs(self) -> dict[int, Arr]:
        """ARR of each account that has contract lines."""
        return each_arr(self.reader, self.rows, self.contracts, self.today)

    def arr(self, ids: Iterable[int]) -> BookArr:
        return summed(self.arrs[one] for one in ids if one in self.arrs)

    def leading(self, one: int) -> ContractState | None:
        own = self.contracts.get(one, ())
        return leading([contract_state(contract, self.rows[one].country, self.today) for contract in own])
