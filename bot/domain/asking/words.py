"""A question as words: folded for reading, with names in it already found and set apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.domain.names import fold

from .fillers import LARGE
from .spelling import DISFLUENT, SPOKEN, counted, spelled

NameKind = Literal["account", "member", "segment", "product"]
Known = Mapping[str, NameKind]
"""What the words of a question name, exactly: a folded name and what has it."""

MOST_WORDS = 80
MOST_LETTERS = 600
LONGEST_NAME = 6
_SIGNS = str.maketrans(
    {"‹": " ", "›": " ", **dict.fromkeys("’‘`", "'"), **dict.fromkeys("“”„«»", '"'), "–": "-", "—": "-"}
)
_PIECE = re.compile(r'"[^"]{1,120}"|[^\s"]+')
_QUOTED = re.compile(r"(?<!\w)'([^'\"]{2,120})'(?!\w)")
_LINES = re.compile(r"([^\s:,;])[ \t]*(?:\r?\n)+\s*[-*•]?")
"""Each line of several says something by itself."""
_LEADING, _TRAILING = "([{*_~", ")]}?!.,;:*_~"
_EDGES = frozenset(("the", "a", "an", "and", "&", "und", "of", "for"))
_POSSESSIVE = re.compile(r"(?<=\w)(?:'s|')$")
MARK = re.compile(r"‹(\d+)›")


@dataclass(frozen=True, slots=True)
class Word:
    """`text` as typed, without the signs around it; `key` folded for reading; `after` the signs that followed."""

    text: str
    key: str
    after: str
    quoted: bool = False

    @property
    def bare(self) -> str:
        """Without a possessive ending."""
        return _POSSESSIVE.sub("", self.text) or self.text

    @property
    def is_written_large(self) -> bool:
        return self.text[:1].isupper()


@dataclass(frozen=True, slots=True)
class Named:
    """A name in the question: as typed, and what it names; `kind` None when it was only quoted."""

    text: str
    kind: NameKind | None


@dataclass(frozen=True, slots=True)
class Masked:
    """The question as a line of folded words, in which `‹0›` stands for `names[0]`. `typed` finds words as written."""

    line: str
    names: tuple[Named, ...]
    typed: Mapping[str, str]

    def named(self, kind: NameKind) -> list[str]:
        return [one.text for one in self.names if one.kind == kind]


def words_of(text: str) -> list[Word]:
    """At most `MOST_WORDS` words of what somebody typed; invisible characters are gone."""
    composed = unicodedata.normalize("NFKC", _LINES.sub(r"\1 ; ", text[:MOST_LETTERS].strip()))
    plain = "".join(_visible(char) for char in composed)
    found = []
    for piece in _PIECE.findall(_QUOTED.sub(r'"\1"', plain.translate(_SIGNS)))[:MOST_WORDS]:
        if piece.startswith('"') and len(piece) > 2:
            inside = " ".join(piece.strip('"').split())
            if inside:
                found.append(Word(inside, inside.casefold(), "", quoted=True))
            continue
        begun = piece.lstrip(_LEADING)
        bare = begun.rstrip(_TRAILING)
        after = begun[len(bare) :]
        if bare:
            found.append(Word(bare, bare.casefold(), after))
        elif found and begun:
            last = found[-1]
            found[-1] = Word(last.text, last.key, last.after + begun, last.quoted)
    return found


def _visible(char: str) -> str:
    """Nothing for what only formats, a space for what else cannot be seen."""
    category = unicodedata.category(char)
    return "" if category == "Cf" else " " if category[0] == "C" else char


def possible_names(words: list[Word]) -> dict[str, str]:
    """Every run of words that could be a name: its folded form, and itself as typed."""
    return {fold(text): text for _, _, text in _runs(words)}


def _runs(words: list[Word]) -> Iterator[tuple[int, int, str]]:
    for size in range(min(LONGEST_NAME, len(words)), 0, -1):
        for at in range(len(words) - size + 1):
            run = words[at : at + size]
            on_edge = size > 1 and (_is_edge(run[0]) or _is_edge(run[-1]))
            if not on_edge and not any(_ends_here(word) for word in run[:-1]):
                yield at, at + size, " ".join([*(word.text for word in run[:-1]), run[-1].bare])


def _is_edge(word: Word) -> bool:
    """A word that no name begins or ends with; it would only hide where the name is."""
    return word.key in _EDGES or not any(char.isalnum() for char in word.key)


def _ends_here(word: Word) -> bool:
    return any(sign in word.after for sign in "?!;,:")


def mask(words: list[Word], known: Known, is_word: frozenset[str]) -> Masked:
    """Set the names apart, the longest first."""
    return _line(words, named_in(words, known, is_word))


def named_in(words: list[Word], known: Known, is_word: frozenset[str]) -> dict[int, tuple[int, Named]]:
    """Where names begin: to where each goes (excluded), and the name. The longest come first. A name made of the words
    of questions alone (`is_word`: an account called "Next" or "Open") counts only where it is written like a name, or
    quoted; a name that nobody has takes along the shorter ones in it."""
    taken: dict[int, tuple[int, Named]] = {}
    used: set[int] = set()
    for start, end, text in _runs(words):
        run = words[start:end]
        kind = known.get(fold(text))
        if kind is None and not (end - start == 1 and run[0].quoted):
            continue
        if used & set(range(start, end)) or (kind is not None and not _is_meant(run, start, is_word)):
            continue
        used.update(range(start, end))
        taken[start] = end, Named(text, kind)
    for start, end, text in _written_names(words, taken, is_word):
        taken = {at: one for at, one in taken.items() if not start <= at < end} | {start: (end, Named(text, None))}
    return taken


def _written_names(
    words: list[Word], taken: Mapping[int, tuple[int, Named]], is_word: frozenset[str]
) -> Iterator[tuple[int, int, str]]:
    """Neighbours that are written large and that no name explains ("March Network", "Acme Holdings"), where not
    everything is written so: a name that nobody has, whatever its words ask for elsewhere."""
    if 2 * sum(word.is_written_large for word in words) > len(words) + 1:
        return
    inside = {at for start, (end, _) in taken.items() for at in range(start, end)}
    strange = [
        at not in inside and word.is_written_large and not word.text.isupper() and word.bare.casefold() not in is_word
        for at, word in enumerate(words)
    ]
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and words[end].is_written_large and (end == at or not words[end - 1].after):
            end += 1
        first, last = at, end
        while first < last and first == 0 and words[first].bare.casefold() in is_word:
            first += 1
        while last > first and not (strange[last - 1] or last - 1 in inside):
            last -= 1
        kinds = {taken[to][1].kind for to in range(first, last) if to in taken}
        if last - first > 1 and any(strange[first:last]) and kinds <= {"account"}:
            yield first, last, " ".join([*(word.text for word in words[first : last - 1]), words[last - 1].bare])
        at = max(end, at + 1)


def _is_meant(run: list[Word], start: int, is_word: frozenset[str]) -> bool:
    if run[0].quoted or not all(word.bare.casefold() in is_word for word in run):
        return True
    if all(word.bare.casefold() in LARGE for word in run):
        return False
    return all(word.is_written_large for word in run) and start > 0


def _line(words: list[Word], taken: dict[int, tuple[int, Named]]) -> Masked:
    parts: list[str] = []
    names: list[Named] = []
    typed: dict[str, str] = {}
    at = 0
    while at < len(words):
        end, named = taken.get(at, (at + 1, None))
        if named is not None:
            parts.append(f"‹{len(names)}›")
            names.append(named)
            if words[end - 1].bare != words[end - 1].text:
                parts.append("·")
        else:
            said, end = _said(words, at, taken, parts[-1] if parts else "")
            typed.setdefault(said, " ".join(word.bare for word in words[at:end]))
            parts.append(said)
        parts += _signs(words, end)
        at = end
    line = " ".join(part for part in parts if part)
    return Masked(_SPOKEN_SIGNS.sub("?", line), tuple(names), typed)


def _said(words: list[Word], at: int, taken: Mapping[int, object], before: str) -> tuple[str, int]:
    """What a word reads as, and where the next begins: more than one word may say a number."""
    word = words[at]
    free = next((to for to in range(at, len(words)) if to in taken or words[to].quoted), len(words))
    number, used = counted([one.key for one in words[at:free]])
    if number:
        return str(number), at + used
    large = word.is_written_large and at > 0
    if word.quoted or (word.key in DISFLUENT and not large):
        return ("" if not word.quoted else word.key), at + 1
    return spelled(_POSSESSIVE.sub("", word.key) if word.key not in SPOKEN else word.key, large, before), at + 1


def _signs(words: list[Word], end: int) -> list[str]:
    """The sign after a word, where it parts what is said; a colon parts it like a comma, a full stop before a new
    sentence like a semicolon."""
    after = words[end - 1].after
    found = next((sign for sign in after if sign in "?!;,:"), None)
    if found is None and after.startswith(".") and len(words[end - 1].text) > 3 and end < len(words):
        return [";"] if words[end].is_written_large else []
    return [] if found is None else [found.replace(":", ",")]


_SPOKEN_SIGNS = re.compile(r"\bquestion mark\b")
