"""A workspace with many conversations, reminders for all of them, and processes that deliver them and die."""

from __future__ import annotations

import asyncio
import multiprocessing
import random
import re
import signal
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

from bot.cli.trial_clock import TrialClock
from bot.domain.audience import SHELL, only_the_asker
from bot.domain.reminders.wanted import to_channel, to_person
from bot.sandbox import Sandbox
from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.people import COLLEAGUES, default_workspace
from bot.sandbox.workspace import Channel
from bot.storage import chain
from bot.storage.database import AnyRow, Database
from bot.storage.tables import reminder
from tests.crash import sender
from tests.crash.sender import POINTS, Orders
from tests.slack.oracle import REPOSITORY
from tests.slack.reminders.words import plan_words

SELF = only_the_asker(SHELL)
CHANNELS = 15
PAST_EVERY_LEASE = timedelta(seconds=100)
# The one server that all processes are forked from has loaded everything already.
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.crash.sender"])
TROUBLE: tuple[tuple[FaultKind, float], ...] = (
    ("drop_before", 0),
    ("drop_after", 0),
    ("drop_late", 20),
    ("http_500", 0),
    ("http_500_after", 0),
    ("rate_limited", 2),
    ("latency", 0.05),
)


@dataclass
class PostOffice:
    sandbox: Sandbox
    database: Database
    clock: TrialClock
    clock_file: Path
    chance: random.Random
    planned: int = 0
    deaths: int = 0

    def plan(self, count: int) -> None:
        """So many more reminders in people's own words, spread over people and channels, all due now."""
        now, first = self.clock(), self.planned
        self.planned += count
        places = [to_person(one.id) for one in COLLEAGUES] + [to_channel(f"C0CRASH{n}") for n in range(CHANNELS)]
        words = [(f"Reminder {first + n} of many", places[n % len(places)]) for n in range(count)]
        with self.database.writing(SELF, now) as writer:
            plan_words(writer, words, now)

    async def day(self, processes: int, troubles: int) -> None:
        """Some processes at once, among so many kinds of trouble, until each has died or found nothing more to do; then
        so much later that every lease is over and every late message is there."""
        for kind, seconds in self.chance.sample(TROUBLE, k=troubles):
            times = self.chance.randint(1, 3)
            self.sandbox.world.faults.add(Fault(kind=kind, target="chat.postMessage", seconds=seconds, times=times))
        await asyncio.gather(*(self._process() for _ in range(processes)))
        await self.sandbox.quiet(idle=0.01, timeout=30)
        self.sandbox.world.faults.clear()
        self.sandbox.advance(PAST_EVERY_LEASE)

    async def _process(self) -> None:
        """Dies at a point, or at any moment, or lives."""
        manner = self.chance.choice(["point", "point", "point", "moment", "moment", "lives"])
        point = self.chance.choice(POINTS)
        often = 60 if point in {"posting", "posted"} else 6  # the others are passed once a batch
        orders = Orders(
            database=self.database.url.render_as_string(hide_password=False),
            slack=self.sandbox.base_url,
            token=self.sandbox.bot_token,
            clock=self.clock_file,
            point=point,
            nth=self.chance.randint(1, often) if manner == "point" else 0,
        )
        process = _FORKS.Process(target=sender.run, args=(orders,))
        await asyncio.to_thread(process.start)
        patience = self.chance.uniform(0.05, 0.8) if manner == "moment" else None
        await asyncio.to_thread(process.join, patience)
        if process.exitcode is None:
            process.kill()
            await asyncio.to_thread(process.join)
        assert process.exitcode in {0, -signal.SIGKILL}
        self.deaths += process.exitcode != 0

    def rows(self) -> list[AnyRow]:
        with self.database.reading(SELF) as reader:
            return list(reader.connection.execute(sa.select(reminder)))

    def open_rows(self) -> int:
        return sum(row.state in {"planned", "claimed", "doubt"} for row in self.rows())

    def seen(self) -> Counter[str]:
        """How often each text stands in a conversation."""
        world = self.sandbox.world
        found: Counter[str] = Counter()
        for channel in world.workspace.channels:
            found.update(_words(one.blocks) for one in world.messages.public(channel.id) if one.user == world.bot.id)
        return found

    def broken_links(self) -> list[int]:
        with self.database.reading(SELF) as reader:
            return [one.seq for one in chain.Look(reader).faults()]


def _words(blocks: object) -> str:
    found = re.search(r"Reminder \d+ of", str(blocks))
    return found[0] if found else str(blocks)


@asynccontextmanager
async def post_office(database: Database, folder: Path, seed: int) -> AsyncIterator[PostOffice]:
    workspace = default_workspace()
    team = [one.id for one in COLLEAGUES]
    workspace.channels += [
        Channel(id=f"C0CRASH{n}", name=f"crash-{n}", members=[team[0], workspace.app.bot_user_id], creator=team[0])
        for n in range(CHANNELS)
    ]
    clock_file = folder / "clock"
    clock = TrialClock(clock_file)
    async with Sandbox(REPOSITORY / "manifest.yml", workspace=workspace) as sandbox:
        sandbox.clock.on_moved = lambda: clock.move(sandbox.clock.ahead)
        yield PostOffice(sandbox, database, clock, clock_file, random.Random(seed))  # noqa: S311 - to be played again
