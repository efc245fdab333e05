"""The questions of `tests/data/asking`, and what each of them asks for."""

from __future__ import annotations

import csv
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from bot.domain.asking.outcome import Before, Understood
from bot.domain.asking.queries import Question
from bot.domain.asking.read import read
from bot.domain.asking.words import Known, NameKind
from bot.domain.names import fold

FOLDER = Path(__file__).parents[2] / "data" / "asking"
Slots = dict[str, str]


@dataclass(frozen=True, slots=True)
class Phrasing:
    """What is said, turn by turn, and what the last turn asks for."""

    turns: tuple[str, ...]
    want: tuple[Slots, ...]


def phrasings(file: str) -> Iterator[Phrasing]:
    with (FOLDER / file).open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="|"):
            yield Phrasing(tuple(row["ask"].split(">>")), tuple(slots_wanted(one) for one in row["want"].split(";")))


def slots_wanted(want: str) -> Slots:
    """`renewals when=\"next month\"`: a kind, and its slots."""
    kind, *rest = shlex.split(want)
    return {"query": kind, **dict(slot.split("=", 1) for slot in rest)}


def roster() -> dict[str, list[str]]:
    found: dict[str, list[str]] = yaml.safe_load((FOLDER / "people.yml").read_text(encoding="utf-8"))
    return found


def known() -> Known:
    """The names of the roster, as the workspace that holds them would know them."""
    names = roster()
    kinds: Mapping[str, NameKind] = {"segments": "segment", "products": "product", "accounts": "account"}
    members: dict[str, NameKind] = {
        fold(part): "member" for name in names["members"] for part in (name, name.split()[0])
    }
    return members | {fold(name): kind for group, kind in kinds.items() for name in names[group]}


def heard(turns: tuple[str, ...], known: Known) -> tuple[Slots, ...]:
    """What is understood of the last turn, in the words of the file."""
    before = Before()
    found: tuple[Slots, ...] = ()
    for turn in turns:
        reading = read(turn, known, before)
        if isinstance(reading, Understood):
            before = Before(reading.questions)
            found = tuple(told(one) for one in reading.questions)
        else:
            found = ({"query": "unclear"},)
    return found


def told(question: Question) -> Slots:
    """A question in the words of the file."""
    slots = question.model_dump(exclude_defaults=True)
    return {"query": question.query} | {name: _text(name, value) for name, value in slots.items()}


def _text(name: str, value: Any) -> str:
    if value is True:
        return "yes"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, tuple):
        return "+".join(value).casefold()
    return str(value) if name in ("when", "currency") else str(value).casefold()
