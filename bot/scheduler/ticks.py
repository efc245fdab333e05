"""Fixed jobs that only tick and call what they are given. They own nothing that must survive."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler

# A tick that comes late is still a tick, and several that were missed are one.
_ALWAYS: dict[str, Any] = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}


@dataclass(frozen=True, slots=True)
class Ticks:
    """`deliver` and `keep_up` every second, in the event loop, and they only start work; `keep_house` now and then in a
    thread, `nightly` every minute in one, and `reread` every other second in one: the files may lie far away."""

    deliver: Callable[[], None]
    keep_up: Callable[[], None]
    keep_house: Callable[[], object]
    reread: Callable[[], object] = lambda: None
    nightly: Callable[[], object] = lambda: None


def start_ticks(ticks: Ticks) -> AsyncIOScheduler:
    """Run these on the running event loop until the scheduler is shut down."""

    async def deliver() -> None:
        ticks.deliver()

    async def keep_up() -> None:
        ticks.keep_up()

    async def keep_house() -> None:
        await asyncio.to_thread(ticks.keep_house)

    async def reread() -> None:
        await asyncio.to_thread(ticks.reread)

    async def nightly() -> None:
        await asyncio.to_thread(ticks.nightly)

    scheduler = AsyncIOScheduler(timezone="UTC", job_defaults=_ALWAYS)
    scheduler.add_job(deliver, "interval", seconds=1, id="deliver")
    scheduler.add_job(keep_up, "interval", seconds=1, id="keep up")
    scheduler.add_job(keep_house, "interval", minutes=30, id="keep house")
    scheduler.add_job(reread, "interval", seconds=2, id="reread")
    scheduler.add_job(nightly, "interval", minutes=1, id="nightly")
    scheduler.start()
    return scheduler
