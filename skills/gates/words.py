"""Words as they are compared: folded, without endings, without the words that say nothing."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ENDINGS = re.compile(
    r"(?:ations?|ements?|ments?|ungen|ung|ings?|edly|ed|ers?|ies|ied|ally|als?|ly|ions?|es|en|s|e|y|n|t)$"
)

_STOP_TEXT = """
a an the this that these those it its they their them he she his her we our us you your i my me who whom which what
is are was were be been being has have had do does did will would can could may might shall should must
and or but if so as at by for from in into of on onto off to with about over under after before since until during
than then there here also just very more most some any all each every both few many much own same such only too
up out again still yet now because while where when how not no nor never none nobody neither without cannot hardly
der die das den dem des ein eine einen einem einer eines und oder aber wenn so als an bei für von im in ins auf zu zum
zur mit über unter nach vor seit bis während es sie er wir uns ihr ihre ihren ihrem sein seine ist sind war waren
wird werden wurde wurden hat haben hatte kann können soll muss auch noch schon nur sehr mehr dass sich nicht kein keine
keinen nie ohne am aus um durch
le la les l un une des du de d et ou mais si que qui quoi dont ce cette ces il elle ils elles nous vous on se sa son ses
leur leurs est sont était étaient être a ont avait avoir au aux en dans par pour sur avec sans sous plus très aussi ne
n pas jamais aucun y
el los las lo un una unos unas y o pero si que quien este esta estos estas ese esa su sus se le les nos es son era eran
ser ha han había haber al del en por para con sin sobre más muy también no nunca ya
"""
# What reports rather than claims: it may stand around what the record says. Nothing here decides, promises or counts.
_FRAME_TEXT = """
account customer client team side people person contact stakeholder user said says saying mention mentioned note noted
report reported raise raised describe described discuss discussed talk talked conversation call meeting email message
topic point concern question issue record period quarter month year week review recent recently currently
kunde kunden team sagte berichtet erwähnt besprochen gespräch thema frage quartal
client équipe dit mentionné signalé réunion sujet trimestre
cliente equipo dijo mencionó reunión tema trimestre
"""


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """A word folded and without one ending, if four letters remain."""
    plain = fold(word).replace("’", "'").split("'")[0] or fold(word)
    short = _ENDINGS.sub("", plain)
    return short if len(short) >= 4 else plain


def fold(text: str) -> str:
    """Case and accents gone."""
    text = text.casefold()
    if text.isascii():
        return text
    return "".join(char for char in unicodedata.normalize("NFD", text) if unicodedata.category(char) != "Mn")


def stems(text: str) -> frozenset[str]:
    """Of every word of a list."""
    return frozenset(stem(word) for word in text.split())


_STOP = frozenset(fold(word) for word in _STOP_TEXT.split())
_FRAME = stems(_FRAME_TEXT)


def tokens(text: str) -> list[str]:
    return WORD.findall(text)


def is_stop(word: str) -> bool:
    return fold(word).replace("’", "'") in _STOP or len(word) == 1


def words_of(text: str) -> frozenset[str]:
    """The stems of the words that say something."""
    return frozenset(stem(word) for word in WORD.findall(text) if not is_stop(word))


def claimed(text: str) -> frozenset[str]:
    """`words_of` without the words that only report."""
    return words_of(text) - _FRAME


def is_frame(word: str) -> bool:
    return stem(word) in _FRAME


_SENTENCE = re.compile(r"(?<=[.!?…。！？])[\"”»)]*\s+(?=[^\s])|\n+")
_CLAUSE = re.compile(
    r"[;:,()–—]|\s-\s|(?<=[.!?…])\s|\n|\b(?:but|and|although|though|while|because|aber|und|weil|obwohl|mais|et|parce|"
    r"pero|y|porque|aunque)\b",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(
    r"\b(?:e\.g|i\.e|etc|vs|approx|mr|mrs|ms|dr|no|z\.b|bzw|ca|usw|p\.ex|sr|sra|inc|ltd)\.$", re.I
)


def sentences(text: str) -> list[str]:
    """A text's sentences and lines, as they stand in it."""
    found: list[str] = []
    for part in _SENTENCE.split(text):
        piece = part.strip()
        if found and _ABBREVIATION.search(found[-1]) and text.find(f"{found[-1]} {piece}") >= 0:
            found[-1] = f"{found[-1]} {piece}"
        elif piece:
            found.append(piece)
    return found


def clauses(text: str) -> list[str]:
    return [piece for part in _CLAUSE.split(text) if (piece := part.strip())]
