"""Data dictionaries: a table beside the exports that says what their columns mean ("in millions of US dollars")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from bot.importers.errors import ImportFileError
from bot.importers.table import open_table
from bot.importers.text import fold

_SCALE = re.compile(r"\bin (?:thousands|millions|billions)\b|\b(thousand|million|billion)s? of\b", re.IGNORECASE)
_POWERS = {"thousand": 3, "million": 6, "billion": 9}
_CURRENCY = re.compile(r"\b(us dollars?|usd|euros?|eur|pounds?|gbp|chf|swiss francs?|yen|jpy)\b", re.IGNORECASE)
_CODES = {"us": "USD", "eu": "EUR", "po": "GBP", "gb": "GBP", "ch": "CHF", "sw": "CHF", "ye": "JPY", "jp": "JPY"}


@dataclass(frozen=True)
class Meaning:
    """What a dictionary says of a column: its power of ten, its currency, and the words it says it with."""

    scale: int
    currency: str | None
    words: str


def is_dictionary(path: Path) -> bool:
    """By name: a dictionary's columns look like anybody's."""
    name = fold(path.stem)
    return "datadictionary" in name or "codebook" in name or name in {"dictionary", "metadata", "schema", "glossary"}


def read_dictionary(folder: Path) -> dict[str, Meaning]:
    """Folded column name -> meaning, from the dictionary in that folder; empty when there is none or it says
    nothing."""
    found: dict[str, Meaning] = {}
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".csv" and is_dictionary(path))
    except OSError:
        return found
    for path in paths[:3]:
        try:
            for _, cells in open_table(path).records():
                _take(cells, found)
        except ImportFileError:
            continue  # it is only an aid; the survey lists it as skipped anyway
    return found


def _take(cells: list[str], found: dict[str, Meaning]) -> None:
    words = next((cell for cell in cells if _SCALE.search(cell)), None)
    if words is None:
        return
    text = words.lower()
    scale = next(power for word, power in _POWERS.items() if word in text)
    money = _CURRENCY.search(text)
    meaning = Meaning(scale, _CODES.get(money[1][:2].lower()) if money else None, words.strip())
    for cell in cells:
        if cell is not words and cell.strip() and len(cell) < 60:
            found.setdefault(fold(cell), meaning)
