"""Opaque ids: 63-bit integers that grow with time, made without asking the database.

Growing ids keep bulk inserts at the right edge of an index. Shown to people and sent to Slack as short base-32 text.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Iterator
from functools import lru_cache

_EPOCH_MS = 1_704_067_200_000  # 2024-01-01T00:00:00Z
_NODE_BITS, _COUNT_BITS = 10, 11
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


class IdSource:
    """Ids for one process: milliseconds since 2024, a random node number, a counter.

    More than 2,048 ids in a millisecond borrow from the next one, so a bulk load never waits. Safe between threads.
    """

    def __init__(self, node: int | None = None) -> None:
        self._node = secrets.randbelow(1 << _NODE_BITS) if node is None else node
        self._lock = threading.Lock()
        self._last = 0

    def __call__(self) -> int:
        return next(self.many(1))

    def many(self, count: int) -> Iterator[int]:
        """`count` growing ids, reserved at once."""
        with self._lock:
            start = max(self._last + 1, (time.time_ns() // 1_000_000 - _EPOCH_MS) << _COUNT_BITS)
            self._last = start + count - 1
        mask = (1 << _COUNT_BITS) - 1
        for tick in range(start, start + count):
            yield ((tick >> _COUNT_BITS) << (_NODE_BITS + _COUNT_BITS)) | (self._node << _COUNT_BITS) | (tick & mask)


new_id = IdSource()


def id_after(value: int, milliseconds: int) -> int:
    """An id as far after (before, when negative) this one as that time: for asking what was made since."""
    return value + (milliseconds << (_NODE_BITS + _COUNT_BITS))


@lru_cache(maxsize=4_096)
def id_text(value: int) -> str:
    """Base-32 text of an id (Crockford's letters, lower case)."""
    digits = ""
    while value or not digits:
        value, digit = divmod(value, 32)
        digits = _ALPHABET[digit] + digits
    return digits


def parse_id(text: str) -> int | None:
    """The id behind `id_text`, or None when the text is not one."""
    value = 0
    if not 0 < len(text) <= 13:
        return None
    for letter in text.lower():
        digit = _ALPHABET.find(letter)
        if digit < 0:
            return None
        value = value * 32 + digit
    return value if value < 1 << 63 else None
