"""A delimited file as a header and a stream of records, with line numbers and limits."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from bot.importers.errors import ImportFileError
from bot.importers.source import Guard, open_text, read_head, sniff_encoding

MAX_CELL = 256 << 10
MAX_RECORD = 1 << 20
_SENTINEL = "\ue000steward: end of file\ue000"
_DELIMITERS = ",;\t|"
_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
Progress = Callable[[int], None]


@dataclass(frozen=True)
class FileFormat:
    """How a file is written. `decimals`: column -> its decimal mark; `dates`: column -> "iso", "dmy", "mdy", "ymd",
    ..."""

    encoding: str
    delimiter: str
    header_line: int
    bom: bool = False
    decimals: dict[str, str] = field(default_factory=dict)
    dates: dict[str, str] = field(default_factory=dict)

    @property
    def delimiter_name(self) -> str:
        return _NAMES.get(self.delimiter, repr(self.delimiter))


class Table(Protocol):
    """A header and records below it. A record is `(line, cells)`; blank lines are left out; cells are raw text."""

    @property
    def path(self) -> Path: ...
    @property
    def header(self) -> tuple[str, ...]: ...
    @property
    def format(self) -> FileFormat: ...
    @property
    def notes(self) -> tuple[str, ...]: ...
    @property
    def size(self) -> int: ...
    def records(self, progress: Progress | None = None) -> Iterator[tuple[int, list[str]]]: ...


@dataclass(frozen=True)
class CsvTable:
    """A delimited text file. `records` may be called again and again; it holds one record at a time."""

    path: Path
    header: tuple[str, ...]
    format: FileFormat
    notes: tuple[str, ...]
    size: int
    padded: bool = False

    def records(self, progress: Progress | None = None) -> Iterator[tuple[int, list[str]]]:
        """Raises ImportFileError for an unclosed quote, an oversized cell or record, and binary data, with the line."""
        text, guard = open_text(self.path, self.format.encoding, progress)
        with text:
            yield from _records(
                self.path, _lines(text), self.format.delimiter, guard, self.format.header_line, self.padded
            )


def _lines(text: Iterator[str]) -> Iterator[str]:
    yield from text
    yield _SENTINEL  # inside an unclosed quote it is swallowed, and that is how we know


def _records(
    path: Path, lines: Iterator[str], delimiter: str, guard: Guard | None, skip: int, padded: bool = False
) -> Iterator[tuple[int, list[str]]]:
    # The limit belongs to the process: the csv module has no other. Nothing else here reads larger cells.
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=padded)
    line = started = 1
    try:
        for cells in reader:
            line, started = started, reader.line_num + 1
            if guard is not None:
                if started - line > 1 and guard.bytes_read - guard.record_started > MAX_RECORD + (1 << 19):
                    raise ImportFileError(path, "the record is larger than 1 MiB; is a quote never closed?", line)
                guard.record_started = guard.bytes_read
            if line <= skip or not cells:
                continue
            if len(cells) == 1 and cells[0] == _SENTINEL:
                return
            yield line, cells
        raise ImportFileError(path, "a quote that opens here is never closed: close it or export again", line)
    except csv.Error as error:
        if "field larger" in str(error):
            sentence = "a cell is larger than 256 KiB; is a quote never closed?"
        else:
            sentence = f"it cannot be read as a table ({error})"
        raise ImportFileError(path, sentence, started) from None


def open_table(path: Path, encoding: str | None = None, delimiter: str | None = None) -> CsvTable:
    """The file with its encoding, delimiter and header line found. Raises ImportFileError when it is no table."""
    head = read_head(path)
    found, bom = sniff_encoding(path, head, encoding)
    sample = _sample(path, found)
    notes: list[str] = []
    declared = sample[0].strip() if sample else ""
    offset = 0
    if declared[:4].lower() == "sep=" and len(declared) == 5:
        delimiter, offset = delimiter or declared[4], 1  # Excel's own hint
    chosen = delimiter or sniff_delimiter(sample[offset:])
    padded = f'{chosen} "' in "".join(sample[:20])  # a blank before a quote hides it from the parser
    rows = _parse(sample[offset:], chosen, padded)
    index = header_index([cells for _, cells in rows])
    if index is None:
        raise ImportFileError(path, "no header row was found; the first line must name the columns", 1)
    line, cells = rows[index]
    line += offset
    if line > 1 + offset:
        notes.append(f"{line - 1 - offset} lines above the header were skipped")
    header, renamed = unique_header(cells)
    notes += renamed
    return CsvTable(path, header, FileFormat(found, chosen, line, bom), tuple(notes), path.stat().st_size, padded)


def _sample(path: Path, encoding: str, limit: int = 400) -> list[str]:
    text, _ = open_text(path, encoding)
    lines: list[str] = []
    size = 0
    with text:
        for line in text:
            lines.append(line)
            size += len(line)
            if len(lines) >= limit or size > 1 << 20:
                break
    if not any(line.strip() for line in lines):
        raise ImportFileError(path, "the file is empty; export it again")
    return lines


def _parse(lines: list[str], delimiter: str, padded: bool = False) -> list[tuple[int, list[str]]]:
    """The records of a sample; the last one may be cut off and is dropped when it is."""
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(iter(lines), delimiter=delimiter, skipinitialspace=padded)
    rows: list[tuple[int, list[str]]] = []
    started = 1
    try:
        for cells in reader:
            rows.append((started, cells))
            started = reader.line_num + 1
    except csv.Error:
        pass  # the full reading says so, with the line
    return rows


def sniff_delimiter(lines: list[str]) -> str:
    """The delimiter with which most records have one common width over one; a comma when nothing splits at all."""
    best, best_score = ",", 0.0
    for delimiter in _DELIMITERS:
        rows = [cells for _, cells in _parse(lines, delimiter) if any(cell.strip() for cell in cells)]
        widths = Counter(len(cells) for cells in rows)
        wide = [(width, count) for width, count in widths.items() if width > 1]
        if not wide:
            continue
        width, count = max(wide, key=lambda item: (item[1] * min(item[0], 8), item[0]))
        header = next((cells for cells in rows if len(cells) == width), [])
        named = sum(1 for cell in header if 0 < len(cell.strip()) <= 80) / width
        score = count / len(rows) * named + min(width, 30) / 300
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _is_label(cell: str) -> bool:
    text = cell.strip()
    return bool(text) and len(text) <= 120 and not text.replace(".", "").replace(",", "").replace("-", "").isdecimal()


def header_index(rows: list[list[str]], look: int = 25) -> int | None:
    """Which record names the columns: the first one as wide as the table whose cells are labels, not values."""
    widths = Counter(len(cells) for cells in rows if any(cell.strip() for cell in cells))
    if not widths:
        return None
    width = max(widths, key=lambda w: (widths[w] * (w > 1), w))
    for index, cells in enumerate(rows[:look]):
        filled = [cell for cell in cells if cell.strip()]
        if len(cells) >= width * 0.5 and len(cells) >= min(2, width) and len(filled) >= max(1, len(cells) * 0.5):
            return index if all(_is_label(cell) for cell in filled) else None
    return None


def unique_header(cells: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """Header names without blanks and doubles: "column 5", "Name (2)"; and a note for each change."""
    while len(cells) > 1 and not cells[-1].strip():
        cells = cells[:-1]
    seen: Counter[str] = Counter()
    names: list[str] = []
    notes: list[str] = []
    for position, cell in enumerate(cells, start=1):
        name = " ".join(cell.strip().strip('"`').split()) or f"column {position}"
        seen[name] += 1
        if seen[name] > 1:
            notes.append(
                f'the header "{name}" stands there {seen[name]} times; the later one is called "{name} ({seen[name]})"'
            )
            name = f"{name} ({seen[name]})"
        names.append(name)
    return tuple(names), notes
