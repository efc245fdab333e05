"""Messages: where they live, who sees them, and their shape in Slack's API."""

import itertools
from dataclasses import dataclass, field

from bot.sandbox.clock import SandboxClock
from bot.sandbox.errors import Json

SLACKBOT = "USLACKBOT"


@dataclass
class Message:
    """One message. `audience` is the only user who sees an ephemeral one; `picks` are held per user.

    A `streamed` message shows its text (as markdown) beside its blocks; in others blocks stand for the text."""

    channel: str
    ts: str
    user: str
    text: str
    team: str
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    files: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    broadcast: bool = False
    metadata: Json | None = None
    audience: str | None = None
    app: Json | None = None
    subtype: str | None = None
    streaming: bool = False
    streamed: bool = False
    edited: bool = False
    reactions: dict[str, list[str]] = field(default_factory=dict)
    picks: dict[str, dict[str, Json]] = field(default_factory=dict)

    @property
    def is_reply(self) -> bool:
        return self.thread_ts is not None and self.thread_ts != self.ts

    def to_api(self, *, with_metadata: bool = True) -> Json:
        """The message as `conversations.history` and event payloads show it."""
        body: Json = {"user": self.user, "type": "message", "ts": self.ts, "text": self.text, "team": self.team}
        body |= self.app or {}
        optional = {"blocks": self.blocks, "attachments": self.attachments, "files": self.files}
        body |= {key: value for key, value in optional.items() if value}
        body |= {"subtype": self.subtype} if self.subtype else {}
        body |= {"thread_ts": self.thread_ts} if self.thread_ts else {}
        body |= {"metadata": self.metadata} if self.metadata and with_metadata else {}
        body |= {"edited": {"user": self.user, "ts": self.ts}} if self.edited else {}
        if self.streaming:
            body["streaming_state"] = "in_progress"
        if self.reactions:
            body["reactions"] = [{"name": n, "users": u, "count": len(u)} for n, u in self.reactions.items()]
        return body


class MessageStore:
    """All messages by channel, oldest first. Timestamps are unique and increase whatever the clock does."""

    def __init__(self, clock: SandboxClock) -> None:
        self._clock = clock
        self._last = 0
        self._by_channel: dict[str, list[Message]] = {}
        self._blocks = itertools.count(1)

    def next_ts(self) -> str:
        self._last = max(self._last + 1, int(self._clock.time() * 1_000_000))
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def add(self, message: Message) -> Message:
        message.blocks = self.named(message.blocks)
        self._by_channel.setdefault(message.channel, []).append(message)
        return message

    def named(self, blocks: list[Json]) -> list[Json]:
        """Fill in the block and action ids Slack makes up when an app leaves them out."""
        return [self._named(block) for block in blocks]

    def _named(self, block: Json) -> Json:
        done = {**block, "block_id": block.get("block_id") or f"b{next(self._blocks):04d}"}
        for key in ("accessory", "element"):
            if isinstance(done.get(key), dict):
                done[key] = self._with_action_id(done[key])
        if isinstance(done.get("elements"), list):
            done["elements"] = [
                self._named(e) if e.get("type") == "card" else self._with_action_id(e) for e in done["elements"]
            ]
        if isinstance(done.get("actions"), list):
            done["actions"] = [self._with_action_id(e) for e in done["actions"]]
        if isinstance(done.get("child_blocks"), list):
            done["child_blocks"] = self.named(done["child_blocks"])
        return done

    def _with_action_id(self, element: Json) -> Json:
        passive = ("image", "mrkdwn", "plain_text", "rich_text_section", "rich_text_list", "rich_text_quote")
        if element.get("action_id") or element.get("type") in (*passive, "rich_text_preformatted"):
            return element
        return {**element, "action_id": f"a{next(self._blocks):04d}"}

    def find(self, channel: str, ts: str) -> Message | None:
        return next((m for m in self._by_channel.get(channel, []) if m.ts == ts), None)

    def remove(self, message: Message) -> None:
        self._by_channel[message.channel].remove(message)

    def in_channel(self, channel: str) -> list[Message]:
        return list(self._by_channel.get(channel, []))

    def visible(self, channel: str, user: str) -> list[Message]:
        """What this member sees, oldest first: everybody's messages and the ephemeral ones addressed to them."""
        return [m for m in self.in_channel(channel) if m.audience in (None, user)]

    def public(self, channel: str) -> list[Message]:
        return [m for m in self.in_channel(channel) if m.audience is None]

    def thread(self, channel: str, ts: str) -> list[Message]:
        return [m for m in self.public(channel) if ts in (m.ts, m.thread_ts)]
