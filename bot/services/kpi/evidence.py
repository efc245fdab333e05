"""The rows behind a figure, a page at a time: who weighs most first, or the latest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

from bot.domain.days import written
from bot.domain.ids import id_text
from bot.domain.kpi.base import HOURS, rounded, show
from bot.domain.kpi.catalogue import Key
from bot.domain.kpi.holdings import Holding
from bot.domain.kpi.renewals import how
from bot.domain.kpi.service import main_scale
from bot.domain.satisfaction import SurveyKind
from bot.services.kpi.figures import Sheet
from bot.services.results import KpiRow
from bot.storage.database import AnyRow
from bot.storage.queries.kpi import scope
from bot.storage.queries.kpi import service as queries

PAGE = 10
_PIECE = 2_000
Cell: TypeAlias = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Row:
    """Whose, and what it says: in a sentence, and cell by cell under the headings of `COLUMNS`."""

    account: int | None
    text: str
    cells: tuple[Cell, ...] = ()


COLUMNS: Mapping[Key, tuple[str, ...]] = {
    **dict.fromkeys(("nrr", "grr", "retention", "churn"), ("before, a year", "after, a year", "currency")),
    **dict.fromkeys(("arr", "mrr", "clv"), ("a year", "currency")),
    **dict.fromkeys(("net-new-mrr", "expansion"), ("movement", "on", "a month", "currency")),
    **dict.fromkeys(("upsell-rate", "cross-sell-rate"), ("before, a year", "after, a year", "currency")),
    "renewal-rate": ("contract", "ended", "a year", "currency", "what became of it"),
    "forecast": ("deal", "amount", "currency", "probability in %", "closes"),
    "quota": ("deal", "amount", "currency", "kind", "won"),
    **dict.fromkeys(("csat", "nps", "ces"), ("score", "scale from", "scale to", "on", "counts")),
    **dict.fromkeys(("ttr", "fcr"), ("ticket", "hours", "solved", "remark")),
}


Read = Callable[[Sheet, int, int], list[Row]]
"""Rows of a scope and period: at most so many, after so many."""


@dataclass(frozen=True, slots=True)
class Pages:
    rows: tuple[KpiRow, ...]
    page: int
    pages: int
    total: int


def evidence(sheet: Sheet, key: Key, page: int) -> Pages:
    """A page of the rows, those that do not count among them, marked; a page too far is the last."""
    if key in _PAGED:
        count, read = _PAGED[key]
        total = count(sheet)
        at, pages = _place(page, total)
        rows: Sequence[Row] = read(sheet, PAGE, (at - 1) * PAGE)
    else:
        every = _WHOLE[key](sheet)
        total = len(every)
        at, pages = _place(page, total)
        rows = every[(at - 1) * PAGE : at * PAGE]
    names = scope.names(sheet.reader, sorted({row.account for row in rows if row.account is not None}))
    return Pages(tuple(_named(row, names) for row in rows), at, pages, total)


def every_row(sheet: Sheet, key: Key) -> Iterator[tuple[str | None, Row]]:
    """All rows with their accounts' names, as `evidence` has them."""
    for rows in _in_pieces(sheet, key):
        names = scope.names(sheet.reader, sorted({row.account for row in rows if row.account is not None}))
        yield from ((names.get(row.account) if row.account is not None else None, row) for row in rows)


def _in_pieces(sheet: Sheet, key: Key) -> Iterator[Sequence[Row]]:
    if key in _PAGED:
        count, read = _PAGED[key]
        yield from (read(sheet, _PIECE, at) for at in range(0, count(sheet), _PIECE))
    else:
        every = _WHOLE[key](sheet)
        yield from (every[at : at + _PIECE] for at in range(0, len(every), _PIECE))


