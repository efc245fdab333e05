"""A person's traces in text: where they are named, and the text without them.

Names are compared without case, accents and width, in either order ("Weiss, Dana"), with a middle initial, spelled
together ("dana.weiss"). In rows about their own customer a first or last name alone names them as well, where nobody
else there has it. Nothing here guesses: who else has a name is told by whoever makes the `Traces`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Final, NamedTuple

ERASED: Final = "[erased]"
COLLEAGUE: Final = "a former colleague"
MOST_WORDS: Final = 6
"""Words that a name has at most; of a longer one the first ones count."""
_INSIDE = r"[\s.,_\-]*"
_TURNED = r"(?:\s*,\s*|\s+|[._\-])?"
"""Between a last name and the first name behind it; a full stop and a space part sentences."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# Thai to Khmer, kana, Chinese characters, Hangul: words without spaces between them, or with endings attached.
_UNPARTED = re.compile(r"[\u0e00-\u11ff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_TITLES: Final = frozenset(("dr", "prof", "mr", "mrs", "ms", "mx", "herr", "frau", "ing", "dipl", "mag", "jr", "sr"))
# Names that are words as well: alone they are taken for a name only where they are written like one.
_ALSO_WORDS: Final = frozenset((
    "art", "bill", "chase", "dawn", "dean", "drew", "faith", "frank", "gene", "grace", "grant", "guy", "hope", "iris",
    "jack", "joy", "klein", "lance", "lang", "mark", "max", "miles", "pat", "penny", "pierce", "price", "ray", "rich",
    "rob", "rose", "ruby", "skip", "stark", "sue", "wade", "weiss", "will",
))  # fmt: skip
# And names that are days or months: alone they are never taken for one.
_NEVER_ALONE: Final = frozenset((
    "april", "august", "december", "february", "friday", "january", "july", "june", "march", "may", "monday",
    "november", "october", "saturday", "september", "sunday", "thursday", "tuesday", "wednesday", "juli", "juni", "mai",
))  # fmt: skip
_LETTERS: Final = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}


@lru_cache(maxsize=8_192)
def _plain(letter: str) -> str:
    """A letter as it is compared: nothing for accents, control characters and what cannot be seen."""
    if letter.isspace():
        return " "
    folded = unicodedata.normalize("NFKD", letter).casefold()
    kept = (one for one in folded if unicodedata.category(one) not in ("Mn", "Cf", "Cc"))
    return unicodedata.normalize("NFC", "".join(_LETTERS.get(one, one) for one in kept))


