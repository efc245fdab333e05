"""Whose Home tab was open lately, and what it showed: drawing it again for everybody else would be work for nobody."""

from __future__ import annotations

from bot.slack.calls import Clock, monotonic
from bot.slack.home_state import HomeState

LATELY = 900.0
_MOST = 5_000


class SeenHomes:
    def __init__(self, clock: Clock = monotonic) -> None:
        self._clock = clock
        self._seen: dict[str, tuple[float, HomeState]] = {}

    def shown(self, user: str, state: HomeState) -> None:
        if len(self._seen) >= _MOST:
            self._seen.clear()
        self._seen[user] = (self._clock(), state)

    def seen(self, user: str) -> HomeState | None:
        """What was shown to them in the last quarter of an hour; None when nothing."""
        at, state = self._seen.get(user, (float("-inf"), None))
        return state if self._clock() - at < LATELY else None
