"""From columns to rows: a plan is compiled once per file and then only moves values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Any

from bot.domain.records import Kind, Noun, Ref, Row
from bot.importers.amounts import currency_of
from bot.importers.convert import Convert, cached, converter, optional, ref, to_word
from bot.importers.errors import BadCellError
from bot.importers.kinds import tables
from bot.importers.profile import Decision

Cells = list[str]
Extra = Callable[[Cells, list[Any]], None]
Make = Callable[[int, Cells], Row]
_UNIQUE = frozenset({"instant"})  # hardly ever repeated: a cache would only cost


@dataclass(frozen=True)
class Setup:
    """What is known of a file when its plan is made. `columns`: field -> position; `headers`: field -> header name."""

    kind: Kind
    columns: dict[str, int]
    headers: dict[str, str]
    decisions: dict[int, Decision]
    scales: dict[int, int]
    currencies: dict[int, str]
    zone: tzinfo
    currency: str | None
    stem: str
    constant: dict[str, str] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    desk: bool = False
    scope: str = ""
    varied: frozenset[int] = frozenset()

    def has(self, name: str) -> bool:
        return name in self.columns

    def strict(self, name: str) -> Convert:
        """The converter of a field that raises BadCellError for what does not fit."""
        index = self.columns[name]
        spec = tables()[self.kind].fields[name]
        convert = converter(
            spec.type, self.decisions.get(index, Decision()), self.zone, self.scales.get(index, 0), name == "on"
        )
        return convert if spec.type in _UNIQUE or name in LONG else self.cache(index, convert)

    def cache(self, index: int, convert: Convert) -> Convert:
        """The converter with a memory, unless the column hardly repeats itself."""
        return convert if index in self.varied else cached(convert)

    def loose(self, name: str) -> Convert:
        strict = self.strict(name)
        if self.decisions.get(self.columns[name], Decision()).contradictory:
            return strict  # two formats in one column: what does not fit is shown, not dropped
        return optional(strict) if tables()[self.kind].fields[name].type in _FALLIBLE else strict

    def get(self, name: str) -> Callable[[Cells], Any]:
        """A reader of a field from a record's cells; None throughout when the file has no such column."""
        if name not in self.columns:
            constant = self.constant.get(name)
            return lambda _: constant
        index, convert = self.columns[name], self.loose(name)
        return lambda cells: convert(cells[index])

    def word(self, name: str, table: str) -> Callable[[Cells], str | None]:
        """A reader of a field through a value table."""
        if name not in self.columns:
            constant = self.constant.get(name)
            return lambda _: constant
        index, look = self.columns[name], cached(lambda cell: to_word(table, cell))
        return lambda cells: look(cells[index])


LONG = frozenset({"text", "comment", "note", "quote", "subject", "description", "external_id", "url"})
_FALLIBLE = frozenset({"date", "instant", "number", "money", "int", "percent", "bool"})


