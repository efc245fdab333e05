"""Whose turn it is to post: about one message a second in a channel and a few hundred a minute in the workspace."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections import deque
from dataclasses import dataclass, field

from bot.slack.calls import Clock, Sleep, monotonic

KEPT_IN_CHANNEL, KEPT_IN_ALL = 1, 5
"""Tokens that only replies may take: however much is waiting to be said, an answer goes out at once."""

_BURST = 20


@dataclass(slots=True)
class Bucket:
    """`rate` tokens a second, at most `burst` saved up."""

    rate: float
    burst: float
    tokens: float = field(init=False)
    at: float | None = None
    closed_until: float = float("-inf")

    def __post_init__(self) -> None:
        self.tokens = self.burst

    def wait(self, now: float, kept: int) -> float:
        """Seconds until a token is free for one who must leave `kept` others."""
        if self.at is not None:
            self.tokens = min(self.burst, self.tokens + max(0.0, now - self.at) * self.rate)
        self.at = now
        short = kept + 1 - self.tokens
        # Rounding of clocks must not make anyone wait for a billionth of a second.
        return max(self.closed_until - now, short / self.rate if short > 1e-9 else 0.0, 0.0)

    @property
    def is_full(self) -> bool:
        return self.tokens >= self.burst


@dataclass(slots=True)
class Ticket:
    """One who waits; `rank` 0 is a reply."""

    rank: int
    number: int
    turn: asyncio.Future[None]


@dataclass(slots=True)
class Line:
    """Those who wait for one channel: replies first, then in the order they came."""

    channel: str
    bucket: Bucket
    waiting: tuple[deque[Ticket], deque[Ticket]] = field(default_factory=lambda: (deque(), deque()))

    def head(self) -> Ticket | None:
        """Who is next; whoever gave up is forgotten."""
        for some in self.waiting:
            while some and some[0].turn.done():
                some.popleft()
            if some:
                return some[0]
        return None

    def wait(self, now: float, rank: int) -> float:
        return self.bucket.wait(now, KEPT_IN_CHANNEL if rank else 0)


class Pacer:
    """Hands out turns; replies that somebody waits for go first. A turn costs the same however many wait."""

    def __init__(
        self, clock: Clock = monotonic, sleep: Sleep = asyncio.sleep, *, per_channel: float = 1.0, in_all: float = 5.0
    ) -> None:
        self._clock, self._sleep = clock, sleep
        self._per_channel = per_channel
        self._all = Bucket(in_all, max(_BURST, in_all / 10))
        self._lines: dict[str, Line] = {}
        self._numbers = itertools.count()
        self._ready: list[tuple[int, int, str]] = []  # heads whose channel has a token, best first
        self._resting: list[tuple[float, int, str]] = []  # the other heads, by when their channel will have one
        self._alarm: tuple[float, asyncio.Task[None]] | None = None

    @property
    def interval(self) -> float:
        """Seconds between two messages in a channel, once its burst is used up."""
        return 1 / self._per_channel

    async def turn(self, channel: str, *, urgent: bool) -> None:
        """Returns when a message may be posted to this channel."""
        if self._is_free(channel, urgent=urgent):
            return
        ticket = Ticket(0 if urgent else 1, next(self._numbers), asyncio.get_running_loop().create_future())
        line = self._line(channel)
        line.waiting[ticket.rank].append(ticket)
        now = self._clock()
        if line.head() is ticket:
            self._place(line, ticket, now)
        self._hand_out(now)
        await ticket.turn

    def _is_free(self, channel: str, *, urgent: bool) -> bool:
        """Take the turn when nobody waits and there is one."""
        line, now = self._line(channel), self._clock()
        if self._ready or line.head() is not None or line.wait(now, 0 if urgent else 1) > 0:
            return False
        if self._all.wait(now, 0 if urgent else KEPT_IN_ALL) > 0:
            return False
        line.bucket.tokens -= 1
        self._all.tokens -= 1
        return True

    def hold(self, channel: str, seconds: float) -> None:
        """Nobody posts to this channel for so long: Slack asked for a pause."""
        self._line(channel).bucket.closed_until = self._clock() + seconds

    def _place(self, line: Line, head: Ticket, now: float) -> None:
        wait = line.wait(now, head.rank)
        if wait > 0:
            heapq.heappush(self._resting, (now + wait, head.number, line.channel))
        else:
            heapq.heappush(self._ready, (head.rank, head.number, line.channel))

    def _hand_out(self, now: float) -> None:
        """Give every turn that can be given, and come back when the next one can."""
        while self._resting and self._resting[0][0] - now <= 1e-9:
            _, _, channel = heapq.heappop(self._resting)
            line = self._lines[channel]
            if (head := line.head()) is not None:
                self._place(line, head, now)
        pause = 0.0
        while self._ready and pause == 0:
            rank, number, channel = self._ready[0]
            pause = self._all.wait(now, KEPT_IN_ALL if rank else 0)
            if pause == 0:
                heapq.heappop(self._ready)
                self._give(self._lines[channel], number, now)
        self._wake(now, pause)

    def _give(self, line: Line, number: int, now: float) -> None:
        """The turn of this ticket, unless it gave up or its channel was closed meanwhile; then to the next in line."""
        head = line.head()
        if head is not None and head.number == number and line.wait(now, head.rank) == 0:
            line.bucket.tokens -= 1
            self._all.tokens -= 1
            head.turn.set_result(None)
            head = line.head()
        if head is not None:
            self._place(line, head, now)

    def _wake(self, now: float, pause: float) -> None:
        """Set the alarm for the first moment at which there may be something to hand out."""
        moments = [now + pause] if self._ready else []
        moments += [self._resting[0][0]] if self._resting else []
        if not moments or (self._alarm is not None and self._alarm[0] <= min(moments)):
            return
        if self._alarm is not None:
            self._alarm[1].cancel()
        at = min(moments)
        self._alarm = (at, asyncio.get_running_loop().create_task(self._sleep_until(at, now)))

    async def _sleep_until(self, at: float, now: float) -> None:
        await self._sleep(max(at - now, 0.0))
        self._alarm = None
        self._hand_out(self._clock())

    def _line(self, channel: str) -> Line:
        if channel not in self._lines:
            if len(self._lines) > 10_000:
                self._forget_idle()
            self._lines[channel] = Line(channel, Bucket(self._per_channel, 5 * max(self._per_channel, 1)))
        return self._lines[channel]

    def _forget_idle(self) -> None:
        now = self._clock()
        placed = {entry[2] for entry in (*self._ready, *self._resting)}
        self._lines = {
            channel: line
            for channel, line in self._lines.items()
            if channel in placed or line.wait(now, 0) > 0 or not line.bucket.is_full
        }
