"""What somebody else took a question for (a model), and how much of that is believed: what the question's own words
carry, read anew from those words.

Each slot comes with the words it was taken from. Words that do not stand in the question undo the whole pick; so does a
name in the question that the pick left out, a slot that the kind does not have, and a value that is not of its closed
set. Names of accounts stay as typed. Where a neighbouring word may belong to a name, a person is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final, Literal, get_args

from pydantic import BaseModel, ValidationError

from bot.domain.kpi.catalogue import KEYS
from bot.domain.names import fold

from . import queries as q
from .fillers import FILLERS
from .said_spans import find
from .slots import KPI, Slots, take, take_days, take_kpis
from .spans import SpanError, span_of
from .words import Known, Named, NameKind, Word, mask, named_in, words_of

NONE: Final = "none"
"""Picked where a text asks for nothing of the closed set."""
_NOT_PICKED: Final = frozenset({"talk"})
_FLAGS: Final = frozenset({"at_risk", "urgent", "overdue"})
_CLOSED: Final = frozenset({"sort", "focus", "direction", "by", "role", "way"})
_BOOKS: Final = ("mine", "team", "all")
_PLACES: Final[Mapping[NameKind, str]] = {
    "account": "account", "member": "whose", "segment": "segment", "product": "product",
}  # fmt: skip
_POINTING_TEXT: Final = (
    "it its they them their theirs this that he she es sie ihr ihre ihnen dort il elle ils elles leur lui ella ellos"
)
_POINTING: Final = frozenset(_POINTING_TEXT.split())
"""Words that point at an account without naming it."""
_ANY_DAY: Final = date(2026, 1, 1)


class WireSlot(BaseModel):
    """`words` stand in the question; `value` is of the slot's closed set, for words that no table knows."""

    slot: str
    words: str
    value: str | None = None


class WirePick(BaseModel):
    """A pick as it crosses the wire, unchecked."""

    query: str
    slots: list[WireSlot]


@dataclass(frozen=True, slots=True)
class Picked:
    """A question of the closed set. `doubtful` is a name in it about which a person is asked, whatever has it."""

    question: q.Question
    doubtful: str | None = None


@dataclass(frozen=True, slots=True)
class _Run:
    """Where the words of a slot stand in the question, from `start` to `end` (excluded)."""

    start: int
    end: int
    text: str

    def holds(self, start: int, end: int) -> bool:
        return self.start <= start and end <= self.end


@dataclass(frozen=True, slots=True)
class _Text:
    words: list[Word]
    named: Mapping[int, tuple[int, Named]]

    def run(self, words: str) -> _Run | None:
        """Where these words stand; the place where they are a name before any other."""
        wanted = [_key(word) for word in words_of(words)]
        keys = [_key(word) for word in self.words]
        size = len(wanted)
        places = [at for at in range(len(keys) - size + 1) if size and keys[at : at + size] == wanted]
        if not places:
            return None
        at = next((one for one in places if one in self.named and self.named[one][0] == one + size), places[0])
        run = self.words[at : at + size]
        return _Run(at, at + size, " ".join([*(word.text for word in run[:-1]), run[-1].bare]))

    def names_in(self, run: _Run) -> list[Named]:
        return [name for start, (end, name) in self.named.items() if run.holds(start, end)]

    def cuts_a_name(self, run: _Run) -> bool:
        """Whether the run begins or ends within a name that the workspace has."""
        return any(
            start < run.end and run.start < end and not run.holds(start, end) for start, (end, _) in self.named.items()
        )

    def is_alone(self, run: _Run) -> bool:
        """Whether the words beside a name cannot belong to it."""
        first, last = self.words[run.start], self.words[run.end - 1]
        before = self.words[run.start - 1] if run.start and not self.words[run.start - 1].after else None
        follows = run.end < len(self.words) and not last.after and last.bare == last.text
        after = self.words[run.end] if follows else None
        if first.quoted:
            return True
        starts = before is None or _explains(before, first, sentence_begins=run.start == 1)
        return starts and (after is None or _explains(after, None))


def _explains(word: Word, name: Word | None, *, sentence_begins: bool = False) -> bool:
    """Whether a word beside a name is one of questions. Written small before a `name` written large it is none of it;
    written large within a sentence it may be, whatever it says."""
    if KPI.fullmatch(word.key) or find(word.key) is not None:
        return True
    if word.is_written_large and not sentence_begins and not word.text.isupper():
        return False
    small_before_large = name is not None and name.is_written_large and word.text.islower()
    return word.bare.casefold() in FILLERS or small_before_large


def _key(word: Word) -> str:
    return word.bare.casefold()


def believed(pick: WirePick, text: str, known: Known, subject: str | None = None) -> Picked | None:
    """The question that a pick leads to; None where it is not carried by the text. `subject` is the account that the
    conversation is about, for words that only point at it: about that one, too, a person is asked."""
    kind = KINDS.get(pick.query)
    if kind is None:
        return None
    words = words_of(text)
    asked = _Text(words, named_in(words, known, FILLERS))
    values: dict[str, Any] = {"query": pick.query}
    runs: list[tuple[str, _Run]] = []
    doubtful: str | None = None
    for slot in pick.slots:
        run = asked.run(slot.words)
        value = _READS.get(slot.slot, _closed)(slot, run, asked) if run is not None else None
        points = slot.slot == "account" and str(value).casefold() in _POINTING
        value = subject if points else value
        if run is None or value is None or not _placed(values, kind, slot.slot, value):
            return None
        if slot.slot == "account" and (points or not asked.is_alone(run)):
            if doubtful is not None:
                return None
            doubtful = str(value)
        runs.append((slot.slot, run))
    if any(not _is_used(start, named, runs) for start, named in asked.named.items()):
        return None
    try:
        return Picked(q.QUESTION.validate_python(values), doubtful)
    except ValidationError:
        return None


