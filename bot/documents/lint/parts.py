"""What a file is taken apart into."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """An entry of a file: what it says in running text, and in attributes, with the place of each piece."""

    place: str
    pieces: tuple[tuple[str, str], ...]
    is_data: bool = False
    """A chart or a sheet: names and numbers that belong together stand far apart."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that may hold anything: not read, or hidden on purpose."""

    place: str
    why: str
