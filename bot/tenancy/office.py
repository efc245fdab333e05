"""One workspace at work: its database, its app, its reminders. Nothing of it is shared with another workspace."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

from bot.bootstrap import build_reminders, build_slack_app, build_upkeep, keep_house
from bot.scheduler.ticks import Ticks, start_ticks
from bot.services.desk import Desk
from bot.services.health.nightly import Nightly
from bot.settings import Settings
from bot.slack.app import SlackApp


class Office:
    """Needs a running event loop. The desk's database belongs to it from now on."""

    def __init__(self, use: Settings, desk: Desk) -> None:
        self.desk = desk
        self.app: SlackApp = build_slack_app(use, desk)
        self._ticks: Any = None

    async def start(self, reread: Callable[[], object] = lambda: None) -> None:
        """Tidy up, then plan and send reminders from second to second. `reread` looks for changed files."""
        await asyncio.to_thread(keep_house, self.desk)
        delivery, upkeep = build_reminders(self.app, self.desk), build_upkeep(self.app, self.desk)
        nightly = Nightly(self.desk.keep_health, self.desk.today)
        tidy = partial(keep_house, self.desk)
        self._ticks = start_ticks(Ticks(delivery.tick, upkeep.tick, tidy, reread, nightly.tick))

    def rest(self) -> None:
        """No more reminders; answers under way go on."""
        if self._ticks is not None:
            self._ticks.shutdown(wait=False)
            self._ticks = None

    async def close(self) -> None:
        """Let what is under way finish, then let go of Slack and the database."""
        self.rest()
        await self.app.close()
        self.desk.database.close()
