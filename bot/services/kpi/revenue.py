"""Recurring revenue of a scope on the two days of a period, and the movements in between, by currency."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from bot.domain.kpi.base import LeftOut
from bot.domain.kpi.holdings import Customer, Holding, Step, Tops, at_customers, customers, tops
from bot.domain.kpi.movements import Movement, movements
from bot.domain.kpi.period import Period
from bot.services.kpi.exact import Looked, look
from bot.storage.database import AnyRow, Reader
from bot.storage.queries.kpi import revenue as queries
from bot.storage.queries.kpi.revenue import Within

CHANGED = "who changed their currency: there is no rate to compare by"
_WORDS = {
    "no amount": "lines without an amount", "no start": "lines without a start", "no period": "lines without a period",
    "term without an end": "lines priced for a term without an end",
}  # fmt: skip


@dataclass
class Books:
    """Facts of one scope and period, each read when first asked for and then kept."""

    reader: Reader
    within: Within
    period: Period
    _held: dict[bool, dict[str, list[Holding]]] = field(default_factory=dict)
    _left: tuple[LeftOut, ...] = ()
    _looked: set[int] = field(default_factory=set)
    _since: dict[int, date] = field(default_factory=dict)
    _tops: Tops | None = None
    _own: dict[int, str] | None = None

    @property
    def top(self) -> Tops:
        if self._tops is None:
            self._tops = tops(queries.parents(self.reader))
        return self._tops

    def currencies(self) -> list[str]:
        """Those in which somebody pays on either day, the one with most customers first."""
        counts = {code: len(customers(rows, {})) for code, rows in self.held().items()}
        return sorted((code for code in counts if counts[code]), key=lambda code: (-counts[code], code))

    def held(self, *, by_product: bool = False) -> dict[str, list[Holding]]:
        """Yearly amounts by account, by currency; `by_product` for each product and unit apart."""
        if by_product not in self._held:
            self._held[by_product] = self._read(by_product)
        return self._held[by_product]

    def customers(self, currency: str) -> list[Customer]:
        """Without those who changed their currency: there is no rate to compare by."""
        switched = self.switched()
        return [
            one for one in customers(self.held().get(currency, ()), self.top) if one.id not in switched
        ]  # fmt: skip

    def everybody(self) -> list[Customer]:
        """Who pays on the two days in whatever currency, 1 for yes: for what counts customers and not money."""
        active: dict[int, list[bool]] = {}
        for rows in self.held().values():
            for one in customers(rows, self.top):
                both = active.setdefault(one.id, [False, False])
                both[0], both[1] = both[0] or one.before > 0, both[1] or one.after > 0
        return [Customer(one, Decimal(before), Decimal(after)) for one, (before, after) in active.items()]

    def paying(self, currency: str) -> list[Customer]:
        """Everybody, also who changed their currency: what is paid today compares with nothing."""
        return customers(self.held().get(currency, ()), self.top)

    def opening(self, currency: str) -> Decimal:
        """What was paid a year before the period began."""
        return sum((one.before for one in self.customers(currency)), Decimal(0))

    def products(self, currency: str) -> list[Holding]:
        switched = self.switched()
        rows = at_customers(self.held(by_product=True).get(currency, ()), self.top)
        return [one for one in rows if one.account not in switched]

    def switched(self) -> set[int]:
        """Customers that paid in one currency on the first day and in others on the last."""
        if len(self.held()) < 2:
            return set()
        before: dict[int, set[str]] = defaultdict(set)
        after: dict[int, set[str]] = defaultdict(set)
        for code, rows in self.held().items():
            for one in customers(rows, self.top):
                if one.before:
                    before[one.id].add(code)
                if one.after:
                    after[one.id].add(code)
        return {one for one in before.keys() & after.keys() if not before[one] & after[one]}

    def left_out(self) -> tuple[LeftOut, ...]:
        self.held()
        return (*self._left, LeftOut(len(self.switched()), CHANGED))

    def movements(self, currency: str) -> list[Movement]:
        """One per customer and day; without customers that changed their currency."""
        before, after = self.period.before, self.period.last
        switched, opening = self.switched(), dict[int, Decimal]()
        tangled = queries.overlapping(self.reader, before, after, self.within) | self._tangled()
        for one in self.held().get(currency, ()):
            opening[one.account] = opening.get(one.account, Decimal(0)) + one.before
        rows = queries.steps(self.reader, before, after, self.within)
        found = [
            Step(row.account_id, row.on, row.amount)
            for row in rows
            if row.account_id not in tangled and self._code(row) == currency
        ]
        if tangled:
            looked = look(self.reader, tangled, before, after, self.within, stepwise=True)
            found += looked.steps.get(currency, [])
        moved = movements(opening, found, self.top, self._since)
        return [one for one in moved if one.customer not in switched] if switched else moved

    def _read(self, by_product: bool) -> dict[str, list[Holding]]:
        rows = queries.held(self.reader, self.period.before, self.period.last, self.within, by_product=by_product)
        tangled = {row.account_id for row in rows if row.tangled}
        if by_product:
            tangled |= self._tangled()
        found: dict[str, list[Holding]] = defaultdict(list)
        for row in rows:
            if not by_product and row.since is not None:
                self._since[row.account_id] = row.since
            if row.account_id not in tangled and (row.before or row.after):
                item = (row.product_id, row.unit) if by_product else None
                found[self._code(row)].append(Holding(row.account_id, item, row.before, row.after))
        self._take(found, tangled, by_product=by_product)
        return found

    def _take(self, found: dict[str, list[Holding]], tangled: set[int], *, by_product: bool) -> None:
        if not tangled:
            return
        looked = look(self.reader, tangled, self.period.before, self.period.last, self.within)
        for code, held in looked.held.items():
            found[code] += held
        if not by_product:
            self._left = _told(looked)
            self._looked = tangled

    def _tangled(self) -> set[int]:
        self.held()
        return self._looked

    def _code(self, row: AnyRow) -> str:
        """The currency of a row, else the account's own."""
        if row.currency is not None:
            return str(row.currency)
        if self._own is None:
            self._own = queries.currencies(self.reader)
        return self._own.get(row.account_id, "?")


def _told(looked: Looked) -> tuple[LeftOut, ...]:
    lines = "line that overlaps" if looked.beside == 1 else "lines that overlap"
    accounts = "1 account" if looked.accounts_beside == 1 else f"{looked.accounts_beside:,} accounts"
    overlapping = LeftOut(
        looked.beside,
        f"{lines} another contract for the same product and unit, at {accounts} (a data fault if added up: the "
        "contract that started last counts)",
    )
    return (overlapping, *(LeftOut(count, _WORDS[why]) for why, count in sorted(looked.without.items())))
