"""A question as words: folded for reading, with names in it already found and set apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.domain.names import fold

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
    composed = unicodedata.normalize("NFKC", text[:MOST_LETTERS])
    plain = "".join(_visible(char) for char in composed)
    found = []
    for piece in _PIECE.findall(plain.translate(_SIGNS))[:MOST_WORDS]:
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
    quoted."""
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
    return taken


def _is_meant(run: list[Word], start: int, is_word: frozenset[str]) -> bool:
    if run[0].quoted or not all(word.bare.casefold() in is_word for word in run):
        return True
    return all(word.is_written_large for word in run) and start > 0


def _line(words: list[Word], taken: dict[int, tuple[int, Named]]) -> Masked:
    parts: list[str] = []
    names: list[Named] = []
    typed: dict[str, str] = {}
    at = 0
    while at < len(words):
        end, named = taken.get(at, (at + 1, None))
        word = words[end - 1]
        if named is not None:
            parts.append(f"‹{len(names)}›")
            names.append(named)
        else:
            key = _SPOKEN.get(word.key) or _POSSESSIVE.sub("", word.key)
            typed.setdefault(key, word.bare)
            parts.append(key)
        parts += [sign for sign in word.after if sign in "?!;,"][:1]
        at = end
    return Masked(" ".join(parts), tuple(names), typed)


_SHORT = "what who how where when it that there let he she"
_VERBS = "have has do does did is are"
_SPOKEN = {
    **{f"{word}{ending}": f"{word} is" for word in _SHORT.split() for ending in ("'s", "s") if word + ending != "its"},
    **{f"{word}n{sign}t": f"{word} not" for word in _VERBS.split() for sign in ("'", "")},
    "i'm": "i am", "im": "i am", "i've": "i have", "ive": "i have", "we're": "we are", "we've": "we have",
    "they're": "they are", "they've": "they have", "can't": "can not", "acct": "account", "accts": "accounts",
    "acounts": "accounts", "renwals": "renewals", "renewels": "renewals", "tix": "tickets", "u": "you",
}  # fmt: skip
