"""Messages: where they live, who sees them, and their shape in Slack's API."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.sandbox.clock import SandboxClock
from bot.sandbox.errors import Json

SLACKBOT = "USLACKBOT"


@dataclass
class Message:
    """One message. `audience` is the only user who sees an ephemeral one; `picks` are held per user.

    A `streamed` message shows its text (as markdown) beside its blocks; in others blocks stand for the text. One that
    is `stopped` was ended by a person while it grew."""

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
    stopped: bool = False
    streamed: bool = False
    edited: bool = False
    reactions: dict[str, list[str]] = field(default_factory=dict)
    picks: dict[str, dict[str, Json]] = field(default_factory=dict)

    @property
    def moment(self) -> int:
        """Its ts in microseconds: exact, and in the order of writing."""
        return int(self.ts.replace(".", ""))

    @property
    def touchable(self) -> list[tuple[list[Json], Json | None]]:
        """Its blocks, and those of each attachment with the attachment."""
        return [(self.blocks, None), *((one.get("blocks") or [], one) for one in self.attachments)]

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
        self._by_channel: dict[str, dict[str, Message]] = {}
        self._replies: dict[tuple[str, str], dict[str, Message]] = {}
        self._blocks = itertools.count(1)

    def next_ts(self) -> str:
        self._last = max(self._last + 1, int(self._clock.time() * 1_000_000))
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def add(self, message: Message) -> Message:
        message.blocks, message.attachments = self.named(message.blocks), self.attached(message.attachments)
        self._by_channel.setdefault(message.channel, {})[message.ts] = message
        if message.is_reply:
            self._replies.setdefault((message.channel, message.thread_ts or ""), {})[message.ts] = message
        return message

    def named(self, blocks: list[Json]) -> list[Json]:
        """Fill in the block and action ids Slack makes up when an app leaves them out."""
        return [self._named(block) for block in blocks]

    def attached(self, attachments: list[Json]) -> list[Json]:
        """Attachments with the ids Slack gives them, and their blocks named."""
        return [
            {**one, "id": number, **({"blocks": self.named(one["blocks"])} if one.get("blocks") else {})}
            for number, one in enumerate(attachments, 1)
        ]

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
        return self._by_channel.get(channel, {}).get(ts)

    def remove(self, message: Message) -> None:
        del self._by_channel[message.channel][message.ts]
        self._replies.get((message.channel, message.thread_ts or ""), {}).pop(message.ts, None)

    def in_channel(self, channel: str) -> list[Message]:
        return list(self._by_channel.get(channel, {}).values())

    def newest_first(self, channel: str) -> Iterator[Message]:
        return reversed(self._by_channel.get(channel, {}).values())

    def visible(self, channel: str, user: str) -> list[Message]:
        """What this member sees, oldest first: everybody's messages and the ephemeral ones addressed to them."""
        return [m for m in self._by_channel.get(channel, {}).values() if m.audience in (None, user)]

    def public(self, channel: str) -> list[Message]:
        return [m for m in self._by_channel.get(channel, {}).values() if m.audience is None]

    def replies(self, channel: str, ts: str, user: str | None = None) -> list[Message]:
        """What was answered in the thread of a message; with `user`, the ephemeral answers to them as well."""
        return [m for m in self._replies.get((channel, ts), {}).values() if m.audience in (None, user)]

    def thread(self, channel: str, ts: str, user: str | None = None) -> list[Message]:
        """A message and its replies, oldest first; what is left of it when the message is gone."""
        parent = self.find(channel, ts)
        seen = parent is not None and parent.audience in (None, user)
        return [*([parent] if parent and seen else []), *self.replies(channel, ts, user)]
