"""Recurring revenue of a scope on the two days of a period, and the movements in between, by currency."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from bot.domain.kpi.base import LeftOut
from bot.domain.kpi.holdings import Customer, Holding, Step, Tops, at_customers, customers, tops
from bot.domain.kpi.movements import Movement, movements
from bot.domain.kpi.period import Period
from bot.services.kpi.exact import Looked, look
from bot.storage.database import AnyRow, Reader
from bot.storage.queries.kpi import lines
from bot.storage.queries.kpi import revenue as queries
from bot.storage.queries.kpi.lines import Asked, Within

CHANGED = "who changed their currency: there is no rate to compare by"
_WORDS = {
    "no amount": "lines without an amount", "no start": "lines without a start", "no period": "lines without a period",
    "term without an end": "lines priced for a term without an end",
}  # fmt: skip


_NO, _YES = Decimal(0), Decimal(1)


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read: amounts by currency, and the first day each account ever paid."""

    held: dict[str, list[Holding]]
    since: dict[int, date]


@dataclass
class Books:
    """Facts of one scope and period, each read or worked out when first asked for and then kept."""

    reader: Reader
    within: Within
    period: Period
    known: tuple[Asked, set[int]] | None = None
    """How to ask and who stands apart, where the reader of a wider scope knows it already."""

    @cached_property
    def asked(self) -> Asked:
        if self.known is not None:
            return replace(self.known[0], within=self.within)
        return lines.ask(self.reader, self.period.before, self.period.last, self.within)

    @cached_property
    def apart(self) -> set[int]:
        """Accounts that take a closer look, line by line."""
        return self.known[1] if self.known is not None else lines.apart(self.reader, self.asked)

    @cached_property
    def top(self) -> Tops:
        return tops(queries.parents(self.reader))

    @cached_property
    def currencies(self) -> list[str]:
        """Those in which somebody pays on either day, the one with most customers first."""
        counts = {code: len(rows) for code, rows in self.paying.items() if rows}
        return sorted(counts, key=lambda code: (-counts[code], code))

    @property
    def held(self) -> dict[str, list[Holding]]:
        """Yearly amounts by account, by currency."""
        return self._read.held

    @cached_property
    def products(self) -> dict[str, list[Holding]]:
        """Yearly amounts by customer, product and unit, by currency; without customers that changed theirs."""
        found: dict[str, list[Holding]] = defaultdict(list)
        for row in queries.held(self.reader, self.asked, by_product=True):
            if (row.before or row.after) and row.account_id not in self.apart:
                item = row.product_id, row.unit
                found[self._code(row)].append(Holding(row.account_id, item, row.before, row.after))
        for code, held in self._looked.held.items():
            found[code] += held
        return {
            code: [one for one in at_customers(held, self.top) if one.account not in self.switched]
            for code, held in found.items()
        }

    @cached_property
    def paying(self) -> dict[str, list[Customer]]:
        """Everybody, also who changed their currency: what is paid today compares with nothing."""
        return {code: customers(rows, self.top) for code, rows in self.held.items()}

    @cached_property
    def customers(self) -> dict[str, list[Customer]]:
        """Without those who changed their currency: there is no rate to compare by."""
        if not self.switched:
            return self.paying
        return {code: [one for one in rows if one.id not in self.switched] for code, rows in self.paying.items()}

    @cached_property
    def everybody(self) -> list[Customer]:
        """Who pays on the two days in whatever currency, 1 for yes: for what counts customers and not money."""
        before, after = set[int](), set[int]()
        for rows in self.paying.values():
            before |= {one.id for one in rows if one.before > 0}
            after |= {one.id for one in rows if one.after > 0}
        return [Customer(one, _YES if one in before else _NO, _YES if one in after else _NO) for one in before | after]

    @cached_property
    def switched(self) -> set[int]:
        """Customers that paid in one currency on the first day and in others on the last."""
        before: dict[int, set[str]] = defaultdict(set)
        after: dict[int, set[str]] = defaultdict(set)
        times = Counter(one.id for rows in self.paying.values() for one in rows)
        for code, rows in self.paying.items():
            for one in rows:
                if times[one.id] > 1:
                    before[one.id] |= {code} if one.before else set()
                    after[one.id] |= {code} if one.after else set()
        return {one for one in before if before[one] and after[one] and not before[one] & after[one]}

    @cached_property
    def added_up(self) -> dict[str, list[Customer]]:
        """As if lines that overlap were all paid for: what a sum over the rows comes to. Empty without overlaps."""
        ignored = self._looked.ignored
        if not ignored:
            return {}
        codes = self.held.keys() | ignored.keys()
        every = {code: customers([*self.held.get(code, ()), *ignored.get(code, ())], self.top) for code in codes}
        return {code: [one for one in rows if one.id not in self.switched] for code, rows in every.items()}

    def opening(self, currency: str) -> Decimal:
        """What was paid a year before the period began."""
        return sum((one.before for one in self.customers.get(currency, ())), Decimal(0))

    @cached_property
    def left_out(self) -> tuple[LeftOut, ...]:
        return (*_told(self._looked), LeftOut(len(self.switched), CHANGED))

    @cached_property
    def movements(self) -> dict[str, list[Movement]]:
        """One per customer and day, by currency; without customers that changed theirs."""
        found = {}
        for code, steps in self._steps.items():
            opening: dict[int, Decimal] = defaultdict(Decimal)
            for one in self.held.get(code, ()):
                opening[one.account] += one.before
            moved = movements(opening, steps, self.top, self._read.since)
            found[code] = [one for one in moved if one.customer not in self.switched] if self.switched else moved
        return found

    @cached_property
    def _steps(self) -> dict[str, list[Step]]:
        found: dict[str, list[Step]] = defaultdict(list)
        for row in queries.steps(self.reader, self.asked):
            if row.account_id not in self.apart:
                found[self._code(row)].append(Step(row.account_id, row.on, row.amount))
        for code, steps in self._look(stepwise=True).steps.items():
            found[code] += steps
        return found

    @cached_property
    def _read(self) -> _Read:
        rows = queries.held(self.reader, self.asked)
        held: dict[str, list[Holding]] = defaultdict(list)
        for row in rows:
            if (row.before or row.after) and row.account_id not in self.apart:
                held[self._code(row)].append(Holding(row.account_id, None, row.before, row.after))
        for code, more in self._looked.held.items():
            held[code] += more
        return _Read(held, {row.account_id: row.since for row in rows if row.since is not None})

    @cached_property
    def _looked(self) -> Looked:
        return self._look(stepwise=False)

    def _look(self, *, stepwise: bool) -> Looked:
        """By the rule of the card itself."""
        return look(self.reader, self.apart, self.period.before, self.period.last, self.within, stepwise=stepwise)

    @cached_property
    def _own(self) -> dict[int, str]:
        return queries.currencies(self.reader)

    def _code(self, row: AnyRow) -> str:
        """The currency of a row, else the account's own."""
        if row.currency is not None:
            return str(row.currency)
        return self._own.get(row.account_id, "?")


def _told(looked: Looked) -> tuple[LeftOut, ...]:
    those = "line that overlaps" if looked.beside == 1 else "lines that overlap"
    accounts = "1 account" if looked.accounts_beside == 1 else f"{looked.accounts_beside:,} accounts"
    overlapping = LeftOut(
        looked.beside,
        f"{those} another contract for the same product and unit, at {accounts} (a data fault if added up: the "
        "contract that started last counts)",
    )
    return (overlapping, *(LeftOut(count, _WORDS[why]) for why, count in sorted(looked.without.items())))
