"""Small files and what comes out of them."""

from __future__ import annotations

from pathlib import Path

from bot.domain.records import Rejected, Row
from bot.importers import Options, SourceFile, survey


def write(folder: Path, text: str | bytes, name: str = "data.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return path


def only(path: Path, options: Options | None = None) -> SourceFile:
    """The single part of a file."""
    (file,) = survey([path], options or Options()).files
    return file


def read(path: Path, options: Options | None = None) -> tuple[list[Row], list[Rejected]]:
    """The rows and the rejected lines of a file's single part."""
    rows = list(only(path, options).rows())
    return [r for r in rows if not isinstance(r, Rejected)], [r for r in rows if isinstance(r, Rejected)]
