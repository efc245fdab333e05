"""The sandbox's only source of time: runs or stands still, and can be moved forward.

All expiries (triggers, response URLs, acks, event retries) and message timestamps read this clock. Moving it fires
every timer that became due, in order, so a test sees three seconds pass without waiting for them."""

import asyncio
import heapq
import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta


@dataclass(order=True)
class Timer:
    """One pending callback; `cancel()` makes it a no-op."""

    due: float
    order: int
    callback: Callable[[], None] = field(compare=False)
    cancelled: bool = field(default=False, compare=False)

    def cancel(self) -> None:
        self.cancelled = True


END = datetime(9000, 1, 1, tzinfo=UTC)
"""Past it, dates in some zone would have no year."""


class SandboxClock:
    """Seconds since the epoch, UTC. `running=False` gives a clock that moves only by `advance` and `jump_to`.

    A running clock goes with the machine's, also over its sleep. `on_moved` is called after every move, before what
    became due is fired, so that somebody who keeps time by `ahead` is right when it arrives."""

    def __init__(self, start: datetime | None = None, *, running: bool = True) -> None:
        machine = time.time()
        self._base = start.timestamp() if start else machine
        self._anchor = machine if running else None
        self.on_moved: Callable[[], None] = lambda: None
        self._timers: list[Timer] = []
        self._order = itertools.count()
        self._wakeup: asyncio.TimerHandle | None = None

    def time(self) -> float:
        if self._anchor is None:
            return self._base
        return self._base + time.time() - self._anchor

    @property
    def ahead(self) -> timedelta:
        """How far this clock is before the machine's."""
        return timedelta(seconds=self._base - (time.time() if self._anchor is None else self._anchor))

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.time(), UTC)

    def advance(self, step: timedelta | float) -> datetime:
        """Move forward by a duration (a number means seconds) and fire what became due; going back is an error."""
        seconds = step.total_seconds() if isinstance(step, timedelta) else float(step)
        if seconds < 0:
            raise ValueError("The clock only moves forward: pass a duration of zero or more.")
        if not self.time() + seconds < END.timestamp():
            raise ValueError(f"The clock ends in the year {END.year}.")
        self._base += seconds
        self.on_moved()
        self._fire()
        return self.now()

    def jump_to(self, moment: datetime) -> datetime:
        """Move forward to an aware moment."""
        return self.advance(moment.timestamp() - self.time())

    def call_later(self, seconds: float, callback: Callable[[], None]) -> Timer:
        """Run `callback` in the event loop once `seconds` of this clock have passed."""
        timer = Timer(self.time() + seconds, next(self._order), callback)
        heapq.heappush(self._timers, timer)
        self._arm()
        return timer

    async def sleep(self, seconds: float) -> None:
        if seconds <= 0:
            return
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        timer = self.call_later(seconds, lambda: None if done.done() else done.set_result(None))
        try:
            await done
        finally:
            timer.cancel()

    def close(self) -> None:
        """Forget every timer; called when the sandbox stops."""
        self._timers.clear()
        if self._wakeup is not None:
            self._wakeup.cancel()

    def _fire(self) -> None:
        while self._timers and (self._timers[0].cancelled or self._timers[0].due <= self.time()):
            timer = heapq.heappop(self._timers)
            if not timer.cancelled:
                timer.callback()
        self._arm()

    def _arm(self) -> None:
        if self._wakeup is not None:
            self._wakeup.cancel()
            self._wakeup = None
        if self._anchor is None or not self._timers:
            return
        wait = max(0.0, self._timers[0].due - self.time())
        self._wakeup = asyncio.get_running_loop().call_later(wait, self._fire)
