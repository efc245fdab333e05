"""Salesforce CLI record trees (`sf data export tree`): JSON records with `@AccountRef1` references, read as a table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.importers.errors import ImportFileError
from bot.importers.table import FileFormat, Progress

MAX_JSON = 64 << 20
_REF = "Record ID"


@dataclass(frozen=True)
class TreeTable:
    """The records of one sObject type. `line` counts records from 1: JSON has no lines worth naming."""

    path: Path
    header: tuple[str, ...]
    format: FileFormat
    notes: tuple[str, ...]
    size: int
    sobject: str
    cells: tuple[tuple[str, ...], ...]

    def records(self, progress: Progress | None = None) -> Iterator[tuple[int, list[str]]]:
        for number, cells in enumerate(self.cells, start=1):
            yield number, list(cells)
        if progress is not None:
            progress(self.size)


def open_tree(path: Path) -> TreeTable:
    """The record tree in a JSON file. Raises ImportFileError, saying what the file is instead, when it is none."""
    try:
        if path.stat().st_size > MAX_JSON:
            raise ImportFileError(path, "the JSON file is larger than 64 MiB: export as CSV instead")
        raw: Any = json.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise ImportFileError(path, f"it cannot be read ({error.strerror}); check its permissions") from None
    except RecursionError:
        raise ImportFileError(path, "the JSON is nested too deeply to be a record tree") from None
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        raise ImportFileError(path, "it is not valid JSON: export it again, or as CSV", line) from None
    if isinstance(raw, list) and raw and all(isinstance(item, dict) and "sobject" in item for item in raw):
        raise ImportFileError(path, "it is the plan of a record tree: the files it names are read by themselves")
    records = raw.get("records") if isinstance(raw, dict) else raw
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise ImportFileError(path, "it is JSON, but no Salesforce record tree: export as CSV instead")
    return _tree(path, records)


def _tree(path: Path, records: list[dict[str, Any]]) -> TreeTable:
    attributes = [record.get("attributes") for record in records]
    types = {a.get("type") for a in attributes if isinstance(a, dict)}
    if not all(isinstance(a, dict) for a in attributes) or len(types) > 1:
        raise ImportFileError(path, "it is JSON, but no Salesforce record tree of one type: export as CSV instead")
    columns = dict.fromkeys(
        key for record in records for key, value in record.items() if not isinstance(value, (dict, list))
    )
    rows = tuple(
        (str((record["attributes"]).get("referenceId") or ""), *(_cell(record.get(key)) for key in columns))
        for record in records
    )
    sobject = str(next(iter(types), ""))
    form = FileFormat("utf-8", "", 0)
    return TreeTable(path, (_REF, *columns), form, (), path.stat().st_size, sobject, rows)


def _cell(value: Any) -> str:
    if value is None or isinstance(value, (dict, list)):
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
