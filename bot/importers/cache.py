"""A bounded memory of parsed cells: columns repeat themselves, and a dict lookup is the fastest parser there is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")
LIMIT = 8_192  # larger ones cost more in garbage collection than they save


class Cache(dict[str, T], Generic[T]):
    """`Cache(parse)[cell]` is `parse(cell)`; forgets everything when it holds `LIMIT` cells. Errors are not
    remembered."""

    def __init__(self, parse: Callable[[str], T]) -> None:
        super().__init__()
        self._parse = parse

    def __missing__(self, cell: str) -> T:
        value = self._parse(cell)
        if len(self) >= LIMIT:
            self.clear()
        self[cell] = value
        return value
