"""What an importer says when a file cannot be used."""

from __future__ import annotations

from pathlib import Path


class ImportFileError(Exception):
    """A file that cannot be imported: `str()` is one sentence with the file, the line when there is one, and what
    to do.

    Nothing of such a file may be kept: it can be raised after rows have been handed over.
    """

    def __init__(self, path: Path | None, problem: str, line: int | None = None) -> None:
        self.path, self.problem, self.line = path, problem, line
        where = "" if path is None else f"{path.name}, line {line}: " if line else f"{path.name}: "
        super().__init__(where + problem)


class BadCellError(ValueError):
    """A cell that does not fit its column: the message completes "line 7: ..."."""
