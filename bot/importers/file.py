"""A file that has been recognised: its mapping, what is open about it, and its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.domain.records import Kind, Rejected, Row
from bot.importers.dictionary import Meaning, read_dictionary
from bot.importers.errors import BadCellError, ImportFileError
from bot.importers.facts import find_facts
from bot.importers.footer import is_footer
from bot.importers.kinds import Field, tables
from bot.importers.makers import MAKERS
from bot.importers.mapping import Mapping, shape_of
from bot.importers.options import Options, Question
from bot.importers.plan import Make, Setup
from bot.importers.profile import Decision, Profile, decide, profile
from bot.importers.recognise import Part, Unusable, part_of, read_header, recognise
from bot.importers.table import FileFormat, Progress, Table, open_table
from bot.importers.text import fold
from bot.importers.tree import TreeTable, open_tree

Remembered = Callable[[str], Mapping | None]
_FOOTER = "it is a total or a notice below the table, not a record"
SOBJECTS = {
    "Account": Kind.ACCOUNTS, "Contact": Kind.PEOPLE, "Opportunity": Kind.OPPORTUNITIES, "User": Kind.MEMBERS,
    "OpportunityLineItem": Kind.OPPORTUNITY_LINES, "Product2": Kind.PRODUCTS, "Contract": Kind.CONTRACTS,
    "Case": Kind.TICKETS,
    "Task": Kind.INTERACTIONS, "Event": Kind.INTERACTIONS,
}  # fmt: skip


@dataclass(frozen=True)
class SourceFile:
    """One kind of rows in one file.

    `shape` is the key under which a person's mapping is remembered; `unused` are the columns that are not imported;
    `notes`
    say what was assumed; while there are `questions`, `rows` raises. `records` counts the lines below the header.
    """

    path: Path
    kind: Kind
    source: str
    layout: str
    shape: str
    format: FileFormat
    mapping: Mapping
    unused: tuple[str, ...]
    notes: tuple[str, ...]
    questions: tuple[Question, ...]
    size: int
    records: int
    _table: Table = field(repr=False)
    _setup: Setup = field(repr=False)
    _pads: bool = field(repr=False, default=True)
    _footers: frozenset[int] = field(repr=False, default=frozenset())

    def rows(self, progress: Progress | None = None) -> Iterator[Row | Rejected]:
        """The rows of the file, streaming; `progress` is called with the bytes read so far, of `size`.

        A line that cannot be a row comes as `Rejected`. Raises ImportFileError while questions are open, and when
        the file
        turns out to be damaged.
        """
        if self.questions:
            raise ImportFileError(self.path, self.questions[0].sentence)
        return self._stream(MAKERS[self.kind](self._setup), progress)

    def _stream(self, make: Make, progress: Progress | None) -> Iterator[Row | Rejected]:
        width, desk, footers = len(self._table.header), desk_filter(self._setup), self._footers
        for line, cells in self._table.records(progress):
            if len(cells) != width:
                fitted = self._fit(line, cells, width)
                if isinstance(fitted, Rejected):
                    yield fitted
                    continue
                cells = fitted
            if desk is not None and not desk(cells):
                continue
            if line in footers:
                yield Rejected(line, _FOOTER, tuple(cells))
                continue
            try:
                row: Row | Rejected = make(line, cells)
            except BadCellError as error:
                if not any(cell.strip() for cell in cells):
                    continue
                row = Rejected(line, _FOOTER if is_footer(cells) else str(error), tuple(cells))
            yield row

    def _fit(self, line: int, cells: list[str], width: int) -> list[str] | Rejected:
        """A record of the header's width, or why it cannot be one."""
        if len(cells) > width:
            if not any(cell.strip() for cell in cells[width:]):
                return cells[:width]
            mark = self.format.delimiter_name
            reason = f"it has {len(cells)} cells where the header names {width}: is a {mark} not quoted?"
            return Rejected(line, reason, tuple(cells))
        if is_footer(cells):
            return Rejected(line, _FOOTER, tuple(cells))
        if len(cells) > 1 and self._pads:
            return cells + [""] * (width - len(cells))
        return Rejected(
            line, f"it has {len(cells)} cells where the header names {width}: is the line broken?", tuple(cells)
        )


