"""The words of what people type, quoted ones marked."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from bot.slack.typed import plain_text

_WORD = re.compile(r'"([^"]*)"|(\S+)')
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_MAX_TYPED = 4000


@dataclass(frozen=True, slots=True)
class Word:
    """One typed word. A quoted one is never a keyword."""

    text: str
    quoted: bool = False

    @property
    def key(self) -> str:
        return "" if self.quoted else self.text.casefold()


def unescape(typed: str, without: str | None = None) -> str:
    """Plain text, on one line, of what Slack sent; mentions of the user `without` are taken out."""

    text = plain_text(typed[:_MAX_TYPED], without)
    if text.isascii() and text.isprintable():  # nearly everything that is typed
        return " ".join(text.split())
    spaced = "".join(" " if unicodedata.category(char)[0] in "CZ" else char for char in text)
    return " ".join(spaced.translate(_QUOTES).split())


def split(text: str) -> list[Word]:
    words = []
    for match in _WORD.finditer(text):
        quoted, bare = match.group(1), match.group(2)
        if quoted is None:
            words.append(Word(bare.replace('"', "")))
        elif quoted.strip():
            words.append(Word(quoted.strip(), quoted=True))
    return [word for word in words if word.text]
