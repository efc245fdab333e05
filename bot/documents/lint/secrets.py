"""What must not be in a customer's file: what the caller names, and what the review holds beside the copy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from bot.documents.copies import Copy, parts_of
from bot.documents.lint.canon import Stream, canonical, numbers, tokens, weight
from bot.documents.marking import Marked
from bot.documents.model import Chart, Review, Series

_LEAST_WORDS, _LEAST_WEIGHT = 5, 20
_LONG_WORDS = 8
"""So many words in a row are no coincidence: a copy that says them repeats what it was not given."""
_PEOPLE = ("who", "owner", "by")
_NO_TEXT = ("kind", "key", "form", "state", "unit")


@dataclass(frozen=True, slots=True)
class Secret:
    """An internal value. `label` names it to the person who is told of a finding ("health score").

    A text is found by any five words of it in a row; a shorter one ("Usage") only whole, and not when the copy says it
    anyway. A tag is found whole, a name whole or by its last word, a number in every way to write it; small ones only
    near a word of `near`, because "43" is also a count of tickets.
    """

    kind: Literal["text", "tag", "name", "number"]
    label: str
    value: str
    near: tuple[str, ...] = ()

    @classmethod
    def number(cls, label: str, value: Decimal | int, near: tuple[str, ...] = ()) -> Secret:
        return cls("number", label, f"{value:f}" if isinstance(value, Decimal) else str(value), near or (label,))

    @classmethod
    def text(cls, label: str, value: str) -> Secret:
        return cls("text", label, value)

    @classmethod
    def tag(cls, label: str, value: str) -> Secret:
        return cls("tag", label, value)

    @classmethod
    def name(cls, label: str, value: str) -> Secret:
        return cls("name", label, value)


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words, squeezed together, that give a secret away."""

    words: str
    secret: Secret


@dataclass(frozen=True, slots=True)
class Amount:
    """A number that gives a secret away, everywhere or only near certain words."""

    value: Decimal
    secret: Secret
    near: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Watch:
    """All that is looked for, made ready once for all files of a review."""

    patterns: tuple[Pattern, ...]
    amounts: tuple[Amount, ...]


def watch_for(review: Review, copy: Copy, secrets: Sequence[Secret] = ()) -> Watch:
    """What the caller names; what the review holds beside the copy, unless the copy says the same in few words."""
    told = [("", text) for part in parts_of(copy.review) for _, text in _texts(part)]
    told += [("", text) for text in (copy.review.title, copy.review.account, copy.review.prepared_by)]
    shown = Stream.of(told)
    shown_numbers = {number.value.normalize() for _, text in told for number in numbers(canonical(text))}
    shown_numbers |= {value for part in parts_of(copy.review) if isinstance(part, Series) for value in _known(part)}
    patterns = {pattern.words: pattern for secret in secrets for pattern in _patterns(secret)}
    for secret in secrets:
        for pattern in _in_short(secret):
            if shown.find(pattern.words) is None:
                patterns.setdefault(pattern.words, pattern)
    amounts = [amount for secret in secrets for amount in _amounts(secret)]
    for secret in _beside(review, copy):
        for pattern in (*_patterns(secret), *_in_short(secret)):
            if shown.find(pattern.words) is None:
                patterns.setdefault(pattern.words, pattern)
        if secret.kind == "text":
            patterns |= {
                pattern.words: pattern for pattern in _runs(secret, _LONG_WORDS) if pattern.words not in patterns
            }
        amounts += [amount for amount in _amounts(secret) if amount.value.normalize() not in shown_numbers]
    return Watch(tuple(patterns.values()), tuple(amounts))


def _beside(review: Review, copy: Copy) -> Iterator[Secret]:
    """Everything that the review says and the copy was not given."""
    kept = {text for part in parts_of(copy.review) for _, text in _texts(part)}
    for part in parts_of(review):
        label = f"{type(part).__name__.casefold()} left out of the copy"
        for field, text in _texts(part):
            if text in kept:
                continue
            words = tokens(text)
            if field in _PEOPLE and len(words) > 1:
                yield Secret.name(label, text)
            elif len(words) >= 3 and weight(words) >= 12:
                yield Secret.text(label, text)
            yield from (
                Secret.number(label, number.value) for number in numbers(canonical(text)) if _is_telling(number.value)
            )
        if isinstance(part, Series) and part.is_internal:
            yield from (Secret.number(label, value) for value in _known(part) if _is_telling(value))


def _known(series: Series) -> list[Decimal]:
    return [value.normalize() for value in series.values if value is not None]


def _texts(part: Marked) -> Iterator[tuple[str, str]]:
    """The strings that a part itself holds, with the name of their field."""
    for name in type(part).model_fields:
        held = getattr(part, name)
        if isinstance(held, str) and name not in _NO_TEXT:
            yield name, held
        elif isinstance(part, Chart) and name == "categories":
            yield from ((name, category) for category in part.categories)


def _patterns(secret: Secret) -> Iterator[Pattern]:
    words = tokens(secret.value)
    if secret.kind == "name" and words:
        yield Pattern("".join(words), secret)
        if len(words) > 1:
            yield Pattern("".join([words[-1], *words[:-1]]), secret)
            if len(words[-1]) >= 4:
                yield Pattern(words[-1], secret)
    elif secret.kind == "tag" and words:
        yield Pattern("".join(words), secret)
    elif secret.kind == "text":
        yield from _runs(secret, _LEAST_WORDS)


def _in_short(secret: Secret) -> Iterator[Pattern]:
    """A text too short for runs of words, whole."""
    words = tokens(secret.value)
    if secret.kind == "text" and words and not any(_runs(secret, _LEAST_WORDS)):
        yield Pattern("".join(words), secret)


def _runs(secret: Secret, least: int) -> Iterator[Pattern]:
    """Words in a row that are enough to give a text away, from each word on."""
    words = tokens(secret.value)
    for first in range(len(words)):
        for last in range(first + least, len(words) + 1):
            if weight(words[first:last]) >= _LEAST_WEIGHT:
                yield Pattern("".join(words[first:last]), secret)
                break


def _amounts(secret: Secret) -> Iterator[Amount]:
    if secret.kind != "number" or not re.fullmatch(r"-?\d+(\.\d+)?", secret.value):
        return
    value = abs(Decimal(secret.value))
    near = () if _is_telling(value) else tuple("".join(tokens(word)) for word in secret.near)
    yield Amount(value, secret, near)


def _is_telling(value: Decimal) -> bool:
    """Whether a number alone gives something away: four digits that mean something, and no year."""
    digits = str(abs(value).normalize()).replace(".", "").split("E")[0].strip("0")
    is_year = value == value.to_integral_value() and 1900 <= value <= 2100
    return not is_year and (abs(value) >= 1000 or len(digits) >= 4)
