"""Whose turn it is to post: about one message a second in a channel and a few hundred a minute in the workspace."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import dataclass, field

from bot.slack.calls import Clock, Sleep, monotonic


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

    def wait(self, now: float, ahead: int) -> float:
        """Seconds until a token is free for one who has `ahead` others before them."""
        if self.at is not None:
            self.tokens = min(self.burst, self.tokens + max(0.0, now - self.at) * self.rate)
        self.at = now
        short = ahead + 1 - self.tokens
        # Rounding of clocks must not make anyone wait for a billionth of a second.
        return max(self.closed_until - now, short / self.rate if short > 1e-9 else 0.0, 0.0)

    @property
    def is_full(self) -> bool:
        return self.tokens >= self.burst


@dataclass(frozen=True, order=True, slots=True)
class Ticket:
    rank: int
    number: int
    channel: str = field(compare=False)


class Pacer:
    """Hands out turns; replies that somebody waits for go first. Nothing runs in the background."""

    def __init__(
        self, clock: Clock = monotonic, sleep: Sleep = asyncio.sleep, *, per_channel: float = 1.0, in_all: float = 5.0
    ) -> None:
        self._clock, self._sleep = clock, sleep
        self._per_channel = per_channel
        self._all = Bucket(in_all, 20)
        self._channels: dict[str, Bucket] = {}
        self._waiting: set[Ticket] = set()
        self._numbers = itertools.count()

    async def turn(self, channel: str, *, urgent: bool) -> None:
        """Returns when a message may be posted to this channel."""
        ticket = Ticket(0 if urgent else 1, next(self._numbers), channel)
        bucket = self._bucket(channel)
        self._waiting.add(ticket)
        try:
            while (wait := self._wait_for(ticket, bucket)) > 0:
                await self._sleep(wait)
            bucket.tokens -= 1
            self._all.tokens -= 1
        finally:
            self._waiting.discard(ticket)

    def hold(self, channel: str, seconds: float) -> None:
        """Nobody posts to this channel for so long: Slack asked for a pause."""
        self._bucket(channel).closed_until = self._clock() + seconds

    def _wait_for(self, ticket: Ticket, bucket: Bucket) -> float:
        ahead = [other for other in self._waiting if other < ticket]
        here = sum(other.channel == ticket.channel for other in ahead)
        now = self._clock()
        return max(bucket.wait(now, here), self._all.wait(now, len(ahead)))

    def _bucket(self, channel: str) -> Bucket:
        if channel not in self._channels:
            if len(self._channels) > 10_000:
                self._forget_idle()
            self._channels[channel] = Bucket(self._per_channel, 5)
        return self._channels[channel]

    def _forget_idle(self) -> None:
        now = self._clock()
        busy = {ticket.channel for ticket in self._waiting}
        self._channels = {
            channel: bucket
            for channel, bucket in self._channels.items()
            if channel in busy or bucket.wait(now, 0) > 0 or not bucket.is_full
        }
