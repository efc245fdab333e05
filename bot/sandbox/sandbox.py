"""The sandbox as a test or a person uses it: one workspace, one server, people to act as.

    async with Sandbox(manifest=Path("manifest.yml")) as slack:
        ... start the bot with SLACK_API_URL=slack.base_url, slack.bot_token, slack.app_token ...
        await slack.connected()
        await slack.say("maya", "#accounts", "/account acme")
        await slack.quiet()
        slack.messages("#accounts", as_user="maya")[-1]["text"]

Users are named by id, handle or e-mail; channels by id, #name, or "dm" for the conversation with the bot.
Acting methods return once the act has begun; `quiet()` waits for everything it set off."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from bot.sandbox.api.surfaces import view_json
from bot.sandbox.changes import Changes
from bot.sandbox.clock import SandboxClock
from bot.sandbox.control import control_app
from bot.sandbox.delivery import Dispatcher
from bot.sandbox.errors import Json, UserError
from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.manifest import Manifest
from bot.sandbox.modals import Modals
from bot.sandbox.people import default_workspace
from bot.sandbox.people_acts import People, Place, Turn
from bot.sandbox.records import Call, Failure
from bot.sandbox.server import Server
from bot.sandbox.sockets import DisconnectReason, Sockets
from bot.sandbox.web.routes import Page
from bot.sandbox.webhooks import Webhooks
from bot.sandbox.workspace import Workspace
from bot.sandbox.world import World


class Sandbox:
    """`manifest` is a path or a Manifest; with `request_url` deliveries go by signed HTTP instead of Socket Mode.

    `next_moment` is somebody's answer to "when does the bot do something next?" (None: never); with it people may jump
    there. The sandbox itself knows nothing of the bot's plans."""

    def __init__(
        self,
        manifest: Path | Manifest,
        *,
        workspace: Workspace | None = None,
        clock: SandboxClock | None = None,
        port: int = 0,
        request_url: str | None = None,
        next_moment: Callable[[], datetime | None] | None = None,
    ) -> None:
        loaded = Manifest.load(manifest) if isinstance(manifest, Path) else manifest
        self.clock = clock or SandboxClock()
        self.world = World(workspace or default_workspace(), loaded, self.clock)
        self.world.next_moment = next_moment
        self.sockets = Sockets(self.world)
        self.webhooks = Webhooks(self.world, request_url) if request_url else None
        self._dispatcher = Dispatcher(self.world, self.webhooks or self.sockets)
        self.people = People(self.world, self._dispatcher)
        self.modals = Modals(self.people)
        self.changes = Changes(self.world)
        self._server = Server(self.world, self.sockets, control_app(self), Page(self), port)

    async def start(self) -> None:
        await self._server.start()

    async def stop(self) -> None:
        await self._dispatcher.stop()
        if self.webhooks is not None:
            await self.webhooks.stop()
        await self._server.stop()
        self.clock.close()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    @property
    def root_url(self) -> str:
        return self.world.base

    @property
    def page_url(self) -> str:
        """The workspace in a browser; the terminal and any number of windows may be used at the same time."""
        return f"{self.world.base}/"

    @property
    def base_url(self) -> str:
        """For SLACK_API_URL; ends with /api/."""
        return f"{self.world.base}/api/"

    @property
    def bot_token(self) -> str:
        return self.world.tokens.bot

    @property
    def app_token(self) -> str:
        return self.world.secrets.app_token

    @property
    def signing_secret(self) -> str:
        return self.world.secrets.signing_secret

    @property
    def failures(self) -> list[Failure]:
        return self.world.journal.failures

    def calls(self, method: str | None = None) -> list[Call]:
        """Web API calls so far, all or of one method, oldest first."""
        return list(self.world.journal.calls) if method is None else self.world.journal.of(method)

    def messages(
        self, channel: str, as_user: str, thread_ts: str | None = None, *, since: str | None = None
    ) -> list[Json]:
        """What this user sees in a channel they are in, oldest first; ephemeral ones carry is_ephemeral.

        `since` is a ts: only messages after it."""
        person = self.world.workspace.person(as_user)
        place = self.people.where(person, channel)
        store = self.world.messages
        seen = store.thread(place.id, thread_ts, person.id) if thread_ts else store.visible(place.id, person.id)
        wanted = [m for m in seen if since is None or m.ts > since]
        return [m.to_api() | ({"is_ephemeral": True} if m.audience else {}) for m in wanted]

    def modal(self, user: str) -> Json | None:
        """The user's top modal as Slack's view object, plus `errors` by block id and a `notice` when the app failed."""
        view = self.world.views.top(self.world.workspace.person(user).id)
        return None if view is None else view_json(self.world, view) | {"errors": view.errors, "notice": view.notice}

    def home(self, user: str) -> Json | None:
        """The user's published App Home."""
        view = self.world.views.homes.get(self.world.workspace.person(user).id)
        return None if view is None else view_json(self.world, view)

    def canvas(self, canvas_id: str) -> Json:
        """A canvas as text, with the sections that can be changed one by one."""
        found = self.world.canvases.get(canvas_id)
        if found is None:
            raise UserError(f"There is no canvas {canvas_id!r}.")
        sections = [{"id": section.id, "markdown": section.markdown} for section in found.sections]
        about = {"id": found.id, "title": found.title, "channel": found.channel, "access": found.access}
        return about | {"markdown": found.markdown, "sections": sections}

    def thread_facts(self, channel: str, thread_ts: str = "") -> Json:
        """Assistant status, session, title and suggested prompts of a thread ("" for the conversation)."""
        return self.world.threads.get((channel, thread_ts), {})

    async def _begun(self, turn: Turn) -> Turn:
        """Let the deliveries start, so that moving the clock right after an act counts against their three seconds."""
        await asyncio.sleep(0)
        return turn

    async def say(self, user: str, channel: str, text: str, *, thread_ts: str | None = None) -> Turn:
        return await self._begun(self.people.say(user, channel, text, thread_ts))

    async def ask(self, user: str, channel: str, text: str, *, thread_ts: str | None = None) -> list[Json]:
        """Say it, wait until quiet, and return the new messages this user sees that are not their own."""
        before = {m["ts"] for m in self.messages(channel, user)}
        await self.say(user, channel, text, thread_ts=thread_ts)
        await self.quiet()
        me = self.world.workspace.person(user).id
        return [m for m in self.messages(channel, user) if m["ts"] not in before and m["user"] != me]

    async def click(
        self,
        user: str,
        action: str,
        *,
        channel: str | None = None,
        ts: str | None = None,
        place: Place = "message",
        block_id: str | None = None,
    ) -> Turn:
        """Press a button, named by action id or caption, in the newest message that has it (or `ts`), modal or home."""
        return await self._begun(self.people.click(user, self.people.find(user, action, place, channel, ts, block_id)))

    async def pick(
        self,
        user: str,
        action: str,
        choice: Any,
        *,
        channel: str | None = None,
        ts: str | None = None,
        place: Place = "message",
        block_id: str | None = None,
    ) -> Turn:
        """Choose in any select, menu, picker or checkbox group: an option's value or label, a list, a date, an id."""
        return await self._begun(
            self.people.pick(user, self.people.find(user, action, place, channel, ts, block_id), choice)
        )

    async def suggest(
        self,
        user: str,
        action: str,
        query: str,
        *,
        channel: str | None = None,
        ts: str | None = None,
        place: Place = "message",
        block_id: str | None = None,
    ) -> list[Json]:
        """The options an external select offers for what the user typed."""
        return await self.people.suggest(user, self.people.find(user, action, place, channel, ts, block_id), query)

    async def submit(self, user: str, values: dict[str, Any] | None = None) -> Turn:
        """Fill the top modal's inputs (by action id, block id or label) and submit it."""
        return await self._begun(self.modals.submit(user, values))

    def upload(self, user: str, name: str, content: bytes) -> str:
        """A file from this person's computer; its id (or name) is what a file input takes."""
        return self.people.upload(user, name, content)

    async def close_modal(self, user: str, *, everything: bool = False) -> Turn:
        return await self._begun(self.modals.close(user, everything=everything))

    async def open_home(self, user: str, tab: Literal["home", "messages"] = "home") -> Turn:
        return await self._begun(self.people.open_home(user, tab))

    async def shortcut(self, user: str, callback_id: str, *, channel: str | None = None, ts: str | None = None) -> Turn:
        return await self._begun(self.people.shortcut(user, callback_id, channel, ts))

    async def stop_session(self, user: str, channel: str, thread_ts: str) -> Turn:
        return await self._begun(self.people.stop_session(user, channel, thread_ts))

    async def emit(self, event: Json) -> None:
        """Deliver any other event (channel_shared, user_change, tokens_revoked...) if the manifest subscribes to it."""
        self.world.emit({"event_ts": self.world.messages.next_ts(), **event})
        await self._begun(Turn())

    def fault(
        self,
        kind: FaultKind,
        target: str = "*",
        *,
        seconds: float = 1.0,
        times: int | None = 1,
        channel: str | None = None,
        code: str = "internal_error",
    ) -> None:
        """Let something go wrong, as `Fault` says; `channel` is an id or #name."""
        here = self.world.workspace.channel(channel).id if channel else None
        fault = Fault(kind=kind, target=target, seconds=seconds, times=times, channel=here, code=code)
        self.world.faults.add(fault)

    def allow(self, user: str) -> str:
        """This person allows the app to be installed; the code that their browser carries back to it."""
        return self.world.tokens.allow(self.world.workspace.person(user).id)

    def advance(self, step: timedelta | float) -> datetime:
        """Move the clock forward (a number means seconds)."""
        moment = self.clock.advance(step)
        self.world.activity.touch()
        return moment

    def jump_to(self, moment: datetime) -> datetime:
        """Move the clock forward to an aware moment; UserError when it has passed."""
        ahead = moment.timestamp() - self.clock.time()
        if ahead < 0:
            raise UserError("The clock only moves forward.")
        return self.advance(ahead)

    def jump_to_next(self) -> datetime:
        """Move the clock to what the bot does next; UserError when nothing is planned, or due already."""
        if self.world.next_moment is None:
            raise UserError("Nobody here knows what comes next.")
        moment = self.world.next_moment()
        if moment is None:
            raise UserError("Nothing is planned.")
        if moment <= self.clock.now():
            raise UserError("What comes next is due already: it should be here any moment.")
        return self.jump_to(moment)

    async def disconnect(self, reason: DisconnectReason = "refresh_requested") -> None:
        await self.sockets.disconnect(reason)

    async def connected(self, count: int = 1, *, timeout: float = 10.0) -> None:  # noqa: ASYNC109 - part of the contract
        """Wait for this many Socket Mode connections."""
        await self.world.activity.until(lambda: len(self.sockets.open) >= count, timeout=timeout)

    async def quiet(self, *, idle: float = 0.05, timeout: float = 10.0) -> None:  # noqa: ASYNC109 - part of the contract
        await self.world.activity.quiet(idle=idle, timeout=timeout)

    async def until(self, condition: Callable[[], bool], *, timeout: float = 10.0) -> None:  # noqa: ASYNC109 - same
        await self.world.activity.until(condition, timeout=timeout)
