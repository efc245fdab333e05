"""One pass over a file before its rows are made: how each column writes dates and numbers, and what does not fit.

The pass reads every record, so that what is decided holds for the whole column, and so that a damaged file is
refused before
anything is written.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Literal, get_args

from bot.importers.amounts import Mark, currency_of, decide_mark, evidence, shorten
from bot.importers.cache import Cache
from bot.importers.dates import Order, classify, decide_order
from bot.importers.footer import is_footer
from bot.importers.kinds import DATES, NUMBERS, Field
from bot.importers.options import Options, Question
from bot.importers.table import Progress, Table

_BATCH = 1_000
Numbers = Literal["", "serial", "seconds", "millis"]


@dataclass(frozen=True)
class Decision:
    """How the cells of one column are read. `currency` is the one all its cells name; `mixed` when they name
    several."""

    order: Order | None = None
    numbers: Numbers = ""
    mark: Mark | None = "."
    currency: str | None = None
    mixed_currency: bool = False
    contradictory: bool = False
    fraction: bool = False


@dataclass
class Column:
    """The evidence of one date or number column."""

    name: str
    spec: Field
    seen: Counter[str] = field(default_factory=Counter)
    currencies: Counter[str] = field(default_factory=Counter)
    bad: list[str] = field(default_factory=list)
    samples: dict[str, str] = field(default_factory=dict)
    over_one: bool = False

    def __post_init__(self) -> None:
        look: Callable[[str], str] = classify if self.spec.type in DATES else evidence
        self._class = Cache(self._remembering(look)).__getitem__
        self._currency = Cache(currency_of).__getitem__ if self.spec.type == "money" else None

    def _remembering(self, look: Callable[[str], str]) -> Callable[[str], str]:
        def classed(cell: str) -> str:
            found = look(cell)
            if found == "bad" and len(self.bad) < 3:
                self.bad.append(cell)
            self.samples.setdefault(found, cell)
            self.over_one = self.over_one or not (
                cell.strip()[:2] in {"", "0", "1", "0.", "0,", "1."} or found == "null"
            )
            return found

        return classed

    def add(self, cells: list[str]) -> None:
        self.seen.update(map(self._class, cells))
        if self._currency is not None:
            self.currencies.update(code for code in map(self._currency, cells) if code)

    @property
    def filled(self) -> int:
        return self.seen.total() - self.seen["null"]


@dataclass
class Profile:
    """What the pass found. `blank_tail`: rows whose last cell is blank are written out, so a short row is a damaged
    one."""

    columns: dict[int, Column]
    records: int = 0
    blank_tail: bool = False
    short: int = 0
    varied: set[int] = field(default_factory=set)
    footers: frozenset[int] = frozenset()


def profile(table: Table, fields: dict[int, Field], progress: Progress | None = None) -> Profile:
    """Reads the whole file once. Raises ImportFileError for what cannot be read, with the line."""
    found = Profile({i: Column(table.header[i], f) for i, f in fields.items() if f.type in DATES | NUMBERS})
    width = len(table.header)
    batch: list[list[str]] = []
    last: deque[tuple[int, list[str]]] = deque(maxlen=8)
    for line, cells in table.records(progress):
        found.records += 1
        last.append((line, cells))
        if len(cells) < width:
            found.short += 1
            cells = cells + [""] * (width - len(cells))
        elif not cells[width - 1].strip():
            found.blank_tail = True
        batch.append(cells)
        if len(batch) >= _BATCH:
            if found.records <= _BATCH:
                found.varied = _varied(batch, fields)
            _flush(found, batch)
    _flush(found, batch)
    found.footers = footers(list(last))
    return found


def footers(last: list[tuple[int, list[str]]]) -> frozenset[int]:
    """The lines at the end of a table that are totals or notices: from the last one upwards, as long as they are."""
    return frozenset(line for line, _ in takewhile(lambda record: is_footer(record[1]), reversed(last)))


def _varied(batch: list[list[str]], columns: dict[int, Field]) -> set[int]:
    """Columns that hardly repeat themselves, by their first cells: remembering those would cost more than it saves."""
    return {index for index in columns if len({cells[index] for cells in batch}) > len(batch) * 0.75}


def _flush(found: Profile, batch: list[list[str]]) -> None:
    for index, column in found.columns.items():
        column.add([cells[index] for cells in batch])
    batch.clear()


def decide(found: Profile, options: Options) -> tuple[dict[int, Decision], list[str], list[Question]]:
    """Decisions per column, notes on what was found, and questions on what cannot be known."""
    notes: list[str] = []
    questions: list[Question] = []
    decisions: dict[int, Decision] = {}
    marks = {mark for c in found.columns.values() if c.spec.type in NUMBERS for mark in get_args(Mark) if c.seen[mark]}
    file_mark: Mark | None = "." if marks == {"."} else "," if marks == {","} else None
    for index, column in found.columns.items():
        if column.spec.type in DATES:
            decisions[index] = _decide_date(column, options, notes, questions)
        else:
            decisions[index] = _decide_number(column, options.decimal or file_mark, notes, questions)
    return decisions, notes, questions


def _decide_date(column: Column, options: Options, notes: list[str], questions: list[Question]) -> Decision:
    order, state = decide_order(column.seen)
    name = column.name
    if state == "undecidable":
        order = options.date_order
        if order is None:
            questions.append(Question(name, _undecidable(column)))
    elif state == "contradictory":
        kinds = [o for o in ("dmy", "mdy", "ymd") if column.seen[o]]
        shown = " and ".join(shorten(column.samples[o]) for o in kinds)
        if options.date_order is not None:
            order = options.date_order
        elif any("+" in seen for seen in column.seen):
            sentence = f"dates in {name} are written in two orders ({shown}); say which counts: --date-order dmy or mdy"
            questions.append(Question(name, sentence))
        notes.append(f"{name}: dates are written in two orders ({shown}); lines that do not fit {order} are rejected")
    elif state == "dots":
        notes.append(f"{name}: dates with dots are read day first")
    numbers = _bare_numbers(column)
    bad = column.seen["bad"] + (0 if column.spec.name == "on" else column.seen["month"])
    bad += column.seen["number"] + column.seen["millis"] if not numbers else 0
    if bad:
        shown = ", ".join(map(shorten, column.bad)) or shorten(
            column.samples.get("number") or column.samples.get("month", "")
        )
        notes.append(f"{name}: {_cells(bad, 'date')} ({shown})")
    return Decision(order=order, numbers=numbers, contradictory=state == "contradictory")


def _undecidable(column: Column) -> str:
    several = [seen for seen in column.seen if "+" in seen]
    count = sum(column.seen[seen] for seen in several) + column.seen["same"]
    all_of = f"all {count} dates" if column.filled == count > 1 else "the date" if count == 1 else f"{count} dates"
    example = shorten(column.samples[several[0]])
    if any("ymd" in seen for seen in several):
        fit, orders = "fit more than one order of day, month and two-digit year", "dmy, mdy or ymd"
    else:
        fit, orders = "fit both day/month and month/day", "dmy or mdy"
    fit = fit.replace("fit", "fits", 1) if count == 1 else fit
    return f"{all_of} in {column.name} {fit} ({example}); say --date-order {orders}"


def _cells(count: int, what: str) -> str:
    return f"1 cell is not a {what}" if count == 1 else f"{count} cells are not {what}s"


def _bare_numbers(column: Column) -> Numbers:
    """Bare numbers are dates only when the whole column is made of them."""
    numbers = column.seen["number"] + column.seen["millis"]
    if not numbers or numbers < column.filled:
        return ""
    if column.seen["millis"]:
        return "millis" if not column.seen["number"] else ""
    sample = column.samples["number"].split(".")[0]
    if len(sample) == 10:
        return "seconds"
    return "serial" if 18_000 <= int(sample) <= 73_000 else ""


def _decide_number(column: Column, file_mark: Mark | None, notes: list[str], questions: list[Question]) -> Decision:
    mark, contradictory = decide_mark(column.seen, file_mark)
    name = column.name
    if contradictory:
        notes.append(f"{name}: numbers are written with two decimal marks; lines that do not fit {mark!r} are rejected")
    if mark is None:
        example = shorten(column.samples.get("?.") or column.samples.get("?,") or "")
        questions.append(
            Question(
                name,
                f"numbers in {name} such as {example} may be thousands or decimals; say --decimal . or --decimal ,",
            )
        )
    if column.seen["bad"]:
        notes.append(f"{name}: {_cells(column.seen['bad'], 'number')} ({', '.join(map(shorten, column.bad))})")
    named = [code for code, _ in column.currencies.most_common()]
    if len(named) > 1:
        notes.append(f"{name}: amounts are in {', '.join(named)}")
    return Decision(
        mark=mark,
        currency=named[0] if len(named) == 1 else None,
        mixed_currency=len(named) > 1,
        contradictory=contradictory,
        fraction=not column.over_one,
    )
