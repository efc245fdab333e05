"""What the revenue figures of a scope need, added up by currency.

Of a whole workspace the database adds up; what it cannot judge by itself (subsidiaries of one customer, contracts that
overlap, odd terms, several currencies) is gathered customer by customer and added. Of somebody's accounts all are
gathered so. Both ways lead to the same sums (`tests/services/kpi/test_facts.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, Self, TypeVar

from bot.domain.kpi.base import LeftOut
from bot.domain.kpi.grouped import Cohort, Sale, Sold
from bot.domain.kpi.movements import KINDS, Kind, Moved
from bot.domain.kpi.period import Period
from bot.services.kpi.revenue import Books
from bot.storage.database import AnyRow, Reader
from bot.storage.queries.kpi import lines, summed
from bot.storage.queries.kpi import revenue as queries
from bot.storage.queries.kpi.lines import Asked, Within


class _Sum(Protocol):
    def __add__(self, other: Self, /) -> Self: ...


S = TypeVar("S", bound=_Sum)
Read = Callable[[Reader, Asked, set[int]], list[AnyRow]]


@dataclass
class Facts:
    """Each is read or worked out when first asked for and then kept."""

    reader: Reader
    within: Within
    period: Period

    @cached_property
    def customers(self) -> dict[str, Cohort]:
        """Without those who changed their currency: there is no rate to compare by."""
        gathered = {code: Cohort.of(rows) for code, rows in self._books.customers.items()}
        return _added(gathered, self._cohorts)

    @cached_property
    def added_up(self) -> dict[str, Cohort]:
        """As if lines that overlap were all paid for; empty without overlaps."""
        gathered = {code: Cohort.of(rows) for code, rows in self._books.added_up.items()}
        return _added(gathered, self._cohorts) if gathered else {}

    @cached_property
    def paying(self) -> dict[str, Cohort]:
        """Everybody, also who changed their currency."""
        gathered = {code: Cohort.of(rows) for code, rows in self._books.paying.items()}
        return _added(gathered, self._cohorts)

    @cached_property
    def everybody(self) -> Cohort:
        """Who pays on the two days in whatever currency, 1 for yes: for what counts customers and not money."""
        heads = (Cohort.of_heads(one.customers, one.stayed, one.active) for one in self._cohorts.values())
        return sum(heads, Cohort.of(self._books.everybody))

    @cached_property
    def currencies(self) -> list[str]:
        """Those in which somebody pays on either day, the one with most customers first."""
        counts = {code: one.known for code, one in self.paying.items() if one.known}
        return sorted(counts, key=lambda code: (-counts[code], code))

    @cached_property
    def sold(self) -> dict[str, Sold]:
        """By currency, in the order of `currencies`."""
        gathered = {code: Sold.of(held) for code, held in self._books.products.items()}
        every = _added(gathered, self._sales)
        return {code: every.get(code, Sold()) for code in self.currencies}

    @cached_property
    def sold_in_all(self) -> Sold:
        """Customers of several currencies are counted once."""
        products = self._books.products
        every = [one._replace(item=(code, one.item)) for code, held in products.items() for one in held]
        return sum(self._sales.values(), Sold.of(every))

    @cached_property
    def moved(self) -> dict[str, Moved]:
        return _added({code: Moved.of(found) for code, found in self._books.movements.items()}, self._moves)

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        return self._books.left_out

    @cached_property
    def _books(self) -> Books:
        """Those that are gathered."""
        if self._asked is None:
            return Books(self.reader, self.within, self.period)
        within = Within(tuple(sorted(self._apart)), self.within.product)
        return Books(self.reader, within, self.period, (self._asked, self._strange))

    @cached_property
    def _asked(self) -> Asked | None:
        """None where nothing is left to the database."""
        if self.within.ids is not None:
            return None
        return lines.ask(self.reader, self.period.before, self.period.last, self.within)

    @cached_property
    def _apart(self) -> set[int]:
        """What SQL cannot judge, and every account that has a parent or is one."""
        families = queries.parents(self.reader)
        return self._strange | families.keys() | set(families.values())

    @cached_property
    def _strange(self) -> set[int]:
        return set() if self._asked is None else lines.apart(self.reader, self._asked)

    def _rows(self, read: Read) -> list[AnyRow]:
        return [] if self._asked is None else read(self.reader, self._asked, self._apart)

    @cached_property
    def _cohorts(self) -> dict[str, Cohort]:
        return {row.currency: Cohort(*row[1:]) for row in self._rows(summed.cohorts)}

    @cached_property
    def _sales(self) -> dict[str, Sold]:
        return {
            row.currency: Sold(
                row.customers, row.before, Sale(row.up, row.up_gained), Sale(row.cross, row.cross_gained)
            )
            for row in self._rows(summed.sales)
        }

    @cached_property
    def _moves(self) -> dict[str, Moved]:
        found: dict[str, dict[Kind, AnyRow]] = defaultdict(dict)
        for row in self._rows(summed.moves):
            found[row.currency][row.kind] = row
        return {code: _moved(rows) for code, rows in found.items()}


def _moved(rows: dict[Kind, AnyRow]) -> Moved:
    by_kind = {kind: (rows[kind][2], rows[kind][3]) if kind in rows else Moved.of(()).by_kind[kind] for kind in KINDS}
    return Moved(by_kind, rows["expansion"].customers if "expansion" in rows else 0)


def _added(gathered: dict[str, S], summed_up: dict[str, S]) -> dict[str, S]:
    found = dict(gathered)
    for code, one in summed_up.items():
        found[code] = found[code] + one if code in found else one
    return found
