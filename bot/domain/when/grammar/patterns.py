"""The language of the tables: words, `[what may be left out]`, `(one thing|another)` and `{slots}`.

A row stands for whole phrases only: what it does not name is not there. Slots are the vocabulary below, or `{phrase}`,
any words, which the row's function has to read further. `{name=this|that}` is a slot of the row's own, and
`{name:slot}` a slot of the vocabulary under another name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from .vocabulary import MONTHS, WEEKDAYS

T = TypeVar("T")

_WEEKDAY = f"(?:{'|'.join(WEEKDAYS)})"
_SLOTS = {
    "n": r"\d{1,4}",
    "year": r"\d{4}",
    "date": r"\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{1,4})?",
    "weekday": _WEEKDAY,
    "weekdays": rf"{_WEEKDAY}(?: (?:and )?(?:every )?{_WEEKDAY})*",
    "month": f"(?:{'|'.join(MONTHS)})",
    "day": r"\d{1,2}(?:st|nd|rd|th)?",
    "ordinal": r"(?:\d{1,2}(?:st|nd|rd|th)|last)",
    "number": r"\d{1,2}(?:st|nd|rd|th)",
    "nth": r"\d{1,2}(?:nd|rd|th)",
    "period": "(?:week|month|quarter|year)",
    "phrase": ".+?",
    "rest": ".+?",
}
_TOKEN = re.compile(r"\[([^\]]*)\]|\(([^)]*)\)|(\S+)")
_SLOT = re.compile(r"\{(\w+)(?:=([^}]*)|:(\w+))?\}")

Slots = dict[str, str]


@dataclass(frozen=True, slots=True)
class Row(Generic[T]):
    """A pattern and what it means."""

    pattern: re.Pattern[str]
    means: T


def table(*rows: tuple[str, T]) -> tuple[Row[T], ...]:
    """The rows of a table with their patterns compiled."""
    return tuple(Row(re.compile(_compiled(pattern)), means) for pattern, means in rows)


def matches(rows: Sequence[Row[T]], phrase: str) -> Iterator[tuple[T, Slots]]:
    """What every row that stands for the phrase means, with the words in its slots."""
    spaced = f"{phrase} " if phrase else ""  # every word of a pattern takes the space behind it along
    for row in rows:
        if found := row.pattern.fullmatch(spaced):
            yield row.means, {name: words for name, words in found.groupdict().items() if words is not None}


def _compiled(pattern: str) -> str:
    parts = []
    for optional, choice, word in _TOKEN.findall(pattern):
        if optional:
            parts.append(f"(?:{'|'.join(_compiled(each) for each in optional.split('|'))})?")
        elif choice:
            parts.append(f"(?:{'|'.join(_compiled(each) for each in choice.split('|'))})")
        else:
            parts.append(_SLOT.sub(_slot, word) + " ")
    return "".join(parts)


def _slot(name: re.Match[str]) -> str:
    return f"(?P<{name[1]}>{name[2] or _SLOTS[name[3] or name[1]]})"