def _place(page: int, total: int) -> tuple[int, int]:
    pages = max(1, -(-total // PAGE))
    return min(max(page, 1), pages), pages


def _named(row: Row, names: dict[int, str]) -> KpiRow:
    known = row.account is not None and row.account in names
    return KpiRow(
        account_id=id_text(row.account) if row.account is not None and known else None,
        account=names[row.account] if row.account is not None and known else None,
        text=row.text,
    )


def _pairs(sheet: Sheet) -> list[Row]:
    """Each customer's yearly revenue on the two days, the largest change first."""
    found = [(abs(one.after - one.before), one, code) for code in sheet.books.currencies
             for one in sheet.books.customers.get(code, []) if one.before > 0]  # fmt: skip
    found.sort(key=lambda row: (-row[0], row[1].id))
    return [
        Row(one.id, f"{_money(one.before)} → {show(one.after, code)} a year", (one.before, one.after, code))
        for _, one, code in found
    ]


def _paying(sheet: Sheet) -> list[Row]:
    """Who pays how much a year, the most first."""
    found = [
        (one, code) for code in sheet.books.currencies for one in sheet.books.paying.get(code, []) if one.after > 0
    ]
    found.sort(key=lambda row: (-row[0].after, row[0].id))
    return [Row(one.id, f"{show(one.after, code)} a year", (one.after, code)) for one, code in found]


def _moved(sheet: Sheet, only: str | None = None) -> list[Row]:
    """The latest first."""
    found = [(one, code) for code in sheet.books.currencies for one in sheet.books.movements.get(code, [])
             if only in (None, one.kind)]  # fmt: skip
    found.sort(key=lambda row: (-row[0].on.toordinal(), row[0].customer))
    return [
        Row(
            one.customer, f"{one.kind} on {written(one.on)}: {_signed(one.amount / 12)} {code} a month",
            (one.kind, one.on, rounded(one.amount / 12, code), code),
        )
        for one, code in found
    ]  # fmt: skip


def _sold(sheet: Sheet, *, held_before: bool) -> list[Row]:
    found: list[tuple[Holding, str]] = []
    for code in sheet.books.currencies:
        rows = sheet.books.products.get(code, [])
        cohort = {one.account for one in rows if one.before > 0}
        grown = (one for one in rows if one.account in cohort and one.after > max(one.before, Decimal(0)))
        found += ((one, code) for one in grown if (one.before > 0) is held_before)
    found.sort(key=lambda row: (row[0].before - row[0].after, row[0].account))
    return [
        Row(one.account, f"{_money(one.before)} → {show(one.after, code)} a year", (one.before, one.after, code))
        for one, code in found
    ]


_FATES = {
    "active": "renewed", "passive": "renewed by itself", "late": "renewed late", "lost": "not renewed in time",
    "pending": "not renewed yet",
}  # fmt: skip


def _dues(sheet: Sheet) -> list[Row]:
    """Contracts in the order of their ends."""
    found = [(due, code) for code, dues in sheet.renewing.dues.items() for due in dues]
    found.sort(key=lambda row: (row[0].ends_on, row[0].id))
    rows = []
    for due, code in found:
        contract = sheet.renewing.of[due.id]
        number = f"{contract.number}: " if contract.number else ""
        fate = _FATES[how(due, sheet.period.last, sheet.policy.late_days)]
        text = f"{number}ended {written(due.ends_on)}, {show(due.amount, code)} a year, {fate}"
        rows.append(Row(contract.account_id, text, (contract.number, due.ends_on, due.amount, code, fate)))
    return rows


def _open(sheet: Sheet) -> list[Row]:
    rows = sorted(sheet.open_deals, key=lambda row: (-(row.amount or 0), row.id))
    return [
        Row(row.account_id, f"{row.name}: {_known(row.amount, row.currency)}, {_chance(row.probability)}, "
                            f"closes {written(row.closed_on)}",
            (row.name, row.amount, row.currency, row.probability, row.closed_on))
        for row in rows
    ]  # fmt: skip


def _won(sheet: Sheet) -> list[Row]:
    rows = sorted(sheet.won_deals, key=lambda row: (-(row.amount or 0), row.id))
    return [Row(row.account_id, f"{row.name}: {_known(row.amount, row.currency)}, {row.kind}, won "
                                f"{written(row.closed_on)}",
                (row.name, row.amount, row.currency, row.kind, row.closed_on)) for row in rows]  # fmt: skip


def _answers(kind: SurveyKind, *, latest: bool = False) -> Read:
    def read(sheet: Sheet, most: int, skip: int) -> list[Row]:
        rows = queries.answers(sheet.reader, kind, *sheet.instants, sheet.ids, latest=latest, most=most, skip=skip)
        counts = (0, 10) if kind == "nps" else main_scale(sheet.scores(kind))
        return [_answer(row, _local(sheet, row.at), counts) for row in rows]

    return read


def _answer(row: AnyRow, on: date, counts: tuple[int, int] | None) -> Row:
    scale = row.scale_min, row.scale_max
    other = "" if scale == counts else ": not counted"
    text = f"{_plain(row.score)} on {row.scale_min} to {row.scale_max}, {written(on)}{other}"
    return Row(row.account_id, text, (row.score, *scale, on, "no" if other else "yes"))


def _answered(kind: SurveyKind, *, latest: bool = False) -> Callable[[Sheet], int]:
    return lambda sheet: sum(one.answers for one in sheet.scores(kind, latest=latest))


def _tickets(tell: Callable[[AnyRow], str]) -> Read:
    def read(sheet: Sheet, most: int, skip: int) -> list[Row]:
        rows = queries.tickets(sheet.reader, *sheet.instants, sheet.ids, most=most, skip=skip)
        return [_ticket(row, _local(sheet, row.solved_at), tell(row)) for row in rows]

    return read


def _ticket(row: AnyRow, solved: date, more: str) -> Row:
    hours = Decimal(int((row.solved_at - row.opened_at).total_seconds())) / 3600
    subject = f"{row.subject}: " if row.subject else ""
    before = " before it was opened: not counted" if hours < 0 else ""
    text = f"{subject}{show(hours, HOURS)}, solved {written(solved)}{before}{more}"
    remark = f"{before}{more}".lstrip(", ").strip()
    return Row(row.account_id, text, (row.subject, rounded(hours, HOURS), solved, remark))


def _contact(row: AnyRow) -> str:
    if row.first_contact is None:
        return ", contacts not counted: left out"
    return ", with the first contact" if row.first_contact else ", took more than one contact"


def _solved(sheet: Sheet) -> int:
    return int(sheet.solutions.fitting + sheet.solutions.wrong)


def _local(sheet: Sheet, at: datetime) -> date:
    return at.astimezone(sheet.zone).date()


def _money(amount: Decimal) -> str:
    return show(amount, "").strip()


def _signed(amount: Decimal) -> str:
    return f"{'+' if amount > 0 else ''}{_money(amount)}"


def _known(amount: Decimal | None, currency: str) -> str:
    return "no amount" if amount is None else show(amount, currency)


def _chance(probability: Decimal | None) -> str:
    return "no probability" if probability is None else f"{_plain(probability)} % likely"


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


_WHOLE: dict[str, Callable[[Sheet], list[Row]]] = {
    **dict.fromkeys(("nrr", "grr", "retention", "churn"), _pairs),
    **dict.fromkeys(("arr", "mrr", "clv"), _paying),
    "net-new-mrr": _moved,
    "expansion": lambda sheet: _moved(sheet, "expansion"),
    "upsell-rate": lambda sheet: _sold(sheet, held_before=True),
    "cross-sell-rate": lambda sheet: _sold(sheet, held_before=False),
    "renewal-rate": _dues,
    "forecast": _open,
    "quota": _won,
}
_PAGED: dict[str, tuple[Callable[[Sheet], int], Read]] = {
    "csat": (_answered("csat"), _answers("csat")),
    "ces": (_answered("ces"), _answers("ces")),
    "nps": (_answered("nps", latest=True), _answers("nps", latest=True)),
    "ttr": (_solved, _tickets(lambda _row: "")),
    "fcr": (_solved, _tickets(_contact)),
}