def folded(text: str) -> str:
    """The text as it is compared."""
    return text.lower() if text.isascii() else "".join(map(_plain, text))


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name as they are compared, without titles."""
    found = [word.replace("’", "'") for word in _WORD.findall(folded(name))]
    return tuple(word for word in found if word not in _TITLES)[:MOST_WORDS] or tuple(found[:MOST_WORDS])


def parts_of(name: str) -> tuple[str, ...]:
    """The words by which somebody of this name may be meant alone."""
    return tuple(one for one in words_of(name) if (len(one) > 2 or not one.isascii()) and one not in _NEVER_ALONE)


@dataclass(frozen=True, slots=True)
class Span:
    """A place of a text, by its characters."""

    start: int
    end: int


@dataclass(frozen=True)
class Traces:
    """What names a person: full `names`, `emails` and other `marks` (a Slack id) wherever they stand, `parts` of the
    name alone in rows about `accounts`. With `namesakes` the full name, too, counts in those rows only."""

    names: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    accounts: frozenset[int] = frozenset()
    namesakes: bool = False
    instead: str = ERASED
    marks_instead: str = ERASED

    def may_name(self, text: str) -> bool:
        """Quickly: whether it is worth looking closely."""
        low = folded(text)
        return any(map(low.__contains__, self._hints))  # asked of every row of every table: half of a generator's time

    def spans(self, text: str, account_id: int | None) -> list[tuple[Span, str]]:
        """Where the person is named in a text about this account (None: about none in particular), and what is to stand
        there, from the left and without overlaps."""
        if not self.may_name(text):
            return []
        plain, places = _mapped(text)
        found = [(Span(places[one.start()], places[one.end()]), new) for one, new in self._matches(plain, account_id)]
        kept: list[tuple[Span, str]] = []
        for span, new in sorted(found, key=lambda one: (one[0].start, -one[0].end)):
            if (not kept or span.start >= kept[-1][0].end) and looks_meant(text, span):
                kept.append((span, new))
        return kept

    def without(self, text: str, account_id: int | None) -> str:
        """The text without the person."""
        done: list[str] = []
        at = 0
        for span, new in self.spans(text, account_id):
            done += [text[at : span.start], new]
            at = span.end
        return "".join((*done, text[at:])) if done else text

    def without_in(self, value: Any, account_id: int | None) -> Any:
        """The same for every text of a JSON document, keys as well."""
        if isinstance(value, str):
            return self.without(value, account_id)
        if isinstance(value, dict):
            return {self.without(key, account_id): self.without_in(one, account_id) for key, one in value.items()}
        return [self.without_in(one, account_id) for one in value] if isinstance(value, list) else value

    def _matches(self, plain: str, account_id: int | None) -> Iterator[tuple[re.Match[str], str]]:
        at_home = account_id in self.accounts
        for pattern, new in self._sure:
            yield from ((one, new) for one in pattern.finditer(plain))
        if at_home or account_id is None or not self.namesakes:
            for pattern in self._full:
                yield from ((one, self.instead) for one in pattern.finditer(plain))
        if at_home:
            for pattern in self._alone:
                yield from ((one, self.instead) for one in pattern.finditer(plain))

    @cached_property
    def _hints(self) -> tuple[str, ...]:
        """One of these is in every text that names the person."""
        ends = [max(words[0], words[-1], key=len) for words in map(words_of, self.names) if words]
        runs = [max(word.split("'"), key=len) for word in (*ends, *self.parts)]
        return tuple(dict.fromkeys((*map(folded, self.emails), *map(folded, self.marks), *runs)))

    @cached_property
    def _sure(self) -> list[tuple[re.Pattern[str], str]]:
        mails = [rf"(?<![\w.+-]){re.escape(folded(one))}(?![\w-]|\.\w)" for one in self.emails]
        marks = [rf"(?<!\w){re.escape(folded(one))}(?!\w)" for one in self.marks]
        found = [*((one, self.instead) for one in mails), *((one, self.marks_instead) for one in marks)]
        return [(re.compile(pattern), new) for pattern, new in found]

    @cached_property
    def _full(self) -> list[re.Pattern[str]]:
        return [re.compile(one) for name in self.names if len(words_of(name)) > 1 for one in _orders(words_of(name))]

    @cached_property
    def _alone(self) -> list[re.Pattern[str]]:
        """The parts; and one-word names, which are no more than that."""
        single = [words_of(name)[0] for name in self.names if len(words_of(name)) == 1]
        initials = [
            _bounded(rf"{re.escape(words[0][0])}\.\s*{_letters(words[-1])}", words[-1])
            for words in map(words_of, self.names)
            if len(words) > 1 and words[-1] in self.parts
        ]
        words = [_bounded(_letters(one), one) for one in (*self.parts, *single)]
        return [re.compile(one) for one in (*initials, *words)]


def looks_meant(text: str, span: Span) -> bool:
    """A name that is a word as well, alone, has to look like a name."""
    there = text[span.start : span.end]
    return folded(there) not in _ALSO_WORDS or there[:1].isupper()


def _orders(words: tuple[str, ...]) -> Iterator[str]:
    """Patterns of a name of several words: all of them, first and last, last and first."""
    first, last = _letters(words[0]), _letters(words[-1])
    if len(words) > 2:
        yield _bounded(_INSIDE.join(map(_letters, words)), words[0])
    yield _bounded(rf"{first}(?:\s+\w\.?)?{_INSIDE}{last}", words[0])
    yield _bounded(rf"{last}{_TURNED}{first}", words[0])


def _letters(word: str) -> str:
    """A word, its apostrophes as anybody types them or leaves them out."""
    return "['’]?".join(re.escape(one) for one in word.split("'"))


def _bounded(pattern: str, word: str) -> str:
    """No letter beside it, where the script of the word parts its words."""
    return pattern if _UNPARTED.search(word) else rf"(?<![^\W_]){pattern}(?![^\W_])"


def _mapped(text: str) -> tuple[str, range | list[int]]:
    """The text as it is compared, and from which character each of its characters comes; one more for the end."""
    if text.isascii():
        return text.lower(), range(len(text) + 1)
    plain: list[str] = []
    places: list[int] = []
    for at, letter in enumerate(text):
        new = _plain(letter)
        plain.append(new)
        places += [at] * len(new)
    return "".join(plain), [*places, len(text)]


def shared(parts: Iterable[str], others: Iterable[str]) -> frozenset[str]:
    """Those of the parts of a name that others have in theirs."""
    taken = {word for other in others for word in words_of(other)}
    return frozenset(part for part in parts if part in taken)


class Word(NamedTuple):
    """A word of a text as it is compared, which of the text's words it is, and where it stands."""

    text: str
    number: int
    span: Span


def marked_words(text: str, is_marked: Callable[[str], bool]) -> list[Word]:
    """The words of a text that are marked, from the left."""
    plain, places = _mapped(text)
    found = ((number, one, one[0].replace("’", "'")) for number, one in enumerate(_WORD.finditer(plain)))
    return [
        Word(word, number, Span(places[one.start()], places[one.end()]))
        for number, one, word in found
        if is_marked(word)
    ]
