"""Which column of a file is which of our fields: chosen by us, or given and remembered by people."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from bot.domain.records import Kind
from bot.importers.errors import ImportFileError
from bot.importers.kinds import tables
from bot.importers.text import fold


class Mapping(BaseModel):
    """`columns`: column of the file -> field of `kind` (see `fields_of`). Columns not named are not imported.

    Header names are compared folded (case, spaces and accents do not matter).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind
    columns: dict[str, str]

    @model_validator(mode="after")
    def _known_fields(self) -> Mapping:
        known = set(fields_of(self.kind))
        unknown = sorted(set(self.columns.values()) - known)
        if unknown:
            names = ", ".join(unknown)
            raise ValueError(f"{names}: no such field of {self.kind.value}; there are {', '.join(sorted(known))}")
        return self

    def dump(self) -> str:
        """The mapping as YAML, as `load_mapping` reads it."""
        return yaml.safe_dump(self.model_dump(mode="json"), sort_keys=False, allow_unicode=True)


def fields_of(kind: Kind) -> tuple[str, ...]:
    """The fields a mapping of that kind may name."""
    if kind is Kind.ASSOCIATIONS:
        return ("left_id", "right_id")
    return tuple(name for name, field in tables()[kind].fields.items() if field.type != "none")


def load_mapping(path: Path) -> Mapping:
    """A mapping from a YAML or JSON file. Raises ImportFileError with what is wrong in it."""
    try:
        raw: Any = yaml.safe_load(path.read_text("utf-8-sig"))
    except OSError as error:
        raise ImportFileError(path, f"the mapping cannot be read ({error.strerror})") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        raise ImportFileError(
            path, "the mapping is neither YAML nor JSON", None if line is None else line + 1
        ) from None
    try:
        return Mapping.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ImportFileError(
            path, f"the mapping is not valid: {where + ': ' if where else ''}{first['msg']}"
        ) from None


def save_mapping(mapping: Mapping, path: Path) -> None:
    """Writes the mapping as YAML, or as JSON when the name ends in .json."""
    if path.suffix.lower() == ".json":
        path.write_text(json.dumps(mapping.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n", "utf-8")
    else:
        path.write_text(mapping.dump(), "utf-8")


def shape_of(header: Sequence[str]) -> str:
    """A stable key of a header row: the same columns in any order, case and spelling of separators."""
    folded = "\x1f".join(sorted(fold(name) for name in header))
    return hashlib.sha256(folded.encode()).hexdigest()[:16]