def desk_filter(setup: Setup) -> Callable[[list[str]], bool] | None:
    """A help desk's users are both: the agents are members, the others people."""
    if not setup.desk:
        return None
    word, agents = (
        setup.word("desk_role" if setup.has("desk_role") else "role", "desk_role"),
        setup.kind is Kind.MEMBERS,
    )
    return lambda cells: (word(cells) == "member") is agents


def source_files(path: Path, options: Options, remembered: Remembered) -> list[SourceFile]:
    """The parts of one file. Raises ImportFileError when it cannot be used."""
    tree = path.suffix.lower() == ".json"
    table: Table = open_tree(path) if tree else open_table(path, options.encoding, options.delimiter)
    shape = shape_of(table.header)
    parts = _parts(table, shape, options, remembered)
    meanings = read_dictionary(path.parent)
    files = [
        _source_file(table, part, shape if not number else f"{shape}-{number}", options, meanings)
        for number, part in enumerate(parts)
    ]
    used = {fold(name) for part in parts for name in part.mapping.columns}
    return [replace(file, unused=tuple(name for name in file.unused if fold(name) not in used)) for file in files]


def _parts(table: Table, shape: str, options: Options, remembered: Remembered) -> Sequence[Part]:
    chosen = options.mapping
    if chosen is not None and (missing := _missing(chosen, table.header)):
        raise ImportFileError(
            table.path,
            f"the mapping names columns it does not have: {', '.join(missing)}; it has {', '.join(table.header)}",
        )
    if chosen is None:
        chosen = remembered(shape)
        chosen = None if chosen is not None and _missing(chosen, table.header) else chosen
    if isinstance(table, TreeTable) and chosen is None:
        return [_tree_part(table)]
    found = recognise(table.header, table.path.stem)
    if chosen is not None:
        known = None if isinstance(found, Unusable) else next((p for p in found if p.mapping.kind is chosen.kind), None)
        return [replace(known, mapping=chosen) if known else Part(chosen, "csv", "given mapping")]
    if isinstance(found, Unusable):
        raise ImportFileError(table.path, found.reason)
    return found


def _missing(mapping: Mapping, header: Sequence[str]) -> list[str]:
    present = {fold(name) for name in header}
    return [name for name in mapping.columns if fold(name) not in present]


def _tree_part(table: TreeTable) -> Part:
    kind = SOBJECTS.get(table.sobject)
    if kind is None:
        what = "leads are not customers yet" if table.sobject == "Lead" else "custom objects need a mapping"
        raise ImportFileError(table.path, f"it holds {table.sobject or 'nothing'} records: {what}; give --mapping FILE")
    headers = [read_header(name) for name in table.header]
    part = part_of(table.header, headers, kind, "salesforce", "Salesforce record tree", None)
    columns = {"Record ID": "external_id", **{c: f for c, f in part.mapping.columns.items() if f != "external_id"}}
    return replace(part, mapping=Mapping(kind=kind, columns=columns))


def _fields(table: Table, mapping: Mapping) -> dict[int, Field]:
    by_fold = {fold(name): index for index, name in enumerate(table.header)}
    exact = {name: index for index, name in enumerate(table.header)}
    if mapping.kind is Kind.ASSOCIATIONS:
        return {by_fold[fold(name)]: Field(ours, "id", 0, {}, 0) for name, ours in mapping.columns.items()}
    fields = tables()[mapping.kind].fields
    return {exact.get(name, by_fold[fold(name)]): fields[ours] for name, ours in mapping.columns.items()}


