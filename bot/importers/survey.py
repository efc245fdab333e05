"""Paths in, files ready to be read out: walks folders, recognises tables, asks what cannot be known."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.domain.records import Kind
from bot.importers.dictionary import is_dictionary
from bot.importers.errors import ImportFileError
from bot.importers.file import SourceFile, source_files
from bot.importers.mapping import Mapping
from bot.importers.options import Options

_DEFAULTS = Options()
_TABLES = {".csv", ".tsv", ".tab", ".txt", ".json", ""}
_OTHERS = {
    ".xlsx": "an Excel workbook: save its sheets as CSV", ".xls": "an Excel workbook: save its sheets as CSV",
    ".xlsm": "an Excel workbook: save its sheets as CSV", ".ods": "a spreadsheet: save its sheets as CSV",
    ".ics": "a calendar, not a table", ".md": "a text document, not a table", ".pdf": "a PDF, not a table",
    ".zip": "compressed: unpack it first", ".gz": "compressed: unpack it first",
    ".parquet": "a Parquet file: export it as CSV",
}  # fmt: skip


@dataclass(frozen=True)
class Skipped:
    """A file that was left out, and why, as a sentence."""

    path: Path
    reason: str


@dataclass(frozen=True)
class Survey:
    """`files` in the order in which they must be loaded; `skipped` in the order of their names."""

    files: tuple[SourceFile, ...]
    skipped: tuple[Skipped, ...]


def survey(
    paths: Sequence[Path],
    options: Options = _DEFAULTS,
    remembered: Callable[[str], Mapping | None] = lambda _: None,
) -> Survey:
    """What can be imported from files and folders.

    `remembered` gives the mapping a person once chose for a shape of header. Raises ImportFileError when a file named
    explicitly cannot be used, or when nothing can.
    """
    files: list[SourceFile] = []
    skipped: list[Skipped] = []
    for path in paths:
        if path.is_dir():
            _folder(path, options, remembered, files, skipped)
        else:
            files += source_files(path, options, remembered)
    if not files:
        where = paths[0] if len(paths) == 1 else None
        why = f": {skipped[0].path.name}: {skipped[0].reason}" if len(skipped) == 1 else ""
        raise ImportFileError(where, f"nothing here can be imported ({len(skipped)} files looked at{why})")
    order = list(Kind)
    files.sort(key=lambda file: (order.index(file.kind), str(file.path)))
    return Survey(tuple(files), tuple(sorted(skipped, key=lambda item: str(item.path))))


def _folder(
    folder: Path,
    options: Options,
    remembered: Callable[[str], Mapping | None],
    files: list[SourceFile],
    skipped: list[Skipped],
) -> None:
    for path, problem in walk(folder):
        reason = problem or _OTHERS.get(path.suffix.lower())
        if reason is None and path.suffix.lower() not in _TABLES:
            reason = f"{path.suffix} files are not read: export the data as CSV"
        if reason is None and is_dictionary(path):
            reason = "it describes the columns of the other files"
        if reason is None:
            try:
                files += source_files(path, options, remembered)
                continue
            except ImportFileError as error:
                reason = f"line {error.line}: {error.problem}" if error.line else error.problem
        skipped.append(Skipped(path, reason))


def walk(folder: Path) -> Iterator[tuple[Path, str | None]]:
    """Every visible file below a folder, by name, with a sentence for what cannot be entered; a folder is entered
    once."""
    seen: set[tuple[int, int]] = set()

    def enter(place: Path) -> Iterator[tuple[Path, str | None]]:
        try:
            stat = place.stat()
            entries = sorted(os.scandir(place), key=lambda entry: entry.name)
        except OSError as error:
            yield place, f"the folder cannot be read ({error.strerror}); check its permissions"
            return
        if (stat.st_dev, stat.st_ino) in seen:
            yield place, "the folder was entered already: a link makes a loop here"
            return
        seen.add((stat.st_dev, stat.st_ino))
        for entry in entries:
            path = Path(entry.path)
            if entry.name.startswith("."):
                continue
            if entry.is_dir():
                yield from enter(path)
            elif entry.is_file():
                yield path, None
            else:
                yield path, "it is neither a file nor a folder (a broken link, a pipe or a device)"

    yield from enter(folder)
