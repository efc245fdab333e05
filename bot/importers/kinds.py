"""The tables of `kinds/`: which fields each kind of file has, how they are typed, and what they are called in the
wild."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

import yaml

from bot.domain.records import Kind
from bot.importers.text import fold

Type = Literal[
    "id", "text", "email", "domain", "list", "number", "money", "int", "percent", "notice", "bool", "date", "instant",
    "currency", "salesforce", "none",
]  # fmt: skip
NUMBERS = frozenset({"number", "money", "int", "percent"})
DATES = frozenset({"date", "instant"})


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a file of a kind may say. `ranks`: folded header -> rank (0 = best name; below `strong` it names
    the kind)."""

    name: str
    type: Type
    weight: int
    ranks: dict[str, int]
    strong: int


@dataclass(frozen=True, slots=True)
class KindTable:
    """`requires`: of each group at least one field; `enough`: the score below which the kind is not recognised."""

    kind: Kind
    fields: dict[str, Field]
    requires: tuple[tuple[str, ...], ...]
    enough: int
    hints: frozenset[str]


def _load(name: str) -> dict[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = files("bot.importers").joinpath("kinds", name).read_text("utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=loader)  # noqa: S506 -- both loaders are the safe ones
    return loaded


def _alternatives(text: str) -> list[str]:
    return [part.strip() for part in text.split("|") if part.strip()]


@lru_cache(maxsize=1)
def words() -> dict[str, list[str]]:
    """The concepts of `words.yaml`."""
    return {concept: _alternatives(text) for concept, text in _load("words.yaml").items()}


def _spellings(phrase: str) -> Iterator[str]:
    """Every folded spelling of `<company> <name>`-like phrases, in both orders; plain phrases as they are."""
    concepts = [part.strip("<>") for part in phrase.split()] if "<" in phrase else []
    if not concepts:
        yield fold(phrase)
        return
    lists = [words()[concept] for concept in concepts]
    for parts in itertools.product(*lists):
        yield fold(" ".join(parts))
        if len(parts) > 1:
            yield fold(" ".join(reversed(parts)))


def _field(name: str, spec: dict[str, Any]) -> Field:
    strong = _alternatives(str(spec.get("strong", "")))
    phrases = [*strong, *_alternatives(str(spec.get("names", ""))), name.replace("_", " ")]
    ranks: dict[str, int] = {}
    for rank, phrase in enumerate(phrases):
        for spelling in _spellings(phrase):
            ranks.setdefault(spelling, rank)
    return Field(name, spec["type"], int(spec["weight"]), ranks, len(strong))


@lru_cache(maxsize=1)
def tables() -> dict[Kind, KindTable]:
    """All kinds, read once."""
    found: dict[Kind, KindTable] = {}
    for entry in sorted(files("bot.importers").joinpath("kinds").iterdir(), key=lambda item: item.name):
        if not entry.name.endswith(".yaml") or entry.name in {"words.yaml", "layouts.yaml", "values.yaml"}:
            continue
        raw = _load(entry.name)
        kind = Kind(raw["kind"])
        fields = {name: _field(name, spec) for name, spec in raw["fields"].items()}
        requires = tuple(tuple(group) for group in raw["requires"])
        found[kind] = KindTable(
            kind, fields, requires, int(raw["enough"]), frozenset(fold(hint) for hint in raw["hints"])
        )
    return found


@lru_cache(maxsize=1)
def values() -> dict[str, dict[str, str]]:
    """The value tables of `values.yaml`: per list, folded word -> our word."""
    return {
        name: {fold(word): ours for ours, text in table.items() for word in [ours, *_alternatives(text)]}
        for name, table in _load("values.yaml").items()
    }


@lru_cache(maxsize=1)
def layouts() -> list[dict[str, Any]]:
    """The vendors' signatures of `layouts.yaml`, in the order in which they are tried."""
    found: list[dict[str, Any]] = _load("layouts.yaml")["layouts"]
    return found