class Plan:
    """Collects the steps for one row class, then compiles them to a function of `(line, cells)`."""

    def __init__(self, setup: Setup, row: Any) -> None:
        self.setup, self.row = setup, row
        self.names: tuple[str, ...] = row._fields
        defaults: dict[str, Any] = row._field_defaults
        self.template = [defaults.get(name) for name in self.names]
        self.direct: list[tuple[int, int, Convert]] = []
        self.computed: list[tuple[int, Callable[[Cells], Any]]] = []
        self.extras: list[Extra] = []

    def at(self, name: str) -> int:
        return self.names.index(name)

    def copy(self, *names: str, **renamed: str) -> None:
        """Takes fields over as they are; a field the row has a default for keeps it where the cell is blank."""
        for name, source in [(name, name) for name in names] + list(renamed.items()):
            if not self.setup.has(source):
                continue
            convert, default = self.setup.loose(source), self.template[self.at(name)]
            if default is not None and default != ():
                convert = cached(_defaulting(convert, default))
            self.direct.append((self.at(name), self.setup.columns[source], convert))

    def required(self, name: str, source: str | None = None) -> None:
        """Takes a field over without which there is no row. Blank or unreadable cells reject the row."""
        source = source or name
        convert, header = self.setup.strict(source), self.setup.headers[source]

        def demanding(cell: str) -> Any:
            value = convert(cell)
            if value is None:
                raise BadCellError(f"{header} is blank")
            return value

        self.direct.append((self.at(name), self.setup.columns[source], demanding))

    def word(self, name: str, table: str) -> None:
        """A field with a closed set of words; what is not listed keeps the default."""
        read, position = self.setup.word(name, table), self.at(name)
        default = self.template[position]
        if self.setup.has(name) or name in self.setup.constant:
            self.computed.append((position, lambda cells: read(cells) or default))

    def refs(self, *wanted: tuple[str, Noun, str]) -> None:
        """Fills `refs` from `(field, noun, by)`, strongest first."""
        setup = self.setup
        parts = [
            (index, setup.cache(index, _ref_of(setup, noun, by)))
            for name, noun, by in wanted
            if (index := setup.columns.get(name)) is not None
        ]
        position = self.at("refs")
        self.template[position] = ()
        if len(parts) == 1:
            self.direct.append((position, *parts[0]))
        elif len(parts) == 2:
            (i, first), (j, second) = parts
            self.computed.append((position, lambda cells: first(cells[i]) + second(cells[j])))
        elif parts:
            self.computed.append(
                (position, lambda cells: tuple(r for index, find in parts for r in find(cells[index])))
            )

    def one(self, name: str, noun: Noun) -> None:
        """Fills a single reference from `name`_id, `name`_email or `name`, the first that is there."""
        parts = [
            (self.setup.columns[source], _ref_of(self.setup, noun, by))
            for source, by in ((f"{name}_id", "id"), (f"{name}_email", "email"), (name, "name"))
            if self.setup.has(source)
        ]
        position = self.at(name)

        def fill(cells: Cells, values: list[Any]) -> None:
            for index, find in parts:
                found = find(cells[index])
                if found:
                    values[position] = found[0]
                    return

        if len(parts) == 1:
            index, find = parts[0]
            self.direct.append((position, index, self.setup.cache(index, lambda cell: next(iter(find(cell)), None))))
        elif parts:
            self.extras.append(fill)

    def identify(self) -> None:
        """Fills `external_id`; a record tree's ids get the tree's name in front, they count from one in each."""
        if not self.setup.has("external_id"):
            return
        convert, scope = self.setup.loose("external_id"), self.setup.scope
        if scope:
            bare = convert
            convert = lambda cell: (found := bare(cell)) and f"{scope}:{found}"  # noqa: E731
        self.direct.append((self.at("external_id"), self.setup.columns["external_id"], convert))

    def money(self, source: str) -> None:
        """Fills `currency`: its own column, else the sign in the cell, the header, the option."""
        position, index = self.at("currency"), self.setup.columns.get(source)
        stated = self.setup.currencies.get(index, None) if index is not None else None
        decision = self.setup.decisions.get(index, Decision()) if index is not None else Decision()
        self.template[position] = decision.currency or stated or self.setup.currency
        if self.setup.has("currency"):
            column, read, fallback = (
                self.setup.columns["currency"],
                self.setup.loose("currency"),
                self.template[position],
            )
            self.computed.append((position, lambda cells: read(cells[column]) or fallback))
        elif decision.mixed_currency and index is not None:
            sign, fallback = cached(currency_of), self.template[position]
            self.computed.append((position, lambda cells: sign(cells[index]) or fallback))

    def compile(self) -> Make:
        """The function that makes a row. It raises BadCellError for a line that cannot be one."""
        template, direct, computed, extras = self.template, self.direct, self.computed, self.extras
        new, kind = tuple.__new__, self.row

        def quick(line: int, cells: Cells) -> Row:
            values = template.copy()
            values[0] = line
            for position, index, convert in direct:
                values[position] = convert(cells[index])
            for position, read in computed:
                values[position] = read(cells)
            for extra in extras:
                extra(cells, values)
            row: Row = new(kind, values)
            return row

        return quick


def _ref_of(setup: Setup, noun: Noun, by: str) -> Convert:
    find, scope = ref(noun, by), setup.scope
    if not scope or by != "id":
        return find
    return lambda cell: tuple(Ref(r.noun, r.by, f"{scope}:{r.key}") for r in find(cell))


def _defaulting(convert: Convert, default: Any) -> Convert:
    return lambda cell: default if (value := convert(cell)) is None else value


def full_name(setup: Setup, *fallbacks: str) -> Callable[[Cells], str | None]:
    """A reader of a person's name from its whole, its parts, or a fallback field."""
    whole, first, last = setup.get("name"), setup.get("first_name"), setup.get("last_name")
    others = [setup.get(name) for name in fallbacks]

    def read(cells: Cells) -> str | None:
        name: str | None = whole(cells) or " ".join(part for part in (first(cells), last(cells)) if part)
        if name:
            return name
        return next((str(found) for find in others if (found := find(cells))), None)

    return read
