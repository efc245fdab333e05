"""Several workspaces in one process: which of them are served is what the registry says, looked at again and again.

So several processes agree without talking to each other: one takes an installation in or ends one, the others follow
within seconds.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import AsyncExitStack, ExitStack
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from bot.bootstrap import build_desk, open_database
from bot.clock import Clock
from bot.domain.installations import Grant, Installation, State, Tokens
from bot.rulebook import Rulebook
from bot.services.desk import Desk
from bot.services.errors import NotAllowed, StewardError
from bot.settings import Settings
from bot.slack.app import SlackApp
from bot.slack.background import Background
from bot.slack.calls import Sleep
from bot.slack.errors import caught
from bot.slack.listeners.lifecycle import is_removed, me_unless_removed
from bot.slack.rotation import next_tokens
from bot.storage import migrate
from bot.storage.database import DatabaseError
from bot.storage.places import Places
from bot.storage.registry import Registry
from bot.tenancy.office import Office

LOOK_SECONDS: Final = 10.0
_RENEWED_BEFORE: Final = timedelta(hours=2)
_VERIFIED_EVERY: Final = timedelta(hours=1)
log = logging.getLogger(__name__)


class Workspaces:
    """Serves every active installation with an office of its own, all by the same rules. What `bot.slack.oauth` calls a
    registrar."""

    def __init__(
        self,
        use: Settings,
        registry: Registry,
        places: Places,
        rules: Rulebook,
        clock: Clock,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._use, self._registry, self._places = use, registry, places
        self._rules, self._clock, self._sleep = rules, clock, sleep
        self._offices: dict[str, Office] = {}
        self._served: dict[str, Installation] = {}
        self._tokens: dict[str, Tokens] = {}
        self._verified: dict[str, datetime] = {}
        self._troubles: dict[str, str] = {}
        self._changing = asyncio.Lock()
        self._tasks = Background()

    @property
    def teams(self) -> tuple[str, ...]:
        """The workspaces that are served now, by id."""
        return tuple(self._offices)

    def app_of(self, team_id: str) -> SlackApp | None:
        """The app of a workspace that is served."""
        office = self._offices.get(team_id)
        return None if office is None else office.app

    async def look(self) -> None:
        """Serve what the registry says, and nothing else."""
        async with self._changing:
            found = {one.team_id: one for one in await asyncio.to_thread(self._registry.installations)}
            for team_id in self.teams:
                if team_id not in found or not found[team_id].is_active:
                    await self._shut(team_id)
            await asyncio.gather(*(self._attend(one) for one in found.values()))

    async def keep_looking(self) -> None:
        """Look until cancelled."""

        async def tell(sentence: str) -> None:
            self._trouble("", sentence)

        while True:
            await self._sleep(LOOK_SECONDS)
            async with caught("looking which workspaces are installed", tell):
                await asyncio.to_thread(self._rules.look)
                await self.look()

    async def close(self) -> None:
        await self._tasks.drain(5.0)
        async with self._changing:
            await asyncio.gather(*(self._shut(team_id) for team_id in self.teams))

    # What an installation flow calls

    def keep_state(self, state: str) -> None:
        self._registry.keep_state(state, self._clock())

    def take_state(self, state: str) -> bool:
        return self._registry.take_state(state, self._clock())

    async def install(self, grant: Grant) -> None:
        """Raises NotAllowed for a workspace that may not, StewardError when it is installed and cannot be served."""
        allowed = self._use.allowed_teams
        if allowed and grant.team_id not in allowed:
            raise NotAllowed(
                f"This workspace may not install Steward here. Ask whoever runs it to add {grant.team_id} to "
                "STEWARD_MAY_INSTALL."
            )
        async with self._changing:
            await self._shut(grant.team_id)
            await asyncio.to_thread(self._take_in, grant)
            found = await asyncio.to_thread(self._registry.installation, grant.team_id)
            if found is not None:
                await self._open(found)

    def _take_in(self, grant: Grant) -> None:
        self._finish_erasing(grant.team_id)
        self._registry.install(grant, self._clock())
        log.info("Workspace %s (%s) has installed Steward", grant.team_id, grant.team_name)

    # Opening and closing

    async def _attend(self, one: Installation) -> None:
        async def tell(sentence: str) -> None:
            self._trouble(one.team_id, f"Workspace {one.team_id} is not served: {sentence}")

        async with caught(f"opening workspace {one.team_id}", tell):
            if one.state is State.ERASING:
                await asyncio.to_thread(self._finish_erasing, one.team_id)
            elif one.is_active:
                if one != self._served.get(one.team_id):
                    await self._shut(one.team_id)
                    await self._open(one)
                await self._renew(one.team_id)
                await self._verify(one.team_id)
                self._troubles.pop(one.team_id, None)

    def _trouble(self, team_id: str, sentence: str) -> None:
        """Said once, not at every look."""
        if self._troubles.get(team_id) != sentence:
            self._troubles[team_id] = sentence
            log.warning("%s", sentence)

    async def _open(self, one: Installation) -> None:
        use, desk, tokens = await asyncio.to_thread(self._prepare, one.team_id)
        office = Office(use, desk)
        async with AsyncExitStack() as undone:
            undone.push_async_callback(office.close)
            me = await me_unless_removed(office.app.desk.workspace)
            if me is None:
                await asyncio.to_thread(self._end, one, "Slack refused its token")
                return
            if me.team_id != one.team_id:
                raise StewardError(f"Its token is one of workspace {me.team_id}. Install Steward there again.")
            office.app.on_removed = partial(self._removed, one.team_id)
            await office.start()
            undone.pop_all()
        self._offices[one.team_id], self._served[one.team_id], self._tokens[one.team_id] = office, one, tokens
        self._verified[one.team_id] = self._clock()

    def _prepare(self, team_id: str) -> tuple[Settings, Desk, Tokens]:
        try:
            tokens = self._registry.tokens(team_id)
            if tokens is None:
                raise StewardError("It was uninstalled.")
            use = self._use.model_copy(update={"bot_token": tokens.bot, "database_url": self._places.made(team_id)})
            with ExitStack() as undone:
                database = open_database(use)
                undone.callback(database.close)
                migrate.upgrade(database)
                desk = build_desk(use, database, self._clock, self._rules)
                undone.pop_all()
        except DatabaseError as error:
            raise StewardError(str(error)) from error
        return use, desk, tokens

    async def _shut(self, team_id: str) -> None:
        office = self._offices.pop(team_id, None)
        self._served.pop(team_id, None)
        self._tokens.pop(team_id, None)
        if office is not None:
            await office.close()

    async def _renew(self, team_id: str) -> None:
        """Tokens that end are exchanged in time."""
        old, now = self._tokens.get(team_id), self._clock()
        if old is None or old.ends_at is None or old.ends_at - now > _RENEWED_BEFORE:
            return
        new = await next_tokens(self._use, old, now)
        if await asyncio.to_thread(self._registry.renew, team_id, old, new, now):
            found = await asyncio.to_thread(self._registry.installation, team_id)
            if found is not None:
                self._tokens[team_id], self._served[team_id] = new, found
                self._offices[team_id].app.desk.messenger.client.token = new.bot.get_secret_value()

    # Leaving

    def _removed(self, team_id: str) -> None:
        self._tasks.start(self._leave(team_id))

    async def _leave(self, team_id: str) -> None:
        async with self._changing:
            await self._end_if_removed(team_id)

    async def _verify(self, team_id: str) -> None:
        """Events get lost while nobody listens, so Slack is asked now and then whether the app is still installed."""
        now = self._clock()
        if team_id in self._offices and now - self._verified[team_id] >= _VERIFIED_EVERY:
            self._verified[team_id] = now
            await self._end_if_removed(team_id)

    async def _end_if_removed(self, team_id: str) -> None:
        """It may have been installed again meanwhile: what is ended is what Slack refuses now."""
        office, one = self._offices.get(team_id), self._served.get(team_id)
        if office is not None and one is not None and await is_removed(office.app.desk.messenger.client):
            await self._shut(team_id)
            await asyncio.to_thread(self._end, one, "uninstalled, or its token revoked")

    def _end(self, one: Installation, why: str) -> None:
        state = State.ERASING if self._use.on_uninstall == "erase" else State.FROZEN
        if self._registry.end(one.team_id, one.version, state, self._clock(), why):
            log.warning("Workspace %s is served no more (%s): its data is %s", one.team_id, why, state)
            self._finish_erasing(one.team_id)

    def _finish_erasing(self, team_id: str) -> None:
        found = self._registry.installation(team_id)
        if found is not None and found.state is State.ERASING:
            self._places.remove(team_id)
            self._registry.erased(team_id, self._clock())
            log.warning("The data of workspace %s is erased", team_id)
