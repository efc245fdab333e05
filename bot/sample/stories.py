"""All written stories, by the key of the company."""

from __future__ import annotations

from typing import Final

from bot.sample import stories_long, stories_mid, stories_small, stories_strategic
from bot.sample.model import Beat, Case, Promise

BEATS: Final[dict[str, tuple[Beat, ...]]] = {
    **stories_strategic.BEATS,
    **stories_mid.BEATS,
    **stories_long.LONG,
    **stories_small.BEATS,
}
CASES: Final[dict[str, tuple[Case, ...]]] = {**stories_strategic.CASES, **stories_mid.CASES, **stories_small.CASES}
PROMISES: Final[dict[str, tuple[Promise, ...]]] = {
    **stories_strategic.PROMISES,
    **stories_mid.PROMISES,
    **stories_small.PROMISES,
}
