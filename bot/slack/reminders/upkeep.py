"""Keeping reminders up with the facts: planned about once a minute, and what stands there drawn anew where it is no
longer so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.slack.background import Background
from bot.slack.desk import Desk
from bot.slack.errors import caught
from bot.slack.ports import Runner
from bot.slack.reminders.ports import Now
from bot.slack.reminders.redraw import redraw_stale

EVERY = timedelta(minutes=1)
_DRAIN_SECONDS = 5.0


class Upkeep:
    """`tick` every second: it starts a round when a minute has passed by the bot's clock, or when that was moved.

    `plan` may raise StewardError; it runs through `runner`, for it waits for other writers.
    """

    def __init__(self, desk: Desk, plan: Callable[[], object], runner: Runner, clock: Now) -> None:
        self._desk, self._plan, self._runner, self._clock = desk, plan, runner, clock
        self._last: datetime | None = None
        self._going = False
        self._background = Background()

    def tick(self) -> None:
        now = self._clock()
        if not self._going and (self._last is None or not timedelta(0) <= now - self._last < EVERY):
            self._last, self._going = now, True
            self._background.start(self.round())

    async def round(self) -> None:
        """Plan, then draw."""
        try:
            async with caught("planning reminders", _nobody):
                await self._runner(self._plan)
            async with caught("drawing reminders anew", _nobody):
                await redraw_stale(self._desk)
        finally:
            self._going = False

    async def close(self) -> None:
        await self._background.drain(_DRAIN_SECONDS)


async def _nobody(_sentence: str) -> None:
    """There is nobody to tell: the log has it, and the next round comes."""