def _check_required(table: Table, mapping: Mapping, part: Part) -> None:
    if mapping.kind is Kind.ASSOCIATIONS:
        return
    have = set(mapping.columns.values()) | set(part.constant)
    for group in tables()[mapping.kind].requires:
        if not have & set(group):
            need = " or ".join(group)
            raise ImportFileError(
                table.path,
                f"a column for {need} is missing ({mapping.kind.value}); the columns are {', '.join(table.header)}; "
                "rename one or give --mapping FILE",
                table.format.header_line or None,
            )


def _source_file(table: Table, part: Part, shape: str, options: Options, meanings: dict[str, Meaning]) -> SourceFile:
    mapping = part.mapping
    _check_required(table, mapping, part)
    fields = _fields(table, mapping)
    found = profile(table, fields)
    decisions, notes, questions = decide(found, options)
    setup = replace(_setup(table, part, fields, decisions, options, meanings, notes), varied=frozenset(found.varied))
    form = replace(table.format, decimals=_marks(found, decisions), dates=_orders(found, decisions))
    used = {table.header[index] for index in fields}
    unused = tuple(name for name in table.header if name not in used)
    file = SourceFile(
        path=table.path, kind=mapping.kind, source=options.source or part.source, layout=part.layout, shape=shape,
        format=form,
        mapping=mapping, unused=unused, notes=(), questions=tuple(questions), size=table.size, records=found.records,
        _table=table, _setup=setup, _pads=not found.blank_tail, _footers=found.footers,
    )  # fmt: skip
    facts, more, asked = find_facts(file, _rows_of) if not questions else ({}, [], [])
    if not found.records:
        notes.append("there is a header and nothing below it")
    if "revenue_scale" in facts:
        setup = replace(setup, scales={**setup.scales, setup.columns["annual_revenue"]: int(facts["revenue_scale"])})
    return replace(
        file, notes=(*table.notes, *notes, *more), questions=(*questions, *asked), _setup=replace(setup, facts=facts)
    )


def _rows_of(file: SourceFile) -> Iterator[Row | Rejected]:
    return file._stream(MAKERS[file.kind](file._setup), None)


def _marks(found: Profile, decisions: dict[int, Decision]) -> dict[str, str]:
    return {
        c.name: mark
        for i, c in found.columns.items()
        if c.spec.type in {"number", "money", "int", "percent"} and (mark := decisions[i].mark)
    }


def _orders(found: Profile, decisions: dict[int, Decision]) -> dict[str, str]:
    shown: dict[str, str] = {}
    for index, column in found.columns.items():
        if column.spec.type not in {"date", "instant"}:
            continue
        decision, seen = decisions[index], column.seen
        ordered = any(key[:3] in {"dmy", "mdy", "ymd"} or key in {"dots", "same"} for key in seen)
        shown[column.name] = decision.numbers or ((decision.order or "?") if ordered else "iso")
    return shown


def _setup(
    table: Table, part: Part, fields: dict[int, Field], decisions: dict[int, Decision], options: Options,
    meanings: dict[str, Meaning], notes: list[str],
) -> Setup:  # fmt: skip
    scales: dict[int, int] = {}
    currencies: dict[int, str] = {}
    for index, spec in fields.items():
        if spec.type != "money":
            continue
        header, meaning = read_header(table.header[index]), meanings.get(fold(table.header[index]))
        scales[index] = header.scale or (meaning.scale if meaning else 0)
        code = header.currency or (meaning.currency if meaning else None)
        if code:
            currencies[index] = code
        if meaning and not header.scale:
            notes.append(f'{table.header[index]}: taken as the data dictionary says, "{meaning.words}"')
    return Setup(
        kind=part.mapping.kind,
        columns={spec.name: index for index, spec in fields.items()},
        headers={spec.name: table.header[index] for index, spec in fields.items()},
        decisions=decisions, scales=scales, currencies=currencies, zone=options.zone, currency=options.currency,
        stem=table.path.stem, constant=part.constant, desk=part.desk,
        scope=table.path.parent.name if isinstance(table, TreeTable) else "",
    )  # fmt: skip
