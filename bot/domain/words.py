"""What people type, before anybody asks what it means."""

from __future__ import annotations

import unicodedata

# Letters and symbols by Unicode's book, empty on every screen: Hangul fillers and the braille blank.
_EMPTY = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def shows(text: str) -> bool:
    """Whether anything of it can be seen: blanks, zero-width and control characters alone say nothing."""
    return any(unicodedata.category(char)[0] not in "CZ" and char not in _EMPTY for char in text)
