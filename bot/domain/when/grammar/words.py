"""One spelling for everything: "Every Mon., Wed & FRI at 5 P.M." is "every mon wed and fri at 5pm"."""

from __future__ import annotations

import re
import unicodedata

from rapidfuzz import process
from rapidfuzz.distance import OSA

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

# What a word stands for, then the words. Units lose their plural; plural weekdays are repetitions.
_SPELLINGS = {
    "mon": "monday",
    "tue": "tuesday tues",
    "wed": "wednesday weds",
    "thu": "thursday thurs thur",
    "fri": "friday",
    "sat": "saturday",
    "sun": "sunday",
    "jan": "january",
    "feb": "february",
    "mar": "march",
    "apr": "april",
    "jun": "june",
    "jul": "july",
    "aug": "august",
    "sep": "september sept",
    "oct": "october",
    "nov": "november",
    "dec": "december",
    "every mon": "mondays",
    "every tue": "tuesdays",
    "every wed": "wednesdays",
    "every thu": "thursdays",
    "every fri": "fridays",
    "every sat": "saturdays",
    "every sun": "sundays",
    "every weekday": "weekdays",
    "every day": "daily everyday",
    "every week": "weekly",
    "every month": "monthly",
    "every quarter": "quarterly",
    "every year": "yearly annually",
    "every hour": "hourly",
    "every 2 week": "fortnightly",
    "sec": "seconds secs s",
    "minute": "minutes mins min",
    "hour": "hours hrs hr h",
    "day": "days d",
    "week": "weeks wks wk w",
    "fortnight": "fortnights",
    "month": "months mths mth mos mo",
    "quarter": "quarters",
    "year": "years yrs yr y",
    "tomorrow": "tmrw tmr tmw",
    "today night": "tonight tonite",
    "noon": "midday",
    "lunch": "lunchtime",
    "business day": "workday workdays",
    "business": "working",
    "end of day": "eod cob",
    "end of week": "eow",
    "end of month": "eom",
    "end of quarter": "eoq",
    "end of year": "eoy",
    "every": "each",
    "coming": "upcoming",
    "start": "beginning",
    "until": "till til through",
    "a": "an",
}
_PLAIN = """
    today tomorrow yesterday morning afternoon evening night noon midnight every other next last this half past coming
    until starting before after from business weekday weekend hour minute second week month quarter april june july
    renewal notice deadline contract
"""
_VOCABULARY = frozenset(_PLAIN.split()) | {
    word for others in _SPELLINGS.values() for word in others.split() if len(word) > 3
}
_NORMAL = frozenset(" ".join([*_VOCABULARY, *_SPELLINGS, *WEEKDAYS, *MONTHS]).split()) | {
    *("the", "of", "to", "on", "at", "in", "by", "and", "few", "twice", "times", "shortly", "mid", "early", "late")
}
# Words that are long enough to be recognised with one slip, and with two.
_SHORTEST, _LONG = 4, 7
_ALIASES = {other: word for word, others in _SPELLINGS.items() for other in others.split()}

_ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_NUMBERS = {word: at for at, word in enumerate([*_ONES, *_TEENS], 1)} | {w: 10 * at for at, w in enumerate(_TENS, 2)}
_FIRSTS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"]
_THENTHS = ["twelfth", *(f"{teen}th" for teen in _TEENS[3:])]
_ORDINALS = {word: at for at, word in enumerate([*_FIRSTS, *_THENTHS], 1)} | {"twentieth": 20, "thirtieth": 30}

# Sequences with one meaning, replaced in this order: in the raw text, then among the words.
_SIGNS = [
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"[‐-―−]", "-"),
        (r"(?<=\d)t(?=\d\d:)", " "),  # 2026-03-15T14:00
        (r"o['’`´]?clock", "oclock"),
        (r"(?<=\d) ?([ap])\.? ?m\b\.?", r"\1m"),
        (r"[,;]|(?<=s)['’](?= )", " "),
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
        (r"(?:close|end) of (?:the )?(?:business )?day|close of business", "end of day"),
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
    return word in _NORMAL or word[0].isdigit()


def corrected(phrase: str) -> str:
    """The phrase with misspelled words replaced by the known ones that they resemble; the same when there are none."""
    return " ".join(_resembled(word) for word in phrase.split())


def _resembled(word: str) -> str:
    if len(word) < _SHORTEST or not word.isalpha() or word in _VOCABULARY:
        return word
    allowed = 1 if len(word) < _LONG else 2
    found = process.extractOne(word, _VOCABULARY, scorer=OSA.distance, score_cutoff=allowed)
    return _ALIASES.get(found[0], found[0]) if found else word


def _ranged(pair: re.Match[str]) -> str:
    """Monday-Friday is a range; "mid-April" and "twenty-five" are two words."""
    is_range = all(_ALIASES.get(word, word) in WEEKDAYS for word in pair.groups())
    return f"{pair[1]}{' to ' if is_range else ' '}{pair[2]}"


def _spelled(words: list[str]) -> list[str]:
    spelled: list[str] = []
    tens = 0  # a "twenty" that may be followed by "five" or "first"
    for word in words:
        value = _NUMBERS.get(word) or _ORDINALS.get(word)
        if value is None:
            spelled.append(_ALIASES.get(word, word))
        elif word == "second" and spelled and (spelled[-1].isdecimal() or spelled[-1] == "a"):
            spelled.append("sec")
        else:
            if tens and value < 10:
                spelled.pop()
                value += tens
            spelled.append(str(value) if word in _NUMBERS else _ordinal(value))
        tens = value if value is not None and word in _TENS else 0
    return spelled


def _ordinal(number: int) -> str:
    teen = 10 < number % 100 < 20
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
