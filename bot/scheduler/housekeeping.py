"""Fixed jobs that only tick and call services. They own nothing that must survive."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler


def start_housekeeping(work: Callable[[], object], every_minutes: int = 30) -> AsyncIOScheduler:
    """Run `work` in a thread every so often, on the running event loop. Shut the scheduler down when done."""

    async def tick() -> None:
        await asyncio.to_thread(work)

    scheduler = AsyncIOScheduler(timezone="UTC")
    scheduler.add_job(
        tick,
        "interval",
        minutes=every_minutes,
        id="housekeeping",
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,
    )
    scheduler.start()
    return scheduler
