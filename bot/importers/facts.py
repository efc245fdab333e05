"""What only the whole of a file shows: exclusive end dates, the better of two prices, the scale of a score, footers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from bot.domain.records import ContractRow, Kind, Rejected, Row
from bot.importers.options import Question
from bot.importers.text import fold

if TYPE_CHECKING:
    from bot.importers.file import SourceFile

_LOOK = 200_000
Facts = tuple[dict[str, str], list[str], list[Question]]


def find_facts(file: SourceFile, rows: Callable[[SourceFile], Iterator[Row | Rejected]]) -> Facts:
    """Facts a plan needs beyond its columns, notes that say them, and questions they raise."""
    if file.kind is Kind.CONTRACTS:
        return _contract_facts(file, rows)
    if file.kind is Kind.ACCOUNTS and file._setup.has("annual_revenue") and file._setup.has("employees"):
        return _revenue_facts(file)
    if file.kind is Kind.SURVEYS and file._setup.has("score"):
        return _survey_facts(file)
    if file.kind is Kind.TICKETS and file._setup.has("score") and not file._setup.has("score_max"):
        top = _highest(file, "score")
        known = next((scale for scale in (5, 10, 100) if top is not None and top <= scale), None)
        return ({"score_max": str(known)} if known else {}), [], []
    return {}, [], []


def _contract_facts(file: SourceFile, rows: Callable[[SourceFile], Iterator[Row | Rejected]]) -> Facts:
    facts: dict[str, str] = {}
    notes: list[str] = []
    setup = file._setup
    if setup.has("mrr") and setup.has("arr"):
        facts["price"], note = _better_price(file)
        notes.append(note)
    if setup.has("ends_on"):
        header = setup.headers["ends_on"]
        meeting, pairs = _periods(rows(file))
        if "exclusive" in fold(header):
            facts["ends"] = "exclusive"
        elif pairs >= 3 and meeting > pairs * 0.5:
            facts["ends"] = "exclusive"
            notes.append(
                f"{header}: in {meeting} of {pairs} cases a period ends on the day the next one starts, so the "
                "end is taken as exclusive: the last paid day is the day before"
            )
    return facts, notes, []


def _periods(rows: Iterator[Row | Rejected]) -> tuple[int, int]:
    """How often a period ends on the day the same customer's next one starts, of all periods that have a next one."""
    periods: dict[object, list[tuple[date, date]]] = defaultdict(list)
    for row in islice(rows, _LOOK):
        if isinstance(row, ContractRow) and row.refs and row.starts_on and row.ends_on:
            periods[row.refs[0], row.product].append((row.starts_on, row.ends_on))
    meeting = pairs = 0
    for spans in periods.values():
        spans.sort()
        for (_, end), (start, _) in pairwise(spans):
            pairs += 1
            meeting += end == start
    return meeting, pairs


def _better_price(file: SourceFile) -> tuple[str, str]:
    """MRR when ARR is exactly twelve times it, else the one that was not rounded: ARR."""
    setup = file._setup
    monthly, yearly = setup.get("mrr"), setup.get("arr")
    width = len(file._table.header)
    for _, cells in islice(file._table.records(), _LOOK):
        if len(cells) != width:
            continue
        month, year = monthly(cells), yearly(cells)
        if month is not None and year is not None and month * 12 != year:
            headers = setup.headers
            return (
                "arr",
                f"{headers['arr']} is used and {headers['mrr']} is not: it was rounded (twelve of it differ)",
            )
    return "mrr", f"{setup.headers['mrr']} is used; {setup.headers['arr']} is always twelve times it"


def _highest(file: SourceFile, name: str) -> Decimal | None:
    read, width = file._setup.get(name), len(file._table.header)
    found: list[Decimal] = [
        value for _, cells in file._table.records() if len(cells) == width and (value := read(cells)) is not None
    ]
    return max(found, default=None)


def _survey_facts(file: SourceFile) -> Facts:
    """Whether answers are NPS, CSAT or CES, when no column says so: the header or the file's name, then the range."""
    words = fold(file.path.stem) + fold(file._setup.headers["score"])
    top = _highest(file, "score")
    kind = next((kind for kind in ("nps", "csat", "ces") if kind in words), "")
    if not kind and "satisf" in words:
        kind = "csat"
    facts = {"survey": kind}
    if top is not None and top > 10:
        facts["scale_max"] = "100"
    if kind or file._setup.has("kind") or top is None:
        return facts, [], []
    if 7 < top <= 10 and not file._setup.has("scale_max"):
        return {"survey": "nps"}, [f"{file._setup.headers['score']}: taken as NPS, the answers go up to {top}"], []
    column = file._setup.headers["score"]
    sentence = (
        f"{column} may be NPS, CSAT or CES; give --mapping FILE that maps it to nps_score, csat_score or ces_score"
    )
    return facts, [], [Question(column, sentence)]


_SANE = (Decimal(5_000), Decimal(5_000_000))  # revenue per employee, in any of the usual currencies


def _revenue_facts(file: SourceFile) -> Facts:
    """Revenue in thousands or millions shows in the revenue per employee: only one unit makes it a company's."""
    setup, width = file._setup, len(file._table.header)
    index = setup.columns["annual_revenue"]
    if setup.scales.get(index):
        return {}, [], []
    revenue, employees = setup.get("annual_revenue"), setup.get("employees")
    ratios = sorted(
        revenue(cells) / employees(cells)
        for _, cells in islice(file._table.records(), 5_000)
        if len(cells) == width and revenue(cells) and employees(cells)
    )
    if len(ratios) < 10:
        return {}, [], []
    middle = ratios[len(ratios) // 2]
    fitting = [power for power in (0, 3, 6) if _SANE[0] <= middle.scaleb(power) <= _SANE[1]]
    if len(fitting) != 1 or fitting == [0]:
        return {}, [], []
    unit = {3: "thousands", 6: "millions"}[fitting[0]]
    header = setup.headers["annual_revenue"]
    note = f"{header}: taken as {unit}: {middle:.2f} per employee would be no company's (a data dictionary can say so)"
    return {"revenue_scale": str(fitting[0])}, [note], []
