"""Text made fit for a file, and how much room it takes.

Notes and names may hold control characters, overrides of direction or a word of 300 letters. Widths are those of Arial
(whose metrics Helvetica and Liberation Sans share), so that a deck is laid out the same on every machine.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_JOINERS = "\u200c\u200d"  # Persian and Indic spelling, and emoji of several people
_EMOJI_MARKS = "\ufe0e\ufe0f\u20e3"

# Advance widths of U+0020 to U+007E in thousandths of the size.
_WIDTHS_PLAIN = (
    "278 278 355 556 556 889 667 222 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 "
    "278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 "
    "667 944 667 667 611 278 278 278 469 556 222 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 "
    "556 333 500 278 556 500 722 500 500 500 334 260 334 584 "
)
_WIDTHS_BOLD = (
    "278 333 474 556 556 889 722 278 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 333 "
    "333 584 584 584 611 975 722 722 722 722 667 611 778 722 278 556 722 611 833 722 778 667 778 722 667 611 722 "
    "667 944 667 667 611 333 278 333 584 556 278 556 611 556 611 556 333 611 611 278 278 556 278 889 611 611 611 "
    "611 389 556 333 611 556 778 556 556 500 389 280 389 584 "
)
_PLAIN = tuple(map(int, _WIDTHS_PLAIN.split()))
_BOLD = tuple(map(int, _WIDTHS_BOLD.split()))
_SLACK = 1.03  # renderers round glyphs and kern differently
LINE = 1.2
"""Height of a line in sizes of its letters."""


def clean(text: str) -> str:
    """One line without control, bidirectional, zero-width, surrogate or private characters; 3 marks a letter."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept: list[str] = []
    marks = 0
    for char in unicodedata.normalize("NFC", text):
        category = unicodedata.category(char)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if char in _JOINERS or char in _EMOJI_MARKS:
            kept.append(char)
        elif category not in ("Cf", "Cs", "Co", "Cn") and marks <= 3:
            kept.append(" " if category[0] in "CZ" else char)
    return " ".join("".join(kept).split())


def is_rtl(text: str) -> bool:
    """Whether the first letter that has a direction is written from right to left."""
    for char in text:
        direction = unicodedata.bidirectional(char)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return False


def cut(text: str, length: int) -> str:
    """At most `length` characters, ending in … when shortened, never between a letter and its marks."""
    if len(text) <= length:
        return text
    end = max(length - 1, 0)
    while end and (
        unicodedata.combining(text[end]) or text[end] in _JOINERS + _EMOJI_MARKS or text[end - 1] == "\u200d"
    ):
        end -= 1
    return f"{text[:end].rstrip()}…"


@dataclass(frozen=True, slots=True)
class Type:
    """How letters are set. `stretch` is how much wider than Arial they run."""

    size: float
    bold: bool = False
    stretch: float = 1.0

    @property
    def line(self) -> float:
        return self.size * LINE

    def width(self, text: str) -> float:
        """The width of one line in points."""
        return _thousandths(text, self.bold) * self.size * self.stretch * _SLACK / 1000

    def wrapped(self, text: str, width: float) -> list[str]:
        """The lines that a text breaks into; words wider than a line and unspaced scripts break inside."""
        if self.width(text) <= width:
            return [text.strip()]
        lines, line, used = [], "", 0.0
        for piece in _pieces(text):
            if used + self.width(piece.rstrip()) <= width:
                line, used = line + piece, used + self.width(piece)
                continue
            if line.strip():
                lines.append(line.rstrip())
            line = piece.lstrip()
            while self.width(line.rstrip()) > width and len(line) > 1:
                at = self._fitting(line, width)
                lines.append(line[:at])
                line = line[at:]
            used = self.width(line)
        return [*lines, line.rstrip()] if line.strip() or not lines else lines

    def height(self, text: str, width: float) -> float:
        return len(self.wrapped(text, width)) * self.line

    def cut_to(self, text: str, width: float, lines: int) -> str:
        """The text, or as much of it as stands on so many lines, ending in …"""
        wrapped = self.wrapped(text, width)
        if len(wrapped) <= lines:
            return text
        kept = " ".join(wrapped[:lines])
        while kept and len(self.wrapped(f"{kept}…", width)) > lines:
            kept = kept[:-1].rstrip()
        return f"{kept}…"

    def _fitting(self, text: str, width: float) -> int:
        """How many characters of an overlong word stand on one line, at least one."""
        used = 0.0
        for at, char in enumerate(text):
            used += self.width(char)
            if used > width:
                return max(at, 1)
        return len(text)


@lru_cache(maxsize=20_000)
def _thousandths(text: str, bold: bool) -> int:
    table = _BOLD if bold else _PLAIN
    return sum(table[ord(char) - 32] if " " <= char <= "~" else _wide(char) for char in text)


def _wide(char: str) -> int:
    """A width for what is not ASCII, rather too wide than too narrow."""
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    if unicodedata.east_asian_width(char) in ("W", "F"):
        return 1000 if ord(char) < 0x1F000 else 1300
    base = unicodedata.normalize("NFD", char)[0]
    if " " <= base <= "~":
        return _BOLD[ord(base) - 32]
    return 760 if char.isupper() else 620


def _pieces(text: str) -> list[str]:
    """Words with the space after them; each letter of a script without spaces is a piece."""
    pieces: list[str] = []
    word = ""
    for char in text:
        if unicodedata.east_asian_width(char) in ("W", "F"):
            pieces += [word, char] if word else [char]
            word = ""
        elif char in " -/" and word:
            pieces.append(word + char)
            word = ""
        else:
            word += char
    return [*pieces, word] if word else pieces
