"""Spellings made alike: case, Unicode forms, zero-width letters, line breaks, and the ways to write a number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

_KEY = 4
_SCALES = {
    **dict.fromkeys(("k", "tsd", "thousand", "tausend"), 10**3),
    **dict.fromkeys(("m", "mn", "mio", "million", "millions", "millionen"), 10**6),
    **dict.fromkeys(("bn", "mrd", "billion", "milliarden"), 10**9),
}
_GROUPS = re.compile(rf"\d+(?:[.,'’٬٫_ ]{{1,2}}\d+)*(?:\s?({'|'.join(sorted(_SCALES, key=len, reverse=True))})\b)?")
# Letters of other alphabets that look like Latin ones.
_ALIKE = str.maketrans("асеорхуіјѕԁɡоαενοριτυ", "aceopxyijsdgoaevopitu")


def canonical(text: str) -> str:
    """Lower case, compatibility forms, no marks, no invisible characters; whitespace of any kind is a space."""
    if text.isascii():
        return text.casefold()
    kept = []
    for char in unicodedata.normalize("NFKD", text).casefold():
        category = unicodedata.category(char)
        if category in ("Mn", "Me", "Cf", "Cn", "Co", "Cs"):
            continue
        if category == "Nd":
            char = str(unicodedata.decimal(char))
        kept.append(" " if category[0] == "Z" or category == "Cc" else char)
    return "".join(kept).translate(_ALIKE)


def tokens(text: str) -> list[str]:
    """Words and numbers; each letter of a script without spaces is a word."""
    return re.findall(r"[぀-ヿ㐀-鿿가-힣]|[^\W_぀-ヿ㐀-鿿가-힣]+", canonical(text))


def weight(words: Iterable[str]) -> int:
    """How much a run of words says: its letters, those of a script without spaces counted three times."""
    return sum(3 if "\u3040" <= word[0] <= "\ud7a3" else len(word) for word in words)


@dataclass(slots=True)
class Stream:
    """Pieces of a file in their order, squeezed into one string, so that no line break or run hides a word."""

    squeezed: str = ""
    _starts: dict[str, list[int]] = field(default_factory=dict)
    _ends: set[int] = field(default_factory=set)
    _places: list[tuple[int, str]] = field(default_factory=list)

    @classmethod
    def of(cls, pieces: Iterable[tuple[str, str]]) -> Stream:
        """From (place, text)."""
        stream, parts, at, starts = cls(), [], 0, []
        for place, text in pieces:
            stream._places.append((at, place))
            for word in tokens(text):
                starts.append(at)
                parts.append(word)
                at += len(word)
                stream._ends.add(at)
        stream.squeezed = "".join(parts)
        for start in starts:
            stream._starts.setdefault(stream.squeezed[start : start + _KEY], []).append(start)
        return stream

    def find(self, words: str) -> str | None:
        """Where squeezed words stand, whole; None when nowhere."""
        key = words[:_KEY]
        if len(words) >= _KEY:
            starts: Iterable[int] = self._starts.get(key, ())
        else:
            starts = (at for held, places in self._starts.items() if held.startswith(words) for at in places)
        for at in starts:
            if self.squeezed.startswith(words, at) and at + len(words) in self._ends:
                return next((place for start, place in reversed(self._places) if start <= at), "")
        return None


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written: its value, the size of its last digit, where it stands in the text."""

    value: Decimal
    step: Decimal
    start: int
    end: int

    def means(self, amount: Decimal) -> bool:
        """Whether it is this amount, exactly or rounded the way it is written (119,760 as 120k)."""
        return abs(abs(self.value) - abs(amount)) * 2 <= (self.step if self.step > 1 else Decimal(0)) or (
            self.step <= 1 and abs(amount).quantize(self.step) == abs(self.value)
        )


def numbers(text: str) -> Iterator[Number]:
    """Every way to read every number of a canonical text: 120.000 is a hundred and twenty, and thousand times that."""
    for found in _GROUPS.finditer(text):
        scale = Decimal(_SCALES.get(found[1] or "", 1))
        groups = [(piece.group(), piece.start()) for piece in re.finditer(r"\d+", found.group())]
        for first in range(len(groups)):
            for last in range(first, min(first + 6, len(groups))):
                parts = [group for group, _ in groups[first : last + 1]]
                own = scale if last == len(groups) - 1 else Decimal(1)
                start, end = found.start() + groups[first][1], found.start() + groups[last][1] + len(parts[-1])
                for value, step in _readings(parts):
                    yield Number(value * own, step * own, start, end)


def _readings(parts: list[str]) -> Iterator[tuple[Decimal, Decimal]]:
    if len("".join(parts)) > 30:
        return
    if all(2 <= len(part) <= 3 for part in parts[1:]):
        yield Decimal("".join(parts)), Decimal(1)
    if len(parts) > 1:
        yield Decimal(f"{''.join(parts[:-1])}.{parts[-1]}"), Decimal(1).scaleb(-len(parts[-1]))
