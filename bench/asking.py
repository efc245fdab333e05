"""Questions in people's own words: what was said among all conversations, and questions about one's own book."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from zoneinfo import ZoneInfo

from aiohttp import ClientSession

from bench.edge import PACE_SECONDS, Client, FakeSlack, server
from bench.report import Report, percentile
from bot.bootstrap import load_policies
from bot.domain.audience import SHELL, only_the_asker
from bot.services.asking.ask import Asking
from bot.storage.database import Database

TOPICS = (
    "pricing", "export issue", "second workshop", "warehouse", "rollout", "old tool", "training", "summary review",
)  # fmt: skip
QUESTIONS = (
    "which of my accounts renew next month and are at risk?", "what of mine renews in the next 90 days?",
    "my renewals over 50k this quarter", "which of my accounts are at risk?", "who haven't I talked to in 60 days?",
    "my open tickets", "what should I do today?", "what's my NRR?", "my biggest accounts",
)  # fmt: skip
ABOUT_ONE = ("how is {} doing?", "when does {} renew?", "who owns {}?", "what did {} say about pricing?")
ROUNDS = 5


def run(report: Report, database: str, names: list[str], interactions: int) -> None:
    _notes(report, Database(database), names, f"{interactions:,} conversations")
    asyncio.run(_edge(report, database, names))


def _notes(report: Report, database: Database, names: list[str], size: str) -> None:
    asking = Asking(database, load_policies(None), datetime.now(UTC), ZoneInfo("UTC"))
    audience, draw = only_the_asker(SHELL), random.Random(5)  # noqa: S311 - a bench, not a secret
    everywhere, of_one = [], []
    for _ in range(ROUNDS):
        for topic in TOPICS:
            everywhere.append(_seconds(partial(asking.ask, audience, f"who mentioned {topic}?")))
            of_one.append(
                _seconds(partial(asking.ask, audience, f'what did "{draw.choice(names)}" say about {topic}?'))
            )
    report.below(f"what anybody said p95, {size}", percentile(everywhere, 0.95) * 1000, 200, "ms")
    report.below(f"what one customer said p95, {size}", percentile(of_one, 0.95) * 1000, 200, "ms")


def _seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


async def _edge(report: Report, database: str, names: list[str]) -> None:
    draw = random.Random(7)  # noqa: S311 - the same
    async with FakeSlack().serving() as slack, server("steward", database, slack) as url, ClientSession() as session:
        client = Client(session, url, slack)
        for kind, texts in (
            ("about one account", [text.format(f'"{draw.choice(names)}"') for _ in range(8) for text in ABOUT_ONE]),
            ("about one's own book", list(QUESTIONS) * 4),
        ):
            for text in texts[:4]:
                await client.ask(f"ask {text}")
            seconds = []
            for text in texts:
                tick = asyncio.create_task(asyncio.sleep(PACE_SECONDS))
                seconds.append((await client.ask(f"ask {text}"))[1])
                await tick
            report.below(f"question {kind} to reply p95", percentile(seconds, 0.95) * 1000, 150, "ms")
