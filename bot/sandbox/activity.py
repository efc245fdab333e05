"""What is under way right now, and waiting for it to end: the answer to "may the test look yet?"."""

import asyncio
import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class NotQuietError(TimeoutError):
    """The workspace did not come to rest in time: read the message for what was still under way."""


class Activity:
    """Counts deliveries and API calls in flight and wakes waiters on every change; nothing here polls."""

    def __init__(self) -> None:
        self._ids = itertools.count()
        self._pending: dict[int, str] = {}
        self._waiters: set[asyncio.Future[None]] = set()
        self.revision = 0

    @property
    def pending(self) -> list[str]:
        return list(self._pending.values())

    def begin(self, label: str) -> int:
        token = next(self._ids)
        self._pending[token] = label
        self.touch()
        return token

    def end(self, token: int) -> None:
        self._pending.pop(token, None)
        self.touch()

    @contextmanager
    def busy(self, label: str) -> Iterator[None]:
        """Hold the workspace "not quiet"; a bot running in the same loop can wrap its own background work in it."""
        token = self.begin(label)
        try:
            yield
        finally:
            self.end(token)

    def touch(self) -> None:
        """Say that something visible changed; `revision` counts these, so that nobody misses one between two looks."""
        self.revision += 1
        waiters, self._waiters = self._waiters, set()
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)

    async def changed(self) -> None:
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiters.add(waiter)
        try:
            await waiter
        finally:
            self._waiters.discard(waiter)

    async def quiet(self, *, idle: float = 0.05, timeout: float = 10.0) -> None:  # noqa: ASYNC109 - part of the contract
        """Return once nothing is in flight and nothing has changed for `idle` real seconds.

        The idle window covers what the sandbox cannot see: a bot between its ack and its next API call."""
        try:
            async with asyncio.timeout(timeout):
                while self._pending or not await self._idle(idle):
                    if self._pending:
                        await self.changed()
        except TimeoutError:
            raise NotQuietError(
                f"Not quiet after {timeout:g} s; still under way: {self.pending or 'changes'}"
            ) from None

    async def until(self, condition: Callable[[], bool], *, timeout: float = 10.0) -> None:  # noqa: ASYNC109 - same
        """Return as soon as `condition` holds; it is asked again after every change."""
        try:
            async with asyncio.timeout(timeout):
                while not condition():
                    await self.changed()
        except TimeoutError:
            raise NotQuietError(
                f"The condition did not come true in {timeout:g} s; under way: {self.pending}"
            ) from None

    async def _idle(self, seconds: float) -> bool:
        try:
            async with asyncio.timeout(seconds):
                await self.changed()
        except TimeoutError:
            return True
        return False
