"""Not asking for a while what fails again and again."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from threading import Lock

FAILURES, WITHIN, REST = 5, 60.0, 60.0


class Breaker:
    """Open for `REST` seconds after `FAILURES` failures within `WITHIN` seconds. Safe between threads."""

    def __init__(self, timer: Callable[[], float] = time.monotonic) -> None:
        self._timer = timer
        self._failed: deque[float] = deque(maxlen=FAILURES)
        self._open_until = float("-inf")
        self._lock = Lock()

    @property
    def is_open(self) -> bool:
        with self._lock:
            return self._timer() < self._open_until

    def succeeded(self) -> None:
        with self._lock:
            self._failed.clear()

    def failed(self) -> None:
        with self._lock:
            now = self._timer()
            self._failed.append(now)
            if len(self._failed) == FAILURES and now - self._failed[0] <= WITHIN:
                self._open_until = now + REST
                self._failed.clear()
