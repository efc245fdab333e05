"""Delivers what is due in a process of its own and dies by SIGKILL at a chosen point.

The points: `claimed` and `aimed` after those transactions, `posting` before the request and `posted` after the answer,
`settling` inside the transaction that keeps it and `settled` after it.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.bootstrap import build_desk, delivery_runners
from bot.cli.trial_clock import TrialClock
from bot.domain.audience import Audience
from bot.domain.reminders.reminder import Reminder
from bot.services.preferences import Usual
from bot.services.reminders.letters import Correspondence
from bot.services.reminders.outbox import Outbox
from bot.services.reminders.outcomes import Outcome
from bot.services.reminders.targets import Kept, Target
from bot.settings import Settings
from bot.slack.app import build_app
from bot.slack.calls import make_client
from bot.slack.messenger import Messenger, Posted
from bot.slack.pacing import Pacer
from bot.slack.reminders.build import build_delivery
from bot.slack.reminders.delivery import Batches
from bot.slack.render.parts import Message
from bot.slack.runner import InlineRunner
from bot.storage.database import Database, Writer

POINTS = ("claimed", "aimed", "posting", "posted", "settling", "settled")


@dataclass(frozen=True)
class Orders:
    """What a process is to do. It dies when it comes to `point` for the `nth` time; never when `nth` is 0."""

    database: str
    slack: str
    token: str
    clock: Path
    point: str
    nth: int


class Death:
    """Counts how often each point is passed."""

    def __init__(self, orders: Orders) -> None:
        self._left = orders.nth
        self._point = orders.point

    def at(self, point: str) -> None:
        if point == self._point:
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


class DoomedDatabase(Database):
    def __init__(self, url: str, death: Death) -> None:
        super().__init__(url, pool_size=2)
        self.death, self.settling = death, False

    @contextmanager
    def writing(self, audience: Audience, now: datetime) -> Iterator[Writer]:
        with super().writing(audience, now) as writer:
            yield writer
            if self.settling:
                self.death.at("settling")


class DoomedOutbox(Outbox):
    database: DoomedDatabase

    def claim(self, limit: int) -> list[Reminder]:
        found = super().claim(limit)
        self.database.death.at("claimed")
        return found

    def aim(self, targets: Sequence[Target], sure: Sequence[int]) -> Kept:
        aimed = super().aim(targets, sure)
        self.database.death.at("aimed")
        return aimed

    def settle(self, outcomes: Sequence[Outcome]) -> int:
        self.database.settling = True
        lost = super().settle(outcomes)
        self.database.settling = False
        self.database.death.at("settled")
        return lost


class DoomedMessenger(Messenger):
    death: Death

    async def deliver(self, channel: str, message: Message, **how: Any) -> Posted:
        self.death.at("posting")
        posted = await super().deliver(channel, message, **how)
        self.death.at("posted")
        return posted


def run(orders: Orders) -> None:
    asyncio.run(_deliver(orders))


async def _deliver(orders: Orders) -> None:
    settings = Settings(
        _env_file=None, bot_token=SecretStr(orders.token), slack_api_url=orders.slack, database_url=orders.database
    )
    death = Death(orders)
    clock = TrialClock(orders.clock)
    database = DoomedDatabase(orders.database, death)
    desk = build_desk(settings, database, clock)
    messenger = DoomedMessenger(make_client(settings), pacer=Pacer(per_channel=10_000, in_all=10_000))
    messenger.death = death
    app = build_app(settings, desk, InlineRunner(), messenger=messenger)
    box = DoomedOutbox(database, clock, desk.policies)
    letters = Correspondence(database, clock, desk.policies, Usual(desk.zone, desk.locale))
    delivery = build_delivery(
        app, box, letters, delivery_runners(database), clock, batches=Batches(claimed=15, under_way=60)
    )
    while box.is_anything_due():
        await delivery.round()
        while delivery.busy:  # noqa: ASYNC110 - delivery tells nobody when it is through: nobody but us would ask
            await asyncio.sleep(0.001)
    await app.close()
    database.close()
