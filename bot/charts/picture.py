"""What a picture is once it is drawn."""

from __future__ import annotations

from dataclasses import dataclass

ALT_MAX = 1000
"""Characters that Slack takes for the description of a picture."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG, how large it is in pixels, and in words what it shows: everything that somebody who sees it can read."""

    png: bytes
    alt: str
    width: int
    height: int
