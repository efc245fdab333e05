"""Processes that send: Steward's delivery, and APScheduler's own job store. `python -m bench.postal KIND`.

KIND is `burst` (sends all that is due as fast as Slack takes it, prints the seconds), `jobs` (the same by APScheduler)
or `serve` (answers over HTTP like `steward run` and delivers what falls due, as fast as Slack takes it), or `shipped`
(the same at the pace that Steward keeps with Slack).
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import time
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from functools import partial
from typing import Any

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from slack_sdk.web.async_client import AsyncWebClient

from bot.bootstrap import build_desk, build_reminders, open_database
from bot.cli.serve import quick_turns
from bot.scheduler.ticks import Ticks, start_ticks
from bot.services.desk import Desk
from bot.settings import Settings, load_settings
from bot.slack.app import SlackApp, build_app
from bot.slack.calls import make_client
from bot.slack.messenger import Messenger
from bot.slack.pacing import Pacer
from bot.slack.reminders.delivery import Delivery
from bot.slack.runner import InlineRunner, PoolRunner
from bot.slack.serve import serve_http

AS_FAST_AS_SLACK = 1e6
"""Messages a second: what is measured is our own work, not Slack's limits."""

BESIDE_OTHERS = 350.0
"""Seventy times what a workspace is paced at."""


def _hurried(in_all: float) -> Pacer:
    return Pacer(per_channel=AS_FAST_AS_SLACK, in_all=in_all)


def _sender(settings: Settings, desk: Desk, pacer: Pacer) -> tuple[SlackApp, Delivery]:
    messenger = Messenger(make_client(settings), pacer=pacer)
    runner = InlineRunner() if desk.database.is_sqlite else PoolRunner(settings.workers)
    app = build_app(settings, desk, runner, messenger=messenger)
    return app, build_reminders(app, desk)


async def burst(settings: Settings) -> None:
    app, delivery = _sender(settings, build_desk(settings, open_database(settings)), _hurried(AS_FAST_AS_SLACK))
    await app.check()
    begun = time.perf_counter()
    await delivery.round()
    while delivery.busy:  # noqa: ASYNC110 - delivery tells nobody when it is through: nobody but us would ask
        await asyncio.sleep(0.001)
    print(time.perf_counter() - begun, flush=True)
    await app.close()


async def serve(settings: Settings, pacer: Pacer) -> None:
    quick_turns()
    app, delivery = _sender(settings, build_desk(settings, open_database(settings)), pacer)
    start_ticks(Ticks(delivery.tick, lambda: None, lambda: None))
    await serve_http(app, settings, ready=lambda port: print(port, flush=True))


_client: AsyncWebClient | None = None
_sent = 0


async def post(number: int) -> None:
    """A job: it has to be a function that can be found by name."""
    global _sent
    if _client is not None:
        await _client.chat_postMessage(channel=f"U{number % 500}", text=f"reminder {number}")
    _sent += 1


async def jobs(settings: Settings) -> None:
    """The same posts as date jobs in APScheduler's SQLAlchemyJobStore, in the settings that lose none."""
    global _client
    count, logger = int(os.environ["BENCH_COUNT"]), logging.getLogger("apscheduler")
    logger.setLevel(logging.ERROR)
    _client = make_client(settings)
    scheduler = AsyncIOScheduler(timezone="UTC", job_defaults={"misfire_grace_time": None})
    scheduler.add_jobstore(SQLAlchemyJobStore(url=settings.database_url))
    scheduler.start(paused=True)
    store: Any = scheduler._jobstores["default"]
    with store.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM apscheduler_jobs")
    for number in range(count):
        scheduler.add_job(post, "date", run_date=datetime.now(UTC), args=(number,))
    begun = time.perf_counter()
    scheduler.resume()
    while _sent < count:  # noqa: ASYNC110 - the same of APScheduler
        await asyncio.sleep(0.001)
    print(time.perf_counter() - begun, flush=True)
    scheduler.shutdown(wait=False)
    if _client.session is not None:
        await _client.session.close()


if __name__ == "__main__":
    kinds: dict[str, Callable[[Settings], Coroutine[Any, Any, None]]] = {
        "burst": burst,
        "jobs": jobs,
        "serve": partial(serve, pacer=_hurried(BESIDE_OTHERS)),
        "shipped": partial(serve, pacer=Pacer()),
    }
    asyncio.run(kinds[sys.argv[1]](load_settings()))
