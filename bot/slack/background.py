"""Work that goes on after the ack has left."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine


class Background:
    """Starts tasks and holds them: the event loop keeps only weak references, so a task that nobody holds may vanish
    half done.

    Bolt's `lazy=` does the same less well: it deep-copies the request with its client and session on the way to every
    ack (which fails outright for a session in use), holds no task, and cuts all of them off at shutdown.
    """

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[object, object, None]) -> None:
        """Begins at the event loop's next turn: whatever the caller sends without waiting goes out before."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    @property
    def busy(self) -> bool:
        return bool(self._tasks)

    async def drain(self, seconds: float) -> None:
        """Wait for what is under way; after `seconds` cancel the rest."""
        if not self._tasks:
            return
        _, late = await asyncio.wait(set(self._tasks), timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
