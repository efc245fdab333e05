"""One spelling for everything: "Every Mon., Wed & FRI at 5 P.M." is "every mon wed and fri at 5pm"."""

from __future__ import annotations

import re
import unicodedata

from rapidfuzz import process
from rapidfuzz.distance import OSA

from .vocabulary import ALIASES, COUNTED, COUNTING, KNOWN, NUMBERS, ORDINALS, SPELLED, TENS, WEEKDAYS

# Words that are long enough to be recognised with one slip, and with two.
_SHORTEST, _LONG = 4, 7

_DAY = rf"(?:(?:next|every|this coming) )*(?:today|tomorrow|day|weekday|business day|{'|'.join(WEEKDAYS)})"
# Sequences with one meaning, replaced in this order: in the raw text, then among the words.
_SIGNS = [
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"[‐-―−]", "-"),
        (r"(?<=\d)t(?=\d\d:)", " "),  # 2026-03-15T14:00
        (r"o['’`´]?clock", "oclock"),
        (r"(?<=\d) ?([ap])\.? ?m\b\.?", r"\1m"),
        (r"[,;]|(?<=s)['’](?= )", " "),
        (r"['’](?=\d\d(?:\s|$))", "20"),  # '26
        (r"[&+]", " and "),
        (r"@", " at "),
        (r"(?<=[a-z])/(?=[a-z])", " "),  # mon/wed/fri
        (r"\bbi[ -]?(week|month)ly\b", r"bi\1ly"),
        (r"(?<=\d)(?=[a-z])(?!(?:st|nd|rd|th|am|pm)\b)", " "),  # 1h30
        (r"(?<=[a-z])(?=\d)", " "),
    )
]
_SEQUENCES = [
    (re.compile(rf"\b(?:{pattern})\b"), replacement)
    for pattern, replacement in (
        (r"(?:close|end) of (?:the )?(?:business )?day|(?:close|end) of business", "end of day"),
        (r"(?:a )?couple(?: of)?", "2"),
        (r"once (?:a|every|per)", "every"),
        (r"(?:this|today) (morning|afternoon|evening)", r"today \1"),
        (r"every (morning|afternoon|evening|night)", r"every day \1"),
        (r"prior to|ahead of|in advance of|out from", "before"),
        (r"(?<!and )a half hour|(?<!a )half hour", "half a hour"),
        (r"every fortnight", "every 2 week"),
        (r"or its last day", ""),
        (r"the next", "next"),
        (r"(\d+(?:st|nd|rd|th)|last) weekday (?=of|in)", r"\1 business day "),
        (rf"({'|'.join(WEEKDAYS)}|weekday) (morning|afternoon|evening|night)s", r"every \1 \2"),
        (r"1st thing in the morning", "morning"),
        (r"1st thing (\S+) morning", r"1st thing \1"),
        (r"(minute|hour|day|week|month|year) time", r"\1"),
        (r"every every", "every"),
        (r"please", ""),
        (rf"^(?:at )?(\d\S*)(?: on)? ({_DAY}) (morning|afternoon|evening|night)$", r"\2 \3 at \1"),
    )
]
_RANGE = re.compile(r"([a-z]+) ?- ?([a-z]+)")


def normalise(text: str) -> str:
    """The words of a text in the one spelling that the tables use, parted by single spaces."""
    text = unicodedata.normalize("NFKC", text).casefold().strip(" \t\r\n.,;!?")
    for pattern, replacement in _SIGNS:
        text = pattern.sub(replacement, text)
    text = _RANGE.sub(_ranged, text)
    phrase = " ".join(_spelled([word.rstrip(".") for word in text.split()]))
    for pattern, replacement in _SEQUENCES:
        phrase = pattern.sub(replacement, phrase)
    return " ".join(phrase.split())


def is_known(word: str) -> bool:
    """Whether a word of a normalised phrase belongs to the language of times at all."""
    return word in KNOWN or word[0].isdigit()


def corrected(phrase: str) -> str:
    """The phrase with misspelled words replaced by the known ones that they resemble; the same when there are none."""
    return normalise(" ".join(_resembled(word) for word in phrase.split()))


def _resembled(word: str) -> str:
    if len(word) < _SHORTEST or not word.isalpha() or word in SPELLED:
        return word
    allowed = 1 if len(word) < _LONG else 2
    found = process.extractOne(word, SPELLED, scorer=OSA.distance, score_cutoff=allowed)
    return found[0] if found else word


def _ranged(pair: re.Match[str]) -> str:
    """Monday-Friday is a range; "mid-April" and "twenty-five" are two words."""
    is_range = all(ALIASES.get(word, word) in WEEKDAYS for word in pair.groups())
    return f"{pair[1]}{' to ' if is_range else ' '}{pair[2]}"


def _spelled(words: list[str]) -> list[str]:
    spelled: list[str] = []
    tens = 0  # a "twenty" that may be followed by "five" or "first"
    for word in words:
        value = NUMBERS.get(word) or ORDINALS.get(word)
        if value is None:
            counted = bool(spelled) and (spelled[-1].lstrip("-")[:1].isdigit() or spelled[-1] in COUNTING)
            spelled.append(COUNTED[word] if counted and word in COUNTED else ALIASES.get(word, word))
        elif word == "second" and spelled and (spelled[-1].isdecimal() or spelled[-1] == "a"):
            spelled.append("sec")
        else:
            if tens and value < 10:
                spelled.pop()
                value += tens
            spelled.append(str(value) if word in NUMBERS else _ordinal(value))
        tens = value if value is not None and word in TENS else 0
    return spelled


def _ordinal(number: int) -> str:
    teen = 10 < number % 100 < 20
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
