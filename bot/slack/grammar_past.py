"""A name and a time of the past behind it: `acme since 1 June`, `studio 54 on 2026-06-01`."""

from __future__ import annotations

from bot.domain.when.past import is_past
from bot.slack.words import Word

_MARKS = {"since", "on", "at", "of"}


def name_and_time(words: list[Word]) -> tuple[list[Word], str]:
    """The time begins with the first word from which on the rest can be one; empty text where none is said."""
    start = next((at for at in range(len(words)) if is_past(" ".join(word.key for word in words[at:]))), len(words))
    named, said = words[:start], words[start:]
    if named and named[-1].key in _MARKS:
        named = named[:-1]
    if said and said[0].key in _MARKS:
        said = said[1:]
    return named, " ".join(word.text for word in said)