def _is_used(start: int, named: tuple[int, Named], runs: list[tuple[str, _Run]]) -> bool:
    """Whether a name of the question went where names of its kind go."""
    end, name = named
    places = {"topic", _PLACES[name.kind]} if name.kind is not None else None
    return any(run.holds(start, end) for slot, run in runs if places is None or slot in places)


def slots_of(kind: str) -> tuple[str, ...]:
    """The slots that a kind of question has, as a pick names them."""
    fields = [name for name in KINDS[kind].model_fields if name not in ("query", "currency")]
    return tuple("account" if name == "accounts" else name for name in fields)


def _placed(values: dict[str, Any], kind: type[q.Query], slot: str, value: object) -> bool:
    """Take a value in; False where the kind has no place for it, or it stands twice."""
    if slot == "account" and "accounts" in kind.model_fields:
        values["accounts"] = (*values.get("accounts", ()), value)
        return True
    found = value if isinstance(value, dict) else {slot: value}
    if not set(found) <= set(kind.model_fields) - {"query", "accounts"} or set(found) & set(values):
        return False
    values |= found
    return True


def _account(_slot: WireSlot, run: _Run, asked: _Text) -> object:
    """As typed. None for a part of a name: "Acme" of "Acme Labs"."""
    return None if asked.cuts_a_name(run) else run.text[: q.LONGEST_NAME]


def _topic(_slot: WireSlot, run: _Run, _asked: _Text) -> object:
    return run.text[: q.LONGEST_TOPIC]


def _whose(slot: WireSlot, run: _Run, asked: _Text) -> object:
    """A colleague whom the words name; else what the words say; else the book that was picked for them."""
    named = [one for one in asked.names_in(run) if one.kind == "member"]
    if named:
        return named[0].text.lstrip("@").casefold()
    said = _taken(run.text).whose
    return said or (slot.value if slot.value in _BOOKS else None)


def _of_kind(kind: Literal["segment", "product"]) -> Callable[[WireSlot, _Run, _Text], object]:
    def read(_slot: WireSlot, run: _Run, asked: _Text) -> object:
        named = [one.text for one in asked.names_in(run) if one.kind == kind]
        slots = _taken(named[0], {fold(named[0]): kind}) if named else None
        return getattr(slots, kind, None)

    return read


def _when(slot: WireSlot, run: _Run, _asked: _Text) -> object:
    """The span that the words say; else the one picked, if no number is in it that the words do not have."""
    found = find(run.text.casefold())
    if found is not None:
        return found[0]
    phrase = (slot.value or "").strip().casefold()
    try:
        span_of(phrase, _ANY_DAY, "ahead")
    except SpanError:
        return None
    return phrase if _numbers(phrase) <= _numbers(run.text) else None


def _kpi(slot: WireSlot, run: _Run, _asked: _Text) -> object:
    found, _ = take_kpis(run.text.casefold())
    return found[0] if found else next((key for key in KEYS if key == slot.value), None)


def _amount(side: str) -> Callable[[WireSlot, _Run, _Text], object]:
    def read(_slot: WireSlot, run: _Run, _asked: _Text) -> object:
        at = next((at for at, char in enumerate(run.text) if char.isdigit() or char in "€$£"), None)
        found = _taken(f"{side} {run.text[at:]}") if at is not None else None
        amount = getattr(found, side, None)
        if found is None or amount is None:
            return None
        return {side: amount} | ({"currency": found.currency} if found.currency else {})

    return read


def _count(slot: WireSlot, run: _Run, _asked: _Text) -> object:
    numbers = _numbers(run.text)
    picked = _numbers(slot.value or "") & numbers
    found = picked if len(picked) == 1 else numbers
    return found.pop() if len(found) == 1 else None


def _days(slot: WireSlot, run: _Run, asked: _Text) -> object:
    days, _ = take_days(run.text.casefold())
    return days if days is not None else _count(slot, run, asked)


def _closed(slot: WireSlot, _run: _Run, _asked: _Text) -> object:
    """Of a closed set, which the question's own type knows."""
    if slot.slot in _FLAGS:
        return True
    return slot.value if slot.slot in _CLOSED else None


def _taken(text: str, known: Known = MappingProxyType({})) -> Slots:
    """The slots that many questions share, as words say them."""
    masked = mask(words_of(text), known, frozenset())
    return take(masked.line, masked)[0]


def _numbers(text: str) -> set[int]:
    digits = "".join(char if char.isdecimal() else " " for char in text)
    return {int(one) for one in digits.split()}


_READS: Final[Mapping[str, Callable[[WireSlot, _Run, _Text], object]]] = {
    "account": _account, "topic": _topic, "whose": _whose, "segment": _of_kind("segment"),
    "product": _of_kind("product"), "when": _when, "kpi": _kpi, "over": _amount("over"), "under": _amount("under"),
    "limit": _count, "days": _days,
}  # fmt: skip
KINDS: Final[Mapping[str, type[q.Query]]] = {
    kind.model_fields["query"].default: kind
    for kind in get_args(get_args(q.Question)[0])
    if kind.model_fields["query"].default not in _NOT_PICKED
}
"""The kinds of question that may be picked, by name."""
