"""The state of one sandbox workspace, shared by the Web API, the deliveries and the people in it."""

import itertools
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.sandbox.activity import Activity
from bot.sandbox.canvases import Canvas
from bot.sandbox.clock import SandboxClock, Timer
from bot.sandbox.errors import Json, SlackError
from bot.sandbox.faults import Faults, RateLimits
from bot.sandbox.grants import ResponseUrls, Triggers
from bot.sandbox.installing import Tokens
from bot.sandbox.manifest import Manifest
from bot.sandbox.messages import SLACKBOT, Message, MessageStore
from bot.sandbox.records import Failure, FailureKind, Journal
from bot.sandbox.views import ViewStore
from bot.sandbox.workspace import Channel, Person, Workspace

SCOPE_OF_KIND = {"public": "channels", "private": "groups", "im": "im"}


@dataclass
class Upload:
    """A file on its way: `content` is None until its bytes arrived, `shared` once it was completed.

    `user` is the person who uploaded it, "" for the app; `alt` describes a picture to who cannot see it."""

    id: str
    filename: str
    length: int
    token: str
    content: bytes | None = None
    title: str = ""
    shared: bool = False
    user: str = ""
    alt: str = ""


@dataclass
class Scheduled:
    """A message that Slack will post at `post_at`, by the clock; `timer` does it."""

    id: str
    channel: str
    post_at: int
    created: int
    text: str
    timer: Timer


@dataclass
class Secrets:
    app_token: str = field(default_factory=lambda: f"xapp-1-A0STEWARD-{secrets.token_hex(12)}")
    signing_secret: str = field(default_factory=lambda: secrets.token_hex(16))
    verification_token: str = field(default_factory=lambda: secrets.token_hex(12))
    client_id: str = field(default_factory=lambda: f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**12)}")
    client_secret: str = field(default_factory=lambda: secrets.token_hex(16))


class World:
    """Everything mutable. Used from one event loop only."""

    def __init__(self, workspace: Workspace, manifest: Manifest, clock: SandboxClock) -> None:
        self.workspace, self.manifest, self.clock = workspace, manifest, clock
        self.secrets = Secrets()
        self.activity = Activity()
        self.messages = MessageStore(clock)
        self.views = ViewStore()
        self.triggers = Triggers(clock)
        self.response_urls = ResponseUrls(clock)
        self.tokens = Tokens(clock, rotates=manifest.settings.token_rotation_enabled)
        self.faults = Faults()
        self.rates = RateLimits(clock)
        self.journal = Journal()
        self.bookmarks: dict[str, list[Json]] = {}
        self.uploads: dict[str, Upload] = {}
        self.canvases: dict[str, Canvas] = {}
        self.channel_canvases: dict[str, str] = {}
        self.scheduled: dict[str, Scheduled] = {}
        self.unfurls: dict[str, tuple[str, str]] = {}
        self.threads: dict[tuple[str, str], Json] = {}
        self.base = ""
        self.emit: Callable[[Json], None] = lambda _event: None
        self.next_moment: Callable[[], datetime | None] | None = None
        self.open_socket: Callable[[bool], str] = lambda _debug: ""
        self.ids = itertools.count(1)

    def fail(self, kind: FailureKind, what: str, detail: str) -> None:
        self.journal.failures.append(Failure(kind, what, detail, self.clock.time()))
        self.activity.touch()

    def app_identity(self) -> Json:
        app = self.workspace.app
        profile = {"id": app.bot_id, "name": self.bot.name, "app_id": app.app_id, "team_id": self.workspace.team.id}
        return {"bot_id": app.bot_id, "app_id": app.app_id, "bot_profile": {**profile, "deleted": False}}

    @property
    def bot(self) -> Person:
        return self.workspace.person(self.workspace.app.bot_user_id)

    def bot_channel(self, key: str, *, posting: bool = False) -> Channel:
        """The channel as the bot may address it (by id, #name, or a user id when posting); channel_not_found else."""
        found = self.workspace.channel_or_none(key)
        if found is None and posting and (person := self.workspace.person_or_none(key)) and person.id == key:
            found = self.workspace.dm(key) if not person.deleted else None
        hidden = found is not None and found.kind != "public" and self.bot.id not in found.members
        if found is None or hidden:
            raise SlackError("channel_not_found")
        return found

    def require_scope(self, *alternatives: str) -> None:
        """At least one of these scopes must be granted by the manifest."""
        granted = self.manifest.scopes
        if alternatives and not set(alternatives) & set(granted):
            raise SlackError("missing_scope", needed=",".join(alternatives), provided=",".join(granted))

    def require_channel_scope(self, channel: Channel, action: str) -> None:
        self.require_scope(f"{SCOPE_OF_KIND[channel.kind]}:{action}")

    def slackbot_says(self, channel: str, user: str, text: str) -> Message:
        """An ephemeral note from Slack itself."""
        note = Message(channel, self.messages.next_ts(), SLACKBOT, text, self.workspace.team.id, audience=user)
        self.activity.touch()
        return self.messages.add(note)
